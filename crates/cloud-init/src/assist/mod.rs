//! Help while typing, and what there is to know about each key, from the tables of keys.

mod describe;
mod kind;
mod offers;
mod place;
mod reference;

use dryboot_lint::assist::{Completion, Cursor, FirstLine, Hover, Place, first_lines};

pub use reference::keys;

use crate::header::{Header, header};
use crate::target::Target;
use crate::verdict::Kind;
use place::{beside, found};

/// The documentation of the key at an offset.
#[must_use]
pub fn hover(text: &str, target: &Target, kind: Kind, offset: usize) -> Option<Hover> {
    let cursor = cursor(text, kind, offset)?;
    if cursor.place != Place::Key {
        return None;
    }
    let written = text.get(cursor.word.start..cursor.word.end)?;
    let name = written.trim_matches(['"', '\'']);
    let found = found(text, kind, &cursor.path);
    // The value of a key may say which of several keys it is.
    let value = text[cursor.word.end..].lines().next().and_then(|rest| rest.split_once(':'));
    let value = value.map(|(_, value)| value.trim()).filter(|value| !value.is_empty());
    let mut beside = beside(&cursor.entries);
    beside.push((name, value));
    let found = found.value(name, &beside);
    let doc = describe::key_doc(&found.keys, &found.pattern, target)?;
    Some(Hover { span: cursor.word, title: place::written(&cursor.path, Some(name)), text: doc.text() })
}

/// What may stand at an offset: keys that are not there yet, values, items.
#[must_use]
pub fn complete(text: &str, target: &Target, kind: Kind, offset: usize) -> Option<Completion> {
    if kind == Kind::UserData
        && let Some(found) = first_lines(text, offset, &FIRST_LINES)
    {
        return Some(found);
    }
    let cursor = cursor(text, kind, offset)?;
    let written = text.get(cursor.word.start..offset)?;
    // Behind a space there is text and no name.
    if written.contains([' ', '"', '\'']) {
        return None;
    }
    let found = found(text, kind, &cursor.path);
    let items = offers::offers(&cursor, &found, target);
    (!items.is_empty()).then_some(Completion { span: cursor.word, items })
}

/// What user-data mostly begins with.
const FIRST_LINES: [FirstLine; 6] = [
    ("#cloud-config", "A config in YAML: accounts, packages, files, commands and more."),
    ("#!/bin/sh", "A script, run as root at the end of the first boot."),
    (
        "## template: jinja",
        "A Jinja template with another first line below; it is rendered with the instance data.",
    ),
    ("#include", "URLs of more user-data, one on each line."),
    ("#cloud-boothook", "A script, run as root early in every boot."),
    ("#cloud-config-archive", "A list of parts, each of which is user-data of its own."),
];

/// Where the offset is, if a config can stand there: below the first line, and not in a script or the like.
fn cursor(text: &str, kind: Kind, offset: usize) -> Option<Cursor<'_>> {
    let is_config = match kind {
        Kind::UserData => {
            let is_below = text.get(..offset)?.contains('\n');
            is_below && matches!(header(text), None | Some(Header::CloudConfig | Header::Jinja))
        }
        Kind::CloudConfig | Kind::Template | Kind::NetworkConfig => true,
    };
    if is_config { Cursor::at(text, offset) } else { None }
}
