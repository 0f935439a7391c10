//! What carries the parts of user-data, parts that are not cloud-configs, and how parts go together.

mod broken_gzip;
mod damaged_characters;
mod duplicate_part_name;
mod invalid_include;
mod invalid_json_patch;
mod key_replaced_by_part;
mod late_part_handler;
mod malformed_archive;
mod malformed_mime;
mod misdeclared_part;
mod missing_interpreter;
mod unhandled_part;
mod user_data_too_long;

use dryboot_text::Span;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &broken_gzip::RULE,
    &user_data_too_long::RULE,
    &malformed_mime::RULE,
    &malformed_archive::RULE,
    &damaged_characters::RULE,
    &unhandled_part::RULE,
    &misdeclared_part::RULE,
    &missing_interpreter::RULE,
    &duplicate_part_name::RULE,
    &invalid_include::RULE,
    &invalid_json_patch::RULE,
    &late_part_handler::RULE,
    &key_replaced_by_part::RULE,
];

/// The first line of a part that says something; the first line of all where none does.
fn first_line(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    let start = if start == text.len() { 0 } else { start };
    let line = text[start..].lines().next().unwrap_or_default().trim_end();
    Span::new(start, start + line.len())
}
