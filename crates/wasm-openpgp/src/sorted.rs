//! What a file is.

use dryboot_core::openpgp::{self, KEYRING_LIMIT, Sorted};
use dryboot_report::verify::Certificate;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Answer<'a> {
    Image,
    Signature,
    Keyring { keyring: Vec<Certificate<'a>>, remarks: &'a [String] },
    PrivateKey { message: &'a str },
    Version { label: &'a str },
    Refused { message: &'a str },
}

/// The longest file that [`sort`] wants to have as a whole.
#[wasm_bindgen]
#[must_use]
pub fn keyring_limit() -> usize {
    KEYRING_LIMIT
}

/// Sorts a file of `size` bytes, of which `head` are the first. What is not given as a whole is an image.
///
/// The answer is JSON: `kind` is `image`, `signature`, `keyring` (with the certificates in `keyring`, as in a report, and
/// `remarks` on what was passed over), `private-key` or `refused` (both with a `message`), or `version` (with the version
/// as its `label`).
///
/// # Errors
/// None that a file can cause.
#[wasm_bindgen]
pub fn sort(name: &str, head: &[u8], size: f64) -> Result<String, String> {
    let is_whole = head.len() as f64 >= size;
    let sorted = if is_whole { openpgp::sort(name, head) } else { Sorted::Image };
    let reports = match &sorted {
        Sorted::Keyring(keyring) => keyring.certificates(&[]),
        _ => Vec::new(),
    };
    let answer = match &sorted {
        Sorted::Image => Answer::Image,
        Sorted::Signature => Answer::Signature,
        Sorted::Keyring(keyring) => Answer::Keyring {
            keyring: reports.iter().map(Certificate::new).collect(),
            remarks: keyring.remarks(),
        },
        Sorted::PrivateKey(message) => Answer::PrivateKey { message },
        Sorted::Version(version) => Answer::Version { label: version.version() },
        Sorted::Refused(message) => Answer::Refused { message },
    };
    serde_json::to_string(&answer).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn answers_are_json() {
        assert_eq!(sort("image.bin", b"x", 1.0), Ok(r#"{"kind":"image"}"#.to_owned()));
        assert_eq!(
            sort("version.txt", b"COREOS_VERSION=2023.4.0", 23.0),
            Ok(r#"{"kind":"version","label":"2023.4.0"}"#.to_owned())
        );
        let refused = sort("image.sig", b"", 0.0).expect("an answer");
        assert!(refused.starts_with(r#"{"kind":"refused","message":"the signature is empty"#), "{refused}");
    }

    #[test]
    fn what_is_longer_than_any_key_is_an_image() {
        let head = b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n";
        assert_eq!(sort("key.asc", head, 1e9), Ok(r#"{"kind":"image"}"#.to_owned()));
        assert!(sort("key.asc", head, 38.0).is_ok_and(|json| json.contains("private-key")));
    }
}
