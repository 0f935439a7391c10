//! Placeholders that another program fills before cloud-init sees the text.

use dryboot_schema::Value;

use super::{Context, Place};

/// Values that no shell and no module fills in.
const PLAIN: [&str; 15] = [
    "hostname",
    "fqdn",
    "timezone",
    "locale",
    "packages[]",
    "packages[][]",
    "groups[]",
    "user",
    "user.name",
    "users[].name",
    "users[].groups",
    "users[].shell",
    "write_files[].path",
    "write_files[].owner",
    "write_files[].permissions",
];

/// Whether nothing on the machine fills in this value.
pub(crate) fn is_plain(place: &Place<'_>) -> bool {
    PLAIN.contains(&&*place.pattern)
}

/// Whether the config has a placeholder where only another program can fill it.
pub(crate) fn has_placeholders(context: &Context<'_>) -> bool {
    let is_filled_elsewhere = |place: &Place<'_>| matches!(context.value(place.at.value), Value::Str(text) if placeholder(text).is_some());
    context.places.at(&PLAIN).into_iter().any(is_filled_elsewhere)
}

/// What stands between two marks, as a person reads it.
pub(crate) fn expression<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    let (inner, _) = rest.split_once(close)?;
    (!inner.contains('\n') && inner.len() <= 60 && !inner.trim().is_empty()).then_some(inner)
}

/// A placeholder of Terraform, Jinja, Go or ERB, with the mark that opens it.
pub(crate) fn placeholder(text: &str) -> Option<(String, &'static str)> {
    [("${", "}"), ("{{", "}}"), ("%{", "}"), ("<%", "%>")]
        .into_iter()
        .find_map(|(open, close)| Some((format!("{open}{}{close}", expression(text, open, close)?), open)))
}
