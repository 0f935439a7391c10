//! Certificates and signatures of every wrong kind, which gpg does not make.

use std::time::{Duration, SystemTime};

use dryboot_openpgp::{
    Fingerprint, Keyring, SignatureFile, SignatureVerdict, Time, Verdict, VerifyOptions, verify,
};
use sequoia_openpgp::Packet;
use sequoia_openpgp::crypto::{KeyPair, Signer};
use sequoia_openpgp::packet::key::{Key4, PrimaryRole, SecretParts, SubordinateRole};
use sequoia_openpgp::packet::signature::SignatureBuilder;
use sequoia_openpgp::packet::signature::subpacket::{Subpacket, SubpacketTag, SubpacketValue};
use sequoia_openpgp::packet::{Key, Signature, UserID};
use sequoia_openpgp::serialize::Serialize;
use sequoia_openpgp::types::{HashAlgorithm, KeyFlags, ReasonForRevocation, SignatureType};

pub(crate) const DATA: &[u8] = b"an image";

/// A date, as in `2018-02-26`.
pub(crate) fn day(date: &str) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(Time::parse(date).expect("a date").0)
}

pub(crate) type Primary = Key<SecretParts, PrimaryRole>;
pub(crate) type Subkey = Key<SecretParts, SubordinateRole>;

pub(crate) fn primary(created: &str) -> Primary {
    let mut key = Key4::generate_ecc(true, sequoia_openpgp::types::Curve::Ed25519).expect("a key");
    key.set_creation_time(day(created)).expect("a time");
    key.into()
}

pub(crate) fn subkey(created: &str) -> Subkey {
    let mut key = Key4::generate_ecc(true, sequoia_openpgp::types::Curve::Ed25519).expect("a key");
    key.set_creation_time(day(created)).expect("a time");
    key.into()
}

pub(crate) fn pair<R: sequoia_openpgp::packet::key::KeyRole>(key: &Key<SecretParts, R>) -> KeyPair {
    key.clone().role_into_unspecified().into_keypair().expect("a pair")
}

pub(crate) fn builder(kind: SignatureType, made: &str) -> SignatureBuilder {
    let builder = SignatureBuilder::new(kind).set_hash_algo(HashAlgorithm::SHA256);
    builder.set_signature_creation_time(day(made)).expect("a time")
}

/// A part of a type that nobody knows.
pub(crate) fn unknown(critical: bool) -> Subpacket {
    let value = SubpacketValue::Unknown { tag: SubpacketTag::Private(101), body: b"?".to_vec() };
    Subpacket::new(value, critical).expect("a part")
}

pub(crate) fn with_unknown(builder: SignatureBuilder, critical: bool) -> SignatureBuilder {
    builder.modify_hashed_area(|mut area| area.add(unknown(critical)).map(|()| area)).expect("room")
}

/// A certificate with a primary key of 2018-01-01 and a subkey of 2018-02-01, which signs.
pub(crate) struct Forge {
    pub(crate) primary: Primary,
    pub(crate) subkey: Subkey,
}

impl Forge {
    pub(crate) fn new() -> Self {
        Self { primary: primary("2018-01-01"), subkey: subkey("2018-02-01") }
    }

    pub(crate) fn self_signature(
        &self,
        made: &str,
        change: impl FnOnce(SignatureBuilder) -> SignatureBuilder,
    ) -> [Packet; 2] {
        let user_id = UserID::from("Alice <alice@example.org>");
        let builder = builder(SignatureType::PositiveCertification, made)
            .set_key_flags(KeyFlags::empty().set_certification())
            .expect("flags");
        let signature = change(builder)
            .sign_userid_binding(&mut pair(&self.primary), None, &user_id)
            .expect("a signature");
        [user_id.into(), signature.into()]
    }

    pub(crate) fn back_signature(
        &self,
        made: &str,
        change: impl FnOnce(SignatureBuilder) -> SignatureBuilder,
    ) -> Signature {
        change(builder(SignatureType::PrimaryKeyBinding, made))
            .sign_primary_key_binding(&mut pair(&self.subkey), &self.primary, &self.subkey)
            .expect("a signature")
    }

