//! The verdict on all that gpg makes, against gpg's own: alike, or different for a reason that is written down.

#![expect(clippy::expect_used, reason = "a test that fails or skips says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dryboot_openpgp::{Fingerprint, Keyring, SignatureFile, Time, VerifyOptions, verify};
use dryboot_openpgp_cases::{Case, Expect, MISSING, is_installed, write};
use dryboot_testing::skip;

/// What comes of a case.
fn run(case: &Case, directory: &Path) -> Expect {
    let read = |name: &str| fs::read(directory.join(name)).expect("a file of the case");
    let refused = |what: &str| Expect { good: false, states: Vec::new(), refused: Some(what.to_owned()) };
    let mut keyring = Keyring::default();
    for name in &case.keyring {
        if keyring.add(&read(name)).is_err() {
            return refused("keyring");
        }
    }
    let Ok(signatures) = SignatureFile::parse(&read(&case.signature)) else { return refused("signature") };
    let parse = |digits: &String| Fingerprint::parse(digits).expect("a fingerprint");
    let options = VerifyOptions {
        policy_as_of: case.options.policy_as_of.map(Time),
        fingerprints: case.options.fingerprints.iter().map(parse).collect(),
        required: case.options.required,
        accept_sha1: case.options.accept_sha1,
        ..VerifyOptions::new(Time(case.options.now))
    };
    let verdict = verify(&read(&case.data)[..], signatures, &keyring, &options).expect("readable");
    for signature in &verdict.signatures {
        let advice = signature.advice();
        assert!(
            !signature.sentence().is_empty() && advice.is_none() == signature.state.is_good(),
            "{}",
            case.name
        );
    }
    Expect {
        good: verdict.good,
        states: verdict.signatures.iter().map(|signature| signature.state.code().to_owned()).collect(),
        refused: None,
    }
}

#[test]
fn the_verdict_is_gpgs_or_differs_for_a_reason() {
    if !is_installed() {
        return skip(MISSING);
    }
    let directory = tempfile::tempdir().expect("a directory");
    let index = write(directory.path()).expect("the cases");
    let (mut faults, mut reasons) = (Vec::new(), BTreeMap::<&str, usize>::new());
    for case in &index.cases {
        let outcome = run(case, directory.path());
        let gpg = format!("gpg: {} {:?}", case.gpg.good, case.gpg.status);
        if outcome != case.expect {
            faults.push(format!("{}: {outcome:?}, not {:?}; {gpg}", case.name, case.expect));
        }
        match (&case.differs, outcome.good == case.gpg.good) {
            (None, true) => {}
            (Some(reason), false) => *reasons.entry(reason).or_default() += 1,
            (None, false) => faults.push(format!("{}: differs without a reason; {gpg}", case.name)),
            (Some(_), true) => faults.push(format!("{}: does not differ; {gpg}", case.name)),
        }
    }
    let differing: usize = reasons.values().sum();
    eprintln!("{} cases of {}, {differing} of which differ:", index.cases.len(), index.gpg);
    for (reason, count) in reasons {
        eprintln!("{count:4}  {reason}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(index.cases.len() >= 60, "{} cases", index.cases.len());
}
