//! The verdict: what became of each signature, and whether that is enough. `words` puts it into sentences.

use std::collections::BTreeSet;

use crate::channel::Distribution;
use crate::pins::Pin;
use crate::{Fingerprint, Time};

/// The verdict on one stream of data.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Enough certificates that are pinned or given have signed exactly this data.
    pub good: bool,
    /// How many different certificates have signed.
    pub counted: usize,
    /// How many had to.
    pub required: usize,
    /// How much data was read.
    pub bytes: u64,
    /// In the order of the signature file.
    pub signatures: Vec<SignatureVerdict>,
    /// The keyring.
    pub certificates: Vec<CertificateReport>,
    /// What was passed over in the files, in words.
    pub remarks: Vec<String>,
}

/// What became of one signature.
#[derive(Clone, Debug)]
pub struct SignatureVerdict {
    /// The outcome.
    pub state: State,
    /// Who has signed, where a key of the keyring fits. Of a bad signature: whose it claims to be.
    pub signer: Option<Signer>,
    /// Fingerprints and key IDs that the signature names as its issuer.
    pub claims: Vec<String>,
    /// When it says that it was made.
    pub made: Option<Time>,
    /// The hash over the data, as in `SHA-256`.
    pub hash: Option<String>,
    /// What does not change the outcome and should be known.
    pub notes: Vec<Note>,
    /// The keyring has the pinned key that this signature is by, in a copy without the subkey that made it.
    pub copy_is_outdated: bool,
}

/// A key and the certificate that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Of the certificate's primary key.
    pub certificate: Fingerprint,
    /// Of the key that has signed: a subkey, or the primary key itself.
    pub key: Fingerprint,
    /// As in `RSA 4096`.
    pub kind: String,
    /// The certificate's first user ID.
    pub user_id: Option<String>,
    /// The certificate is one of the built-in pins.
    pub pin: Option<&'static Pin>,
    /// The certificate is one of the fingerprints that were asked for.
    pub asked_for: bool,
}

/// How much a verdict rests on: a key that is known, or one that was merely handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Known by fingerprint: a built-in pin, or asked for.
    Known,
    /// In a keyring that the user supplied. Whose key it is, nobody has checked.
    Supplied,
    /// There is nothing to trust: the signature does not count, or too few do.
    None,
}

impl Trust {
    /// The name in machine-readable output.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Supplied => "supplied",
            Self::None => "none",
        }
    }
}

impl Verdict {
    /// What the verdict as a whole rests on: on known keys when enough of them have signed, whoever else has.
    #[must_use]
    pub fn trust(&self) -> Trust {
        if !self.good {
            return Trust::None;
        }
        let known = self.signatures.iter().filter(|signature| signature.trust() == Trust::Known);
        let known: BTreeSet<_> =
            known.filter_map(|signature| Some(&signature.signer.as_ref()?.certificate)).collect();
        if known.len() >= self.required { Trust::Known } else { Trust::Supplied }
    }

    /// The built-in key that has signed what should be an image of `distribution`, and signs those of another; none when
    /// any other key has signed it, too.
    #[must_use]
    pub fn signed_for_another(&self, distribution: Distribution) -> Option<&'static Pin> {
        let mut pins =
            self.signatures.iter().filter(|signature| signature.state.is_good()).map(|signature| {
                let pin = signature.signer.as_ref()?.pin;
                pin.filter(|pin| pin.distribution != distribution)
            });
        let first = pins.next()??;
        pins.all(|pin| pin.is_some()).then_some(first)
    }
}

impl SignatureVerdict {
    /// What the signature rests on.
    #[must_use]
    pub fn trust(&self) -> Trust {
        match &self.signer {
            Some(signer) if self.state.is_good() && signer.is_known() => Trust::Known,
            Some(_) if self.state.is_good() => Trust::Supplied,
            _ => Trust::None,
        }
    }
}

impl Signer {
    /// Whether its certificate is known by fingerprint.
    fn is_known(&self) -> bool {
        self.pin.is_some() || self.asked_for
    }
}

/// What a signature turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It fits the data, and its key was allowed to make it.
    Good,
    /// So it is, and its key has expired since.
    GoodExpiredSince {
        /// When the key has expired.
        expired: Time,
    },
    /// It would be good, but for something that can be forged today.
    Weak {
        /// Where the weakness is.
        place: WeakPlace,
        /// The hash or the kind of key.
        what: String,
        /// Since when the policy refuses it; none: always.
        since: Option<Time>,
    },
    /// It fits neither the data nor the key: one of them was changed.
    Bad,
    /// No key of the keyring is the one that it names.
    KeyMissing,
    /// The key had expired when it was made.
    KeyExpired {
        /// When the key has expired.
        expired: Time,
    },
    /// The key is revoked.
    KeyRevoked {
        /// When it was revoked.
        revoked: Time,
        /// All its signatures are void, not only later ones.
        hard: bool,
        /// The primary key is, not only the subkey.
        whole: bool,
        /// Why, in words.
        reason: &'static str,
    },
    /// It claims to be older than its key.
    KeyNotYetValid {
        /// When the key was made.
        created: Time,
    },
    /// It claims to be made in the future.
    FromTheFuture,
    /// It was limited in time, which is over.
    Expired {
        /// When it has expired.
        expired: Time,
    },
    /// Its key is in the file of a certificate that has not allowed it to sign.
    NotBound(Unbound),
    /// Its key has the name of a pinned one, and is another.
    LookAlike {
        /// The key that it poses as.
        pin: &'static Pin,
    },
    /// Its certificate is in the keyring, but is not among the fingerprints that were asked for.
    NotAskedFor,
    /// It is no signature over a file that can be judged; why, in words.
    Malformed(String),
}

