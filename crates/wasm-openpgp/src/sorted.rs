//! What a file is.

use dryboot_core::openpgp::{self, CertificateReport, KEYRING_LIMIT, Sorted};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Answer {
    Image,
    Signature,
    Keyring { keyring: Vec<CertificateReport>, remarks: Vec<String> },
    PrivateKey { message: String },
    Version { label: String },
    Refused { message: String },
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
    let answer = match if is_whole { openpgp::sort(name, head) } else { Sorted::Image } {
        Sorted::Image => Answer::Image,
        Sorted::Signature => Answer::Signature,
        Sorted::Keyring(keyring) => {
            Answer::Keyring { keyring: keyring.certificates(&[]), remarks: keyring.remarks().to_vec() }
        }
        Sorted::PrivateKey(message) => Answer::PrivateKey { message },
        Sorted::Version(version) => Answer::Version { label: version.version().to_owned() },
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