    /// A binding with flags and back-signature.
    pub(crate) fn binding(
        &self,
        made: &str,
        change: impl FnOnce(SignatureBuilder) -> SignatureBuilder,
    ) -> Signature {
        let back = self.back_signature(made, |it| it);
        let builder = builder(SignatureType::SubkeyBinding, made)
            .set_key_flags(KeyFlags::empty().set_signing())
            .and_then(|it| it.set_embedded_signature(back))
            .expect("parts");
        self.bind(&self.primary, change(builder))
    }

    /// A binding by any key.
    pub(crate) fn bind(&self, by: &Primary, builder: SignatureBuilder) -> Signature {
        let public = self.primary.parts_as_public();
        builder.sign_subkey_binding(&mut pair(by), public, &self.subkey).expect("a signature")
    }

    pub(crate) fn revocation(
        &self,
        of_subkey: bool,
        made: &str,
        reason: Option<ReasonForRevocation>,
        by: &Primary,
    ) -> Signature {
        let kind = if of_subkey { SignatureType::SubkeyRevocation } else { SignatureType::KeyRevocation };
        let mut builder = builder(kind, made);
        if let Some(reason) = reason {
            builder = builder.set_reason_for_revocation(reason, b"").expect("a reason");
        }
        let public = self.primary.parts_as_public();
        let mut by = pair(by);
        match of_subkey {
            true => builder.sign_subkey_binding(&mut by, public, &self.subkey),
            false => builder.sign_direct_key(&mut by, public),
        }
        .expect("a signature")
    }

    /// The certificate with these signatures behind primary key and subkey.
    pub(crate) fn certificate(
        &self,
        direct: &[Signature],
        own: &[Packet],
        bindings: &[Signature],
    ) -> Vec<u8> {
        let public = Packet::from(self.primary.clone().take_secret().0);
        let mut bytes = Vec::new();
        let mut add = |packet: &Packet| packet.serialize(&mut bytes).expect("bytes");
        add(&public);
        direct.iter().for_each(|signature| add(&signature.clone().into()));
        own.iter().for_each(&mut add);
        add(&Packet::from(self.subkey.clone().take_secret().0));
        bindings.iter().for_each(|signature| add(&signature.clone().into()));
        bytes
    }

    /// The certificate that is as it should be.
    pub(crate) fn sound(&self) -> Vec<u8> {
        self.bound(&[self.binding("2018-02-01", |it| it)])
    }

    /// The certificate with these signatures behind the subkey.
    pub(crate) fn bound(&self, bindings: &[Signature]) -> Vec<u8> {
        self.certificate(&[], &self.self_signature("2018-01-01", |it| it), bindings)
    }

    /// A signature of the subkey over the data, of 2018-06-01.
    pub(crate) fn sign(&self) -> Vec<u8> {
        self.sign_at("2018-06-01")
    }

    pub(crate) fn sign_at(&self, made: &str) -> Vec<u8> {
        sign(builder(SignatureType::Binary, made), &mut pair(&self.subkey))
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::parse(&self.primary.fingerprint().to_hex()).expect("a fingerprint")
    }
}

/// A signature over the data as a packet.
pub(crate) fn sign(builder: SignatureBuilder, by: &mut dyn Signer) -> Vec<u8> {
    bytes(&builder.sign_message(by, DATA).expect("a signature"))
}

pub(crate) fn bytes(signature: &Signature) -> Vec<u8> {
    let mut bytes = Vec::new();
    Packet::from(signature.clone()).serialize(&mut bytes).expect("bytes");
    bytes
}

pub(crate) fn options() -> VerifyOptions {
    VerifyOptions::new(Time::parse("2026-11-24").expect("a time"))
}

pub(crate) fn check_all(keys: &[&[u8]], signature: &[u8], options: &VerifyOptions) -> Verdict {
    let mut keyring = Keyring::default();
    for key in keys {
        keyring.add(key).expect("keys");
    }
    verify(DATA, SignatureFile::parse(signature).expect("signatures"), &keyring, options).expect("readable")
}

/// The verdict on the first signature.
pub(crate) fn check_with(key: &[u8], signature: &[u8], options: &VerifyOptions) -> SignatureVerdict {
    let verdict = check_all(&[key], signature, options);
    assert_eq!(verdict.good, verdict.signatures[0].state.is_good());
    verdict.signatures.into_iter().next().expect("a signature")
}

pub(crate) fn check(key: &[u8], signature: &[u8]) -> SignatureVerdict {
    check_with(key, signature, &options())
}
