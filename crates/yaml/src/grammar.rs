//! In what the grammars of libyaml's descendants differ.

use crate::Dialect;

/// One library's choices. What is not here is the same in all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar {
    /// What a `:` is in a plain scalar of a flow collection, with no blank after it.
    pub(crate) flow_colon: FlowColon,
    /// `?` ends a plain scalar of a flow collection, so `[what?]` is an error.
    pub(crate) question_ends_flow_scalars: bool,
    /// A tag may be `!` alone.
    pub(crate) allows_lone_tag: bool,
    /// `,`, `[` and `]` belong to a tag; otherwise a comma ends it in a flow collection.
    pub(crate) flow_indicators_in_tags: bool,
    /// What `\` in double quotes may stand before, beyond what all libraries know.
    pub(crate) extra_escape: u8,
    /// The versions that `%YAML` may name.
    pub(crate) versions: Versions,
    /// How many digits a number in `%YAML` may have.
    pub(crate) version_digits: usize,
    /// How many tokens are read ahead of the one that is needed: their faults come first.
    pub(crate) tokens_ahead: usize,
    /// The token behind an anchor and a tag is read before the tag's handle is looked up.
    pub(crate) reads_behind_properties: bool,
    /// How tags, directives and the headers of block scalars are spelled.
    pub(crate) spelling: Spelling,
    /// Tabs may separate tokens, where they do not indent.
    pub(crate) tabs_separate: bool,
    /// A byte order mark is skipped before any line, not only before the first.
    pub(crate) byte_order_marks_anywhere: bool,
    /// Byte order marks are characters of their line.
    pub(crate) byte_order_marks_have_width: bool,
    /// The end of the text ends the last line, so a key that is left open there is noticed first.
    pub(crate) end_is_a_line_break: bool,
    /// `\u` in double quotes may name half of a surrogate pair.
    pub(crate) takes_surrogates: bool,
    /// After `?` in brackets with no key after it, the next token is lost, even if it is the bracket.
    pub(crate) drops_a_token_behind_empty_keys: bool,
    /// A value that is not written stands right behind its indicator, in flow collections too.
    pub(crate) empty_values_follow_indicators: bool,
}

/// What a `:` is in a plain scalar of a flow collection, with no blank after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlowColon {
    /// Refused: `[http://x]` is an error.
    Refused,
    /// Refused before another indicator.
    RefusedBeforeIndicators,
    /// The end of the scalar before `,` and brackets.
    EndsBeforeIndicators,
    /// A character like others.
    Allowed,
}

/// The versions that `%YAML` may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// Every version.
    Any,
    /// All that begin with 1.
    One,
    /// From 1.1 to 1 and this.
    UpTo(u32),
}

impl Versions {
    pub(crate) fn allow(self, major: u32, minor: u32) -> bool {
        match self {
            Self::Any => true,
            Self::One => major == 1,
            Self::UpTo(latest) => major == 1 && (1..=latest).contains(&minor),
        }
    }
}

/// Whose rules tags, directives and the headers of block scalars follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Libyaml,
    #[cfg(feature = "pyyaml")]
    PyYaml,
}

impl Grammar {
    /// libyaml 0.2.5, the yardstick of the tests.
    pub(crate) const LIBYAML: Self = Self {
        flow_colon: FlowColon::RefusedBeforeIndicators,
        question_ends_flow_scalars: false,
        allows_lone_tag: true,
        flow_indicators_in_tags: false,
        extra_escape: b'/',
        versions: Versions::UpTo(2),
        version_digits: 9,
        tokens_ahead: 0,
        reads_behind_properties: true,
        spelling: Spelling::Libyaml,
        tabs_separate: true,
        byte_order_marks_anywhere: true,
        byte_order_marks_have_width: true,
        end_is_a_line_break: true,
        takes_surrogates: false,
        drops_a_token_behind_empty_keys: true,
        empty_values_follow_indicators: false,
    };

    /// What is read around an error: nothing is refused that one library accepts.
    pub(crate) const TOLERANT: Self =
        Self { flow_colon: FlowColon::Allowed, versions: Versions::Any, ..Self::LIBYAML };

