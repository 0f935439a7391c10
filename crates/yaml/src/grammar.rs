//! In what the grammars of libyaml's descendants differ.

use crate::Dialect;

/// One library's choices. What is not here is the same in all of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar {
    /// `:` cannot stand in a plain scalar of a flow collection, so `[http://x]` is an error.
    pub(crate) colon_ends_flow_scalars: bool,
    /// `?` ends a plain scalar of a flow collection, so `[what?]` is an error.
    pub(crate) question_ends_flow_scalars: bool,
    /// `:` before another indicator is refused in a plain scalar of a flow collection.
    pub(crate) colon_before_indicator_is_a_fault: bool,
    /// A tag may be `!` alone.
    pub(crate) allows_lone_tag: bool,
    /// `,`, `[` and `]` belong to a tag; otherwise a comma ends it in a flow collection.
    pub(crate) flow_indicators_in_tags: bool,
    /// What `\` in double quotes may stand before, beyond what all libraries know.
    pub(crate) extra_escape: u8,
    /// The latest version that `%YAML 1.x` may name; none allows all versions.
    pub(crate) latest_minor: Option<u32>,
    /// How many digits a number in `%YAML` may have.
    pub(crate) version_digits: usize,
    /// How many tokens are read ahead of the one that is needed: their faults come first.
    pub(crate) tokens_ahead: usize,
}

impl Grammar {
    /// libyaml 0.2.5, the yardstick of the tests.
    pub(crate) const LIBYAML: Self = Self {
        colon_ends_flow_scalars: false,
        question_ends_flow_scalars: false,
        colon_before_indicator_is_a_fault: true,
        allows_lone_tag: true,
        flow_indicators_in_tags: false,
        extra_escape: b'/',
        latest_minor: Some(2),
        version_digits: 9,
        tokens_ahead: 0,
    };

    /// What is read around an error: nothing is refused that one library accepts.
    pub(crate) const TOLERANT: Self =
        Self { colon_before_indicator_is_a_fault: false, latest_minor: None, ..Self::LIBYAML };

    /// The grammar of a target's library.
    pub(crate) fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::GoYamlV1 => Self {
                colon_ends_flow_scalars: true,
                allows_lone_tag: false,
                tokens_ahead: 0,
                ..Self::of(Dialect::GoYamlV3)
            },
            Dialect::GoYamlV3 => Self {
                question_ends_flow_scalars: true,
                flow_indicators_in_tags: true,
                colon_before_indicator_is_a_fault: false,
                extra_escape: b'\'',
                latest_minor: Some(1),
                version_digits: 2,
                tokens_ahead: 2,
                ..Self::LIBYAML
            },
        }
    }
}

#[cfg(test)]
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
        let nothing = "did not find expected <document start>";
        for (text, v1, v3) in [
            ("[http://x]", colon, None),
            ("[a?b]", comma, comma),
            ("[a:, b]", colon, None),
            ("a: ! b", tag, None),
            ("a: !<> b", tag, tag),
            ("%TAG x tag:x\n--- a", tag, tag),
            ("a: !b[,] c", None, None),
            ("[!b@\"]", blank, blank),
            (r#"a: "\'""#, None, None),
            (r#"a: "\/""#, escape, escape),
            ("%YAML 1.1\n--- a", None, None),
            ("%YAML 1.2\n--- a", version, version),
            (
                "%YAML 001.1\n--- a",
                Some("found extremely long version number"),
                Some("found extremely long version number"),
            ),
            ("a: b\n...\nmore", Some(nothing), None),
            // yaml.v3 reads two tokens further than it has to.
            (
                "a: b\n...\n@",
                Some("found character that cannot start any token"),
                Some("found character that cannot start any token"),
            ),
            ("a: b\n...\n--- c\n--- @", None, None),
        ] {
            for (dialect, expected) in [(Dialect::GoYamlV1, v1), (Dialect::GoYamlV3, v3)] {
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
