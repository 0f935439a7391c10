//! The verdict in sentences: what is the matter, and what to do.

use crate::pins::known_subkey;
use crate::verdict::{
    CertificateReport, Note, Recognition, SignatureVerdict, Signer, State, Trust, Unbound, Verdict, WeakPlace,
};

impl Verdict {
    /// The verdict in a few words, to stand before the name of the file. "Good" is said of known keys alone.
    #[must_use]
    pub fn headline(&self) -> &'static str {
        match (self.trust(), self.required) {
            (Trust::Known, _) => "good",
            (Trust::Supplied, 1) => "signed by a key that you supplied",
            (Trust::Supplied, _) => "signed by keys that you supplied",
            (Trust::None, _) => "not good",
        }
    }
}

impl SignatureVerdict {
    /// The state in a word or two, to stand before the sentence.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match (self.trust(), &self.state) {
            (Trust::Supplied, _) => "supplied key",
            (_, State::Good) => "good",
            (_, State::GoodExpiredSince { .. }) => "good, now expired",
            (_, State::Weak { .. }) => "weak",
            (_, State::Bad) => "bad",
            (_, State::KeyMissing) => "key missing",
            (_, State::KeyExpired { .. }) => "key expired",
            (_, State::KeyRevoked { .. }) => "key revoked",
            (_, State::KeyNotYetValid { .. }) => "key not yet valid",
            (_, State::FromTheFuture) => "from the future",
            (_, State::Expired { .. }) => "expired",
            (_, State::NotBound(_)) => "not bound",
            (_, State::LookAlike { .. }) => "look-alike",
            (_, State::NotAskedFor) => "not selected",
            (_, State::Malformed(_)) => "malformed",
        }
    }

    /// What is the matter, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let key = self.signer.as_ref().map_or("its key", Signer::word);
        match &self.state {
            State::Good if self.trust() == Trust::Supplied => {
                "the signature matches the file; nobody has checked whose key made it".to_owned()
            }
            State::Good => "the signature matches the file".to_owned(),
            State::GoodExpiredSince { expired } => {
                let unchecked =
                    if self.trust() == Trust::Supplied { "; nobody has checked whose key it is" } else { "" };
                format!(
                    "the signature matches the file; {key} has since expired, on {expired}, which does not \
                     matter{unchecked}"
                )
            }
            State::Weak { place, what, since } => weak(*place, what, *since),
            State::Bad => {
                "the file, the signature or the key has been changed, or they do not belong together"
                    .to_owned()
            }
            State::KeyMissing => self.missing(),
            State::KeyExpired { expired } => {
                format!("{key} had expired on {expired}, before the signature was made")
            }
            State::KeyRevoked { revoked, hard: true, whole, reason } => format!(
                "{} was revoked on {revoked}: {reason}; none of its signatures are accepted, whatever \
                 their date",
                if *whole { "the primary key" } else { key }
            ),
            State::KeyRevoked { revoked, hard: false, whole, reason } => format!(
                "{} was withdrawn on {revoked}, before the signature was made: {reason}",
                if *whole { "the primary key" } else { key }
            ),
            State::KeyNotYetValid { created } => {
                format!("the signature claims to be older than its key, which was created on {created}")
            }
            State::FromTheFuture => "the signature claims to have been made in the future".to_owned(),
            State::Expired { expired } => format!("the signature itself was only valid until {expired}"),
            State::NotBound(reason) => unbound(reason),
            State::LookAlike { pin } => {
                format!("it was made by a different key with the name of the {}", pin.name)
            }
            State::NotAskedFor => "it was made by a key that `--fingerprint` does not name".to_owned(),
            State::Malformed(reason) => reason.clone(),
        }
    }

    fn missing(&self) -> String {
        let Some(claim) = self.claims.first() else {
            return "the signature does not name its key, and no key matches".to_owned();
        };
        match known_subkey(claim) {
            Some((pin, known)) => format!(
                "it was made by the key {claim}, a subkey of the {} from {}, which is not in the keyring",
                pin.name, known.created
            ),
            None => format!("it was made by the key {claim}, which is not in the keyring"),
        }
    }

    /// What to do; none when nothing is to be done.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        Some(match &self.state {
            State::Good | State::GoodExpiredSince { .. } => {
                let supplied = self.signer.as_ref().filter(|_| self.trust() == Trust::Supplied)?;
                format!(
                    "compare the key's fingerprint with the one that its owner publishes; if they are the \
                     same, pin it: `--fingerprint {}`",
                    supplied.certificate.as_str()
                )
            }
            State::Weak { place: WeakPlace::Key, .. } => {
                "get a signature by a stronger key, or use the policy of another date (`--policy-as-of`)"
                    .to_owned()
            }
            State::Weak { what, .. } if what == "SHA-1" => {
                "get a newer signature or key; or accept SHA-1 (`--accept-sha1`) if you know where the \
                 file comes from"
                    .to_owned()
            }
            State::Weak { .. } => "get a newer signature or key, or use the policy of another date \
                (`--policy-as-of`)"
                .to_owned(),
            State::Bad => "do not use the file: download it and its signature again, both from the same \
                version (`current` may have changed in between)"
                .to_owned(),
            State::KeyMissing => match self.claims.first().and_then(|claim| known_subkey(claim)) {
                Some((pin, _)) if self.copy_is_outdated => format!(
                    "your copy of the {} is outdated: get a \
                    newer copy of {} ({})",
                    pin.name, pin.fingerprint, pin.source
                ),
                Some((pin, _)) => format!("add the {}: {} ({})", pin.name, pin.fingerprint, pin.source),
                None => {
                    "add the signer's key (`--keyring`), and check its fingerprint with someone you trust"
                        .to_owned()
                }
            },
            State::KeyExpired { .. } => "get a newer copy of the key, which may have been extended; \
                otherwise the signature is worthless"
                .to_owned(),
            State::KeyRevoked { .. } => {
                "do not use the file; get a version that is signed by another key".to_owned()
            }
            State::KeyNotYetValid { .. } | State::FromTheFuture => "check this machine's clock, or verify \
                as of another time (`--at-time`). If the clock is right, do not use the file"
                .to_owned(),
            State::Expired { .. } => "get a newer version of the file, or verify as of another time \
                (`--at-time`)"
                .to_owned(),
            State::NotBound(Unbound::BoundLater { .. }) => "get a full copy of the key, with its older \
                signatures"
                .to_owned(),
            State::NotBound(_) => "get the key from its owner again; if that does not help, do not use the \
                file"
                .to_owned(),
            State::LookAlike { pin } => format!(
                "do not use the file: the real key is {}. If you know and \
                trust this other key, name it with `--fingerprint`",
                pin.fingerprint
            ),
            State::NotAskedFor => "if you trust the key, name it with `--fingerprint`; without \
                `--fingerprint`, all keys in the keyring are accepted"
                .to_owned(),
            State::Malformed(_) => "download the signature again: the file next to the image that ends in \
                .sig or .asc"
                .to_owned(),
        })
    }
}

