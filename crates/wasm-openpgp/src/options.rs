//! How to verify, as the page says it.

use dryboot_core::openpgp::{Fingerprint, Time, VerifyOptions};
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// A misspelled option would make a verification laxer than it was meant, so it is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// The present, in seconds since 1970.
    now: u64,
    /// The date of the policy, likewise.
    policy_as_of: Option<u64>,
    #[serde(default)]
    fingerprints: Vec<String>,
    #[serde(default = "one")]
    required: usize,
    #[serde(default)]
    accept_sha1: bool,
}

fn one() -> usize {
    1
}

/// How to verify.
#[wasm_bindgen]
pub struct Options(pub(crate) VerifyOptions);

#[wasm_bindgen]
impl Options {
    /// Reads `{now, policy_as_of?, fingerprints?, required?, accept_sha1?}` in JSON, times in seconds since 1970.
    ///
    /// # Errors
    /// When they make no sense.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Result<Self, String> {
        read(json).map(Self)
    }
}

fn read(json: &str) -> Result<VerifyOptions, String> {
    let options: Given =
        serde_json::from_str(json).map_err(|error| format!("the options cannot be read: {error}"))?;
    Ok(VerifyOptions {
        policy_as_of: options.policy_as_of.map(Time),
        fingerprints: options
            .fingerprints
            .iter()
            .map(|digits| Fingerprint::parse(digits))
            .collect::<Result<_, _>>()?,
        required: options.required,
        accept_sha1: options.accept_sha1,
        ..VerifyOptions::new(Time(options.now))
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_is_left_out_is_strict() {
        let options = read(r#"{"now": 1}"#).expect("options");
        assert_eq!((options.now.0, options.required, options.accept_sha1), (1, 1, false));
        assert!(options.policy_as_of.is_none() && options.fingerprints.is_empty());
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (json, words) in [
            ("{}", "now"),
            (r#"{"now": -1}"#, "options"),
            (r#"{"now": 1, "fingerprint": ["00"]}"#, "fingerprint"),
            (r#"{"now": 1, "fingerprints": ["12345678"]}"#, "key ID"),
        ] {
            assert!(read(json).is_err_and(|error| error.contains(words)), "{json}");
        }
    }
}
