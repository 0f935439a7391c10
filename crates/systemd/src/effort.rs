//! What following units may cost.

use std::cell::Cell;

/// A number of steps that may be taken: a byte read, a unit loaded, a dependency looked at.
///
/// What systemd does with units is not linear in their files: every request goes along all
/// dependencies anew, and so does every cycle that is broken. Whoever follows it for files of others
/// sets a limit. When that is reached, what comes of a call means nothing any more.
#[derive(Clone, Debug)]
pub struct Effort {
    most: usize,
    spent: Cell<usize>,
}

impl Effort {
    /// At most so many steps.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, spent: Cell::new(0) }
    }

    /// As many steps as it takes.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(usize::MAX)
    }

    /// Takes steps.
    pub fn spend(&self, steps: usize) {
        self.spent.set(self.spent.get().saturating_add(steps));
    }

    /// How many steps have been taken.
    #[must_use]
    pub fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Whether there were more steps to take than were allowed.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.spent.get() > self.most
    }
}
