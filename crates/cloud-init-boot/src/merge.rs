//! How a part is merged into the config so far.
//!
//! Source: cloud-init 26.2, `mergers/`.

use crate::raised::Raised;
use crate::value::{Data, Value};

/// How values of one type are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Merger {
    kind: Kind,
    options: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Dict,
    List,
    Str,
}

/// How a part is merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mergers(Vec<Merger>);

/// What is used for parts that ask for nothing.
const USUAL: &str = "dict(replace)+list()+str()";

/// The keys with which the text of a part asks for something, the first one that is set counts.
const KEYS: [&str; 2] = ["merge_how", "merge_type"];

impl Mergers {
    /// Whether the text of a part says how it is to be merged.
    #[must_use]
    pub(crate) fn are_asked_for(part: &Value) -> bool {
        KEYS.iter().any(|key| part.has(key))
    }

    /// What a part asks for, in its text or in a header of its own; its text loses the key.
    ///
    /// # Errors
    /// What it asks for does not exist, or cannot be read.
    pub(crate) fn take(part: &mut Value, header: Option<&str>) -> Result<Self, Raised> {
        let Data::Map(map) = &mut part.data else {
            return Err(Raised::no_attribute(part.type_name(), "pop"));
        };
        let mut taken =
            |key: &str| map.shift_remove(&crate::value::Key::from(key)).filter(|value| !value.is_null());
        let asked = KEYS.iter().find_map(|key| taken(key));
        let mut named = match asked.as_ref().map(|asked| &asked.data) {
            None => Vec::new(),
            Some(Data::Text(text)) => of_text(text)?,
            Some(_) => of_list(asked.as_ref().unwrap_or(&crate::value::NOTHING))?,
        };
        named.extend(of_text(header.unwrap_or_default())?);
        if named.is_empty() {
            named = of_text(USUAL)?;
        }
        named.into_iter().map(Merger::named).collect::<Result<_, _>>().map(Self)
    }

    /// Merges a value into another.
    ///
    /// # Errors
    /// Something that is not text is to be appended to text.
    pub(crate) fn merge(&self, value: Value, with: Value) -> Result<Value, Raised> {
        let kind = match &value.data {
            Data::Map(_) => Kind::Dict,
            Data::List(_) => Kind::List,
            Data::Text(_) => Kind::Str,
            _ => return Ok(value),
        };
        match self.0.iter().find(|merger| merger.kind == kind) {
            Some(merger) => merger.merge(self, value, with),
            None => Ok(value),
        }
    }
}

/// The names and options in `list(append)+dict(replace)`.
fn of_text(text: &str) -> Result<Vec<(String, Vec<String>)>, Raised> {
    let mut named = Vec::new();
    for part in text.split('+') {
        let part = part.to_lowercase().trim().replace('-', "_");
        if part.is_empty() {
            continue;
        }
        let is_name = |name: &str| {
            !name.is_empty()
                && !name.starts_with(|char: char| char.is_ascii_digit())
                && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        };
        let (name, options) = part
            .strip_suffix(')')
            .and_then(|part| part.split_once('('))
            .filter(|(name, _)| is_name(name))
            .ok_or_else(|| Raised::value_error(format!("`{part}` does not say how to merge")))?;
        let options =
            options.split(',').map(|option| option.trim().to_owned()).filter(|option| !option.is_empty());
        named.push((name.to_owned(), options.collect()));
    }
    Ok(named)
}

/// The names and options in a list of mappings or lists.
fn of_list(asked: &Value) -> Result<Vec<(String, Vec<String>)>, Raised> {
    let mut named = Vec::new();
    for item in asked.items()? {
        let (name, options) = match &item.data {
            Data::Map(_) => {
                let name = item.get("name").ok_or_else(|| Raised::key_error("name"))?;
                let settings = item.get("settings").ok_or_else(|| Raised::key_error("settings"))?;
                (name.shown().replace('-', "_").trim().to_owned(), settings.items()?)
            }
            _ => {
                let items = item.items()?;
                let Some((name, options)) = items.split_first() else {
                    return Err(Raised::new("IndexError", "an item of `merge_how` is empty"));
                };
                (name.shown(), options.to_vec())
            }
        };
        if !name.is_empty() {
            named.push((name, options.iter().map(Value::shown).collect()));
        }
    }
    Ok(named)
}

