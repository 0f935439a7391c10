//! Verifying: data goes through once, in pieces of any size, and nothing of it is kept.

use std::collections::BTreeSet;
use std::io::{self, Read};

use sequoia_openpgp::crypto::hash::Context as Hasher;
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::types::HashAlgorithm;

use crate::certificates::Keyring;
use crate::judge::Judge;
use crate::verdict::{State, Verdict};
use crate::{Fingerprint, SignatureFile, Time};

/// How to verify.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The present: what has expired by then, and what is from the future.
    pub now: Time,
    /// The date of the policy, when it is not the present.
    pub policy_as_of: Option<Time>,
    /// The only certificates that count; all of the keyring when there are none.
    pub fingerprints: Vec<Fingerprint>,
    /// How many different certificates must have signed. Less than one is one.
    pub required: usize,
    /// Accept SHA-1 over the data, and in the bindings of keys that are not pinned.
    pub accept_sha1: bool,
}

impl VerifyOptions {
    /// The defaults: one signature by a key of the keyring, judged as of now.
    #[must_use]
    pub fn new(now: Time) -> Self {
        Self { now, policy_as_of: None, fingerprints: Vec::new(), required: 1, accept_sha1: false }
    }
}

/// A verification under way. It owns all that it needs, so that a host can keep it between pieces.
pub struct Verifier {
    signatures: SignatureFile,
    keyring: Keyring,
    options: VerifyOptions,
    /// One for each hash, and salt where there is one.
    hashers: Vec<(HashAlgorithm, Vec<u8>, Hasher)>,
    bytes: u64,
}

impl Verifier {
    /// Begins.
    #[must_use]
    pub fn new(signatures: SignatureFile, keyring: Keyring, options: VerifyOptions) -> Self {
        let mut hashers: Vec<(HashAlgorithm, Vec<u8>, Hasher)> = Vec::new();
        for signature in signatures.entries.iter().flatten() {
            let (algorithm, salt) = (signature.hash_algo(), salt(signature));
            let is_there = hashers.iter().any(|(known, with, _)| *known == algorithm && with == salt);
            // Without a hasher, the signature is told to be unreadable in the end.
            let builder = algorithm.context().ok().filter(|_| !is_there);
            if let Some(builder) = builder {
                let mut hasher = builder.for_signature(signature.version());
                hasher.update(salt);
                hashers.push((algorithm, salt.to_vec(), hasher));
            }
        }
        Self { signatures, keyring, options, hashers, bytes: 0 }
    }

    /// The keyring. It is asked for the first time when all data is there, so keys may be added until then.
    pub fn keyring(&mut self) -> &mut Keyring {
        &mut self.keyring
    }

    /// Takes the next piece of the data.
    pub fn update(&mut self, data: &[u8]) {
        for (_, _, hasher) in &mut self.hashers {
            hasher.update(data);
        }
        self.bytes += data.len() as u64;
    }

    /// The verdict on all of the data.
    #[must_use]
    pub fn finish(self) -> Verdict {
        let judge = Judge::new(&self.keyring, &self.options);
        let mut counted = BTreeSet::new();
        let mut verdicts = Vec::new();
        for entry in &self.signatures.entries {
            let verdict = match entry {
                Ok(signature) => {
                    let hasher = self.hashers.iter().find(|(algorithm, with, _)| {
                        *algorithm == signature.hash_algo() && with == salt(signature)
                    });
                    judge.signature(signature, hasher.map(|(_, _, hasher)| hasher))
                }
                Err(reason) => Judge::unreadable(State::Malformed(reason.clone())),
            };
            if let Some(signer) = verdict.signer.as_ref().filter(|_| verdict.state.is_good()) {
                counted.insert(signer.certificate.clone());
            }
            verdicts.push(verdict);
        }
        let required = self.options.required.max(1);
        Verdict {
            good: counted.len() >= required,
            counted: counted.len(),
            required,
            bytes: self.bytes,
            signatures: verdicts,
            certificates: self.keyring.certificates(&self.options.fingerprints),
            remarks: self.keyring.remarks.clone(),
        }
    }
}

/// What version 6 hashes before the data.
fn salt(signature: &Signature) -> &[u8] {
    match signature {
        Signature::V6(signature) => signature.salt(),
        _ => &[],
    }
}

/// Verifies all that a reader gives.
///
/// # Errors
/// When it cannot be read to its end.
pub fn verify(
    mut data: impl Read,
    signatures: SignatureFile,
    keyring: &Keyring,
    options: &VerifyOptions,
) -> io::Result<Verdict> {
    let mut verifier = Verifier::new(signatures, keyring.clone(), options.clone());
    let mut buffer = vec![0; 1 << 16];
    loop {
        match data.read(&mut buffer) {
            Ok(0) => return Ok(verifier.finish()),
            Ok(count) => verifier.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
