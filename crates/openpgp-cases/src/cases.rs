//! The cases: what is verified with what, and what must come of it.

mod damaged;
mod differs;
mod files;
mod list;

use anyhow::Result;

use crate::keys::{Files, Made};
use crate::{Case, Options};
use list::List;

/// The present of the cases: 2026-11-24.
pub(crate) const NOW: u64 = 1_795_478_400;
/// 2018-01-01, before the keys were made.
const BEFORE: u64 = 1_514_764_800;
/// 2012-01-01, when SHA-1 was still strong enough.
const OF_2012: u64 = 1_325_376_000;

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
