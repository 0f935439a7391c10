//! What Python makes of values: their truth, their text, and how cloud-init reads settings.
//!
//! Source: cloud-init 26.2, `util.py`.

use std::borrow::Cow;
use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::raised::Raised;
use crate::value::{Data, Key, Value};

impl Value {
    /// The name of Python's type.
    #[must_use]
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.data {
            Data::Null => "NoneType",
            Data::Bool(_) => "bool",
            Data::Int(_) | Data::BigInt(_) => "int",
            Data::Float(_) => "float",
            Data::Text(_) => "str",
            Data::Bytes(_) => "bytes",
            Data::Date(_) => "date",
            Data::List(_) => "list",
            Data::Map(_) => "dict",
        }
    }

    /// Whether Python takes it for true.
    #[must_use]
    pub(crate) fn is_truthy(&self) -> bool {
        match &self.data {
            Data::Null => false,
            Data::Bool(truth) => *truth,
            Data::Int(int) => *int != 0,
            Data::BigInt(_) | Data::Date(_) => true,
            Data::Float(float) => *float != 0.0,
            Data::Text(text) => !text.is_empty(),
            Data::Bytes(bytes) => !bytes.is_empty(),
            Data::List(items) => !items.is_empty(),
            Data::Map(map) => !map.is_empty(),
        }
    }

    /// What `str` makes of it.
    #[must_use]
    pub(crate) fn shown(&self) -> String {
        match &self.data {
            Data::Text(text) => text.clone(),
            Data::Date(date) => date.clone(),
            _ => self.repr(),
        }
    }

    /// What `repr` makes of it.
    #[must_use]
    pub(crate) fn repr(&self) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match &self.data {
            Data::Null => "None".to_owned(),
            Data::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
            Data::Int(int) => int.to_string(),
            Data::BigInt(digits) => digits.to_string(),
            Data::Float(float) if float.fract() == 0.0 && float.abs() < 1e16 => format!("{float:.1}"),
            Data::Float(float) => float.to_string(),
            Data::Text(text) => dryboot_yaml::python::repr(text),
            Data::Bytes(bytes) => {
                format!("b{}", dryboot_yaml::python::repr(&String::from_utf8_lossy(bytes)))
            }
            Data::Date(date) => format!("datetime({date})"),
            Data::List(items) => format!("[{}]", joined(items.iter().map(Self::repr).collect())),
            Data::Map(map) => {
                let entry = |(key, value): (&Key, &Self)| {
                    let key = match key {
                        Key::Text(text) => dryboot_yaml::python::repr(text),
                        other => other.shown(),
                    };
                    format!("{key}: {}", value.repr())
                };
                format!("{{{}}}", joined(map.iter().map(entry).collect()))
            }
        }
    }

    /// Whether it says yes, in one of the words that cloud-init knows for it.
    #[must_use]
    pub(crate) fn is_yes(&self) -> bool {
        match &self.data {
            Data::Bool(truth) => *truth,
            _ => matches!(self.shown().to_lowercase().trim(), "true" | "1" | "on" | "yes"),
        }
    }

    /// Whether it says no, in one of the words that cloud-init knows for it.
    #[must_use]
    pub(crate) fn is_no(&self) -> bool {
        match &self.data {
            Data::Bool(truth) => !*truth,
            _ => matches!(self.shown().to_lowercase().trim(), "off" | "0" | "no" | "false"),
        }
    }

    /// Whether a setting is on.
    #[must_use]
    pub(crate) fn flag(&self, key: &str, default: bool) -> bool {
        self.get(key).map_or(default, |value| value.is_truthy() && value.is_yes())
    }

    /// A setting as text.
    #[must_use]
    pub(crate) fn setting(&self, key: &str) -> Option<String> {
        self.get(key).map(Self::shown)
    }

    /// A setting that is a list of texts, or one text; `None` is an empty list.
    #[must_use]
    pub(crate) fn settings(&self, key: &str) -> Option<Vec<Value>> {
        let value = self.get(key)?;
        Some(match &value.data {
            Data::Null => Vec::new(),
            Data::List(items) => items.clone(),
            _ => vec![Self { data: Data::Text(value.shown()), cause: value.cause.clone() }],
        })
    }

    /// What `key in value` says.
    ///
    /// # Errors
    /// Python does not look into such a value.
    pub(crate) fn contains(&self, key: &str) -> Result<bool, Raised> {
        match &self.data {
            Data::Map(map) => Ok(map.contains_key(&Key::from(key))),
            Data::List(items) => Ok(items.iter().any(|item| item.text() == Some(key))),
            Data::Text(text) => Ok(text.contains(key)),
            _ => {
                Err(Raised::type_error(format!("`in` does not work on a value of type {}", self.type_name())))
            }
        }
    }

    /// The entries of a dictionary, where the program takes it for granted that it is one.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn entries(&self) -> Result<&crate::value::Map, Raised> {
        self.map().ok_or_else(|| Raised::no_attribute(self.type_name(), "items"))
    }

    /// The items of what the program goes through one by one.
    ///
    /// # Errors
    /// Python cannot go through it.
    pub(crate) fn items(&self) -> Result<Vec<Self>, Raised> {
        self.each().map(Cow::into_owned)
    }

    /// The same, for whoever only looks at them.
    ///
    /// # Errors
    /// As for [`Value::items`].
    pub(crate) fn each(&self) -> Result<Cow<'_, [Self]>, Raised> {
        match &self.data {
            Data::List(items) => Ok(Cow::Borrowed(items)),
            Data::Text(text) => Ok(text.chars().map(|char| Self::from_text(char.to_string())).collect()),
            Data::Map(map) => Ok(map.keys().map(|key| Self::from_text(key.shown())).collect()),
            _ => Err(Raised::type_error(format!(
                "a value of type {} cannot be gone through",
                self.type_name()
            ))),
        }
    }
}

