//! Colours of our own.

use std::cell::Cell;
use std::fmt;

use anstyle::{AnsiColor, Style};

/// A style in a formatted line, as in `{GOOD}…{GOOD:#}`: the only way for a control character into a [`super::Output`].
///
/// It says that it is writing in a way that no string can: what is formatted to a string first is escaped.
#[derive(Clone, Copy, Debug)]
pub struct Paint(Style);

/// What is as it should be.
pub const GOOD: Paint = Paint(AnsiColor::Green.on_default().bold());
/// What is not.
pub const BAD: Paint = Paint(AnsiColor::Red.on_default().bold());
/// What stands out.
pub const STRONG: Paint = Paint(Style::new().bold());
/// What matters less.
pub const FAINT: Paint = Paint(Style::new().dimmed());
/// The name of what follows.
pub const NAME: Paint = Paint(AnsiColor::Cyan.on_default().bold());
/// What users type.
pub const CODE: Paint = Paint(AnsiColor::Cyan.on_default());

thread_local! {
    static IS_PAINTING: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is being written comes from a [`Paint`].
pub(super) fn is_painting() -> bool {
    IS_PAINTING.get()
}

impl Paint {
    /// A style as a paint.
    #[must_use]
    pub const fn new(style: Style) -> Self {
        Self(style)
    }
}

impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        IS_PAINTING.set(true);
        let written = self.0.fmt(f);
        IS_PAINTING.set(false);
        written
    }
}
