//! What is strong enough: Sequoia's standard policy as of a date, asked in pieces so that the answer has a reason.

use std::time::SystemTime;

use sequoia_openpgp::crypto::mpi::PublicKey;
use sequoia_openpgp::packet::signature::subpacket::{SubpacketTag, SubpacketValue};
use sequoia_openpgp::packet::{Key, Signature, key};
use sequoia_openpgp::policy::{AsymmetricAlgorithm, HashAlgoSecurity, StandardPolicy};
use sequoia_openpgp::types::{Curve, HashAlgorithm};

use crate::Time;

/// The answer about a hash or a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Strength {
    Enough,
    /// Too weak since a date. None: always.
    Weak {
        what: String,
        since: Option<Time>,
    },
}

/// Sequoia's policy as of a date.
pub(crate) struct Policy {
    standard: StandardPolicy<'static>,
    as_of: Time,
}

impl Policy {
    pub(crate) fn as_of(time: Time) -> Self {
        Self { standard: StandardPolicy::at(time.to_system()), as_of: time }
    }

    /// Whether the hash of a signature over data may be trusted: nobody may be able to make two texts with one hash.
    pub(crate) fn over_data(&self, hash: HashAlgorithm) -> Strength {
        self.hash(hash, HashAlgoSecurity::CollisionResistance)
    }

    /// Whether the hash of a binding may be trusted: what is hashed is the owner's own.
    pub(crate) fn over_own_key(&self, hash: HashAlgorithm) -> Strength {
        self.hash(hash, HashAlgoSecurity::SecondPreImageResistance)
    }

    fn hash(&self, hash: HashAlgorithm, security: HashAlgoSecurity) -> Strength {
        self.cutoff(name_of_hash(hash), self.standard.hash_cutoff(hash, security))
    }

    /// Whether keys of this kind and length can be relied on.
    pub(crate) fn key<R: key::KeyRole>(&self, key: &Key<key::PublicParts, R>) -> Strength {
        let kind = kind_of_key(key);
        self.cutoff(name_of_key(key), self.standard.asymmetric_algo_cutoff(kind))
    }

    fn cutoff(&self, what: String, since: Option<SystemTime>) -> Strength {
        match since.map(Time::from_system) {
            Some(since) if since <= self.as_of => {
                Strength::Weak { what, since: Some(since).filter(|since| since.0 > 0) }
            }
            _ => Strength::Enough,
        }
    }

    /// What makes a signature mean something that nobody here understands, or what in it is not covered by it.
    pub(crate) fn odd_part(&self, signature: &Signature) -> Option<String> {
        for part in signature.hashed_area().iter() {
            let tag = u8::from(part.tag());
            match part.value() {
                SubpacketValue::NotationData(notation) if part.critical() => {
                    return Some(format!(
                        "the notation `{}`, marked as critical",
                        notation.name().escape_debug()
                    ));
                }
                // That is also how a part of a known type comes that cannot be read.
                SubpacketValue::Unknown { .. } if UNDERSTOOD.contains(&part.tag()) => {
                    return Some(format!("a part of type {tag} that cannot be read"));
                }
                _ if part.critical() && !UNDERSTOOD.contains(&part.tag()) => {
                    return Some(format!("a part of type {tag}, marked as critical"));
                }
                _ => {}
            }
        }
        let stray = signature.unhashed_area().iter().find(|part| {
            part.critical()
                || !OUTSIDE.contains(&part.tag())
                || matches!(part.value(), SubpacketValue::Unknown { .. })
        });
        stray.map(|part| {
            format!("a part of type {} that is not covered by the signature", u8::from(part.tag()))
        })
    }
}

/// What may be marked as critical: it is heeded, or means nothing for what a key may sign.
const UNDERSTOOD: [SubpacketTag; 18] = [
    SubpacketTag::SignatureCreationTime,
    SubpacketTag::SignatureExpirationTime,
    SubpacketTag::ExportableCertification,
    SubpacketTag::Revocable,
    SubpacketTag::KeyExpirationTime,
    SubpacketTag::PreferredSymmetricAlgorithms,
    SubpacketTag::RevocationKey,
    SubpacketTag::Issuer,
    SubpacketTag::PreferredHashAlgorithms,
    SubpacketTag::PreferredCompressionAlgorithms,
    SubpacketTag::KeyServerPreferences,
    SubpacketTag::PrimaryUserID,
    SubpacketTag::KeyFlags,
    SubpacketTag::SignersUserID,
    SubpacketTag::ReasonForRevocation,
    SubpacketTag::Features,
    SubpacketTag::EmbeddedSignature,
    SubpacketTag::IssuerFingerprint,
];