impl Merger {
    fn named((name, options): (String, Vec<String>)) -> Result<Self, Raised> {
        let kind = match name.trim_start_matches("m_") {
            "dict" => Kind::Dict,
            "list" => Kind::List,
            "str" => Kind::Str,
            _ => return Err(Raised::new("ImportError", format!("`{name}` is not a known way to merge"))),
        };
        Ok(Self { kind, options })
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|own| own == option)
    }

    fn recurses(&self, into: &Value) -> bool {
        match &into.data {
            Data::List(_) => self.has("recurse_array") || self.has("recurse_list"),
            Data::Text(_) => self.has("recurse_str"),
            Data::Map(_) => self.kind == Kind::Dict || self.has("recurse_dict"),
            _ => false,
        }
    }

    fn merge(&self, all: &Mergers, value: Value, with: Value) -> Result<Value, Raised> {
        match self.kind {
            Kind::Dict => self.dictionaries(all, value, with),
            Kind::List => self.lists(all, value, with),
            Kind::Str => self.texts(value, with),
        }
    }

    fn dictionaries(&self, all: &Mergers, value: Value, with: Value) -> Result<Value, Raised> {
        let Data::Map(news) = with.data else { return Ok(value) };
        let Value { data: Data::Map(mut map), cause } = value else { return Ok(Value::empty()) };
        let replaces = self.has("replace");
        for (key, new) in news {
            let Some(old) = map.get_mut(&key) else {
                map.insert(key, new);
                continue;
            };
            if new.is_null() && self.has("allow_delete") {
                map.shift_remove(&key);
            } else if replaces {
                *old = new;
            } else if self.recurses(&new) {
                *old = all.merge(std::mem::take(old), new)?;
            }
        }
        Ok(Value { data: Data::Map(map), cause })
    }

    fn lists(&self, all: &Mergers, value: Value, with: Value) -> Result<Value, Raised> {
        let how = ["append", "prepend", "replace", "no_replace"].into_iter().find(|how| self.has(how));
        let how = how.unwrap_or("replace");
        let news = match with.data {
            Data::List(news) => news,
            _ if how == "replace" => return Ok(with),
            _ => with.items().unwrap_or_default(),
        };
        let Value { data: Data::List(mut items), cause } = value else { return Ok(Value::default()) };
        match how {
            "append" => items.extend(news),
            "prepend" => items.splice(0..0, news).for_each(drop),
            _ => {
                for (old, new) in items.iter_mut().zip(news) {
                    if how == "no_replace" {
                        continue;
                    }
                    *old = if self.recurses(&new) { all.merge(std::mem::take(old), new)? } else { new };
                }
            }
        }
        Ok(Value { data: Data::List(items), cause })
    }

    fn texts(&self, value: Value, with: Value) -> Result<Value, Raised> {
        match (&value.data, &with.data) {
            (Data::Text(old), Data::Text(new)) if self.has("append") => {
                let text = format!("{old}{new}");
                Ok(Value { data: Data::Text(text), cause: with.cause.or(value.cause) })
            }
            (Data::Text(_), _) if self.has("append") => {
                Err(Raised::type_error(format!("a {} cannot be appended to text", with.type_name())))
            }
            _ => Ok(with),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(first: &str, second: &str, header: Option<&str>) -> String {
        let read = |json: &str| Value::from_json(&serde_json::from_str(json).expect("JSON"));
        let (first, mut second) = (read(first), read(second));
        match Mergers::take(&mut second, header) {
            Ok(mergers) => {
                mergers.merge(first, second).map_or_else(|error| error.kind.to_owned(), |it| it.repr())
            }
            Err(error) => error.kind.to_owned(),
        }
    }

    #[test]
    fn the_later_part_wins_unless_it_asks_for_something_else() {
        let (first, second) = (r#"{"a": [1], "b": "x"}"#, r#"{"a": [2], "b": "y"}"#);
        assert_eq!(merged(first, second, None), "{'a': [2], 'b': 'y'}");
        let header = Some("dict(recurse_array)+list(append)");
        assert_eq!(merged(first, second, header), "{'a': [1, 2], 'b': 'x'}");
        assert_eq!(merged(first, second, Some("dict(replace)+list(prepend)")), "{'a': [2], 'b': 'y'}");
    }

    #[test]
    fn a_key_says_how_and_is_gone() {
        let second = r#"{"merge_how": "dict(allow_delete,replace)+list()", "a": null}"#;
        assert_eq!(merged(r#"{"a": 1, "b": 2}"#, second, None), "{'b': 2}");
        let listed = r#"{"merge_type": [{"name": "list", "settings": ["append"]}, {"name": "dict", "settings": ["recurse_list"]}], "a": [2]}"#;
        assert_eq!(merged(r#"{"a": [1]}"#, listed, None), "{'a': [1, 2]}");
    }

    #[test]
    fn only_text_is_appended_to_text() {
        let how = Some("dict(recurse_list)+str(append)");
        assert_eq!(merged(r#"{"a": "x"}"#, r#"{"a": ["y"]}"#, how), "TypeError");
        assert_eq!(
            merged(r#"{"a": "x"}"#, r#"{"a": ["y"]}"#, Some("dict(recurse_list)+str()")),
            "{'a': ['y']}"
        );
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert_eq!(merged("{}", r#"{"merge_how": "bogus(append)"}"#, None), "ImportError");
        assert_eq!(merged("{}", r#"{"merge_how": "list append"}"#, None), "ValueError");
    }
}
