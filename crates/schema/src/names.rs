//! How programs compare the names of keys.

use std::borrow::Cow;

/// When a key that is written is one of the tables, which spell names with underscores where there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// When the names are equal.
    Exact,
    /// When they are equal after hyphens are replaced by underscores.
    Folded,
}

impl Names {
    /// Whether `written` is the key `name` of the tables.
    #[must_use]
    pub fn same(self, written: &str, name: &str) -> bool {
        let equal = |(written, name): (u8, u8)| {
            written == name || (self == Self::Folded && written == b'-' && name == b'_')
        };
        written.len() == name.len() && written.bytes().zip(name.bytes()).all(equal)
    }

    /// The name as the tables have it.
    #[must_use]
    pub fn of(self, written: &str) -> Cow<'_, str> {
        match self {
            Self::Folded if written.contains('-') => Cow::Owned(written.replace('-', "_")),
            Self::Exact | Self::Folded => Cow::Borrowed(written),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_are_underscores_where_names_are_folded() {
        for (written, exact, folded) in [
            ("drop_ins", true, true),
            ("drop-ins", false, true),
            ("drop_in", false, false),
            ("drop ins", false, false),
        ] {
            assert_eq!(Names::Exact.same(written, "drop_ins"), exact, "{written}");
            assert_eq!(Names::Folded.same(written, "drop_ins"), folded, "{written}");
            assert_eq!(Names::Folded.of(written) == "drop_ins", folded, "{written}");
        }
        assert!(!Names::Folded.same("a_b", "a-b"));
    }
}
