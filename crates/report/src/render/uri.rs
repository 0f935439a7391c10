//! The paths of files as other tools take them.

use std::fmt::Write as _;

/// The path from where the command runs, with slashes.
pub(crate) fn path(name: &str) -> String {
    let path = name.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// The same as a relative reference of a URI (RFC 3986).
pub(super) fn uri(name: &str) -> String {
    let mut uri = String::new();
    for byte in path(name).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
