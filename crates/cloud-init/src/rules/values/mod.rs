//! What values are.

mod invalid_autoinstall;
mod invalid_locale;
mod invalid_merge_how;
mod invalid_value;
mod none_as_text;
mod null_value;
mod placeholder_left;
mod type_mismatch;
mod unfilled_template;
mod unknown_timezone;
mod zones;

use dryboot_schema::Value;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &null_value::RULE,
    &none_as_text::RULE,
    &unfilled_template::RULE,
    &type_mismatch::RULE,
    &invalid_value::RULE,
    &invalid_autoinstall::RULE,
    &placeholder_left::RULE,
    &invalid_locale::RULE,
    &invalid_merge_how::RULE,
    &unknown_timezone::RULE,
];

/// A value that only the validator refuses: the boot takes it for what is meant.
struct Accepted {
    /// Where it stands, with any item as `[]`.
    pattern: &'static str,
    fits: fn(&Value<'_>) -> bool,
}

const BOOT_ACCEPTS: [Accepted; 4] = [
    Accepted { pattern: "fs_setup[].partition", fits: |value| matches!(value, Value::Int(_)) },
    Accepted { pattern: "mounts[][]", fits: |value| matches!(value, Value::Int(_) | Value::Null) },
    Accepted { pattern: "fqdn", fits: |value| matches!(value, Value::Int(_) | Value::Float(_)) },
    Accepted { pattern: "disable_root", fits: |value| matches!(value, Value::Int(0..=1)) },
];

/// What to add to the help for a value that works although the validator rejects it.
fn works_anyway(path: &str, value: &Value<'_>) -> Option<&'static str> {
    let mut steps = path.split('[');
    let mut pattern = steps.next().unwrap_or_default().to_owned();
    for step in steps {
        pattern.push_str("[]");
        pattern.push_str(step.split_once(']').map_or("", |(_, rest)| rest));
    }
    let is_accepted = BOOT_ACCEPTS.iter().any(|row| row.pattern == pattern && (row.fits)(value));
    is_accepted.then_some("only the validator rejects it: it works at boot")
}

/// Whether the IANA database has a time zone of this name.
#[cfg(feature = "full")]
pub(crate) fn is_time_zone(name: &str) -> bool {
    zones::is_zone(name)
}