    /// The grammar of a target's library.
    pub(crate) fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::GoYamlV1 => Self {
                flow_colon: FlowColon::Refused,
                allows_lone_tag: false,
                tokens_ahead: 0,
                ..Self::of(Dialect::GoYamlV3)
            },
            Dialect::GoYamlV3 => Self {
                question_ends_flow_scalars: true,
                flow_indicators_in_tags: true,
                flow_colon: FlowColon::Allowed,
                extra_escape: b'\'',
                versions: Versions::UpTo(1),
                version_digits: 2,
                tokens_ahead: 2,
                ..Self::LIBYAML
            },
            #[cfg(feature = "pyyaml")]
            Dialect::PyYaml => Self {
                flow_colon: FlowColon::EndsBeforeIndicators,
                question_ends_flow_scalars: true,
                versions: Versions::One,
                version_digits: usize::MAX,
                reads_behind_properties: false,
                spelling: Spelling::PyYaml,
                tabs_separate: false,
                byte_order_marks_anywhere: false,
                byte_order_marks_have_width: false,
                end_is_a_line_break: false,
                takes_surrogates: true,
                drops_a_token_behind_empty_keys: false,
                empty_values_follow_indicators: true,
                ..Self::LIBYAML
            },
        }
    }
}

#[cfg(all(test, feature = "pyyaml"))]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    #[test]
    fn what_one_library_refuses_another_takes() {
        let (comma, colon) = (Some("did not find expected ',' or ']'"), Some("found unexpected ':'"));
        let tag = Some("did not find URI escaped octet");
        let blank = Some("did not find expected whitespace or line break");
        let escape = Some("found unknown escape character");
        let version = Some("found incompatible YAML document");
        let long = Some("found extremely long version number");
        let directive = Some("found unknown directive name");
        let nothing = Some("did not find expected <document start>");
        let start = Some("found character that cannot start any token");
        for (text, v1, v3, python) in [
            ("[http://x]", colon, None, None),
            ("[a?b]", comma, comma, Some("expected ',' or ']', but got '?'")),
            ("[a:, b]", colon, None, None),
            ("a: ! b", tag, None, None),
            ("a: !<> b", tag, tag, Some("expected URI, but found '>'")),
            ("%TAG x tag:x\n--- a", tag, tag, Some("expected '!', but found 'x'")),
            ("a: !b[,] c", None, None, None),
            ("[!b@\"]", blank, blank, Some("expected ' ', but found '\"'")),
            (r#"a: "\'""#, None, None, Some(r#"found unknown escape character "'""#)),
            (r#"a: "\/""#, escape, escape, None),
            (
                r#"a: "\ud800""#,
                Some("found invalid Unicode character escape code"),
                Some("found invalid Unicode character escape code"),
                None,
            ),
            ("%YAML 1.1\n--- a", None, None, None),
            ("%YAML 1.2\n--- a", version, version, None),
            ("%YAML 001.1\n--- a", long, long, None),
            ("%FOO\n--- a", Some("found uknown directive name"), directive, None),
            ("a:\tb", None, None, Some(r"found character '\t' that cannot start any token")),
            ("\u{FEFF}a: b\n\u{FEFF}c: d", None, None, None),
            ("a: b\n...\nmore", nothing, None, Some("expected '<document start>', but found '<scalar>'")),
            // yaml.v3 reads two tokens further than it has to.
            ("a: b\n...\n@", start, start, Some("found character '@' that cannot start any token")),
            (
                "a: b\n...\n'c",
                Some("found unexpected end of stream"),
                Some("found unexpected end of stream"),
                Some("found unexpected end of stream"),
            ),
            ("a: b\n...\n--- c\n--- @", None, None, Some("but found another document")),
        ] {
            for (dialect, expected) in
                [(Dialect::GoYamlV1, v1), (Dialect::GoYamlV3, v3), (Dialect::PyYaml, python)]
            {
                let error = parse(text.as_bytes(), text, dialect, &Limits::default()).error;
                assert_eq!(error.as_ref().map(|error| &*error.message), expected, "{text:?} in {dialect:?}");
            }
        }
    }

    #[test]
    fn around_an_error_all_is_read_that_any_library_can_read() {
        let text = "a: [http://x, y]\nb: c\n";
        let parsed = parse(text.as_bytes(), text, Dialect::GoYamlV1, &Limits::default());
        assert!(parsed.error.is_some());
        let texts: Vec<_> = parsed.tree.ids().filter_map(|id| parsed.tree.node(id).text()).collect();
        assert_eq!(texts, ["a", "http://x", "y", "b", "c"]);
    }
}