/// Where a weakness is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeakPlace {
    /// In the signature over the data.
    Data,
    /// In what binds the subkey.
    Binding,
    /// In what the primary key says about itself.
    SelfSignature,
    /// In the kind or length of a key.
    Key,
}

/// Why a key may not sign for the certificate that it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// The primary key of an unpinned certificate says nothing about itself that verifies.
    NoSelfSignature,
    /// Nothing of the primary key binds the subkey.
    NoBinding,
    /// It was bound only after the signature was made.
    BoundLater {
        /// The oldest binding.
        created: Time,
    },
    /// It may not sign data.
    NotForSigning,
    /// The subkey has not consented.
    NoBackSignature,
    /// The consent of the subkey does not verify.
    WrongBackSignature,
    /// What allows it has a part that has to be understood, and is not.
    Odd(String),
}

/// What does not change the outcome and should be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The data is hashed with SHA-1, which was accepted on request.
    Sha1Data,
    /// The subkey is bound with SHA-1, which was accepted.
    Sha1Binding,
    /// The primary key's signature over itself uses SHA-1, which was accepted.
    Sha1SelfSignature,
    /// The key was withdrawn from use after the signature was made.
    RetiredSince {
        /// When.
        revoked: Time,
        /// The primary key was, not only the subkey.
        whole: bool,
    },
    /// It may be revoked by a key that is not in the keyring.
    RevokerMissing,
    /// The primary key is a pinned one, while its subkey is younger than the list of known subkeys.
    NewSubkey,
}

/// A certificate of the keyring, and whether it is known.
#[derive(Clone, Debug)]
pub struct CertificateReport {
    /// Of the primary key.
    pub fingerprint: Fingerprint,
    /// All user IDs, as they say.
    pub user_ids: Vec<String>,
    /// When the primary key was made.
    pub created: Time,
    /// What it was recognised as.
    pub recognition: Recognition,
}

/// What a certificate was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A built-in pin.
    Pinned {
        /// Which.
        pin: &'static Pin,
        /// The known subkeys that this copy lacks, by fingerprint: it is outdated.
        lacks: Vec<&'static str>,
    },
    /// One of the fingerprints that were asked for.
    AskedFor,
    /// It has the name of a pinned key, and is another: it is not trusted.
    LookAlike {
        /// The key that it poses as.
        pin: &'static Pin,
    },
    /// Given, and not known.
    Given,
    /// Given, while others were asked for: it is not trusted.
    NotAskedFor,
}

impl State {
    /// Whether it counts.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good | Self::GoodExpiredSince { .. })
    }

    /// The name of the state in machine-readable output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::GoodExpiredSince { .. } => "good-expired-since",
            Self::Weak { .. } => "weak",
            Self::Bad => "bad",
            Self::KeyMissing => "key-missing",
            Self::KeyExpired { .. } => "key-expired",
            Self::KeyRevoked { .. } => "key-revoked",
            Self::KeyNotYetValid { .. } => "key-not-yet-valid",
            Self::FromTheFuture => "from-the-future",
            Self::Expired { .. } => "expired",
            Self::NotBound(_) => "not-bound",
            Self::LookAlike { .. } => "look-alike",
            Self::NotAskedFor => "not-asked-for",
            Self::Malformed(_) => "malformed",
        }
    }
}

impl Recognition {
    /// The name in machine-readable output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pinned { lacks, .. } if lacks.is_empty() => "pinned",
            Self::Pinned { .. } => "pinned-outdated",
            Self::AskedFor => "asked-for",
            Self::LookAlike { .. } => "look-alike",
            Self::Given => "given",
            Self::NotAskedFor => "not-asked-for",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PINS;

    fn verdict(signers: &[Option<&'static Pin>]) -> Verdict {
        let key = Fingerprint::parse(&"AB".repeat(20)).expect("a fingerprint");
        let signature = |pin: &Option<&'static Pin>| SignatureVerdict {
            state: State::Good,
            signer: Some(Signer {
                certificate: key.clone(),
                key: key.clone(),
                kind: String::new(),
                user_id: None,
                pin: *pin,
                asked_for: false,
            }),
            claims: Vec::new(),
            made: None,
            hash: None,
            notes: Vec::new(),
            copy_is_outdated: false,
        };
        Verdict {
            good: true,
            counted: 1,
            required: 1,
            bytes: 0,
            signatures: signers.iter().map(signature).collect(),
            certificates: Vec::new(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn the_key_of_another_distribution_signs_no_image_of_this_one() {
        let pin = |distribution| PINS.iter().find(|pin| pin.distribution == distribution);
        let (coreos, flatcar) = (pin(Distribution::CoreOs), pin(Distribution::Flatcar));
        for (signers, another) in [
            (&[coreos][..], coreos),
            (&[flatcar], None),
            (&[None], None),
            (&[coreos, flatcar], None),
            (&[coreos, None], None),
            (&[], None),
        ] {
            assert_eq!(verdict(signers).signed_for_another(Distribution::Flatcar), another);
        }
        let mut bad = verdict(&[coreos]);
        bad.signatures[0].state = State::Bad;
        assert_eq!(bad.signed_for_another(Distribution::Flatcar), None);
    }
}
