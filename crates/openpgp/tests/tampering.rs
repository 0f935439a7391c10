//! Changes of single bytes of a signature, a key or the data: never good.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use dryboot_openpgp::{Keyring, SignatureFile, Time, VerifyOptions, verify};
use dryboot_openpgp_cases::{Gpg, MISSING, is_installed};
use dryboot_testing::{Tries, skip};

const CHANGES: Tries<usize> = Tries { everyday: 2_000, thorough: 20_000 };

/// A generator of numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

fn is_good(signature: &[u8], key: &[u8], data: &[u8]) -> bool {
    let mut keyring = Keyring::default();
    let Ok(signatures) = SignatureFile::parse(signature) else { return false };
    let mut options = VerifyOptions::new(Time::parse("2026-11-24").expect("a time"));
    // As lenient as can be.
    options.accept_sha1 = true;
    keyring.add(key).is_ok() && verify(data, signatures, &keyring, &options).expect("readable").good
}

/// A header can be written in two formats that say the same, of one byte length: `0x88` and `0xC2` both begin a signature.
fn is_same_packet(bytes: &[u8], at: usize, change: u8) -> bool {
    let (old, new) = (bytes[at], bytes[at] ^ change);
    let is_short = old & 3 == 0 && bytes.get(at + 1).is_some_and(|length| *length < 192);
    old & 0xC0 == 0x80 && new & 0xC0 == 0xC0 && is_short && old >> 2 & 0x0F == new & 0x3F
}

#[test]
fn no_changed_byte_is_good() {
    if !is_installed() {
        return skip(MISSING);
    }
    let gpg = Gpg::new().expect("gpg");
    let data = b"a short text, so that each of its bytes is likely to be changed";
    let sha256 = ["--cert-digest-algo=SHA256"];
    let mut triples = Vec::new();
    for (kind, by_subkey) in [("ed25519", true), ("rsa2048", false), ("nistp256", false)] {
        let usage = if by_subkey { "cert" } else { "cert,sign" };
        let primary =
            gpg.key(&format!("{kind} <a@example.org>"), kind, usage, "20180226T100000", "never", &sha256);
        let primary = primary.expect("a key");
        let mut signer = primary.clone();
        if by_subkey {
            signer =
                gpg.subkey(&primary, kind, "sign", "20180301T100000", "never", &sha256).expect("a subkey");
        }
        let signature = gpg.sign(&signer, data, "20180401T100000", &[]).expect("a signature");
        triples.push([signature, gpg.export(&primary, &[]).expect("a key"), data.to_vec()]);
    }
    for [signature, key, data] in &triples {
        assert!(is_good(signature, key, data), "unchanged");
    }
    let mut numbers = Numbers(20_181_124);
    let mut missed = Vec::new();
    for round in 0..CHANGES.count() {
        let mut triple = triples[round % triples.len()].clone();
        let part = numbers.below(3);
        let at = numbers.below(triple[part].len());
        let change = u8::try_from(1 + numbers.below(255)).expect("a byte");
        if is_same_packet(&triple[part], at, change) {
            continue;
        }
        triple[part][at] ^= change;
        let [signature, key, data] = &triple;
        if is_good(signature, key, data) {
            let part = ["signature", "key", "data"][part];
            missed.push(format!("{part} {}, byte {at} ^ {change:#04x}", round % triples.len()));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
