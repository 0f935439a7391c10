//! The cases: what is verified with what, and what must come of it.

mod damaged;
mod files;

use anyhow::Result;

use crate::keys::{Files, Made};
use crate::{Case, Expect, GpgVerdict, Options};

/// The present of the cases: 2026-11-24.
pub(crate) const NOW: u64 = 1_795_478_400;
/// 2018-01-01, before the keys were made.
const BEFORE: u64 = 1_514_764_800;
/// 2012-01-01, when SHA-1 was still strong enough.
const OF_2012: u64 = 1_325_376_000;

/// The reasons why gpg says something else about good or bad.
mod differs {
    pub(super) const SHA1: &str =
        "gpg 2.2 accepts SHA-1 over data, which the policy refuses since 2013-02-01";
    pub(super) const RIPEMD: &str = "gpg 2.2 accepts RIPEMD-160, which the policy refuses since 2013-02-01";
    pub(super) const SHORT: &str =
        "gpg accepts RSA keys of 1024 bits, which the policy refuses since 2014-02-01";
    pub(super) const SHA1_BINDING: &str = "gpg 2.2 accepts SHA-1 within keys, which the policy refuses since 2023-02-01 for keys that are not pinned";
    pub(super) const AFTER_EXPIRY: &str =
        "gpg notes that a key has expired, and not whether that was before it signed";
    pub(super) const SOFT: &str =
        "gpg calls every signature of a revoked key bad; a key that was only withdrawn was good before that";
    pub(super) const LOOK_ALIKE: &str = "gpg trusts any key of its keyring, whatever its name";
    pub(super) const ASKED_FOR: &str = "gpg cannot be asked for one key";
    pub(super) const ONE_IS_ENOUGH: &str =
        "gpg fails when one of several signatures is not good; here, as many must be good as were asked for";
    pub(super) const REQUIRED: &str = "gpg cannot ask for several signatures";
    pub(super) const TEXT: &str =
        "gpg verifies signatures over text, which ignore line ends: an image that was changed could pass";
    pub(super) const BOUND_LATER: &str = "gpg judges by the newest binding, whatever its date; here, the binding must be older than the signature";
    pub(super) const PRIVATE: &str = "gpg imports private keys; here, they are refused unread";
    pub(super) const DAMAGED_KEYRING: &str = "gpg imports nothing of a file with rubbish behind the key";
    pub(super) const NO_USER_ID: &str = "gpg imports no key without a user ID; a pinned one needs none";
    pub(super) const FROM_THE_FUTURE: &str = "gpg takes signatures from the future for good";
    pub(super) const TRAILING: &str =
        "gpg fails when anything follows the signature, which is good all the same";
}

/// The cases while they are collected, and the files that they need.
struct List {
    cases: Vec<Case>,
    files: Files,
}

impl List {
    fn add(&mut self, name: &str, keyring: &[&str], signature: &str, states: &[&str]) -> &mut Case {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        self.cases.push(Case {
            name: name.to_owned(),
            keyring: owned(keyring),
            signature: signature.to_owned(),
            data: "data.bin".to_owned(),
            options: Options {
                now: NOW,
                policy_as_of: None,
                fingerprints: Vec::new(),
                required: 1,
                accept_sha1: false,
            },
            expect: Expect {
                good: states.iter().any(|state| state.starts_with("good")),
                states: owned(states),
                refused: None,
            },
            gpg: GpgVerdict::default(),
            differs: None,
        });
        let last = self.cases.len() - 1;
        &mut self.cases[last]
    }
}

impl Case {
    fn over(&mut self, data: &str) -> &mut Self {
        data.clone_into(&mut self.data);
        self
    }

    fn but(&mut self, differs: &str) -> &mut Self {
        self.differs = Some(differs.to_owned());
        self
    }

    fn refused(&mut self, what: &str) -> &mut Self {
        self.expect.refused = Some(what.to_owned());
        self
    }

    fn with(&mut self, change: impl FnOnce(&mut Options)) -> &mut Self {
        change(&mut self.options);
        self
    }

    fn not_good(&mut self) -> &mut Self {
        self.expect.good = false;
        self
    }
}

const GOOD: &[&str] = &["good"];
const SINCE: &[&str] = &["good-expired-since"];
const WEAK: &[&str] = &["weak"];
const BAD: &[&str] = &["bad"];
const MISSING: &[&str] = &["key-missing"];
const REVOKED: &[&str] = &["key-revoked"];
const UNBOUND: &[&str] = &["not-bound"];
const MALFORMED: &[&str] = &["malformed"];

/// All cases, and all files.
pub(crate) fn all(made: Made) -> Result<(Vec<Case>, Files)> {
    let mut list = List { cases: Vec::new(), files: made.files };
    files::add(&mut list.files)?;
    let pin = |name: &str| made.fingerprints[name].clone();
    list.kinds();
    list.time();
    list.trust(&pin);
    list.several(&pin);
    list.damaged(&pin);
    Ok((list.cases, list.files))
}

