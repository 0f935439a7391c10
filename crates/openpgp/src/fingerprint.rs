//! Fingerprints as people write them.

use std::fmt;

/// The fingerprint of a key: 40 or 64 hexadecimal digits, in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Reads a fingerprint, with or without spaces, colons and a leading `0x`.
    ///
    /// # Errors
    /// Says in words what is wrong. The key ID is too short to say which key is meant.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bare = text.trim().trim_start_matches("0x").trim_start_matches("0X");
        let digits: String = bare.chars().filter(|c| !matches!(c, ' ' | ':' | '\u{A0}')).collect();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(format!(
                "`{text}` is not a fingerprint: write 40 hexadecimal digits, as `gpg --fingerprint` prints \
                 them"
            ));
        }
        match digits.len() {
            40 | 64 => Ok(Self(digits.to_ascii_uppercase())),
            8 | 16 => Err(format!(
                "`{text}` is a key ID, and anyone can create another key with the same ID: write the full \
                 fingerprint of 40 digits"
            )),
            length => Err(format!("`{text}` has {length} digits, but a fingerprint has 40")),
        }
    }

    /// The digits, without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is(&self, digits: &str) -> bool {
        self.0 == digits
    }

    pub(crate) fn of(fingerprint: &sequoia_openpgp::Fingerprint) -> Self {
        Self(fingerprint.to_hex())
    }
}

/// In groups of four digits, as gpg prints them.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_as_people_write_them() {
        let digits = "04127D0BFABEC8871FFB2CCE50E0885593D2DCB4";
        let spaced = "0412 7D0B FABE C887 1FFB  2CCE 50E0 8855 93D2 DCB4";
        for text in
            [digits, spaced, &digits.to_lowercase(), &format!("0x{digits}"), &spaced.replace(' ', ":")]
        {
            assert_eq!(Fingerprint::parse(text).as_ref().map(Fingerprint::as_str), Ok(digits), "{text}");
        }
        assert_eq!(Fingerprint::parse(digits).map(|it| it.to_string()), Ok(spaced.replace("  ", " ")));
    }

    #[test]
    fn what_names_no_single_key_is_refused() {
        for (text, words) in [
            ("93D2DCB4", "key ID"),
            ("50E0885593D2DCB4", "key ID"),
            ("", "not a fingerprint"),
            ("buildbot@coreos.com", "not a fingerprint"),
            ("0412 7D0B", "key ID"),
            ("0412 7D", "6 digits"),
        ] {
            assert!(Fingerprint::parse(text).is_err_and(|error| error.contains(words)), "{text}");
        }
    }
}
