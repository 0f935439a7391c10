//! The primary key, and who may sign at all.

use dryboot_openpgp::{State, Unbound, VerifyOptions, WeakPlace};
use sequoia_openpgp::types::{HashAlgorithm, KeyFlags, SignatureType};

use crate::forge::{Forge, builder, check, check_with, options, pair, sign};

#[test]
fn an_unpinned_primary_key_must_vouch_for_itself() {
    let forge = Forge::new();
    let bindings = [forge.binding("2018-02-01", |it| it)];
    let bare = forge.certificate(&[], &[], &bindings);
    let stranger = Forge::new().self_signature("2018-01-01", |it| it);
    let wrong = forge.certificate(&[], &stranger, &bindings);
    let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    for key in [bare, wrong] {
        assert_eq!(check(&key, &forge.sign()).state, State::NotBound(Unbound::NoSelfSignature));
        assert_eq!(check_with(&key, &forge.sign(), &pinned).state, State::Good);
    }
}

#[test]
fn a_primary_key_vouching_with_sha1_needs_a_pin_or_consent() {
    let forge = Forge::new();
    let own = forge.self_signature("2018-01-01", |it| it.set_hash_algo(HashAlgorithm::SHA1));
    let key = forge.certificate(&[], &own, &[forge.binding("2018-02-01", |it| it)]);
    assert!(matches!(check(&key, &forge.sign()).state, State::Weak { place: WeakPlace::SelfSignature, .. }));
    let accepted = VerifyOptions { accept_sha1: true, ..options() };
    assert_eq!(check_with(&key, &forge.sign(), &accepted).state, State::Good);
}

#[test]
fn a_primary_key_signs_only_if_it_says_so() {
    let forge = Forge::new();
    let by_primary = sign(builder(SignatureType::Binary, "2018-06-01"), &mut pair(&forge.primary));
    assert_eq!(check(&forge.sound(), &by_primary).state, State::NotBound(Unbound::NotForSigning));
    let signing = |it: sequoia_openpgp::packet::signature::SignatureBuilder| {
        it.set_key_flags(KeyFlags::empty().set_certification().set_signing()).expect("flags")
    };
    let key = forge.certificate(&[], &forge.self_signature("2018-01-01", signing), &[]);
    assert_eq!(check(&key, &by_primary).state, State::Good);
    // Under a pin, too: the fingerprint does not say what the key is for.
    let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    let bare = forge.certificate(&[], &[], &[]);
    assert_eq!(check_with(&bare, &by_primary, &pinned).state, State::NotBound(Unbound::NotForSigning));
}

#[test]
fn a_binding_weaker_than_sha1_is_never_accepted() {
    let forge = Forge::new();
    let binding = forge.binding("2018-02-01", |it| it.set_hash_algo(HashAlgorithm::RipeMD));
    let key = forge.bound(&[binding]);
    let lenient = VerifyOptions { fingerprints: vec![forge.fingerprint()], accept_sha1: true, ..options() };
    assert!(matches!(
        check_with(&key, &forge.sign(), &lenient).state,
        State::Weak { place: WeakPlace::Binding, .. }
    ));
}
