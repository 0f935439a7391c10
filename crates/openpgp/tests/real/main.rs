//! The real image signing keys of CoreOS and Flatcar, and signatures that were made with them. They are here to be
//! tested against, and are part of nothing that is built. The keys are as the install scripts of 2020 (CoreOS) and 2023
//! (Flatcar) carried them; `version.txt` is that of CoreOS 723.1.0, which the three signatures cover. `shape.rs` proves the same with keys of its own.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;

use dryboot_openpgp::{
    Keyring, Note, Recognition, SignatureFile, State, Time, Trust, Verdict, VerifyOptions, WeakPlace, verify,
};

fn read(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(name))
        .expect("a file of the folder")
}

fn options() -> VerifyOptions {
    VerifyOptions::new(Time::parse("2026-11-24").expect("a time"))
}

fn check(key: &str, signature: &str, data: Option<Vec<u8>>, options: &VerifyOptions) -> Verdict {
    let mut keyring = Keyring::default();
    keyring.add(&read(key)).expect("a key");
    let signatures = SignatureFile::parse(&read(signature)).expect("a signature");
    let data = data.unwrap_or_else(|| read("version.txt"));
    verify(&data[..], signatures, &keyring, options).expect("readable")
}

const COREOS: &str = "coreos-image-signing-key.asc";
const FLATCAR: &str = "flatcar-image-signing-key.asc";

#[test]
fn flatcar_2018_is_good() {
    let verdict = check(FLATCAR, "version.txt.flatcar-2018.sig", None, &options());
    // Its key is built in, so nobody has to name it.
    assert_eq!((verdict.good, verdict.trust(), verdict.headline()), (true, Trust::Known, "good"));
    let state = &verdict.signatures[0].state;
    assert!(
        matches!(state, State::GoodExpiredSince { expired } if expired.to_string() == "2019-09-26"),
        "{state:?}"
    );
    assert_eq!(verdict.signatures[0].notes, []);
    let signer = verdict.signatures[0].signer.as_ref().expect("a signer");
    assert_eq!(signer.key.as_str(), "628CC212938065DAB4E3B949A8ABF005896E394F");
    assert_eq!(signer.pin.map(|pin| pin.name), Some("Flatcar Image Signing Key"));
}

#[test]
fn coreos_2019_is_good_with_both_notes() {
    let verdict = check(COREOS, "version.txt.coreos-2019.sig", None, &options());
    assert!(verdict.good);
    let state = &verdict.signatures[0].state;
    assert!(
        matches!(state, State::GoodExpiredSince { expired } if expired.to_string() == "2021-06-01"),
        "{state:?}"
    );
    assert_eq!(verdict.signatures[0].notes, [Note::Sha1SelfSignature]);
}

#[test]
fn coreos_2015_is_weak_and_good_on_request() {
    let signature = "version.txt.coreos-2015.sig";
    let verdict = check(COREOS, signature, None, &options());
    assert!(!verdict.good);
    let state = &verdict.signatures[0].state;
    assert!(
        matches!(state, State::Weak { place: WeakPlace::Data, what, since: Some(since) }
            if what == "SHA-1" && since.to_string() == "2013-02-01"),
        "{state:?}"
    );
    let accepting = VerifyOptions { accept_sha1: true, ..options() };
    let verdict = check(COREOS, signature, None, &accepting);
    assert!(verdict.good);
    assert!(matches!(verdict.signatures[0].state, State::GoodExpiredSince { .. }));
    assert_eq!(verdict.signatures[0].notes, [Note::Sha1SelfSignature, Note::Sha1Binding, Note::Sha1Data]);
    let as_then = VerifyOptions { policy_as_of: Time::parse("2013-01-01").ok(), ..options() };
    assert!(check(COREOS, signature, None, &as_then).good);
}

#[test]
fn the_keys_are_recognised() {
    for (key, name) in [(COREOS, "CoreOS Image Signing Key"), (FLATCAR, "Flatcar Image Signing Key")] {
        let verdict = check(key, "version.txt.coreos-2019.sig", None, &options());
        let recognition = &verdict.certificates[0].recognition;
        assert!(
            matches!(recognition, Recognition::Pinned { pin, lacks } if pin.name == name && lacks.is_empty()),
            "{recognition:?}"
        );
    }
}

#[test]
fn the_key_of_the_other_is_missing() {
    let verdict = check(FLATCAR, "version.txt.coreos-2019.sig", None, &options());
    assert!(!verdict.good);
    assert_eq!(verdict.signatures[0].state, State::KeyMissing);
    assert!(
        verdict.signatures[0].sentence().contains("a subkey of the CoreOS Image Signing Key from 2019-02-04")
    );
    // It is not an older copy of the one that is missing.
    let advice = verdict.signatures[0].advice().expect("an advice");
    assert!(!advice.contains("outdated") && advice.contains("add the CoreOS Image Signing Key"), "{advice}");
}

#[test]
fn any_changed_byte_is_bad() {
    let data = read("version.txt");
    let accepting = VerifyOptions { accept_sha1: true, ..options() };
    for (key, signature) in [
        (COREOS, "version.txt.coreos-2015.sig"),
        (COREOS, "version.txt.coreos-2019.sig"),
        (FLATCAR, "version.txt.flatcar-2018.sig"),
    ] {
        for at in 0..data.len() {
            let mut changed = data.clone();
            changed[at] ^= 1;
            let verdict = check(key, signature, Some(changed), &accepting);
            assert_eq!(
                (verdict.good, &verdict.signatures[0].state),
                (false, &State::Bad),
                "{signature}, byte {at}"
            );
        }
    }
}

#[test]
fn an_outdated_copy_is_named() {
    use std::io::Read;
    let armored = read(COREOS);
    let mut key = Vec::new();
    sequoia_openpgp::armor::Reader::from_bytes(&armored[..], None).read_to_end(&mut key).expect("armor");
    // The last subkey, of 2019, begins where its packet of 528 bytes and the binding of 1,141 do.
    key.truncate(key.len() - 528 - 1_141);
    let mut keyring = Keyring::default();
    keyring.add(&key).expect("a key");
    let signatures = SignatureFile::parse(&read("version.txt.coreos-2019.sig")).expect("a signature");
    let verdict = verify(&read("version.txt")[..], signatures, &keyring, &options());
    let verdict = verdict.expect("readable");
    assert_eq!(verdict.signatures[0].state, State::KeyMissing);
    assert!(verdict.signatures[0].advice().is_some_and(|advice| advice.contains("outdated")));
    let recognition = &verdict.certificates[0].recognition;
    assert!(
        matches!(recognition, Recognition::Pinned { lacks, .. } if lacks == &["FD986FB096482F906F55B2EA01C9CAE767B3CA0E"]),
        "{recognition:?}"
    );
    assert!(verdict.certificates[0].sentence().contains("in an outdated copy"));
}
