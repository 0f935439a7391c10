//! Help while typing, and what there is to know about each key, from the tables of keys.

use dryboot_lint::assist::{
    Completion, CompletionItem, Cursor, FirstLine, Hover, KeyDoc, Level, Place, first_lines,
};
use dryboot_schema::known::{Found, join};
use dryboot_schema::{Key, Shape, allowed};

use crate::schema::{ETC_HOSTS, NAMES, ROOT, SECTIONS};
use crate::{HEADER, Kind, Target};

/// The documentation of the key at an offset.
#[must_use]
pub fn hover(text: &str, target: Target, offset: usize) -> Option<Hover> {
    let cursor = cursor(text, offset)?;
    if cursor.place != Place::Key {
        return None;
    }
    let written = text.get(cursor.word.start..cursor.word.end)?.trim_matches(['"', '\'']);
    let found = found(&cursor.path).value(written, &[]);
    let key = found.key()?;
    let mut doc = key_doc(found.pattern.clone(), key);
    if target.habits().ignores_hyphens && written.contains('-') {
        doc.notes.push(format!("Flatcar ignores this spelling; write `{}`.", key.name));
    }
    Some(Hover { span: cursor.word, title: found.pattern, text: doc.text() })
}

/// What may stand at an offset: keys of the section, or values of the key before it.
#[must_use]
pub fn complete(text: &str, _: Target, offset: usize) -> Option<Completion> {
    if let Some(found) = first_lines(text, offset, &FIRST_LINES) {
        return Some(found);
    }
    let cursor = cursor(text, offset)?;
    let found = found(&cursor.path);
    let items = match cursor.place {
        Place::Key | Place::NewKey => keys_of(&found, &cursor, ""),
        Place::NewItem => keys_of(&found.item(), &cursor, "- "),
        Place::Value { .. } => values(&found, &cursor),
        Place::Start { on_own_line, .. } => {
            let mut items = keys_of(&found, &cursor, "");
            items.extend(values(&found, &cursor));
            if on_own_line {
                items.extend(keys_of(&found.item(), &cursor, "- "));
            }
            items
        }
    };
    (!items.is_empty()).then_some(Completion { span: cursor.word, items })
}

/// Every key of a cloud-config.
#[must_use]
pub fn keys(_: Target) -> Vec<KeyDoc> {
    let keys = |path, keys: &'static [Key]| keys.iter().map(move |key| key_doc(join(path, key.name), key));
    SECTIONS.iter().flat_map(|section| keys(section.path, section.object.keys)).collect()
}

/// What user-data begins with.
const FIRST_LINES: [FirstLine; 2] = [
    (HEADER, "A config in YAML: units, files, accounts and the settings of CoreOS."),
    ("#!/bin/sh", "A script, run as root once the machine is up."),
];

/// Where the offset is, if a config can stand there: below the first line, and not in a script or in JSON.
fn cursor(text: &str, offset: usize) -> Option<Cursor<'_>> {
    let is_config = text.get(..offset)?.contains('\n') && !text.starts_with("#!") && !text.starts_with('{');
    if is_config { Cursor::at(text, offset) } else { None }
}

/// What the tables know about the value at a path.
fn found(path: &[Level<'_>]) -> Found {
    path.iter().fold(Found::root(&ROOT, NAMES), |found, level| match level.key {
        Some(name) => found.value(name, &[]),
        None => found.item(),
    })
}

/// The keys of the mapping at a place that are not there yet; those that are deprecated at last.
fn keys_of(found: &Found, cursor: &Cursor<'_>, before: &str) -> Vec<CompletionItem> {
    let is_there = |key: &Key| cursor.entries.iter().any(|entry| NAMES.same(entry.key, key.name));
    let known = found.entries(&[]);
    let blank = if cursor.place.needs_blank() { " " } else { "" };
    let item = |key: &'static Key| CompletionItem {
        label: format!("{before}{}", key.name),
        detail: match key.node.deprecated {
            Some(_) => "deprecated".to_owned(),
            None => Kind::of(&key.node).plain().to_owned(),
        },
        documentation: key_doc(String::new(), key).text(),
        insert: format!("{blank}{before}{}{}", key.name, behind(key, cursor)),
    };
    let keys = |deprecated: bool| {
        let keys = known.iter().filter_map(|known| known.key());
        keys.filter(move |key| key.node.deprecated.is_some() == deprecated && !is_there(key))
    };
    keys(false).chain(keys(true)).map(item).collect()
}

