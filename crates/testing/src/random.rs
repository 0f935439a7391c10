//! Chance that is the same on every machine.

/// A source of random numbers: SplitMix64.
///
/// ```
/// use dryboot_testing::Random;
///
/// let mut random = Random::new(7);
/// assert!(random.below(3) < 3);
/// assert_eq!(Random::new(7).one_of(&["a", "b"]), Random::new(7).one_of(&["a", "b"]));
/// ```
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The source that begins with `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0, less than `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or_default() % bound.max(1)
    }

    /// One of several texts.
    ///
    /// # Panics
    /// When there is none.
    pub fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}
