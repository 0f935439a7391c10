//! What there is to know about a key.

use dryboot_lint::assist::KeyDoc;
use dryboot_schema::known::Known;
use dryboot_schema::{Grade, Release};

use super::kind::kinds;
use crate::keys::readers::reader;
use crate::lint::joined;
use crate::rules::keys::does_without;
use crate::target::Target;

/// What there is to know about a key at a place, which may be one of several; none if the tables do not know it.
pub(super) fn key_doc(known: &[Known], pattern: &str, target: &Target) -> Option<KeyDoc> {
    // Of keys with one name, those count that the release has; of keys that it does not have, all.
    let release = target.release;
    let present: Vec<Known> =
        known.iter().copied().filter(|known| known.past.life.includes(release)).collect();
    let counted = if present.is_empty() { known } else { &present[..] };
    let first = counted.first()?;
    let top = pattern.split(['.', '[']).next().unwrap_or_default();
    let earliest = counted.iter().map(|known| known.past.works_since).min().flatten();
    let until = counted.iter().map(|known| known.past.life.until).reduce(Option::max).flatten();
    Some(KeyDoc {
        path: pattern.to_owned(),
        reader: reader(top).map(|reader| said(reader.modules)).unwrap_or_default(),
        doc: sentences(counted),
        kind: kinds(counted.iter().map(|known| known.node), release),
        default: first.node.default,
        required: counted.iter().all(Known::is_required),
        variable: "",
        since: earliest.map(numbered).unwrap_or_default(),
        until: until.map(numbered).unwrap_or_default(),
        deprecated: counted.iter().find_map(deprecation).unwrap_or_default(),
        notes: notes(known, pattern, target),
    })
}

/// What reads a key, for people.
pub(super) fn said(modules: &[&str]) -> String {
    let names: Vec<String> = modules.iter().map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => "cloud-init itself".to_owned(),
        1 => format!("the module {}", names[0]),
        _ => format!("the modules {}", joined(&names, "and")),
    }
}

fn numbered(release: Release) -> String {
    format!("cloud-init {release}")
}

/// The sentence of each key, once.
fn sentences(known: &[Known]) -> String {
    let mut sentences: Vec<&str> = Vec::new();
    for known in known {
        if !known.node.doc.is_empty() && !sentences.contains(&known.node.doc) {
            sentences.push(known.node.doc);
        }
    }
    sentences.join(" ")
}

/// Since when a key is deprecated, and what takes its place.
fn deprecation(known: &Known) -> Option<String> {
    let deprecated = known.node.deprecated?;
    let since = numbered(deprecated.version);
    Some(match (deprecated.instead, deprecated.grade) {
        ("", _) => format!("since {since}"),
        (instead, Grade::Deprecated) => format!("since {since}: use {instead}"),
        (instead, Grade::Changed) => format!("in this form since {since}: use {instead}"),
    })
}

/// What the release does with a key that others treat differently.
fn notes(known: &[Known], pattern: &str, target: &Target) -> Vec<String> {
    let release = target.release;
    let works = |release| known.iter().any(|known| known.past.works_in(release));
    let does = does_without(pattern).unwrap_or("ignores it");
    if !works(release) {
        let removed = known.iter().filter_map(|known| known.past.life.until).any(|until| until <= release);
        let does = if removed { "ignores it" } else { does };
        return vec![format!("{} {does}.", target.title())];
    }
    let mut notes = Vec::new();
    if let Some(distribution) = target.distribution.filter(|row| row.newest == release && !works(row.oldest))
    {
        let (title, oldest) = (distribution.title, distribution.oldest);
        notes.push(format!("The first images of {title} have cloud-init {oldest}, which {does}."));
    }
    if !known.iter().any(|known| known.past.life.includes(release)) {
        notes.push(format!("{} supports it, but its validator does not know it.", target.title()));
    }
    notes
}
