//! What user-data begins with.

/// What a cloud-config begins with.
const HEADER: &str = "#cloud-config";

/// The same in base64, whatever follows.
const HEADER_BASE64: &str = "I2Nsb3VkLWNvbmZpZ";

/// What gzip begins with, in base64.
const GZIP_BASE64: &str = "H4sI";

/// What a template for cloud-init itself begins with; the header is on the line after it.
const TEMPLATE: &str = "## template:";

/// Keys and attributes that have user-data: their letters alone.
const NAMES: [&str; 7] = [
    "userdata",
    "userdatabase64",
    "customdata",
    "cloudinit",
    "cloudinituserdata",
    "useruserdata",
    "cloudinitvendordata",
];

/// Whether the first line that is not blank is the header of a cloud-config.
pub(crate) fn begins(text: &str) -> bool {
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    if is_prefix(first, TEMPLATE) {
        return lines.next().is_some_and(is_header);
    }
    is_header(first)
}

/// Whether a line is the header of a cloud-config, or meant to be one.
pub(crate) fn is_header(line: &str) -> bool {
    let line = line.trim_start();
    is_prefix(line, HEADER)
        && !line[HEADER.len()..]
            .starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '.')
}

/// Whether a text is a cloud-config in base64.
pub(crate) fn begins_in_base64(text: &str) -> bool {
    text.trim_start().starts_with(HEADER_BASE64)
}

/// Whether a text is compressed and in base64.
pub(crate) fn begins_compressed(text: &str) -> bool {
    text.trim_start().starts_with(GZIP_BASE64)
}

/// Whether a text is a MIME message, as in user-data of several parts.
pub(crate) fn begins_message(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    is_prefix(first, "MIME-Version:") || is_prefix(first, "Content-Type: multipart/")
}

/// Whether a key or an attribute has user-data, whatever that begins with: `user_data`, `UserData`, `user.user-data`.
pub(crate) fn names_user_data(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    NAMES.contains(&letters.to_ascii_lowercase().as_str())
}

/// Whether a mark occurs anywhere.
pub(crate) fn occurs(text: &[u8]) -> bool {
    let has = |word: &[u8]| text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    has(HEADER.as_bytes()) || has(HEADER_BASE64.as_bytes())
}

fn is_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_user_data_are_known_in_every_spelling() {
        for name in ["user_data", "UserData", "user.user-data", "cloud-init.user-data", "userDataBase64"] {
            assert!(names_user_data(name), "{name}");
        }
        assert!(!names_user_data("networkData") && !names_user_data("content"));
    }

    #[test]
    fn the_header_is_on_the_first_line_that_is_not_blank() {
        for (text, is_one) in [
            ("#cloud-config\npackages: []\n", true),
            ("\n\n  #Cloud-Config # web\n", true),
            ("#cloud-config-archive\n", true),
            ("## template: jinja\n#cloud-config\n", true),
            ("## template: jinja\nhostname: a\n", false),
            ("#cloud-config.yaml is written below\n", false),
            ("#!/bin/sh\n#cloud-config\n", false),
            ("", false),
        ] {
            assert_eq!(begins(text), is_one, "{text:?}");
        }
    }
}
