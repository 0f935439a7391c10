//! What binds a subkey.

use dryboot_openpgp::{Note, State, Unbound, VerifyOptions, WeakPlace};
use sequoia_openpgp::types::{HashAlgorithm, KeyFlags, SignatureType};

use crate::forge::{
    Forge, builder, check, check_all, check_with, options, pair, primary, sign, subkey, unknown, with_unknown,
};

#[test]
fn a_sound_certificate_is_good() {
    let forge = Forge::new();
    assert_eq!(check(&forge.sound(), &forge.sign()).state, State::Good);
}

#[test]
fn a_binding_by_another_primary_binds_nothing() {
    let forge = Forge::new();
    let binding = forge.binding("2018-02-01", |it| it);
    let mut builder = sequoia_openpgp::packet::signature::SignatureBuilder::from(binding);
    builder = builder
        .set_issuer(forge.primary.keyid())
        .and_then(|it| it.set_issuer_fingerprint(forge.primary.fingerprint()))
        .expect("hints");
    let forged = forge.bind(&primary("2018-01-01"), builder);
    assert_eq!(check(&forge.bound(&[forged]), &forge.sign()).state, State::NotBound(Unbound::NoBinding));
    assert_eq!(check(&forge.bound(&[]), &forge.sign()).state, State::NotBound(Unbound::NoBinding));
}

#[test]
fn a_missing_back_signature_binds_nothing() {
    let forge = Forge::new();
    let builder = builder(SignatureType::SubkeyBinding, "2018-02-01")
        .set_key_flags(KeyFlags::empty().set_signing())
        .expect("flags");
    let binding = forge.bind(&forge.primary, builder);
    assert_eq!(
        check(&forge.bound(&[binding]), &forge.sign()).state,
        State::NotBound(Unbound::NoBackSignature)
    );
}

#[test]
fn a_wrong_back_signature_binds_nothing() {
    let forge = Forge::new();
    // By another subkey, and of this subkey for another certificate.
    let stranger = Forge { primary: forge.primary.clone(), subkey: subkey("2018-02-01") };
    let elsewhere = Forge { primary: primary("2018-01-01"), subkey: forge.subkey.clone() };
    for other in [stranger, elsewhere] {
        let back = other.back_signature("2018-02-01", |it| it);
        let binding = forge.binding("2018-02-01", |it| it.set_embedded_signature(back).expect("room"));
        assert_eq!(
            check(&forge.bound(&[binding]), &forge.sign()).state,
            State::NotBound(Unbound::WrongBackSignature)
        );
    }
}

#[test]
fn a_back_signature_of_limited_time_binds_as_long() {
    let forge = Forge::new();
    let back = forge.back_signature("2018-02-01", |it| {
        it.set_signature_validity_period(std::time::Duration::from_secs(30 * 86_400)).expect("a period")
    });
    let binding = forge.binding("2018-02-01", |it| it.set_embedded_signature(back).expect("room"));
    let key = forge.bound(&[binding]);
    assert_eq!(check(&key, &forge.sign_at("2018-02-15")).state, State::Good);
    assert_eq!(check(&key, &forge.sign()).state, State::NotBound(Unbound::WrongBackSignature));
}

#[test]
fn key_flags_without_signing_do_not_sign() {
    let forge = Forge::new();
    for flags in [
        KeyFlags::empty().set_transport_encryption(),
        KeyFlags::empty().set_authentication(),
        KeyFlags::empty(),
    ] {
        let binding = forge.binding("2018-02-01", |it| it.set_key_flags(flags).expect("flags"));
        assert_eq!(
            check(&forge.bound(&[binding]), &forge.sign()).state,
            State::NotBound(Unbound::NotForSigning)
        );
    }
    let none = forge.binding("2018-02-01", |it| {
        it.modify_hashed_area(|mut area| {
            area.remove_all(sequoia_openpgp::packet::signature::subpacket::SubpacketTag::KeyFlags);
            Ok(area)
        })
        .expect("an area")
    });
    assert_eq!(check(&forge.bound(&[none]), &forge.sign()).state, State::NotBound(Unbound::NotForSigning));
}

#[test]
fn the_newest_binding_at_the_time_counts() {
    let forge = Forge::new();
    let signing = forge.binding("2018-02-01", |it| it);
    let no_more = |made: &str| {
        forge.binding(made, |it| it.set_key_flags(KeyFlags::empty().set_authentication()).expect("flags"))
    };
    let before = forge.bound(&[no_more("2018-03-01"), signing.clone()]);
    assert_eq!(check(&before, &forge.sign()).state, State::NotBound(Unbound::NotForSigning));
    let after = forge.bound(&[signing, no_more("2018-09-01")]);
    assert_eq!(check(&after, &forge.sign()).state, State::Good);
}

#[test]
fn a_binding_younger_than_the_signature_does_not_count() {
    let forge = Forge::new();
    let key = forge.bound(&[forge.binding("2018-07-01", |it| it)]);
    let state = check(&key, &forge.sign()).state;
    assert!(
        matches!(state, State::NotBound(Unbound::BoundLater { created }) if created.to_string() == "2018-07-01"),
        "{state:?}"
    );
}