impl List {
    /// Every kind of key with every hash, over the right data and over changed data.
    fn kinds(&mut self) {
        let strong = [
            ("ed25519", &["SHA256", "SHA512"][..]),
            ("rsa2048", &["SHA224", "SHA256", "SHA384", "SHA512"]),
            ("rsa4096", &["SHA256", "SHA512"]),
            ("dsa2048", &["SHA256", "SHA512"]),
            ("nistp256", &["SHA256", "SHA512"]),
        ];
        for (key, hashes) in strong {
            let keyring = format!("{key}.gpg");
            for hash in hashes {
                let signature = format!("{key}-{hash}.sig");
                self.add(&format!("{key} with {hash}"), &[&keyring], &signature, GOOD);
                self.add(&format!("{key} with {hash}, data changed"), &[&keyring], &signature, BAD)
                    .over("changed.bin");
            }
            self.add(
                &format!("{key}, key armored"),
                &[&format!("{key}.asc")],
                &format!("{key}-SHA256.sig"),
                GOOD,
            );
            self.add(&format!("{key}, data cut"), &[&keyring], &format!("{key}-SHA256.sig"), BAD)
                .over("cut.bin");
            self.add(&format!("{key}, data appended"), &[&keyring], &format!("{key}-SHA256.sig"), BAD)
                .over("appended.bin");
        }
        for key in ["ed25519", "rsa2048", "rsa4096"] {
            let (keyring, signature) = (format!("{key}.gpg"), format!("{key}-SHA1.sig"));
            self.add(&format!("{key} with SHA1"), &[&keyring], &signature, WEAK).but(differs::SHA1);
            self.add(&format!("{key} with SHA1, accepted"), &[&keyring], &signature, GOOD)
                .with(|it| it.accept_sha1 = true);
            self.add(&format!("{key} with SHA1, as of 2012"), &[&keyring], &signature, GOOD)
                .with(|it| it.policy_as_of = Some(OF_2012));
            self.add(&format!("{key} with SHA1, accepted, data changed"), &[&keyring], &signature, BAD)
                .over("changed.bin")
                .with(|it| it.accept_sha1 = true);
        }
        self.add("rsa2048 with RIPEMD160", &["rsa2048.gpg"], "rsa2048-RIPEMD160.sig", WEAK)
            .but(differs::RIPEMD);
        self.add("rsa2048 with RIPEMD160, SHA-1 accepted", &["rsa2048.gpg"], "rsa2048-RIPEMD160.sig", WEAK)
            .with(|it| it.accept_sha1 = true)
            .but(differs::RIPEMD);
        self.add("rsa1024", &["rsa1024.gpg"], "rsa1024-SHA256.sig", WEAK).but(differs::SHORT);
    }

    /// Keys that have expired, were revoked, replaced, or are not there yet.
    fn time(&mut self) {
        for (key, subject) in [("expiring", "subkey"), ("expiring-primary", "primary key")] {
            let keyring = format!("{key}.gpg");
            self.add(&format!("{subject} expired since"), &[&keyring], &format!("{key}-before.sig"), SINCE);
            self.add(
                &format!("{subject} expired before"),
                &[&keyring],
                &format!("{key}-after.sig"),
                &["key-expired"],
            )
            .but(differs::AFTER_EXPIRY);
        }
        self.add(
            "primary key vouched for itself later",
            &["expiring-primary.gpg"],
            "expiring-primary-early.sig",
            SINCE,
        );
        self.add("subkey bound later", &["expiring.gpg"], "expiring-early.sig", UNBOUND)
            .but(differs::BOUND_LATER);
        for key in ["revoked-unsaid", "revoked-hard", "revoked-primary-hard"] {
            for when in ["before", "after"] {
                self.add(
                    &format!("{key}, signed {when}"),
                    &[&format!("{key}.gpg")],
                    &format!("{key}-{when}.sig"),
                    REVOKED,
                );
            }
        }
        for key in ["revoked-superseded", "revoked-retired", "revoked-primary-retired"] {
            let keyring = format!("{key}.gpg");
            self.add(&format!("{key}, signed before"), &[&keyring], &format!("{key}-before.sig"), GOOD)
                .but(differs::SOFT);
            self.add(&format!("{key}, signed after"), &[&keyring], &format!("{key}-after.sig"), REVOKED);
        }
        for (copy, signed, states) in [
            ("2018", "2018", SINCE),
            ("2018", "2019", MISSING),
            ("2018", "2020", MISSING),
            ("2019", "2018", SINCE),
            ("2019", "2019", SINCE),
            ("2019", "2020", MISSING),
            ("2020", "2018", SINCE),
            ("2020", "2020", SINCE),
        ] {
            let name = format!("rotated, copy of {copy}, signed in {signed}");
            self.add(&name, &[&format!("rotated-{copy}.gpg")], &format!("rotated-{signed}.sig"), states);
        }
        self.add(
            "two copies of one key",
            &["rotated-2018.gpg", "rotated-2020.gpg"],
            "rotated-2020.sig",
            SINCE,
        );
        self.add("key and signature from the future", &["future.gpg"], "future.sig", &["from-the-future"]);
        self.add("signature from the future", &["ed25519.gpg"], "ed25519-future.sig", &["from-the-future"])
            .but(differs::FROM_THE_FUTURE);
        self.add(
            "judged before the key was made",
            &["ed25519.gpg"],
            "ed25519-SHA256.sig",
            &["from-the-future"],
        )
        .with(|it| it.now = BEFORE);
        self.add("signature limited in time", &["ed25519.gpg"], "ed25519-limited.sig", &["expired"]);
    }