/// What follows a key.
fn behind(key: &Key, cursor: &Cursor<'_>) -> &'static str {
    match key.node.shape {
        _ if cursor.place == Place::Key => "",
        Shape::Map(_) | Shape::List(_) if !cursor.in_flow => ":",
        _ => ": ",
    }
}

/// The values at a place, where the tables list them.
fn values(found: &Found, cursor: &Cursor<'_>) -> Vec<CompletionItem> {
    let Some(key) = found.key() else { return Vec::new() };
    let words = match key.node.shape {
        Shape::Words(words) => words,
        Shape::Bool => &["true", "false"],
        _ if key.name == ETC_HOSTS.key => ETC_HOSTS.values,
        _ => &[],
    };
    let blank = if cursor.place.needs_blank() { " " } else { "" };
    let item = |value: &&str| CompletionItem {
        label: (*value).to_owned(),
        detail: key.name.to_owned(),
        documentation: key.node.doc.to_owned(),
        insert: format!("{blank}{value}"),
    };
    words.iter().map(item).collect()
}

fn key_doc(path: String, key: &'static Key) -> KeyDoc {
    let kind = Kind::of(&key.node).plain();
    let deprecated = key.node.deprecated.map(|deprecated| format!("because {}", deprecated.because));
    KeyDoc {
        path,
        doc: key.node.doc.to_owned(),
        kind: match key.node.is_restricted() {
            true => format!("{kind}: {}", allowed(&key.node)),
            false => kind.to_owned(),
        },
        variable: key.variable.unwrap_or_default(),
        deprecated: deprecated.unwrap_or_default(),
        ..KeyDoc::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Completes at the `|`.
    fn labels(text: &str) -> Vec<String> {
        let offset = text.find('|').expect("a cursor");
        let text = text.replacen('|', "", 1);
        let completion = complete(&text, Target::CoreOs, offset);
        completion.map(|found| found.items.into_iter().map(|item| item.label).collect()).unwrap_or_default()
    }

    #[test]
    fn keys_of_the_section_are_offered_but_not_those_that_are_there() {
        assert!(labels("#cloud-config\n|").contains(&"write_files".to_owned()));
        let unit =
            labels("#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      |\n      mask: true\n");
        assert!(unit.contains(&"command".to_owned()), "{unit:?}");
        assert!(!unit.contains(&"name".to_owned()) && !unit.contains(&"mask".to_owned()), "{unit:?}");
        assert!(labels("#cloud-config\nusers:\n- name: a\n- |\n").contains(&"name".to_owned()));
        assert!(labels("#cloud-config\ncoreos:\n  up|\n").contains(&"update".to_owned()));
    }

    #[test]
    fn values_are_offered_where_only_some_are_accepted() {
        assert_eq!(
            labels("#cloud-config\ncoreos:\n  update:\n    reboot_strategy: |\n"),
            ["etcd-lock", "reboot", "off"]
        );
        assert_eq!(labels("#cloud-config\ncoreos:\n  units:\n    - enable: t|\n"), ["true", "false"]);
        assert!(labels("#cloud-config\nhostname: |\n").is_empty());
    }

    #[test]
    fn text_comments_and_unknown_sections_offer_nothing() {
        assert!(labels("#cloud-config\nwrite_files:\n  - content: x\n    path: |\n").is_empty());
        assert!(labels("#cloud-config\ncoreos:\n  units:\n    - content: >\n        na|\n").is_empty());
        assert!(labels("#cloud-config\nruncmd:\n  |\n").is_empty());
        assert!(labels("#cloud-config\n# ho|\n").is_empty());
        assert!(labels("#!/bin/sh\n|").is_empty());
        assert_eq!(labels("#cl|"), ["#cloud-config"]);
    }

    #[test]
    fn hover_documents_the_key_under_the_cursor() {
        let text = "#cloud-config\ncoreos:\n  update:\n    reboot-strategy: off\n";
        let offset = text.find("boot").expect("a key");
        let hover = hover(text, Target::Flatcar, offset).expect("documentation");
        assert_eq!(hover.title, "coreos.update.reboot_strategy");
        assert!(hover.text.contains("`etcd-lock`, `reboot` or `off`"), "{}", hover.text);
        assert!(hover.text.contains("Flatcar ignores this spelling"), "{}", hover.text);
        assert!(super::hover(text, Target::CoreOs, text.len() - 2).is_none());
    }
}