#[test]
fn a_binding_of_limited_time_binds_as_long() {
    let forge = Forge::new();
    let month = std::time::Duration::from_secs(30 * 86_400);
    let binding =
        forge.binding("2018-02-01", |it| it.set_signature_validity_period(month).expect("a period"));
    let key = forge.bound(&[binding]);
    assert_eq!(check(&key, &forge.sign_at("2018-02-15")).state, State::Good);
    assert!(matches!(check(&key, &forge.sign()).state, State::NotBound(Unbound::BoundLater { .. })));
}

#[test]
fn critical_unknown_parts_of_a_binding_bind_nothing() {
    let forge = Forge::new();
    let odd = |key: &[u8]| matches!(check(key, &forge.sign()).state, State::NotBound(Unbound::Odd(_)));
    assert!(odd(&forge.bound(&[forge.binding("2018-02-01", |it| with_unknown(it, true))])));
    assert!(!odd(&forge.bound(&[forge.binding("2018-02-01", |it| with_unknown(it, false))])));
    let back = forge.back_signature("2018-02-01", |it| with_unknown(it, true));
    assert!(odd(
        &forge.bound(&[forge.binding("2018-02-01", |it| it.set_embedded_signature(back).expect("room"))])
    ));
    let own = forge.self_signature("2018-01-01", |it| with_unknown(it, true));
    assert!(odd(&forge.certificate(&[], &own, &[forge.binding("2018-02-01", |it| it)])));
    let stray = forge.binding("2018-02-01", |it| {
        it.modify_unhashed_area(|mut area| area.add(unknown(false)).map(|()| area)).expect("room")
    });
    assert!(odd(&forge.bound(&[stray])));
}

#[test]
fn sha1_in_a_binding_needs_a_pin_or_consent() {
    let forge = Forge::new();
    let sha1 =
        |it: sequoia_openpgp::packet::signature::SignatureBuilder| it.set_hash_algo(HashAlgorithm::SHA1);
    let back = forge.back_signature("2018-02-01", sha1);
    let variants = [
        forge.binding("2018-02-01", sha1),
        forge.binding("2018-02-01", |it| it.set_embedded_signature(back.clone()).expect("room")),
        forge.binding("2018-02-01", |it| sha1(it).set_embedded_signature(back.clone()).expect("room")),
    ];
    for binding in variants {
        let key = forge.bound(&[binding]);
        let state = check(&key, &forge.sign()).state;
        assert!(matches!(state, State::Weak { place: WeakPlace::Binding, .. }), "{state:?}");
        let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
        let accepted = VerifyOptions { accept_sha1: true, ..options() };
        for options in [pinned, accepted] {
            let verdict = check_with(&key, &forge.sign(), &options);
            assert_eq!((verdict.state, verdict.notes), (State::Good, vec![Note::Sha1Binding]));
        }
        let as_then =
            VerifyOptions { policy_as_of: dryboot_openpgp::Time::parse("2022-01-01").ok(), ..options() };
        assert_eq!(check_with(&key, &forge.sign(), &as_then).state, State::Good);
    }
}

#[test]
fn the_shape_of_the_coreos_key_is_good_under_its_pin() {
    let forge = Forge::new();
    let sha1 =
        |it: sequoia_openpgp::packet::signature::SignatureBuilder| it.set_hash_algo(HashAlgorithm::SHA1);
    let back = forge.back_signature("2018-02-01", sha1);
    let binding = forge.binding("2018-02-01", |it| sha1(it).set_embedded_signature(back).expect("room"));
    // The only signature of the primary key over itself is younger than the signature over the data.
    let key = forge.certificate(&[], &forge.self_signature("2020-01-01", sha1), &[binding]);
    let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    let verdict = check_with(&key, &forge.sign(), &pinned);
    assert_eq!(
        (verdict.state, verdict.notes),
        (State::Good, vec![Note::Sha1SelfSignature, Note::Sha1Binding])
    );
    let weak = builder(SignatureType::Binary, "2018-06-01").set_hash_algo(HashAlgorithm::SHA1);
    let weak = sign(weak, &mut pair(&forge.subkey));
    assert!(matches!(check_with(&key, &weak, &pinned).state, State::Weak { place: WeakPlace::Data, .. }));
    assert!(check_with(&key, &weak, &VerifyOptions { accept_sha1: true, ..pinned }).state.is_good());
}

#[test]
fn a_subkey_in_two_certificates_counts_for_the_one_that_may_have_it() {
    let forge = Forge::new();
    let thief = Forge { primary: primary("2018-01-01"), subkey: forge.subkey.clone() };
    let builder = builder(SignatureType::SubkeyBinding, "2018-02-01")
        .set_key_flags(KeyFlags::empty().set_signing())
        .expect("flags");
    let stolen = thief.bound(&[thief.bind(&thief.primary, builder)]);
    for keys in [[&stolen[..], &forge.sound()], [&forge.sound()[..], &stolen]] {
        let verdict = check_all(&keys, &forge.sign(), &options());
        assert_eq!(verdict.signatures[0].state, State::Good);
        assert_eq!(
            verdict.signatures[0].signer.as_ref().map(|signer| &signer.certificate),
            Some(&forge.fingerprint())
        );
    }
    assert!(!check_all(&[&stolen], &forge.sign(), &options()).good);
}
