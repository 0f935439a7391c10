//! What the tests of all crates share: [`skip`] for a test that cannot run here, [`Tries`] for how often a property
//! is tried, [`Random`] for what it is tried with, [`CloudInit`] for the program to compare with, and with the feature
//! `rules` what runs the documentation of rules.

mod cloud_init;
mod random;
#[cfg(feature = "rules")]
pub mod rules;
mod skip;
mod tries;

pub use cloud_init::CloudInit;
pub use random::Random;
pub use skip::{SKIPPED, is_ci, skip};
pub use tries::{THOROUGH, Tries};

/// Whether a variable is set to something that means yes.
fn is_on(variable: &str) -> bool {
    says_yes(std::env::var(variable).ok().as_deref())
}

fn says_yes(value: Option<&str>) -> bool {
    !matches!(value, None | Some("" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::says_yes;

    #[test]
    fn variables_are_on_unless_they_are_unset_empty_0_or_false() {
        for (value, on) in
            [(Some("1"), true), (Some("true"), true), (Some("0"), false), (Some("false"), false)]
        {
            assert_eq!(says_yes(value), on, "{value:?}");
        }
        assert!(!says_yes(Some("")) && !says_yes(None));
    }
}
