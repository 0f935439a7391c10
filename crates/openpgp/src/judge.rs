//! One signature, once the data has gone through: whose it is, whether it fits, whether it counts.

use sequoia_openpgp::KeyHandle;
use sequoia_openpgp::crypto::hash::{Context as Hasher, Hash};
use sequoia_openpgp::packet::{Key, Signature, key};
use sequoia_openpgp::types::HashAlgorithm;

use crate::certificates::{Certificate, Keyring};
use crate::pins::{Pin, known_subkey, pin};
use crate::policy::{Policy, Strength, name_of_hash};
use crate::rules::{self, Context};
use crate::stream::VerifyOptions;
use crate::verdict::{Note, Recognition, SignatureVerdict, Signer, State, WeakPlace};
use crate::{Fingerprint, Time};

/// What all signatures are judged by.
pub(crate) struct Judge<'k> {
    pub(crate) keyring: &'k Keyring,
    pub(crate) options: &'k VerifyOptions,
    policy: Policy,
}

/// A key that may have made a signature.
#[derive(Clone, Copy)]
struct Candidate<'k> {
    certificate: &'k Certificate,
    key: rules::Signer<'k>,
}

impl<'k> Candidate<'k> {
    fn key(&self) -> &'k Key<key::PublicParts, key::UnspecifiedRole> {
        match self.key {
            rules::Signer::Primary(key) => key.role_as_unspecified(),
            rules::Signer::Subkey(key, _) => key.role_as_unspecified(),
        }
    }

    fn signer(&self, asked_for: &[Fingerprint]) -> Signer {
        Signer {
            asked_for: asked_for.contains(&self.certificate.fingerprint),
            certificate: self.certificate.fingerprint.clone(),
            key: Fingerprint::of(&self.key().fingerprint()),
            kind: rules::kind(self.key),
            user_id: self.certificate.names().into_iter().next(),
            pin: pin(&self.certificate.fingerprint),
        }
    }
}

impl<'k> Judge<'k> {
    pub(crate) fn new(keyring: &'k Keyring, options: &'k VerifyOptions) -> Self {
        let policy = Policy::as_of(options.policy_as_of.unwrap_or(options.now));
        Self { keyring, options, policy }
    }

    /// The verdict on what could not even be read.
    pub(crate) fn unreadable(state: State) -> SignatureVerdict {
        SignatureVerdict {
            state,
            signer: None,
            claims: Vec::new(),
            made: None,
            hash: None,
            notes: Vec::new(),
            copy_is_outdated: false,
        }
    }

    /// The verdict on a signature over the data that `hasher` has seen.
    pub(crate) fn signature(&self, signature: &Signature, hasher: Option<&Hasher>) -> SignatureVerdict {
        let hints = signature.get_issuers();
        let mut verdict = SignatureVerdict {
            claims: hints.iter().map(KeyHandle::to_hex).collect(),
            made: rules::created(signature),
            hash: Some(name_of_hash(signature.hash_algo())),
            ..Self::unreadable(State::Bad)
        };
        verdict.state = self.decide(signature, hasher, &hints, &mut verdict).unwrap_or_else(|state| state);
        verdict.copy_is_outdated = verdict.state == State::KeyMissing && self.has_copy_for(&verdict.claims);
        verdict
    }

    fn decide(
        &self,
        signature: &Signature,
        hasher: Option<&Hasher>,
        hints: &[KeyHandle],
        verdict: &mut SignatureVerdict,
    ) -> Result<State, State> {
        let malformed = |words: String| Err(State::Malformed(words));
        let Some(made) = verdict.made else {
            return malformed("the signature does not say when it was made".to_owned());
        };
        let Some(hasher) = hasher else {
            return malformed(format!("{} is not supported", name_of_hash(signature.hash_algo())));
        };
        if let Some(part) = self.policy.odd_part(signature) {
            return malformed(format!("the signature has {part}"));
        }
        let candidates = self.candidates(hints);
        let first = candidates.first().ok_or(State::KeyMissing)?;
        verdict.signer = Some(first.signer(&self.options.fingerprints));
        let digest = digest(signature, hasher).ok_or(State::Bad)?;
        let fitting: Vec<_> =
            candidates.into_iter().filter(|it| fits(signature, it.key(), &digest)).collect();
        let Some(first) = fitting.first() else {
            // Without a hint, every key was tried, and none is the one.
            if hints.is_empty() {
                verdict.signer = None;
                return Err(State::KeyMissing);
            }
            return Err(State::Bad);
        };
        verdict.signer = Some(first.signer(&self.options.fingerprints));
        // Whoever names several issuers lies about some of them.
        if !hints.iter().all(|hint| hint.aliases(first.key().key_handle())) {
            return malformed("the signature also names an issuer that did not make it".to_owned());
        }
        if made > self.options.now {
            return Err(State::FromTheFuture);
        }
        if let Some(expired) = rules::ceases(signature).filter(|expired| *expired <= self.options.now) {
            return Err(State::Expired { expired });
        }
        // Anybody can put a key into a certificate of theirs: one that may have it counts, wherever it stands.
        let outcomes: Vec<_> = fitting.iter().map(|it| (it, self.allowed(signature, made, *it))).collect();
        let outcome = outcomes.iter().find(|(_, outcome)| outcome.is_ok()).or(outcomes.first());
        let Some((candidate, outcome)) = outcome else { return Err(State::Bad) };
        verdict.signer = Some(candidate.signer(&self.options.fingerprints));
        let (state, notes) = outcome.clone()?;
        verdict.notes = notes;
        Ok(state)
    }

