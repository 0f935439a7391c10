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
