//! Files that are told apart by what is in them.

use std::fs;

use dryboot_openpgp::{Sorted, sort};
use dryboot_openpgp_cases::{Gpg, MISSING, is_installed, write};
use dryboot_testing::skip;

fn kind(name: &str, bytes: &[u8]) -> String {
    match sort(name, bytes) {
        Sorted::Image => "image".to_owned(),
        Sorted::Signature => "signature".to_owned(),
        Sorted::Keyring(keyring) => format!("{} in the keyring", keyring.len()),
        Sorted::PrivateKey(words) => format!("private-key: {words}"),
        Sorted::Version(version) => format!("version {}", version.version()),
        Sorted::Refused(words) => format!("refused: {words}"),
    }
}

#[test]
fn whatever_is_none_of_the_others_is_an_image() {
    let armor = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n-----END PGP PRIVATE KEY BLOCK-----\n";
    let within = format!("\u{7f}ELF\0\n{armor}");
    let cases: [(&str, &[u8]); 9] = [
        ("image.bin", b""),
        ("image.bin.bz2", b"BZh91AY&SY"),
        ("image.bin.xz", &[0xFD, b'7', b'z', b'X', b'Z', 0]),
        ("image.bin", &[0xEB, 0x63, 0x90, 0, 0, 0]),
        ("image.bin", &[0x99, 0x01, 0x0D, 0x7F]),
        ("image.bin", &[0x99]),
        ("pxe.vmlinuz", within.as_bytes()),
        ("install.sh", b"#!/bin/sh\n"),
        ("no ending", b"\xEF\xBB\xBFtext"),
    ];
    for (name, bytes) in cases {
        assert_eq!(kind(name, bytes), "image", "{name}");
    }
}

#[test]
fn a_version_txt_is_known_by_its_fields() {
    let text = b"COREOS_BUILD=2023\nCOREOS_VERSION=2023.4.0\n";
    assert_eq!(kind("version.txt", text), "version 2023.4.0");
    assert_eq!(kind("download(1)", text), "version 2023.4.0");
    assert_eq!(kind("version.txt", b"COREOS_VERSION=../x\n"), "image");
}

#[test]
fn what_poses_as_a_key_or_a_signature_is_refused_with_the_reason() {
    for (name, bytes, words) in [
        ("image.sig", &b""[..], "refused: the signature is empty: download it again"),
        ("image.SIG", b"<!DOCTYPE html>", "refused: it does not contain a signature: it is a web page"),
        ("key.gpg", b"", "refused: the file is empty: supply the signer's public key"),
        (
            "key.gpg",
            b"hello",
            "refused: it does not contain a public key: there is no packet at this position",
        ),
        (
            "x",
            b"-----BEGIN PGP SIGNATURE-----\n\nAQID\n",
            "refused: its armor has no end: the file is truncated",
        ),
        (
            "x",
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAQID\n",
            "refused: it does not contain a public key: its armor has no end: the file is truncated",
        ),
    ] {
        assert_eq!(kind(name, bytes), words, "{name}");
    }
    let digests = kind("x.DIGESTS.asc", b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n# MD5\n");
    assert!(digests.contains("like the .DIGESTS.asc of a release"), "{digests}");
    let private = kind("x", b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxx");
    assert!(private.starts_with("private-key: this is a private key, and was not read"), "{private}");
}

#[test]
fn the_files_of_gpg_are_what_they_are() {
    if !is_installed() {
        return skip(MISSING);
    }
    let directory = tempfile::tempdir().expect("a directory");
    let index = write(directory.path()).expect("the cases");
    let kind = |name: &str| {
        kind("without an ending", &fs::read(directory.path().join(name)).expect("a file of the case"))
    };
    for case in &index.cases {
        if !case.data.ends_with(".sig") {
            assert_eq!(kind(&case.data), "image", "{}", case.data);
        }
        if case.expect.states.iter().any(|state| state != "malformed") {
            assert_eq!(kind(&case.signature), "signature", "{}", case.signature);
        }
        for keyring in case.keyring.iter().filter(|_| case.expect.refused.is_none()) {
            assert!(kind(keyring).ends_with("in the keyring"), "{keyring}: {}", kind(keyring));
        }
    }
    let gpg = Gpg::new().expect("gpg");
    let key = gpg
        .key("Sort <sort@example.org>", "rsa2048", "cert,sign", "20180226T100000", "never", &[])
        .expect("a key");
    for form in [&["--export-secret-keys"][..], &["--armor", "--export-secret-keys"]] {
        let bytes = gpg.must(None, &[form, &[&key]].concat(), &[]).expect("a private key");
        assert!(self::kind("x", &bytes).starts_with("private-key: "));
    }
}
