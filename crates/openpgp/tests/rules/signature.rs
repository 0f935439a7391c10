//! The signature over the data itself.

use dryboot_openpgp::{State, Trust, VerifyOptions, WeakPlace};
use sequoia_openpgp::packet::signature::SignatureBuilder;
use sequoia_openpgp::packet::signature::subpacket::{NotationDataFlags, SubpacketTag};
use sequoia_openpgp::types::{HashAlgorithm, SignatureType};

use crate::forge::{
    Forge, builder, bytes, check, check_all, check_with, options, pair, sign, unknown, with_unknown,
};

fn malformed(state: &State, words: &str) -> bool {
    matches!(state, State::Malformed(reason) if reason.contains(words))
}

#[test]
fn an_issuer_that_lies_is_not_believed() {
    let (victim, attacker) = (Forge::new(), Forge::new());
    let lie = |it: SignatureBuilder| {
        it.set_issuer(victim.subkey.keyid())
            .and_then(|it| it.set_issuer_fingerprint(victim.subkey.fingerprint()))
            .expect("hints")
    };
    let lying = sign(lie(builder(SignatureType::Binary, "2018-06-01")), &mut pair(&attacker.subkey));
    let keys = [&victim.sound()[..], &attacker.sound()];
    assert_eq!(check_all(&keys, &lying, &options()).signatures[0].state, State::Bad);
    assert_eq!(check_all(&keys[..1], &lying, &options()).signatures[0].state, State::Bad);
    assert_eq!(check_all(&keys[1..], &lying, &options()).signatures[0].state, State::KeyMissing);
    // Both are named.
    let both = builder(SignatureType::Binary, "2018-06-01")
        .set_issuer_fingerprint(attacker.subkey.fingerprint())
        .and_then(|it| it.add_issuer(victim.subkey.keyid()))
        .expect("hints");
    let both = sign(both, &mut pair(&attacker.subkey));
    assert!(malformed(
        &check_all(&keys, &both, &options()).signatures[0].state,
        "an issuer that did not make it"
    ));
}

#[test]
fn a_signature_without_issuer_is_tried_with_every_key() {
    let (forge, other) = (Forge::new(), Forge::new());
    let mut signature = builder(SignatureType::Binary, "2018-06-01")
        .sign_message(&mut pair(&forge.subkey), crate::forge::DATA)
        .expect("a signature");
    signature.unhashed_area_mut().clear();
    // Nothing but the time is covered.
    let bare = SignatureBuilder::new(SignatureType::Binary)
        .set_hash_algo(HashAlgorithm::SHA256)
        .set_signature_creation_time(crate::forge::day("2018-06-01"))
        .expect("a time");
    let mut pair = pair(&forge.subkey);
    let bare = bare.pre_sign(&pair).expect("parts").modify_hashed_area(|mut area| {
        area.remove_all(SubpacketTag::Issuer);
        area.remove_all(SubpacketTag::IssuerFingerprint);
        Ok(area)
    });
    let bare = bare.expect("an area");
    let mut hash = HashAlgorithm::SHA256.context().expect("a hash").for_signature(4);
    hash.update(crate::forge::DATA);
    let signature = hash_and_sign(bare, hash, &mut pair);
    let keys = [&other.sound()[..], &forge.sound()];
    assert_eq!(check_all(&keys, &bytes(&signature), &options()).signatures[0].state, State::Good);
    assert_eq!(check_all(&keys[..1], &bytes(&signature), &options()).signatures[0].state, State::KeyMissing);
}

/// `SignatureBuilder::sign_hash` would add the issuer again.
fn hash_and_sign(
    builder: SignatureBuilder,
    mut hash: sequoia_openpgp::crypto::hash::Context,
    by: &mut dyn sequoia_openpgp::crypto::Signer,
) -> sequoia_openpgp::packet::Signature {
    use sequoia_openpgp::crypto::hash::Hash;
    builder.hash(&mut hash).expect("hashed");
    let digest = hash.into_digest().expect("a digest");
    let mpis = by.sign(HashAlgorithm::SHA256, &digest).expect("a signature");
    let prefix = [digest[0], digest[1]];
    let fields = (builder.hashed_area().clone(), builder.unhashed_area().clone());
    sequoia_openpgp::packet::signature::Signature4::new(
        SignatureType::Binary,
        by.public().pk_algo(),
        HashAlgorithm::SHA256,
        fields.0,
        fields.1,
        prefix,
        mpis,
    )
    .into()
}

