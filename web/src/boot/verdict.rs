//! What comes of a boot, in a few words.

use super::preview::Preview;

/// How good a boot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quality {
    Good,
    /// It boots, and something is not as it should be.
    Warned,
    Bad,
}

/// The verdict on a boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) quality: Quality,
    pub(crate) word: &'static str,
    pub(crate) detail: String,
}

impl Verdict {
    /// An input that cannot be used is a failure, however the boot without it ends. The program does not see what its units
    /// come to: when systemd does not go along, the boot fails all the same.
    pub(crate) fn of(preview: &Preview) -> Self {
        let fails = |detail: String| Self { quality: Quality::Bad, word: "Fails", detail };
        if let Some(trouble) = preview.boot().troubles.first() {
            return Self { quality: Quality::Bad, word: unusable(&trouble.about), detail: String::new() };
        }
        match (preview.boot().exit_code, preview.unit_problems().len()) {
            _ if preview.boot().degraded => Self {
                quality: Quality::Warned,
                word: "Degraded",
                detail: ": it boots, but not everything is as it should be".to_owned(),
            },
            (0, 0) => {
                Self { quality: Quality::Good, word: "Succeeds", detail: " with exit code 0".to_owned() }
            }
            (0, 1) => fails(" at a unit".to_owned()),
            (0, count) => fails(format!(" at units, with {count} problems")),
            (code, _) => fails(format!(" with exit code {code}")),
        }
    }
}

fn unusable(input: &str) -> &'static str {
    match input {
        "metadata" => "The metadata cannot be read",
        "oem" => "The OEM config cannot be used",
        "vendor-data" => "The vendor-data cannot be used",
        "distribution" => "There is no preview of this distribution yet",
        "no-preview" => "There is no preview of this platform yet",
        _ => "This platform cannot be chosen",
    }
}

#[cfg(test)]
mod tests {
    use dryboot_wasm::protocol::boot::{Boot, Trouble};

    use super::*;

    #[test]
    fn a_boot_without_the_metadata_that_were_given_is_not_a_success() {
        let trouble = Trouble { about: "metadata".to_owned(), ..Trouble::default() };
        let verdict = |troubles| Verdict::of(&Boot { troubles, ..Boot::default() }.into());
        assert_eq!(verdict(Vec::new()).quality, Quality::Good);
        assert_eq!(verdict(vec![trouble]).quality, Quality::Bad);
    }

    #[test]
    fn a_degraded_boot_is_neither_good_nor_bad() {
        let boot = Boot { degraded: true, exit_code: 2, ..Boot::default() };
        assert_eq!(Verdict::of(&boot.into()).quality, Quality::Warned);
    }
}