    /// Whom to trust.
    fn trust(&mut self, pin: &dyn Fn(&str) -> String) {
        let pinned = |name: &str| {
            let fingerprint = pin(name);
            move |it: &mut Options| it.fingerprints = vec![fingerprint]
        };
        self.add("shape of CoreOS, pinned, SHA-256", &["shape.gpg"], "shape-2019.sig", SINCE)
            .with(pinned("shape"));
        self.add("shape of CoreOS, pinned, SHA-1", &["shape.gpg"], "shape-2015.sig", WEAK)
            .with(pinned("shape"))
            .but(differs::SHA1);
        self.add("shape of CoreOS, pinned, SHA-1 accepted", &["shape.gpg"], "shape-2015.sig", SINCE)
            .with(pinned("shape"))
            .with(|it| it.accept_sha1 = true);
        for signature in ["shape-2015.sig", "shape-2019.sig"] {
            let name = format!("shape of CoreOS, {signature}, changed");
            self.add(&name, &["shape.gpg"], signature, BAD)
                .over("changed.bin")
                .with(pinned("shape"))
                .with(|it| it.accept_sha1 = true);
        }
        self.add("shape of CoreOS, given", &["shape.gpg"], "shape-2019.sig", WEAK).but(differs::SHA1_BINDING);
        self.add("shape of CoreOS, given, SHA-1 accepted", &["shape.gpg"], "shape-2019.sig", SINCE)
            .with(|it| it.accept_sha1 = true);
        self.add("shape of CoreOS, given, as of 2012", &["shape.gpg"], "shape-2015.sig", SINCE)
            .with(|it| it.policy_as_of = Some(OF_2012));
        for key in ["look-alike", "look-alike-name"] {
            let (keyring, signature) = (format!("{key}.gpg"), format!("{key}.sig"));
            self.add(key, &[&keyring], &signature, &["look-alike"]).but(differs::LOOK_ALIKE);
            self.add(&format!("{key}, asked for"), &[&keyring], &signature, GOOD).with(pinned(key));
        }
        self.add(
            "another key asked for",
            &["ed25519.gpg", "rsa2048.gpg"],
            "ed25519-SHA256.sig",
            &["not-asked-for"],
        )
        .with(pinned("rsa2048"))
        .but(differs::ASKED_FOR);
        self.add("this key asked for", &["ed25519.gpg", "rsa2048.gpg"], "ed25519-SHA256.sig", GOOD)
            .with(pinned("ed25519"));
        self.add("wrong key", &["rsa2048.gpg"], "ed25519-SHA256.sig", MISSING);
        self.add("keyring of all", &["all.gpg"], "nistp256-SHA256.sig", GOOD);
        self.add("keybox of all", &["all.kbx"], "nistp256-SHA256.sig", GOOD);
        self.add("keybox of all, data changed", &["all.kbx"], "nistp256-SHA256.sig", BAD).over("changed.bin");
    }

    /// Several signatures in one file.
    fn several(&mut self, pin: &dyn Fn(&str) -> String) {
        let both = ["ed25519.gpg", "rsa2048.gpg"];
        for form in ["two.sig", "two-blocks.sig"] {
            self.add(&format!("{form}: two good"), &both, form, &["good", "good"]);
            self.add(&format!("{form}: two good, two required"), &both, form, &["good", "good"])
                .with(|it| it.required = 2);
            self.add(&format!("{form}: two good, three required"), &both, form, &["good", "good"])
                .with(|it| it.required = 3)
                .not_good()
                .but(differs::REQUIRED);
            self.add(&format!("{form}: one good, one missing"), &both[..1], form, &["good", "key-missing"])
                .but(differs::ONE_IS_ENOUGH);
            self.add(
                &format!("{form}: two required, one missing"),
                &both[..1],
                form,
                &["good", "key-missing"],
            )
            .with(|it| it.required = 2)
            .not_good();
            self.add(&format!("{form}: data changed"), &both, form, &["bad", "bad"]).over("changed.bin");
        }
        self.add("one of two asked for, two required", &both, "two.sig", &["good", "not-asked-for"])
            .with(|it| (it.required, it.fingerprints) = (2, vec![pin("ed25519")]))
            .not_good()
            .but(differs::REQUIRED);
        self.add("the same signature twice", &both, "twice.sig", &["good", "good"]);
        self.add("the same signature twice, two required", &both, "twice.sig", &["good", "good"])
            .with(|it| it.required = 2)
            .not_good()
            .but(differs::REQUIRED);
        self.add("one good, one over other data", &both, "one-bad.sig", &["good", "bad"])
            .but(differs::ONE_IS_ENOUGH);
    }
}
