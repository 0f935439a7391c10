//! Forms of values that several keys share.

use dryboot_schema::build::*;
use dryboot_schema::{Node, Object};

/// Strings, as many as you like.
pub(super) const STRINGS: Node = list(&items(STR));

/// At least one string.
pub(super) const SOME_STRINGS: Node = list(&items(STR).min(1));

/// Strings, none of them twice.
pub(super) const DISTINCT_STRINGS: Node = list(&items(STR).unique());

/// Two strings.
pub(super) const PAIR: Node = list(&items(STR).min(2).max(2));

/// A string, or several.
pub(super) const STRINGS_OR_STRING: Node = types(&[STRINGS, STR]);

/// A string, or `null` to unset it.
pub(super) const STRING_OR_NULL: Node = types(&[STR, NULL]);

/// A mapping that cloud-init hands on as it is.
pub(super) const FREE_MAPPING: Node = map(&open(&[]));

/// A mapping that has these keys: one side of a choice, next to the mapping that lists all keys.
pub(super) const fn having(required: &'static [&'static str]) -> Object {
    open(&[]).required(required).partial()
}
