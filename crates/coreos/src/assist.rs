//! Help while typing, and what there is to know about each key, from the tables of keys.

use dryboot_lint::assist::{
    Completion, CompletionItem, Cursor, FirstLine, Hover, KeyDoc, Level, Place, first_lines,
};

use crate::schema::{CLOUD_CONFIG, Key, Kind, Pattern, SECTIONS, Section};
use crate::{HEADER, Target};

/// The documentation of the key at an offset.
#[must_use]
pub fn hover(text: &str, target: Target, offset: usize) -> Option<Hover> {
    let cursor = cursor(text, offset)?;
    if cursor.place != Place::Key {
        return None;
    }
    let written = text.get(cursor.word.start..cursor.word.end)?.trim_matches(['"', '\'']);
    let Inside::Mapping(section) = inside(&cursor.path)? else { return None };
    let (_, key) = section.find(&written.replace('-', "_"))?;
    let mut doc = key_doc(section, key);
    if target.habits().ignores_hyphens && written.contains('-') {
        doc.notes.push(format!("Flatcar ignores this spelling; write `{}`.", key.name));
    }
    Some(Hover { span: cursor.word, title: full_name(section, key), text: doc.text() })
}

/// What may stand at an offset: keys of the section, or values of the key before it.
#[must_use]
pub fn complete(text: &str, target: Target, offset: usize) -> Option<Completion> {
    if let Some(found) = first_lines(text, offset, &FIRST_LINES) {
        return Some(found);
    }
    let cursor = cursor(text, offset)?;
    let inside = inside(&cursor.path)?;
    let items = match (cursor.place, inside) {
        (Place::Key | Place::NewKey | Place::Start { .. }, Inside::Mapping(section)) => {
            keys_of(section, target, &cursor, "")
        }
        (Place::NewItem | Place::Start { on_own_line: true, .. }, Inside::List(section)) => {
            keys_of(section, target, &cursor, "- ")
        }
        (Place::Value { .. } | Place::Start { .. }, Inside::Value(key)) => values(key, &cursor),
        _ => Vec::new(),
    };
    (!items.is_empty()).then_some(Completion { span: cursor.word, items })
}

/// Every key of a cloud-config.
#[must_use]
pub fn keys(_: Target) -> Vec<KeyDoc> {
    SECTIONS.iter().flat_map(|section| section.keys.iter().map(|key| key_doc(section, key))).collect()
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

/// What a path leads to.
enum Inside {
    Mapping(&'static Section),
    List(&'static Section),
    Value(&'static Key),
}

/// What a path leads to; none below a key that there is not.
fn inside(path: &[Level<'_>]) -> Option<Inside> {
    path.iter().try_fold(Inside::Mapping(&CLOUD_CONFIG), |inside, level| match (inside, level.key) {
        (Inside::Mapping(section), Some(name)) => {
            let (_, key) = section.find(&name.replace('-', "_"))?;
            Some(match key.kind {
                Kind::Section(below) => Inside::Mapping(below),
                Kind::Sections(below) => Inside::List(below),
                _ => Inside::Value(key),
            })
        }
        (Inside::List(section), None) => Some(Inside::Mapping(section)),
        _ => None,
    })
}

/// The keys that are not there yet.
fn keys_of(
    section: &'static Section,
    target: Target,
    cursor: &Cursor<'_>,
    before: &str,
) -> Vec<CompletionItem> {
    let is_there = |key: &Key| cursor.entries.iter().any(|entry| entry.key.replace('-', "_") == key.name);
    let keys = section.keys.iter().filter(|key| key.targets.contains(&target) && !is_there(key));
    let mut sorted: Vec<&Key> = keys.collect();
    sorted.sort_by_key(|key| key.deprecated.is_some());
    let blank = if cursor.place.needs_blank() { " " } else { "" };
    let item = |key: &'static Key| CompletionItem {
        label: format!("{before}{}", key.name),
        detail: match key.deprecated {
            Some(_) => "deprecated".to_owned(),
            None => key.kind.plain().to_owned(),
        },
        documentation: key_doc(section, key).text(),
        insert: format!("{blank}{before}{}{}", key.name, behind(key, cursor)),
    };
    sorted.into_iter().map(item).collect()
}

/// What follows a key.
fn behind(key: &Key, cursor: &Cursor<'_>) -> &'static str {
    match key.kind {
        _ if cursor.place == Place::Key => "",
        Kind::Section(_) | Kind::Sections(_) | Kind::Texts if !cursor.in_flow => ":",
        _ => ": ",
    }
}

fn values(key: &'static Key, cursor: &Cursor<'_>) -> Vec<CompletionItem> {
    let words = match (key.kind, key.pattern) {
        (_, Some(Pattern::OneOf(words))) => words.to_vec(),
        (Kind::Bool, _) => vec!["true", "false"],
        _ if key.name == "manage_etc_hosts" => vec!["localhost"],
        _ => Vec::new(),
    };
    let blank = if cursor.place.needs_blank() { " " } else { "" };
    let item = |value: &str| CompletionItem {
        label: value.to_owned(),
        detail: key.name.to_owned(),
        documentation: key.doc.to_owned(),
        insert: format!("{blank}{value}"),
    };
    words.into_iter().map(item).collect()
}

fn full_name(section: &Section, key: &Key) -> String {
    if section.path.is_empty() { key.name.to_owned() } else { format!("{}.{}", section.path, key.name) }
}

fn key_doc(section: &Section, key: &Key) -> KeyDoc {
    let kind = key.kind.plain();
    KeyDoc {
        path: full_name(section, key),
        doc: key.doc.to_owned(),
        kind: match key.pattern {
            Some(pattern) => format!("{kind}: {}", pattern.describe()),
            None => kind.to_owned(),
        },
        variable: key.env.unwrap_or_default(),
        deprecated: key.deprecated.map(|words| format!("because {words}")).unwrap_or_default(),
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
