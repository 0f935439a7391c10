//! The keys of the cases, and what they have signed.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::Gpg;

/// Files by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A file of 20,000 bytes that is not text.
pub(crate) fn data() -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..20_000).map(next).collect()
}

/// What is made with the keys.
pub(crate) struct Made {
    pub(crate) files: Files,
    /// Fingerprints of primary keys, by the name of the key.
    pub(crate) fingerprints: BTreeMap<&'static str, String>,
}

const SHA1: &[&str] = &["--cert-digest-algo=SHA1"];
const SHA256: &[&str] = &["--cert-digest-algo=SHA256"];

struct Maker<'g> {
    gpg: &'g Gpg,
    data: Vec<u8>,
    made: Made,
}

/// Makes all keys and signatures; it takes about as long as GnuPG needs for an RSA key of 4096 bits.
pub(crate) fn make(gpg: &Gpg) -> Result<Made> {
    let made = Made { files: Files::new(), fingerprints: BTreeMap::new() };
    let mut maker = Maker { gpg, data: data(), made };
    maker.kinds()?;
    maker.expiring()?;
    maker.revoked()?;
    maker.rotated()?;
    maker.shape()?;
    maker.others()?;
    Ok(maker.made)
}

impl Maker<'_> {
    fn key(
        &mut self,
        name: &'static str,
        kind: &str,
        usage: &str,
        at: &str,
        more: &[&str],
    ) -> Result<String> {
        let fingerprint =
            self.gpg.key(&format!("{name} <{name}@example.org>"), kind, usage, at, "never", more)?;
        self.made.fingerprints.insert(name, fingerprint.clone());
        Ok(fingerprint)
    }

    fn sign(&mut self, file: &str, key: &str, at: &str, more: &[&str]) -> Result<()> {
        let signature = self.gpg.sign(key, &self.data, at, more)?;
        self.made.files.insert(format!("{file}.sig"), signature);
        Ok(())
    }

    fn export(&mut self, file: &str, key: &str, more: &[&str]) -> Result<()> {
        let bytes = self.gpg.export(key, more)?;
        self.made.files.insert(format!("{file}.gpg"), bytes);
        Ok(())
    }

    /// Each kind of key with the hashes that gpg lets it use.
    fn kinds(&mut self) -> Result<()> {
        let kinds: [(&'static str, &str, bool, &[&str]); 6] = [
            ("ed25519", "ed25519", true, &["SHA1", "SHA256", "SHA512"]),
            ("rsa2048", "rsa2048", false, &["SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "RIPEMD160"]),
            ("rsa4096", "rsa4096", false, &["SHA1", "SHA256", "SHA512"]),
            ("dsa2048", "dsa2048", false, &["SHA256", "SHA512"]),
            ("nistp256", "nistp256", false, &["SHA256", "SHA512"]),
            ("rsa1024", "rsa1024", false, &["SHA256"]),
        ];
        for (name, kind, by_subkey, hashes) in kinds {
            let usage = if by_subkey { "cert" } else { "cert,sign" };
            let primary = self.key(name, kind, usage, "20180226T100000", SHA256)?;
            let mut signer = primary.clone();
            if by_subkey {
                signer = self.gpg.subkey(&primary, kind, "sign", "20180301T100000", "never", SHA256)?;
            }
            for hash in hashes {
                let digest = format!("--digest-algo={hash}");
                self.sign(&format!("{name}-{hash}"), &signer, "20180401T100000", &[&digest])?;
            }
            self.export(name, &primary, &[])?;
            let armored = self.gpg.export(&primary, &["--armor"])?;
            self.made.files.insert(format!("{name}.asc"), armored);
        }
        let ed25519 = self.made.fingerprints["ed25519"].clone();
        for (file, more) in [
            ("armored", &["--armor"][..]),
            ("text", &["--textmode"]),
            ("limited", &["--default-sig-expire=1y"]),
            ("notation", &["--sig-notation=!what@example.org=ever"]),
            ("notation-optional", &["--sig-notation=what@example.org=ever"]),
        ] {
            self.made.files.insert(
                format!("ed25519-{file}.sig"),
                self.gpg.must(
                    Some("20180401T100000"),
                    &[more, &["--local-user", &ed25519, "--detach-sign"]].concat(),
                    &self.data,
                )?,
            );
        }
        for (file, how) in [("inline", "--sign"), ("clear", "--clear-sign")] {
            let signed =
                self.gpg.must(Some("20180401T100000"), &["--local-user", &ed25519, how], &self.data)?;
            self.made.files.insert(format!("ed25519-{file}.sig"), signed);
        }
        let secret = self.gpg.must(None, &["--export-secret-keys", &ed25519], &[])?;
        self.made.files.insert("secret.gpg".to_owned(), secret);
        let secret = self.gpg.must(None, &["--armor", "--export-secret-keys", &ed25519], &[])?;
        self.made.files.insert("secret.asc".to_owned(), secret);
        Ok(())
    }

    /// Keys that expire in 2020: a subkey, and a primary key. They have signed before that and after.
    fn expiring(&mut self) -> Result<()> {
        let primary = self.key("expiring", "ed25519", "cert", "20180226T100000", SHA256)?;
        let subkey = self.gpg.subkey(&primary, "ed25519", "sign", "20180301T100000", "never", SHA256)?;
        let whole = self.key("expiring-primary", "ed25519", "cert,sign", "20180226T100000", SHA256)?;
        for (name, key) in [("expiring", &subkey), ("expiring-primary", &whole)] {
            self.sign(&format!("{name}-early"), key, "20180601T100000", &[])?;
            self.sign(&format!("{name}-before"), key, "20190601T100000", &[])?;
            self.sign(&format!("{name}-after"), key, "20210601T100000", &[])?;
        }
        self.gpg.must(
            Some("20190101T100000"),
            &["--quick-set-expire", &primary, "20200101T000000", &subkey],
            &[],
        )?;
        self.gpg.must(Some("20190101T100000"), &["--quick-set-expire", &whole, "20200101T000000"], &[])?;
        self.export("expiring", &primary, &[])?;
        self.export("expiring-primary", &whole, &[])
    }

    /// Keys that were revoked in 2020. They have signed before that and after.
    fn revoked(&mut self) -> Result<()> {
        let subkeys = [
            ("revoked-unsaid", "0"),
            ("revoked-hard", "1"),
            ("revoked-superseded", "2"),
            ("revoked-retired", "3"),
        ];
        for (name, reason) in subkeys {
            let primary = self.key(name, "ed25519", "cert", "20180226T100000", SHA256)?;
            let subkey = self.gpg.subkey(&primary, "ed25519", "sign", "20180301T100000", "never", SHA256)?;
            self.sign(&format!("{name}-before"), &subkey, "20190601T100000", &[])?;
            self.sign(&format!("{name}-after"), &subkey, "20210601T100000", &[])?;
            let commands = format!("key 1\nrevkey\ny\n{reason}\n\ny\nsave\n");
            self.gpg.edit(&primary, "20200101T100000", &commands, &[])?;
            self.export(name, &primary, &[])?;
        }
        for (name, reason) in [("revoked-primary-hard", "1"), ("revoked-primary-retired", "3")] {
            let primary = self.key(name, "ed25519", "cert", "20180226T100000", SHA256)?;
            let subkey = self.gpg.subkey(&primary, "ed25519", "sign", "20180301T100000", "never", SHA256)?;
            self.sign(&format!("{name}-before"), &subkey, "20190601T100000", &[])?;
            self.sign(&format!("{name}-after"), &subkey, "20210601T100000", &[])?;
            let commands = format!("revkey\ny\n{reason}\n\ny\nsave\n");
            self.gpg.edit(&primary, "20200101T100000", &commands, &[])?;
            self.export(name, &primary, &[])?;
        }
        Ok(())
    }

    /// A key with a new subkey each year; copies of it lack some.
    fn rotated(&mut self) -> Result<()> {
        let primary = self.key("rotated", "ed25519", "cert", "20180226T100000", SHA256)?;
        for year in ["2018", "2019", "2020"] {
            let subkey =
                self.gpg.subkey(&primary, "ed25519", "sign", &format!("{year}0301T100000"), "1y", SHA256)?;
            self.sign(&format!("rotated-{year}"), &subkey, &format!("{year}0601T100000"), &[])?;
            self.export(&format!("rotated-{year}"), &primary, &[])?;
        }
        Ok(())
    }

    /// What the CoreOS key looks like: the primary key's only signature over itself was made with SHA-1, years after
    /// the first subkeys, which are bound with SHA-1, too.
    fn shape(&mut self) -> Result<()> {
        let primary = self.key("shape", "rsa2048", "cert", "20130906T222420", SHA1)?;
        let early = self.gpg.subkey(&primary, "rsa2048", "sign", "20140908T021450", "never", SHA256)?;
        // gpg makes no back-signatures with SHA-1 any more, but bindings around one that is there.
        let expire = [SHA1, &["--quick-set-expire", &primary, "20150908T021450", &early]].concat();
        self.gpg.must(Some("20140908T021500"), &expire, &[])?;
        self.sign("shape-2015", &early, "20150627T014702", &["--digest-algo=SHA1"])?;
        let expire = [SHA1, &["--quick-set-expire", &primary, "never"]].concat();
        self.gpg.must(Some("20170522T233326"), &expire, &[])?;
        let late = self.gpg.subkey(&primary, "rsa2048", "sign", "20190204T172214", "2y", SHA256)?;
        self.sign("shape-2019", &late, "20190204T194417", &["--digest-algo=SHA256"])?;
        // Extending has replaced the older signatures: nothing else is left in the export.
        self.export("shape", &primary, &[])
    }

    fn others(&mut self) -> Result<()> {
        let future = self.key("future", "ed25519", "cert,sign", "20300226T100000", SHA256)?;
        self.sign("future", &future, "20300401T100000", &[])?;
        self.export("future", &future, &[])?;
        let ed25519 = self.made.fingerprints["ed25519"].clone();
        self.made.files.insert(
            "ed25519-future.sig".to_owned(),
            self.gpg.must(
                Some("20300401T100000"),
                &["--local-user", &ed25519, "--detach-sign"],
                &self.data,
            )?,
        );
        for (name, user_id) in [
            ("look-alike", "CoreOS Buildbot (Offical Builds) <buildbot@coreos.com>"),
            ("look-alike-name", "Flatcar Buildbot (Official Builds) <somebody@example.org>"),
        ] {
            let key = self.gpg.key(user_id, "ed25519", "cert,sign", "20180226T100000", "never", SHA256)?;
            self.sign(name, &key, "20180401T100000", &[])?;
            self.export(name, &key, &[])?;
            self.made.fingerprints.insert(name, key);
        }
        let keybox = std::fs::read(self.gpg.home().join("pubring.kbx")).context("gpg has no keybox")?;
        self.made.files.insert("all.kbx".to_owned(), keybox);
        let all = self.gpg.must(None, &["--export"], &[])?;
        self.made.files.insert("all.gpg".to_owned(), all);
        Ok(())
    }
}
