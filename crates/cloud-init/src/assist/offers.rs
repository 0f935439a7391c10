//! What may be inserted at a place.

use dryboot_lint::assist::{CompletionItem, Cursor, Place};
use dryboot_schema::known::{Form, Found, Known, Name, entries, items, join};
use dryboot_schema::{Deprecated, Literal, Names, Pattern, Shape};

use super::describe::key_doc;
use super::place::beside;
use crate::lint::described;
use crate::target::Target;

/// How early an offer is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Required,
    Usual,
    /// A name or value of the user's own, for which there is only an example.
    Example,
    Deprecated,
}

type Ranked = (Rank, CompletionItem);

/// What may be inserted, the best first.
pub(super) fn offers(cursor: &Cursor<'_>, found: &Found, target: &Target) -> Vec<CompletionItem> {
    let key = key_doc(&found.keys, &found.pattern, target);
    let documentation = key.map(|key| key.text()).unwrap_or_default();
    let offers = Offers { cursor, found, documentation, target };
    let mut ranked = match cursor.place {
        Place::Key | Place::NewKey => offers.keys(&found.forms, &found.pattern, ""),
        Place::NewItem => offers.first_items(),
        Place::Start { on_own_line, needs_blank } => {
            let before = if needs_blank { " " } else { "" };
            let mut all = offers.keys(&found.forms, &found.pattern, before);
            // Beside keys, a value is out of place.
            if cursor.entries.is_empty() {
                all.extend(offers.values(&found.forms, before));
                if on_own_line {
                    all.extend(offers.first_items());
                }
            }
            all
        }
        Place::Value { needs_blank } => offers.values(&found.forms, if needs_blank { " " } else { "" }),
    };
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut items: Vec<CompletionItem> = Vec::new();
    for (_, item) in ranked {
        if !items.iter().any(|other| other.label == item.label) {
            items.push(item);
        }
    }
    items
}

struct Offers<'o> {
    cursor: &'o Cursor<'o>,
    found: &'o Found,
    /// The page of the key whose value is at the place.
    documentation: String,
    target: &'o Target,
}

impl Offers<'_> {
    /// Items of the list at the place, each with its dash.
    fn first_items(&self) -> Vec<Ranked> {
        let forms = items(&self.found.forms);
        let pattern = format!("{}[]", self.found.pattern);
        let mut all = self.keys(&forms, &pattern, "- ");
        all.extend(self.values(&forms, "- "));
        all
    }

    /// Keys of the mappings among the forms which the release acts on and which are not there.
    fn keys(&self, forms: &[Form], pattern: &str, before: &str) -> Vec<Ranked> {
        let known = entries(forms, &beside(&self.cursor.entries), Names::Exact);
        let release = self.target.release;
        let works = |known: &&Known| known.past.works_in(release);
        let is_new = |known: &&Known| !self.cursor.entries.iter().any(|entry| entry.key == known.written());
        known
            .iter()
            .filter(works)
            .filter(is_new)
            .filter_map(|key| {
                let doc = key_doc(&[*key], &join(pattern, key.written()), self.target)?;
                let (name, rank) = self.name(key)?;
                let label = format!("{}{name}", before.trim_start());
                let insert = format!("{before}{name}{}", self.behind(key));
                let detail = match reported(key.node.deprecated, self.target) {
                    Some(instead) => instead,
                    None => doc.kind.clone(),
                };
                Some((rank, CompletionItem { label, detail, documentation: doc.text(), insert }))
            })
            .collect()
    }

    /// The name to offer for an entry: an example, where the name is up to the user.
    fn name(&self, known: &Known) -> Option<(&'static str, Rank)> {
        match known.name {
            Name::Key(key) if key.node.deprecated.is_some() => Some((key.name, Rank::Deprecated)),
            Name::Key(key) if known.is_required() => Some((key.name, Rank::Required)),
            Name::Key(key) => Some((key.name, Rank::Usual)),
            // A name that is being changed is one already.
            _ if self.cursor.place == Place::Key => None,
            Name::Matching(pattern) => Some((example(pattern).unwrap_or("name"), Rank::Example)),
            Name::Any => Some(("name", Rank::Example)),
        }
    }

    /// What follows a key.
    fn behind(&self, known: &Known) -> &'static str {
        let is_collection = |form: &Form| matches!(form.node.shape, Shape::Map(_) | Shape::List(_));
        match self.cursor.place {
            Place::Key => "",
            _ if self.cursor.in_flow => ": ",
            _ if known.forms().iter().all(is_collection) => ":",
            _ => ": ",
        }
    }

    /// Values of the forms that are not collections.
    fn values(&self, forms: &[Form], before: &str) -> Vec<Ranked> {
        let release = self.target.release;
        let mut all = Vec::new();
        let default = self.found.keys.first().map_or("", |key| key.node.default);
        for form in forms.iter().filter(|form| form.past.life.includes(release)) {
            let instead = reported(form.past.deprecated, self.target);
            let rank = if instead.is_some() { Rank::Deprecated } else { Rank::Usual };
            let mut add = |rank: Rank, value: String| {
                let detail = match &instead {
                    Some(instead) => instead.clone(),
                    None if value == default => "the default".to_owned(),
                    None => described(form.node, release),
                };
                all.push((rank, self.value(value, detail, before)));
            };
            match form.node.shape {
                Shape::Bool => ["true", "false"].into_iter().for_each(|word| add(rank, word.to_owned())),
                Shape::Words(words) => words.iter().for_each(|word| add(rank, quoted(word))),
                Shape::Dated(words) => {
                    let present = words.iter().filter(|word| word.life.includes(release));
                    present.for_each(|word| add(rank, quoted(word.text)));
                }
                Shape::Enum(literals) => literals.iter().for_each(|literal| add(rank, written(literal))),
                Shape::Matching(pattern) => {
                    if let Some(example) = example(pattern) {
                        add(rank.max(Rank::Example), quoted(example));
                    }
                }
                Shape::Str | Shape::Int(_) | Shape::Number(_) if is_scalar(default) => {
                    add(rank.max(Rank::Example), default.to_owned());
                }
                _ => {}
            }
        }
        all
    }

    fn value(&self, value: String, detail: String, before: &str) -> CompletionItem {
        CompletionItem {
            label: format!("{}{value}", before.trim_start()),
            detail: if detail.contains(&format!("`{value}`")) { String::new() } else { detail },
            documentation: self.documentation.clone(),
            insert: format!("{before}{value}"),
        }
    }
}

/// What to say about something that the release reports as deprecated.
fn reported(deprecated: Option<&'static Deprecated>, target: &Target) -> Option<String> {
    let deprecated = deprecated.filter(|deprecated| deprecated.reported_since <= target.release)?;
    Some(match deprecated.instead {
        "" => "deprecated".to_owned(),
        instead => format!("deprecated: use {instead}"),
    })
}

/// The example in the description of a pattern.
fn example(pattern: &'static Pattern) -> Option<&'static str> {
    pattern.plain.split('`').nth(1)
}

/// Whether a default can be written after a key: no collection, and no placeholder.
fn is_scalar(default: &str) -> bool {
    !default.is_empty() && !default.contains(['[', '{', '<'])
}

/// A string as YAML 1.1 reads it back.
fn quoted(text: &str) -> String {
    const OTHER: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"];
    let is_other = OTHER.iter().any(|word| word.eq_ignore_ascii_case(text)) || text.parse::<f64>().is_ok();
    if is_other { format!("'{text}'") } else { text.to_owned() }
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Str(text) => quoted(text),
        Literal::Bool(truth) => truth.to_string(),
        Literal::Int(int) => int.to_string(),
    }
}
