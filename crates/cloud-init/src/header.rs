//! What a text is, by its first characters.
//!
//! Source: cloud-init 26.2, `handlers/__init__.py`.

/// A kind of user-data that its beginning tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Header {
    /// `#cloud-config-archive`: a list of parts.
    Archive,
    /// `#cloud-config-jsonp`: a JSON patch of the config so far.
    JsonPatch,
    /// `## template: jinja`: a template, which has another header below.
    Jinja,
    /// `#cloud-boothook`: a script that runs at once, at every boot.
    Boothook,
    /// `#cloud-config`
    CloudConfig,
    /// `#part-handler`: Python code that handles parts of types of its own.
    PartHandler,
    /// `#include-once`: addresses of more user-data, read once.
    IncludeOnce,
    /// `#include`: addresses of more user-data.
    Include,
    /// `#!`: a script.
    Script,
}

/// What each text begins with, and its MIME type; the first that fits decides.
pub const HEADERS: [(&str, Header, &str); 9] = [
    ("#cloud-config-archive", Header::Archive, "text/cloud-config-archive"),
    ("#cloud-config-jsonp", Header::JsonPatch, "text/cloud-config-jsonp"),
    ("## template: jinja", Header::Jinja, "text/jinja2"),
    ("#cloud-boothook", Header::Boothook, "text/cloud-boothook"),
    ("#cloud-config", Header::CloudConfig, "text/cloud-config"),
    ("#part-handler", Header::PartHandler, "text/part-handler"),
    ("#include-once", Header::IncludeOnce, "text/x-include-once-url"),
    ("#include", Header::Include, "text/x-include-url"),
    ("#!", Header::Script, "text/x-shellscript"),
];

impl Header {
    /// The MIME type that stands for it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        HEADERS.iter().find(|(_, header, _)| *header == self).map_or("", |(.., media_type)| media_type)
    }
}

/// The kind of `text`: spaces before it and the case of its letters do not matter, nor what follows.
#[must_use]
pub fn header(text: &str) -> Option<Header> {
    let start = text.trim_start_matches(is_python_space);
    let begins = |prefix: &str| {
        // Every header is ASCII, and so is whatever lowers to it.
        start.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    HEADERS.iter().find(|(prefix, ..)| begins(prefix)).map(|(_, header, _)| *header)
}

/// What Python's `str.lstrip` takes away.
fn is_python_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_header_decides_whatever_its_case() {
        for (text, expected) in [
            ("#cloud-config\n", Some(Header::CloudConfig)),
            ("\n \t#Cloud-Config: x", Some(Header::CloudConfig)),
            ("#cloud-configuration", Some(Header::CloudConfig)),
            ("#cloud-config-archive\n", Some(Header::Archive)),
            ("#cloud-config-jsonp", Some(Header::JsonPatch)),
            ("## TEMPLATE: Jinja\n#cloud-config", Some(Header::Jinja)),
            ("#include-once", Some(Header::IncludeOnce)),
            ("#include x", Some(Header::Include)),
            ("#! /bin/sh", Some(Header::Script)),
            ("# cloud-config", None),
            ("\u{FEFF}#cloud-config", None),
            ("---\n#cloud-config", None),
            ("", None),
        ] {
            assert_eq!(header(text), expected, "{text:?}");
        }
    }
}