/// What a signature may hold without covering it: hints at its issuer, and what carries its own proof.
const OUTSIDE: [SubpacketTag; 3] =
    [SubpacketTag::Issuer, SubpacketTag::IssuerFingerprint, SubpacketTag::EmbeddedSignature];

/// The name of a hash as people know it.
pub(crate) fn name_of_hash(hash: HashAlgorithm) -> String {
    match hash {
        HashAlgorithm::MD5 => "MD5".to_owned(),
        HashAlgorithm::SHA1 => "SHA-1".to_owned(),
        HashAlgorithm::RipeMD => "RIPEMD-160".to_owned(),
        HashAlgorithm::SHA224 => "SHA-224".to_owned(),
        HashAlgorithm::SHA256 => "SHA-256".to_owned(),
        HashAlgorithm::SHA384 => "SHA-384".to_owned(),
        HashAlgorithm::SHA512 => "SHA-512".to_owned(),
        HashAlgorithm::SHA3_256 => "SHA3-256".to_owned(),
        HashAlgorithm::SHA3_512 => "SHA3-512".to_owned(),
        other => format!("hash algorithm {}", u8::from(other)),
    }
}

/// The name of a kind of key, with its length or curve.
pub(crate) fn name_of_key<R: key::KeyRole>(key: &Key<key::PublicParts, R>) -> String {
    match key.mpis() {
        PublicKey::RSA { .. } => format!("RSA {}", key.mpis().bits().unwrap_or(0)),
        PublicKey::DSA { .. } => format!("DSA {}", key.mpis().bits().unwrap_or(0)),
        PublicKey::EdDSA { .. } | PublicKey::Ed25519 { .. } => "Ed25519".to_owned(),
        PublicKey::ECDSA { curve, .. } => curve.to_string(),
        _ => key.pk_algo().to_string(),
    }
}

fn kind_of_key<R: key::KeyRole>(key: &Key<key::PublicParts, R>) -> AsymmetricAlgorithm {
    let bits = key.mpis().bits().unwrap_or(0);
    let by_bits = |kinds: [AsymmetricAlgorithm; 4]| {
        kinds[[2048, 3072, 4096].iter().filter(|least| bits >= **least).count()]
    };
    match key.mpis() {
        PublicKey::RSA { .. } => by_bits([
            AsymmetricAlgorithm::RSA1024,
            AsymmetricAlgorithm::RSA2048,
            AsymmetricAlgorithm::RSA3072,
            AsymmetricAlgorithm::RSA4096,
        ]),
        PublicKey::DSA { .. } => by_bits([
            AsymmetricAlgorithm::DSA1024,
            AsymmetricAlgorithm::DSA2048,
            AsymmetricAlgorithm::DSA3072,
            AsymmetricAlgorithm::DSA4096,
        ]),
        PublicKey::EdDSA { curve: Curve::Ed25519, .. } => AsymmetricAlgorithm::EdDSA,
        PublicKey::ECDSA { curve, .. } => match curve {
            Curve::NistP256 => AsymmetricAlgorithm::NistP256,
            Curve::NistP384 => AsymmetricAlgorithm::NistP384,
            Curve::NistP521 => AsymmetricAlgorithm::NistP521,
            Curve::BrainpoolP256 => AsymmetricAlgorithm::BrainpoolP256,
            Curve::BrainpoolP384 => AsymmetricAlgorithm::BrainpoolP384,
            Curve::BrainpoolP512 => AsymmetricAlgorithm::BrainpoolP512,
            _ => AsymmetricAlgorithm::Unknown,
        },
        PublicKey::Ed25519 { .. } => AsymmetricAlgorithm::Ed25519,
        PublicKey::Ed448 { .. } => AsymmetricAlgorithm::Ed448,
        // What else signs is younger than any policy: it is refused until it is listed here.
        _ => AsymmetricAlgorithm::Unknown,
    }
}