#[test]
fn critical_unknown_parts_are_refused() {
    let forge = Forge::new();
    let signed = |builder| check(&forge.sound(), &sign(builder, &mut pair(&forge.subkey))).state;
    let plain = || builder(SignatureType::Binary, "2018-06-01");
    assert!(malformed(&signed(with_unknown(plain(), true)), "critical"));
    assert_eq!(signed(with_unknown(plain(), false)), State::Good);
    let notation = |critical| {
        plain().add_notation("a@example.org", b"b", NotationDataFlags::empty(), critical).expect("room")
    };
    assert!(malformed(&signed(notation(true)), "a@example.org"));
    assert_eq!(signed(notation(false)), State::Good);
}

#[test]
fn parts_that_are_not_covered_are_refused() {
    let forge = Forge::new();
    let mut signature = builder(SignatureType::Binary, "2018-06-01")
        .sign_message(&mut pair(&forge.subkey), crate::forge::DATA)
        .expect("a signature");
    signature.unhashed_area_mut().add(unknown(false)).expect("room");
    assert!(malformed(&check(&forge.sound(), &bytes(&signature)).state, "not covered by the signature"));
}

#[test]
fn a_signature_must_say_when_it_was_made() {
    let forge = Forge::new();
    let builder =
        SignatureBuilder::new(SignatureType::Binary).suppress_signature_creation_time().expect("a builder");
    let signature = sign(builder, &mut pair(&forge.subkey));
    assert!(malformed(&check(&forge.sound(), &signature).state, "when it was made"));
}

#[test]
fn other_kinds_of_signatures_are_refused() {
    let forge = Forge::new();
    for (kind, words) in [
        (SignatureType::Text, "treats the file as text"),
        (SignatureType::Standalone, "not a signature over a file"),
        (SignatureType::Timestamp, "not a signature over a file"),
        (SignatureType::SubkeyBinding, "not a signature over a file"),
        (SignatureType::Unknown(0x77), "not a signature over a file"),
    ] {
        let mut hash = HashAlgorithm::SHA256.context().expect("a hash").for_signature(4);
        hash.update(crate::forge::DATA);
        let signature =
            builder(kind, "2018-06-01").sign_hash(&mut pair(&forge.subkey), hash).expect("a signature");
        assert!(malformed(&check(&forge.sound(), &bytes(&signature)).state, words), "{kind}");
    }
    // Version 3: its packet has the time, and no parts.
    let third = [&[0x88, 22, 3, 5, 0, 0x5B, 0x10, 0, 0], &[7; 8][..], &[22, 8, 0, 0, 0, 1, 1]].concat();
    let state = check(&forge.sound(), &third).state;
    assert!(matches!(state, State::Malformed(_)), "{state:?}");
}

#[test]
fn sha1_over_the_data_is_weak_without_consent() {
    let forge = Forge::new();
    let signature = sign(
        builder(SignatureType::Binary, "2018-06-01").set_hash_algo(HashAlgorithm::SHA1),
        &mut pair(&forge.subkey),
    );
    let key = forge.sound();
    let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    for options in [options(), pinned] {
        let state = check_with(&key, &signature, &options).state;
        assert!(
            matches!(&state, State::Weak { place: WeakPlace::Data, what, since: Some(since) } if what == "SHA-1" && since.to_string() == "2013-02-01"),
            "{state:?}"
        );
    }
    let accepted = VerifyOptions { accept_sha1: true, ..options() };
    assert_eq!(check_with(&key, &signature, &accepted).state, State::Good);
}

