//! The shapes of password hashes, as `crypt(3)` makes them.

/// A way of hashing passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Thirteen characters, of which the first two are the salt.
    Des,
    /// `_` and nineteen characters.
    BsdiDes,
    /// `$1$`
    Md5,
    /// `$sha1$`
    Sha1,
    /// `$md5`
    SunMd5,
    /// `$3$`
    Nt,
    /// `$5$`
    Sha256,
    /// `$6$`
    Sha512,
    /// `$2a$`, `$2b$`, `$2x$`, `$2y$`
    Bcrypt,
    /// `$7$`
    Scrypt,
    /// `$y$`
    Yescrypt,
    /// `$gy$`
    GostYescrypt,
}

impl Scheme {
    /// The name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Des => "DES",
            Self::BsdiDes => "BSDi DES",
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::SunMd5 => "Sun MD5",
            Self::Nt => "NT",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
            Self::Bcrypt => "bcrypt",
            Self::Scrypt => "scrypt",
            Self::Yescrypt => "yescrypt",
            Self::GostYescrypt => "gost-yescrypt",
        }
    }

    /// Whether a stolen hash gives the password away within hours.
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Des | Self::BsdiDes | Self::Md5 | Self::Sha1 | Self::SunMd5 | Self::Nt)
    }

    /// Whether the C library's own `crypt` knows it; CoreOS had no other.
    pub fn is_in_glibc(self) -> bool {
        matches!(self, Self::Des | Self::Md5 | Self::Sha256 | Self::Sha512)
    }

    /// How many characters the hash itself has, behind settings and salt; none when it varies.
    fn digits(self) -> Option<usize> {
        match self {
            Self::Md5 | Self::SunMd5 => Some(22),
            Self::Sha1 => Some(28),
            Self::Sha256 | Self::Scrypt | Self::Yescrypt | Self::GostYescrypt => Some(43),
            Self::Sha512 => Some(86),
            Self::Nt => Some(32),
            Self::Bcrypt => Some(53),
            Self::Des | Self::BsdiDes => None,
        }
    }
}

/// What stands where a hash belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// Nothing matches it, on purpose: `*`, or a hash after `!`.
    Locked,
    /// A hash.
    Hash(Scheme),
    /// The beginning of a hash: shortened, or mangled on the way.
    Damaged(Scheme),
    /// No hash: most likely the password itself.
    Plain,
}

/// What a `passwd` value is.
pub fn classify(text: &str) -> Password {
    if text.starts_with(['!', '*']) {
        return Password::Locked;
    }
    let is_digits = |text: &str| text.bytes().all(is_crypt_digit);
    let Some(rest) = text.strip_prefix('$') else {
        return match text.len() {
            13 if is_digits(text) => Password::Hash(Scheme::Des),
            20 if text.starts_with('_') && is_digits(&text[1..]) => Password::Hash(Scheme::BsdiDes),
            _ => Password::Plain,
        };
    };
    let scheme = match rest.split(['$', ',']).next().unwrap_or_default() {
        "1" => Scheme::Md5,
        "2a" | "2b" | "2x" | "2y" => Scheme::Bcrypt,
        "3" => Scheme::Nt,
        "5" => Scheme::Sha256,
        "6" => Scheme::Sha512,
        "7" => Scheme::Scrypt,
        "y" => Scheme::Yescrypt,
        "gy" => Scheme::GostYescrypt,
        "sha1" => Scheme::Sha1,
        "md5" => Scheme::SunMd5,
        _ => return Password::Plain,
    };
    let hash = text.rsplit('$').next().unwrap_or_default();
    let fields = text.split('$').count();
    let whole = scheme.digits() == Some(hash.len())
        && is_digits(hash)
        && fields >= 4
        && !text.contains([':', '\n', ' ', '…']);
    if whole { Password::Hash(scheme) } else { Password::Damaged(scheme) }
}

fn is_crypt_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'/'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_known_by_their_shape() {
        let sha512 = format!("$6$salt${}", "a".repeat(86));
        let rounds = format!("$6$rounds=4096$s.a/lt${}", "a".repeat(86));
        let sha256 = format!("$5$salt${}", "a".repeat(43));
        let md5 = format!("$1$salt${}", "a".repeat(22));
        let bcrypt = format!("$2y$05${}", "a".repeat(53));
        let yescrypt = format!("$y$j9T$salt${}", "a".repeat(43));
        let gost = format!("$gy$j9T$salt${}", "a".repeat(43));
        let scrypt = format!("$7$CU..../....salt${}", "a".repeat(43));
        let bsdi = format!("_{}", "a".repeat(19));
        for (text, kind) in [
            (sha512.as_str(), Password::Hash(Scheme::Sha512)),
            (&rounds, Password::Hash(Scheme::Sha512)),
            (&sha256, Password::Hash(Scheme::Sha256)),
            (&md5, Password::Hash(Scheme::Md5)),
            (&bcrypt, Password::Hash(Scheme::Bcrypt)),
            (&yescrypt, Password::Hash(Scheme::Yescrypt)),
            (&gost, Password::Hash(Scheme::GostYescrypt)),
            (&scrypt, Password::Hash(Scheme::Scrypt)),
            (&bsdi, Password::Hash(Scheme::BsdiDes)),
            ("ab0123456789.", Password::Hash(Scheme::Des)),
            (&sha512[..60], Password::Damaged(Scheme::Sha512)),
            ("$6$salt$abc...", Password::Damaged(Scheme::Sha512)),
            ("$6$", Password::Damaged(Scheme::Sha512)),
            ("$1", Password::Damaged(Scheme::Md5)),
            ("*", Password::Locked),
            ("!", Password::Locked),
            ("!$6$salt$abc", Password::Locked),
            ("hunter2", Password::Plain),
            ("$ecret", Password::Plain),
            ("$apr1$salt$hash", Password::Plain),
            ("{SSHA}abc", Password::Plain),
            ("correct horse", Password::Plain),
            ("", Password::Plain),
        ] {
            assert_eq!(classify(text), kind, "{text}");
        }
    }
}
