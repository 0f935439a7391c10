//! Which findings in a filled template hold for the template.

use super::Filled;
use crate::Diagnostic;

/// Rules about the name of a key, which holds whatever its value is.
const ABOUT_NAMES: [&str; 7] = [
    "unknown-key",
    "duplicate-key",
    "unsupported-by-release",
    "unused-on-distribution",
    "old-apt-key",
    "hyphenated-key",
    "yaml-syntax",
];

/// Rules about what is not written, or about the whole text: lines that are filled in may have it.
const ABOUT_THE_REST: [&str; 29] = [
    "expiring-password",
    "firewall-without-ssh",
    "home-before-user",
    "hostname-not-set",
    "incomplete-unit",
    "keys-for-nobody",
    "lost-platform-settings",
    "missing-header",
    "missing-key",
    "missing-network-config",
    "missing-path",
    "not-a-mapping",
    "null-value",
    "owner-before-user",
    "package-without-source",
    "repeated-exec-start",
    "script-not-executable",
    "section-not-shipped",
    "sudo-without-password",
    "unapplied-netplan",
    "unit-does-nothing",
    "unit-without-name",
    "unset-variable",
    "unsigned-apt-source",
    "unused-suppression",
    "unwritten-signed-by",
    "user-data-too-long",
    "user-without-name",
    "users-without-default",
];

/// Whether a finding in a filled template holds for the template.
pub(crate) fn holds(found: &Diagnostic, filled: &Filled) -> bool {
    // Its length is not that of the text that is made of it.
    if found.rule == "user-data-too-long" || (filled.is_open && ABOUT_THE_REST.contains(&found.rule)) {
        return false;
    }
    if found.rule == "type-mismatch" && filled.is_surely_text(found.span) {
        return true;
    }
    let mut places = std::iter::once(found.span).chain(found.labels.iter().map(|label| label.span));
    ABOUT_NAMES.contains(&found.rule) || !places.any(|place| filled.depends(place))
}