#[test]
fn a_certificate_counts_once() {
    let forge = Forge::new();
    let twice = [forge.sign_at("2018-06-01"), forge.sign_at("2018-06-02")].concat();
    let two = VerifyOptions { required: 2, ..options() };
    let verdict = check_all(&[&forge.sound()], &twice, &two);
    assert_eq!((verdict.good, verdict.counted), (false, 1));
    assert!(verdict.signatures.iter().all(|signature| signature.state.is_good()));
}

#[test]
fn only_the_keys_that_are_asked_for_count() {
    let (forge, other) = (Forge::new(), Forge::new());
    let asked = VerifyOptions { fingerprints: vec![other.fingerprint()], ..options() };
    let verdict = check_all(&[&forge.sound(), &other.sound()], &forge.sign(), &asked);
    assert_eq!((verdict.good, &verdict.signatures[0].state), (false, &State::NotAskedFor));
}

#[test]
fn a_key_that_was_merely_supplied_is_not_called_good() {
    let forge = Forge::new();
    let supplied = check_all(&[&forge.sound()], &forge.sign(), &options());
    assert_eq!((supplied.good, supplied.trust()), (true, Trust::Supplied));
    assert_eq!(supplied.headline(), "signed by a key that you supplied");
    let signature = &supplied.signatures[0];
    assert_eq!((signature.trust(), signature.label()), (Trust::Supplied, "supplied key"));
    assert!(signature.sentence().contains("nobody has checked"), "{}", signature.sentence());
    let advice = signature.advice().expect("an advice");
    assert!(advice.contains(&format!("--fingerprint {}", forge.fingerprint().as_str())), "{advice}");

    let asked = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    let known = check_all(&[&forge.sound()], &forge.sign(), &asked);
    assert_eq!((known.trust(), known.headline()), (Trust::Known, "good"));
    assert_eq!((known.signatures[0].label(), known.signatures[0].advice()), ("good", None));

    let mut changed = forge.sign();
    *changed.last_mut().expect("a byte") ^= 1;
    let bad = check_all(&[&forge.sound()], &changed, &options());
    assert_eq!((bad.trust(), bad.headline()), (Trust::None, "not good"));
    assert_eq!((bad.signatures[0].trust(), bad.signatures[0].label()), (Trust::None, "bad"));
}

#[test]
fn enough_known_keys_are_good_whoever_else_has_signed() {
    let (known, supplied) = (Forge::new(), Forge::new());
    let keys = [&known.sound()[..], &supplied.sound()];
    let both = [known.sign(), supplied.sign()].concat();
    let trust = |fingerprints: Vec<_>, required| {
        check_all(&keys, &both, &VerifyOptions { fingerprints, required, ..options() }).trust()
    };
    assert_eq!(trust(vec![known.fingerprint()], 1), Trust::Known);
    assert_eq!(trust(vec![known.fingerprint()], 2), Trust::None);
    assert_eq!(trust(vec![known.fingerprint(), supplied.fingerprint()], 2), Trust::Known);
    assert_eq!(trust(vec![], 2), Trust::Supplied);
    assert_eq!(trust(vec![], 3), Trust::None);
}

#[test]
fn version_6_is_judged_alike() {
    use sequoia_openpgp::packet::key::Key6;
    let mut primary = Key6::generate_ed25519().expect("a key");
    primary.set_creation_time(crate::forge::day("2018-01-01")).expect("a time");
    let mut subkey = Key6::generate_ed25519().expect("a key");
    subkey.set_creation_time(crate::forge::day("2018-02-01")).expect("a time");
    let forge = Forge { primary: primary.into(), subkey: subkey.into() };
    assert_eq!(check(&forge.sound(), &forge.sign()).state, State::Good);
    let mut changed = forge.sign();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    assert_eq!(check(&forge.sound(), &changed).state, State::Bad);
    let both = [forge.sign(), forge.sign_at("2018-06-02")].concat();
    let verdict = check_all(&[&forge.sound()], &both, &options());
    assert!(
        verdict.signatures.iter().all(|signature| signature.state.is_good()),
        "each has a salt of its own"
    );
}
