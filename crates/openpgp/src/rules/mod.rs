//! Whether a key may sign for a certificate, at the time of a signature. `RULES.md` numbers the rules.

mod binding;
mod primary;
mod revocation;

use sequoia_openpgp::packet::signature::SignatureFields;
use sequoia_openpgp::packet::{Key, Signature, key};
use sequoia_openpgp::types::HashAlgorithm;

use crate::Time;
use crate::certificates::{Certificate, Keyring, Primary, Subkey};
use crate::policy::{Policy, Strength, name_of_key};
use crate::verdict::{Note, State, Unbound, WeakPlace};

/// What the rules need to know beside the certificate.
pub(crate) struct Context<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) now: Time,
    /// When the signature says that it was made.
    pub(crate) signed: Time,
    /// The primary key is one of the pins, by fingerprint.
    pub(crate) pinned: bool,
    pub(crate) accept_sha1: bool,
    /// Where the keys are that may revoke for others.
    pub(crate) keyring: &'a Keyring,
}

/// A key of a certificate.
#[derive(Clone, Copy)]
pub(crate) enum Signer<'a> {
    Primary(&'a Primary),
    Subkey(&'a Subkey, &'a [Signature]),
}

/// The key was allowed to sign.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    pub(crate) notes: Vec<Note>,
    /// When the key, or the primary key above it, has expired since.
    pub(crate) expired: Option<Time>,
}

/// What one layer of the certificate says about a key.
#[derive(Default)]
struct Layer {
    notes: Vec<Note>,
    /// At the time of the signature.
    expires: Option<Time>,
    /// As seen now.
    expires_now: Option<Time>,
    /// Acceptable but for a weak hash.
    weak: Option<State>,
}

impl Context<'_> {
    /// Decides whether `signer` was allowed to sign.
    ///
    /// # Errors
    /// The state of the signature otherwise.
    pub(crate) fn authority(
        &self,
        certificate: &Certificate,
        signer: Signer<'_>,
    ) -> Result<Authority, State> {
        let born =
            |created| if created > self.signed { Err(State::KeyNotYetValid { created }) } else { Ok(()) };
        born(Time::from_system(certificate.primary.creation_time()))?;
        let (primary, may_sign) = self.primary(certificate)?;
        let mut layers = vec![primary];
        match signer {
            Signer::Primary(_) if !may_sign => return Err(State::NotBound(Unbound::NotForSigning)),
            Signer::Primary(_) => {}
            Signer::Subkey(subkey, signatures) => {
                born(Time::from_system(subkey.creation_time()))?;
                layers.push(self.binding(certificate, subkey, signatures)?);
            }
        }
        let mut authority = Authority { notes: self.revocations(certificate, signer)?, expired: None };
        let strengths = [
            Some(self.policy.key(&certificate.primary)),
            match signer {
                Signer::Subkey(subkey, _) => Some(self.policy.key(subkey)),
                Signer::Primary(_) => None,
            },
        ];
        for layer in &mut layers {
            if let Some(expired) = layer.expires.filter(|expires| *expires <= self.signed) {
                return Err(State::KeyExpired { expired });
            }
            authority.notes.append(&mut layer.notes);
            let expired = layer.expires_now.filter(|expires| *expires <= self.now);
            authority.expired = authority.expired.into_iter().chain(expired).min();
        }
        for strength in strengths.into_iter().flatten() {
            if let Strength::Weak { what, since } = strength {
                return Err(State::Weak { place: WeakPlace::Key, what, since });
            }
        }
        match layers.into_iter().find_map(|layer| layer.weak) {
            Some(weak) => Err(weak),
            None => Ok(authority),
        }
    }

    /// What is wrong with a signature within the certificate that its key has made, cryptography aside.
    fn odd_part<R: key::KeyRole>(
        &self,
        signature: &Signature,
        by: &Key<key::PublicParts, R>,
    ) -> Option<String> {
        if let Some(part) = self.policy.odd_part(signature) {
            return Some(part);
        }
        let handle = by.key_handle();
        if !signature.get_issuers().iter().all(|hint| hint.aliases(&handle)) {
            return Some("the name of another issuer".to_owned());
        }
        let begins = |digest: &[u8]| digest.starts_with(signature.digest_prefix());
        // It is there once the signature has verified.
        (!signature.computed_digest().is_some_and(begins)).then(|| "the beginning of another hash".to_owned())
    }

    /// Whether the hash of a signature within the certificate will do, with a note when it does so as an exception.
    fn own_hash(&self, hash: HashAlgorithm, place: WeakPlace, note: Note) -> Result<Option<Note>, State> {
        match self.policy.over_own_key(hash) {
            Strength::Enough => Ok(None),
            Strength::Weak { .. } if hash == HashAlgorithm::SHA1 && (self.pinned || self.accept_sha1) => {
                Ok(Some(note))
            }
            Strength::Weak { what, since } => Err(State::Weak { place, what, since }),
        }
    }
}

/// When a signature was made, if it says so where it covers it.
pub(crate) fn created(signature: &SignatureFields) -> Option<Time> {
    // The accessor looks nowhere but at what is covered.
    signature.signature_creation_time().map(Time::from_system)
}

/// When a signature ceases to count, if ever.
pub(crate) fn ceases(signature: &SignatureFields) -> Option<Time> {
    let period = signature.signature_validity_period().filter(|period| !period.is_zero())?;
    Some(Time(created(signature)?.0 + period.as_secs()))
}

/// When a key expires by what a signature over it says.
fn key_expiry(signature: &SignatureFields, key_created: Time) -> Option<Time> {
    let period = signature.key_validity_period().filter(|period| !period.is_zero())?;
    Some(Time(key_created.0 + period.as_secs()))
}

/// The kind of a signer's key, as in "RSA 4096".
pub(crate) fn kind(signer: Signer<'_>) -> String {
    match signer {
        Signer::Primary(key) => name_of_key(key),
        Signer::Subkey(key, _) => name_of_key(key),
    }
}
