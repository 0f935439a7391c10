//! Files that are made from those of gpg: combined, cut, damaged, taken apart.

use anyhow::{Context, Result};

use crate::keys::{Files, data};

/// Where the subkey begins in a key of gpg's with one user ID.
struct Parts<'f> {
    primary: &'f [u8],
    user_id: &'f [u8],
    self_signature: &'f [u8],
    subkey: &'f [u8],
    binding: &'f [u8],
}

pub(super) fn add(files: &mut Files) -> Result<()> {
    let read = |name: &str| files.get(name).cloned().with_context(|| format!("there is no {name}"));
    let (signature, other) = (read("ed25519-SHA256.sig")?, read("rsa2048-SHA256.sig")?);
    let (key, armored) = (read("ed25519.gpg")?, read("ed25519-armored.sig")?);
    let armored_key = read("ed25519.asc")?;
    let (rsa, rsa_armored) = (read("rsa2048.gpg")?, read("rsa2048.asc")?);
    let revoked = read("revoked-hard.gpg")?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let data = data();
    let mut changed = data.clone();
    changed[10_000] ^= 1;
    let mut flipped = signature.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let mut one_bad = other.clone();
    let middle = one_bad.len() - 100;
    one_bad[middle] ^= 1;
    // The last character of the checksum, which stands before the last line.
    let wrong_sum = text(&armored).replacen("\n=", "\n=A", 1).replacen("\n=A", "\n=", 1);
    let at = wrong_sum.rfind("\n=").context("gpg writes a checksum")? + 2;
    let mut wrong_sum = wrong_sum.into_bytes();
    wrong_sum[at] = if wrong_sum[at] == b'A' { b'B' } else { b'A' };

    let ed25519 = parts(&key)?;
    let graft = parts(&rsa).or_else(|_| without_subkey(&rsa))?;
    let theirs =
        [graft.primary, graft.user_id, graft.self_signature, ed25519.subkey, ed25519.binding].concat();
    let revocation = packets(&revoked)?.into_iter().nth(4).context("a revocation")?;
    let new: Vec<(&str, Vec<u8>)> = vec![
        ("changed.bin", changed),
        ("cut.bin", data[..data.len() - 1].to_vec()),
        ("appended.bin", [&data[..], b"\n"].concat()),
        ("empty.bin", Vec::new()),
        ("other.bin", b"#cloud-config\nhostname: a\n".to_vec()),
        ("empty.sig", Vec::new()),
        ("half.sig", signature[..signature.len() / 2].to_vec()),
        ("cut.sig", signature[..signature.len() - 1].to_vec()),
        ("byte.sig", signature[..1].to_vec()),
        ("flipped.sig", flipped),
        ("two.sig", [&signature[..], &other].concat()),
        ("twice.sig", [&signature[..], &signature].concat()),
        ("one-bad.sig", [&signature[..], &one_bad].concat()),
        ("rubbish-behind.sig", [&signature[..], b"and so on\n"].concat()),
        ("zeros-behind.sig", [&signature[..], &[0; 64]].concat()),
        ("rubbish-before.sig", [b"HTTP/1.1 200 OK\r\n\r\n", &signature[..]].concat()),
        ("page.sig", b"<!DOCTYPE html><title>404 Not Found</title>".to_vec()),
        ("crlf.sig", text(&armored).replace('\n', "\r\n").into_bytes()),
        ("around.sig", [b"see below\n", &armored[..], b"see above\n"].concat()),
        ("wrong-sum.sig", wrong_sum),
        ("no-end.sig", armored[..armored.len() - 30].to_vec()),
        ("around.asc", [b"my key:\n\n", &armored_key[..], b"\nbye\n", &rsa_armored].concat()),
        ("rubbish-behind.gpg", [&key[..], b"and so on\n"].concat()),
        ("rubbish-before.gpg", [b"and so on\n", &key[..]].concat()),
        ("empty.gpg", Vec::new()),
        ("half.gpg", key[..key.len() / 2].to_vec()),
        (
            "no-binding.gpg",
            [ed25519.primary, ed25519.user_id, ed25519.self_signature, ed25519.subkey].concat(),
        ),
        (
            "no-self-signature.gpg",
            [ed25519.primary, ed25519.user_id, ed25519.subkey, ed25519.binding].concat(),
        ),
        ("no-user-id.gpg", [ed25519.primary, ed25519.subkey, ed25519.binding].concat()),
        ("grafted.gpg", theirs),
        (
            "others-revocation.gpg",
            [&key[..key.len() - ed25519.binding.len()], revocation, ed25519.binding].concat(),
        ),
    ];
    let blocks = [&armored[..], &read_armored(&other)].concat();
    files.insert("two-blocks.sig".to_owned(), blocks);
    files.insert("data.bin".to_owned(), data);
    files.extend(new.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
    Ok(())
}

/// Armor without a checksum, which may be left out.
fn read_armored(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = b"-----BEGIN PGP SIGNATURE-----\n\n".to_vec();
    for chunk in bytes.chunks(48) {
        for three in chunk.chunks(3) {
            let bits =
                (0..3).fold(0, |bits, at| bits << 8 | usize::from(three.get(at).copied().unwrap_or(0)));
            let digits = (0..4).map(|at| DIGITS[bits >> (18 - 6 * at) & 63]);
            out.extend(digits.take(three.len() + 1));
            out.resize(out.len() + 3 - three.len(), b'=');
        }
        out.push(b'\n');
    }
    out.extend(b"-----END PGP SIGNATURE-----\n");
    out
}

fn parts(key: &[u8]) -> Result<Parts<'_>> {
    let [primary, user_id, self_signature, subkey, binding] = packets(key)?[..] else {
        anyhow::bail!("the key has other parts than expected")
    };
    Ok(Parts { primary, user_id, self_signature, subkey, binding })
}

fn without_subkey(key: &[u8]) -> Result<Parts<'_>> {
    let [primary, user_id, self_signature] = packets(key)?[..] else {
        anyhow::bail!("the key has other parts than expected")
    };
    Ok(Parts { primary, user_id, self_signature, subkey: &[], binding: &[] })
}

/// The packets of a key as gpg writes them, in the old format.
fn packets(mut bytes: &[u8]) -> Result<Vec<&[u8]>> {
    let mut found = Vec::new();
    while let [head, rest @ ..] = bytes {
        let size = match head & 3 {
            0 => 1,
            1 => 2,
            _ => anyhow::bail!("gpg writes no such packets"),
        };
        let body = rest[..size].iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        let (packet, rest) = bytes.split_at(1 + size + body);
        found.push(packet);
        bytes = rest;
    }
    Ok(found)
}
