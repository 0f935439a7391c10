//! What comes of a boot, in a few words.

use yew::AttrValue;

use super::preview::Preview;
use crate::words::t;

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
    pub(crate) word: AttrValue,
    /// What follows it.
    pub(crate) detail: AttrValue,
}

impl Verdict {
    /// An input that cannot be used is a failure, however the boot without it ends. The program does not see what its units
    /// come to: when systemd does not go along, the boot fails all the same.
    pub(crate) fn of(preview: &Preview) -> Self {
        let fails = |detail| Self { quality: Quality::Bad, word: t!("Fails"), detail };
        if let Some(trouble) = preview.boot().troubles.first() {
            return Self {
                quality: Quality::Bad,
                word: t(unusable(&trouble.about)),
                detail: AttrValue::default(),
            };
        }
        match (preview.boot().exit_code, preview.unit_problems().len()) {
            _ if preview.boot().degraded => Self {
                quality: Quality::Warned,
                word: t!("Degraded"),
                detail: t!(": it boots, but not everything is as it should be"),
            },
            (0, 0) => Self {
                quality: Quality::Good,
                word: t!("Succeeds"),
                detail: t!(" with exit code {code}", code = 0),
            },
            (0, 1) => fails(t!(" at a unit")),
            (0, count) => fails(t!(" at units, with {count} problems", count)),
            (code, _) => fails(t!(" with exit code {code}", code)),
        }
    }
}

fn unusable(input: &str) -> &'static str {
    match input {
        "metadata" => text!("The metadata cannot be read"),
        "oem" => text!("The OEM config cannot be used"),
        "vendor-data" => text!("The vendor-data cannot be used"),
        "distribution" => text!("No preview for this distribution yet"),
        "no-preview" => text!("No preview for this platform yet"),
        _ => text!("This platform cannot be chosen"),
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
