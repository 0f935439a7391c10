//! Expiry, revocation, and the order of events.

use std::time::Duration;

use dryboot_openpgp::{Note, State, Time, VerifyOptions};
use sequoia_openpgp::types::{PublicKeyAlgorithm, ReasonForRevocation, RevocationKey, SignatureType};

use crate::forge::{Forge, builder, check, check_all, check_with, options, pair, primary, sign, subkey};

const DAY: u64 = 86_400;

#[test]
fn a_signature_older_than_its_key_is_refused() {
    let forge = Forge { primary: primary("2018-01-01"), subkey: subkey("2018-07-01") };
    let key = forge.bound(&[forge.binding("2018-05-01", |it| it), forge.binding("2018-07-01", |it| it)]);
    let state = check(&key, &forge.sign()).state;
    assert!(
        matches!(state, State::KeyNotYetValid { created } if created.to_string() == "2018-07-01"),
        "{state:?}"
    );
    let forge = Forge { primary: primary("2018-07-01"), subkey: subkey("2018-02-01") };
    let state = check(&forge.sound(), &forge.sign()).state;
    assert!(matches!(state, State::KeyNotYetValid { .. }), "{state:?}");
}

#[test]
fn a_key_that_had_expired_is_refused() {
    let forge = Forge::new();
    let days = |days| Duration::from_secs(days * DAY);
    // The subkey is of 2018-02-01, and its expiry counts from there, not from the binding.
    let expiring = |made: &str, count| {
        forge.binding(made, |it| it.set_key_validity_period(days(count)).expect("a period"))
    };
    let key = forge.bound(&[expiring("2018-02-20", 30)]);
    let state = check(&key, &forge.sign()).state;
    assert!(
        matches!(state, State::KeyExpired { expired } if expired.to_string() == "2018-03-03"),
        "{state:?}"
    );
    let state = check(&key, &forge.sign_at("2018-03-01")).state;
    assert!(
        matches!(state, State::GoodExpiredSince { expired } if expired.to_string() == "2018-03-03"),
        "{state:?}"
    );
    // Extended in time, extended too late, cut short afterwards.
    let extended = forge.bound(&[expiring("2018-02-01", 30), expiring("2018-02-20", 9_000)]);
    assert_eq!(check(&extended, &forge.sign()).state, State::Good);
    let late = forge.bound(&[expiring("2018-02-01", 30), expiring("2018-06-20", 9_000)]);
    assert!(matches!(check(&late, &forge.sign()).state, State::KeyExpired { .. }));
    let cut = forge.bound(&[expiring("2018-02-01", 9_000), expiring("2018-06-20", 200)]);
    assert!(matches!(check(&cut, &forge.sign()).state, State::GoodExpiredSince { .. }));
}

#[test]
fn a_primary_key_that_had_expired_is_refused() {
    let forge = Forge::new();
    let period = Duration::from_secs(90 * DAY);
    let own = forge.self_signature("2018-01-01", |it| it.set_key_validity_period(period).expect("a period"));
    let key = forge.certificate(&[], &own, &[forge.binding("2018-02-01", |it| it)]);
    let pinned = VerifyOptions { fingerprints: vec![forge.fingerprint()], ..options() };
    for options in [options(), pinned] {
        let state = check_with(&key, &forge.sign(), &options).state;
        assert!(
            matches!(state, State::KeyExpired { expired } if expired.to_string() == "2018-04-01"),
            "{state:?}"
        );
    }
    assert!(matches!(check(&key, &forge.sign_at("2018-03-01")).state, State::GoodExpiredSince { .. }));
}

#[test]
fn a_hard_revocation_counts_at_any_time() {
    let forge = Forge::new();
    let reasons = [
        None,
        Some(ReasonForRevocation::Unspecified),
        Some(ReasonForRevocation::KeyCompromised),
        Some(ReasonForRevocation::Unknown(77)),
    ];
    for reason in reasons {
        let of_subkey = forge.revocation(true, "2020-01-01", reason, &forge.primary);
        let key = forge.bound(&[of_subkey, forge.binding("2018-02-01", |it| it)]);
        let state = check(&key, &forge.sign()).state;
        assert!(matches!(state, State::KeyRevoked { hard: true, whole: false, .. }), "{state:?}");
        let whole = forge.revocation(false, "2020-01-01", reason, &forge.primary);
        let key = forge.certificate(
            &[whole],
            &forge.self_signature("2018-01-01", |it| it),
            &[forge.binding("2018-02-01", |it| it)],
        );
        let state = check(&key, &forge.sign()).state;
        assert!(matches!(state, State::KeyRevoked { hard: true, whole: true, .. }), "{state:?}");
    }
}