fn weak(place: WeakPlace, what: &str, since: Option<crate::Time>) -> String {
    let since = since.map_or_else(String::new, |since| format!(" since {since}"));
    match place {
        WeakPlace::Data => format!(
            "the signature matches the file, but uses a {what} hash: someone could make two files with the \
             same hash, so the policy refuses it{since}"
        ),
        WeakPlace::Binding => format!(
            "the signature matches the file, but its subkey is bound with {what}, which the policy \
             refuses{since} for keys that are not pinned"
        ),
        WeakPlace::SelfSignature => format!(
            "the signature matches the file, but its primary key certifies itself with {what}, which the \
             policy refuses{since} for keys that are not pinned"
        ),
        WeakPlace::Key => {
            format!(
                "the signature matches the file, but the key is too weak: the policy refuses {what}{since}"
            )
        }
    }
}

fn unbound(reason: &Unbound) -> String {
    match reason {
        Unbound::NoSelfSignature => "the primary key does not certify itself: it has no user ID with a \
            valid self-signature, and it is not pinned".to_owned(),
        Unbound::NoBinding => "its subkey is not bound to the certificate: no signature of the primary key says that they belong together".to_owned(),
        Unbound::BoundLater { created } => format!("its subkey was bound to the certificate on {created}, \
            after the signature was made"),
        Unbound::NotForSigning => "its key is not allowed to sign data".to_owned(),
        Unbound::NoBackSignature => "its subkey does not confirm that it belongs to the certificate: the \
            back-signature is missing".to_owned(),
        Unbound::WrongBackSignature => "its subkey does not confirm that it belongs to the certificate: \
            the back-signature is invalid".to_owned(),
        Unbound::Odd(part) => format!("the signature that allows its key to sign has {part}"),
    }
}

impl Signer {
    fn word(&self) -> &'static str {
        if self.key == self.certificate { "the key" } else { "the subkey" }
    }
}

impl Note {
    /// The name in machine-readable output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sha1Data => "sha1-data",
            Self::Sha1Binding => "sha1-binding",
            Self::Sha1SelfSignature => "sha1-self-signature",
            Self::RetiredSince { .. } => "retired-since",
            Self::RevokerMissing => "revoker-missing",
            Self::NewSubkey => "new-subkey",
        }
    }

    /// The note in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Sha1Data => "the file is hashed with SHA-1, which allows the file's author to make a \
                second file with the same hash; accepted on request"
                .to_owned(),
            Self::Sha1Binding => "the subkey is bound with SHA-1; accepted, because nobody can make a \
                second key with the hash of an existing one"
                .to_owned(),
            Self::Sha1SelfSignature => "the primary key's own signature uses SHA-1; accepted, because the \
                key is known by its fingerprint or SHA-1 was allowed"
                .to_owned(),
            Self::RetiredSince { revoked, whole } => format!(
                "the {} was withdrawn from use on {revoked}, \
                after the signature was made",
                if *whole { "primary key" } else { "subkey" }
            ),
            Self::RevokerMissing => {
                "it may have been revoked by another key, which is not in the keyring".to_owned()
            }
            Self::NewSubkey => {
                "the subkey is not in dryboot's list; the pinned primary key certifies it".to_owned()
            }
        }
    }
}

impl CertificateReport {
    /// What the certificate was recognised as, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.recognition {
            Recognition::Pinned { pin, lacks } if lacks.is_empty() => format!("this is the {}", pin.name),
            Recognition::Pinned { pin, lacks } => format!(
                "this is the {}, in an outdated copy: it lacks {} known {} ({})",
                pin.name,
                lacks.len(),
                if lacks.len() == 1 { "subkey" } else { "subkeys" },
                lacks.join(", ")
            ),
            Recognition::AskedFor => "this key was named by `--fingerprint`".to_owned(),
            Recognition::LookAlike { pin } => format!(
                "this is not the {}, although it has its name; the real one is {}. It is not trusted",
                pin.name, pin.fingerprint
            ),
            Recognition::Given => {
                "you supplied this key, and it is not built in: nobody has checked whose it is".to_owned()
            }
            Recognition::NotAskedFor => {
                "this key is not named by `--fingerprint`: it is not trusted".to_owned()
            }
        }
    }
}
