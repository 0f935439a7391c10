//! The real image signing keys and signatures made with them, where they are at hand: they are not part of the
//! repository. `shape.rs` proves the same with keys of its own.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test that fails or skips says where")]

use std::fs;
use std::path::{Path, PathBuf};

use dryboot_openpgp::{
    Keyring, Note, Recognition, SignatureFile, State, Time, Trust, Verdict, VerifyOptions, WeakPlace, verify,
};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/images");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn read(name: &str) -> Option<Vec<u8>> {
    Some(fs::read(folder()?.join(name)).expect("a file of the folder"))
}

fn options() -> VerifyOptions {
    VerifyOptions::new(Time::parse("2026-11-24").expect("a time"))
}

fn check(key: &str, signature: &str, data: Option<Vec<u8>>, options: &VerifyOptions) -> Option<Verdict> {
    let mut keyring = Keyring::default();
    keyring.add(&read(key)?).expect("a key");
    let signatures = SignatureFile::parse(&read(signature)?).expect("a signature");
    let data = data.or_else(|| read("version.txt"))?;
    Some(verify(&data[..], signatures, &keyring, options).expect("readable"))
}

const COREOS: &str = "coreos-image-signing-key.asc";
const FLATCAR: &str = "flatcar-image-signing-key.asc";

#[test]
fn flatcar_2018_is_good() {
    let Some(verdict) = check(FLATCAR, "version.txt.flatcar-2018.sig", None, &options()) else { return };
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
    let Some(verdict) = check(COREOS, "version.txt.coreos-2019.sig", None, &options()) else { return };
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
    let Some(verdict) = check(COREOS, signature, None, &options()) else { return };
    assert!(!verdict.good);
    let state = &verdict.signatures[0].state;
    assert!(
        matches!(state, State::Weak { place: WeakPlace::Data, what, since: Some(since) }
            if what == "SHA-1" && since.to_string() == "2013-02-01"),
        "{state:?}"
    );
    let accepting = VerifyOptions { accept_sha1: true, ..options() };
    let Some(verdict) = check(COREOS, signature, None, &accepting) else { return };
    assert!(verdict.good);
    assert!(matches!(verdict.signatures[0].state, State::GoodExpiredSince { .. }));
    assert_eq!(verdict.signatures[0].notes, [Note::Sha1SelfSignature, Note::Sha1Binding, Note::Sha1Data]);
    let as_then = VerifyOptions { policy_as_of: Time::parse("2013-01-01").ok(), ..options() };
    assert!(check(COREOS, signature, None, &as_then).expect("a verdict").good);
}

#[test]
fn the_keys_are_recognised() {
    for (key, name) in [(COREOS, "CoreOS Image Signing Key"), (FLATCAR, "Flatcar Image Signing Key")] {
        let Some(verdict) = check(key, "version.txt.coreos-2019.sig", None, &options()) else { return };
        let recognition = &verdict.certificates[0].recognition;
        assert!(
            matches!(recognition, Recognition::Pinned { pin, lacks } if pin.name == name && lacks.is_empty()),
            "{recognition:?}"
        );
    }
}

#[test]
fn the_key_of_the_other_is_missing() {
    let Some(verdict) = check(FLATCAR, "version.txt.coreos-2019.sig", None, &options()) else { return };
    assert!(!verdict.good);
    assert_eq!(verdict.signatures[0].state, State::KeyMissing);
    assert!(
        verdict.signatures[0].sentence().contains("a subkey of the CoreOS Image Signing Key from 2019-02-04")
    );
    // It is not an older copy of the one that is missing.
    let advice = verdict.signatures[0].advice().expect("an advice");
    assert!(!advice.contains("outdated") && advice.contains("get the CoreOS Image Signing Key"), "{advice}");
}

#[test]
fn any_changed_byte_is_bad() {
    let Some(data) = read("version.txt") else { return };
    let accepting = VerifyOptions { accept_sha1: true, ..options() };
    for (key, signature) in [
        (COREOS, "version.txt.coreos-2015.sig"),
        (COREOS, "version.txt.coreos-2019.sig"),
        (FLATCAR, "version.txt.flatcar-2018.sig"),
    ] {
        for at in 0..data.len() {
            let mut changed = data.clone();
            changed[at] ^= 1;
            let verdict = check(key, signature, Some(changed), &accepting).expect("a verdict");
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
    let Some(armored) = read(COREOS) else { return };
    let mut key = Vec::new();
    sequoia_openpgp::armor::Reader::from_bytes(&armored[..], None).read_to_end(&mut key).expect("armor");
    // The last subkey, of 2019, begins where its packet of 528 bytes and the binding of 1,141 do.
    key.truncate(key.len() - 528 - 1_141);
    let mut keyring = Keyring::default();
    keyring.add(&key).expect("a key");
    let signatures =
        SignatureFile::parse(&read("version.txt.coreos-2019.sig").expect("a file")).expect("a signature");
    let verdict = verify(&read("version.txt").expect("a file")[..], signatures, &keyring, &options());
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