#[test]
fn a_soft_revocation_counts_from_its_time_on() {
    let forge = Forge::new();
    for reason in [ReasonForRevocation::KeySuperseded, ReasonForRevocation::KeyRetired] {
        let revocation = forge.revocation(true, "2020-01-01", Some(reason), &forge.primary);
        let key = forge.bound(&[forge.binding("2018-02-01", |it| it), revocation]);
        let verdict = check(&key, &forge.sign());
        assert_eq!(verdict.state, State::Good);
        assert!(
            matches!(verdict.notes[..], [Note::RetiredSince { whole: false, .. }]),
            "{:?}",
            verdict.notes
        );
        let state = check(&key, &forge.sign_at("2020-01-01")).state;
        assert!(matches!(state, State::KeyRevoked { hard: false, .. }), "{state:?}");
    }
}

#[test]
fn a_revocation_with_unknown_parts_counts_all_the_same() {
    let forge = Forge::new();
    let builder = crate::forge::with_unknown(builder(SignatureType::SubkeyRevocation, "2020-01-01"), true);
    let revocation = forge.bind(&forge.primary, builder);
    let key = forge.bound(&[forge.binding("2018-02-01", |it| it), revocation]);
    assert!(matches!(check(&key, &forge.sign()).state, State::KeyRevoked { .. }));
}

#[test]
fn a_revocation_by_another_counts_only_if_it_was_named() {
    let (forge, revoker) = (Forge::new(), Forge::new());
    let revocation = forge.revocation(false, "2020-01-01", None, &revoker.primary);
    let certificate = |direct: &[_]| {
        forge.certificate(
            direct,
            &forge.self_signature("2018-01-01", |it| it),
            &[forge.binding("2018-02-01", |it| it)],
        )
    };
    let unnamed = certificate(std::slice::from_ref(&revocation));
    assert_eq!(
        check_all(&[&unnamed, &revoker.sound()], &forge.sign(), &options()).signatures[0].state,
        State::Good
    );
    let named = RevocationKey::new(PublicKeyAlgorithm::EdDSA, revoker.primary.fingerprint(), false);
    let naming = builder(SignatureType::DirectKey, "2018-01-01").set_revocation_key(named).expect("room");
    let naming = naming.sign_direct_key(&mut pair(&forge.primary), None).expect("a signature");
    let named = certificate(&[naming, revocation]);
    let state = check_all(&[&named, &revoker.sound()], &forge.sign(), &options()).signatures[0].state.clone();
    assert!(matches!(state, State::KeyRevoked { .. }), "{state:?}");
    let verdict = check(&named, &forge.sign());
    assert_eq!((verdict.state, verdict.notes), (State::Good, vec![Note::RevokerMissing]));
}

#[test]
fn a_signature_from_the_future_is_refused() {
    let forge = Forge::new();
    let before = VerifyOptions::new(Time::parse("2018-05-31").expect("a time"));
    assert_eq!(check_with(&forge.sound(), &forge.sign(), &before).state, State::FromTheFuture);
    assert!(
        check_with(
            &forge.sound(),
            &forge.sign(),
            &VerifyOptions { now: Time::parse("2018-06-01").expect("a time"), ..before }
        )
        .state
        .is_good()
    );
}

#[test]
fn a_signature_of_limited_time_expires() {
    let forge = Forge::new();
    let limited = builder(SignatureType::Binary, "2018-06-01")
        .set_signature_validity_period(Duration::from_secs(10 * DAY))
        .expect("a period");
    let limited = sign(limited, &mut pair(&forge.subkey));
    let state = check(&forge.sound(), &limited).state;
    assert!(matches!(state, State::Expired { expired } if expired.to_string() == "2018-06-11"), "{state:?}");
    let then = VerifyOptions::new(Time::parse("2018-06-10").expect("a time"));
    assert_eq!(check_with(&forge.sound(), &limited, &then).state, State::Good);
}
