//! Where a value stands in a config.

use std::fmt;

/// The way from the top of a config to a value, keys as written and items in brackets: `users[0].name`. Nearly every value
/// that a rule looks at is fine, so that the way is written out for a finding alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Path<'c>(Option<&'c Step<'c>>);

/// The last step of a way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Step<'c> {
    from: Path<'c>,
    to: To<'c>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum To<'c> {
    Key(&'c str),
    Item(usize),
}

/// Where steps are kept while a text is checked.
pub(super) type Steps = bumpalo::Bump;

impl<'c> Path<'c> {
    /// The path of the value of a key.
    pub(super) fn key(self, name: &'c str, steps: &'c Steps) -> Self {
        self.then(To::Key(name), steps)
    }

    /// The path of an item of a list.
    pub(super) fn item(self, index: usize, steps: &'c Steps) -> Self {
        self.then(To::Item(index), steps)
    }

    fn then(self, to: To<'c>, steps: &'c Steps) -> Self {
        Self(Some(steps.alloc(Step { from: self, to })))
    }

    /// The path of the value that this one stands in; that of the whole config has none.
    pub(crate) fn parent(self) -> Option<Self> {
        self.0.map(|step| step.from)
    }

    /// The key of the top level that it stands in; empty for the whole config.
    pub(crate) fn top(self) -> &'c str {
        match self.0 {
            None => "",
            Some(Step { from: Path(None), to: To::Key(name) }) => name,
            Some(step) => step.from.top(),
        }
    }

    /// The name of the last key; empty for the whole config.
    pub(crate) fn name(self) -> &'c str {
        match self.0 {
            None => "",
            Some(Step { to: To::Key(name), .. }) => name,
            Some(step) => step.from.name(),
        }
    }

    /// Whether it stands in the value at `outer`, and is not that value.
    pub(crate) fn is_inside(self, outer: Self) -> bool {
        self.parent().is_some_and(|parent| parent == outer || parent.is_inside(outer))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Step { from, to }) = self.0 else { return Ok(()) };
        from.fmt(f)?;
        match to {
            To::Key(name) if from.0.is_none() => f.write_str(name),
            To::Key(name) => write!(f, ".{name}"),
            To::Item(index) => write!(f, "[{index}]"),
        }
    }
}

impl From<Path<'_>> for String {
    fn from(path: Path<'_>) -> Self {
        path.to_string()
    }
}