/// The texts of lists, and of texts with commas, each once.
pub(crate) fn unique<'v>(lists: impl IntoIterator<Item = &'v Value>) -> Result<Vec<String>, Raised> {
    let mut found: Vec<String> = Vec::new();
    for list in lists {
        let texts: Vec<String> = match &list.data {
            Data::Text(text) => {
                text.trim().split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
            }
            _ => list.items()?.iter().map(Value::shown).collect(),
        };
        for text in texts {
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    Ok(found)
}

/// Adds what a weaker dictionary has and a stronger one does not, dictionaries in them alike.
pub(crate) fn fill_up(strong: &mut Value, weak: &Value) {
    let (Data::Map(strong), Data::Map(weak)) = (&mut strong.data, &weak.data) else { return };
    for (key, value) in weak {
        match strong.get_mut(key) {
            // Text and lists give way to a dictionary: the program looks at the type of what is weaker.
            Some(own @ Value { data: Data::Text(_) | Data::List(_), .. }) if value.map().is_some() => {
                *own = value.clone();
            }
            Some(own) => fill_up(own, value),
            None => {
                strong.insert(key.clone(), value.clone());
            }
        }
    }
}

/// A number of bytes, as people write it: `512M`, `1.5GiB`.
pub(crate) fn bytes_of(size: &str) -> Result<f64, Raised> {
    let number = size.strip_suffix("iB").or_else(|| size.strip_suffix('B')).unwrap_or(size);
    let units = [('K', 10), ('M', 20), ('G', 30), ('T', 40)];
    let (number, shift) = units
        .iter()
        .find_map(|(unit, shift)| number.strip_suffix(*unit).map(|number| (number, *shift)))
        .unwrap_or((number, 0));
    match number.trim().parse::<f64>() {
        Ok(number) if number >= 0.0 => Ok((number * f64::from(2.0_f32).powi(shift)).trunc()),
        _ => Err(Raised::value_error(format!("`{size}` is not a size"))),
    }
}

/// A file name with only those characters that cloud-init keeps.
pub(crate) fn clean_file_name(name: &str) -> String {
    let is_kept = |char: &char| char.is_ascii_alphanumeric() || "-_.()".contains(*char);
    name.replace('/', "_").chars().filter(is_kept).collect::<String>().trim().to_owned()
}

/// The script that a list of commands becomes.
///
/// # Errors
/// It is not a list, or one of the commands is neither text nor a list.
pub(crate) fn shell_script(commands: &Value, skips_null: bool) -> Result<String, Raised> {
    let Data::List(items) = &commands.data else {
        return Err(Raised::type_error(format!(
            "commands must be a list, not a value of type {}",
            commands.type_name()
        )));
    };
    let mut script = "#!/bin/sh\n".to_owned();
    for item in items {
        match &item.data {
            Data::List(words) => {
                let quoted = |word: &Value| format!("'{}'", word.shown().replace('\'', r"'\''"));
                script.push_str(&words.iter().map(quoted).collect::<Vec<_>>().join(" "));
            }
            Data::Text(command) => script.push_str(command),
            Data::Null if skips_null => continue,
            _ => {
                let words = format!("a command must be text or a list, not `{}`", item.shown());
                return Err(Raised::type_error(words));
            }
        }
        script.push('\n');
    }
    Ok(script)
}

/// JSON as Python writes it.
#[must_use]
pub(crate) fn json(value: &serde_json::Value) -> String {
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    match value.serialize(&mut writer) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => value.to_string(),
    }
}

/// With a space after each `,` and `:`.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
