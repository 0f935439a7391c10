//! Colours of our own.

use std::cell::Cell;
use std::fmt;

use anstyle::{AnsiColor, Style};

/// A style in a formatted line, as in `{GOOD}…{GOOD:#}`: the only way for a control character into a [`super::Screen`].
///
/// It says that it is writing in a way that no string can: what is formatted to a string first is escaped.
#[derive(Clone, Copy)]
pub(crate) struct Paint(Style);

pub(crate) const GOOD: Paint = Paint(AnsiColor::Green.on_default().bold());
pub(crate) const BAD: Paint = Paint(AnsiColor::Red.on_default().bold());
pub(crate) const STRONG: Paint = Paint(Style::new().bold());
pub(crate) const FAINT: Paint = Paint(Style::new().dimmed());
/// The name of what follows.
pub(crate) const NAME: Paint = Paint(AnsiColor::Cyan.on_default().bold());
pub(crate) const CODE: Paint = Paint(AnsiColor::Cyan.on_default());

thread_local! {
    static IS_PAINTING: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is being written comes from a [`Paint`].
pub(super) fn is_painting() -> bool {
    IS_PAINTING.get()
}

impl Paint {
    pub(crate) const fn new(style: Style) -> Self {
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
