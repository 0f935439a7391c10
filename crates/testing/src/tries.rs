//! How often a property is tried.

use crate::is_on;

/// The variable that asks for the thorough counts; `cargo xtask test --thorough` sets it to 1.
pub const THOROUGH: &str = "DRYBOOT_THOROUGH";

/// How often a property is tried, such as with how many mutations of a text.
///
/// ```
/// use dryboot_testing::Tries;
///
/// const MUTATIONS: Tries<usize> = Tries { everyday: 2_000, thorough: 200_000 };
/// for _ in 0..MUTATIONS.count() {
///     // damage a text, and check what must hold
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tries<N> {
    /// In the everyday suite: all properties together take seconds.
    pub everyday: N,
    /// With [`THOROUGH`], on optimised code.
    pub thorough: N,
}

impl<N> Tries<N> {
    /// The count for this run.
    #[must_use]
    pub fn count(self) -> N {
        self.count_if(is_on(THOROUGH))
    }

    fn count_if(self, thorough: bool) -> N {
        if thorough { self.thorough } else { self.everyday }
    }
}

#[cfg(test)]
mod tests {
    use super::Tries;

    #[test]
    fn thorough_runs_get_the_thorough_count() {
        let tries = Tries { everyday: 1, thorough: 2 };
        assert_eq!((tries.count_if(false), tries.count_if(true)), (1, 2));
    }
}