    /// Whether the key that has made the signature was allowed to, and the hash will do.
    fn allowed(
        &self,
        signature: &Signature,
        made: Time,
        candidate: Candidate<'_>,
    ) -> Result<(State, Vec<Note>), State> {
        match self.recognition(candidate.certificate) {
            Recognition::LookAlike { pin } => return Err(State::LookAlike { pin }),
            Recognition::NotAskedFor => return Err(State::NotAskedFor),
            _ => {}
        }
        let fingerprint = &candidate.certificate.fingerprint;
        let context = Context {
            policy: &self.policy,
            now: self.options.now,
            signed: made,
            pinned: self.is_pinned(fingerprint),
            accept_sha1: self.options.accept_sha1,
            keyring: self.keyring,
        };
        let authority = context.authority(candidate.certificate, candidate.key)?;
        let mut notes = authority.notes;
        let key = Fingerprint::of(&candidate.key().fingerprint());
        let is_known =
            |pin: &Pin| key == *fingerprint || pin.subkeys.iter().any(|known| key.is(known.fingerprint));
        if pin(fingerprint).is_some_and(|pin| !is_known(pin)) {
            notes.push(Note::NewSubkey);
        }
        match self.policy.over_data(signature.hash_algo()) {
            Strength::Enough => {}
            Strength::Weak { .. }
                if self.options.accept_sha1 && signature.hash_algo() == HashAlgorithm::SHA1 =>
            {
                notes.push(Note::Sha1Data);
            }
            Strength::Weak { what, since } => {
                return Err(State::Weak { place: WeakPlace::Data, what, since });
            }
        }
        let state = match authority.expired {
            Some(expired) => State::GoodExpiredSince { expired },
            None => State::Good,
        };
        Ok((state, notes))
    }

    /// The keys that the hints point to; all keys when there is no hint.
    fn candidates(&self, hints: &[KeyHandle]) -> Vec<Candidate<'k>> {
        let keys = self.keyring.certificates.iter().flat_map(|certificate| {
            let subkeys =
                certificate.subkeys.iter().map(|(key, signatures)| rules::Signer::Subkey(key, signatures));
            let keys = std::iter::once(rules::Signer::Primary(&certificate.primary)).chain(subkeys);
            keys.map(move |key| Candidate { certificate, key })
        });
        let named = |candidate: &Candidate<'_>| {
            let handle = candidate.key().key_handle();
            hints.is_empty() || hints.iter().any(|hint| hint.aliases(&handle))
        };
        keys.filter(named).collect()
    }

    /// Whether the keyring has the pinned key whose subkey one of the hints points to.
    fn has_copy_for(&self, hints: &[String]) -> bool {
        hints.iter().filter_map(|hint| known_subkey(hint)).any(|(pin, _)| {
            self.keyring.certificates.iter().any(|certificate| certificate.fingerprint.is(pin.fingerprint))
        })
    }

    fn is_pinned(&self, fingerprint: &Fingerprint) -> bool {
        pin(fingerprint).is_some() || self.options.fingerprints.contains(fingerprint)
    }

    fn recognition(&self, certificate: &Certificate) -> Recognition {
        certificate.recognition(&self.options.fingerprints)
    }
}

/// The digest that the signature is about; none when its beginning is not what the signature says.
fn digest(signature: &Signature, hasher: &Hasher) -> Option<Vec<u8>> {
    let mut hasher = hasher.clone();
    signature.hash(&mut hasher).ok()?;
    let digest = hasher.into_digest().ok()?;
    digest.starts_with(signature.digest_prefix()).then_some(digest)
}

/// Whether the key has made the signature.
///
/// This does without `Signature::verify_digest`, which calls a signature older than its key bad.
fn fits(signature: &Signature, key: &Key<key::PublicParts, key::UnspecifiedRole>, digest: &[u8]) -> bool {
    let salt_fits = match signature {
        Signature::V6(six) => signature.hash_algo().salt_size().is_ok_and(|size| size == six.salt().len()),
        _ => true,
    };
    salt_fits
        && (signature.version() == 6) == (key.version() == 6)
        && signature.pk_algo() == key.pk_algo()
        && key.verify(signature.mpis(), signature.hash_algo(), digest).is_ok()
}
