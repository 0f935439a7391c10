//! What a file is that somebody gives without saying so: dropped on a page, say, together with others.

use crate::armor;
use crate::certificates::{Keyring, KeyringError};
use crate::keybox;
use crate::packets;
use crate::signature::{SignatureFile, SignatureFileError};
use crate::version_txt::VersionTxt;

/// What a file is.
#[derive(Debug)]
pub enum Sorted {
    /// Anything that is none of the others.
    Image,
    /// At least one signature in it can be judged.
    Signature,
    /// One or more public keys.
    Keyring(Keyring),
    /// A private key, not read any further; what to do about that, in words.
    PrivateKey(String),
    /// The `version.txt` of a release.
    Version(VersionTxt),
    /// It poses as a key or a signature, by content or by name, and is of no use as one; why, in words.
    Refused(String),
}

/// Sorts a whole file. What is longer than [`KEYRING_LIMIT`](crate::KEYRING_LIMIT) is an image and need not be read.
#[must_use]
pub fn sort(name: &str, bytes: &[u8]) -> Sorted {
    let content = begins_as(bytes);
    if let Some(version) = version(bytes).filter(|_| content.is_none()) {
        return Sorted::Version(version);
    }
    let Some(pose) = content.or_else(|| named_as(name)) else { return Sorted::Image };
    let mut keyring = Keyring::default();
    let no_keys = match keyring.add(bytes) {
        Ok(()) => return Sorted::Keyring(keyring),
        Err(error @ KeyringError::PrivateKey) => return Sorted::PrivateKey(error.to_string()),
        Err(error) => error.to_string(),
    };
    match SignatureFile::parse(bytes) {
        Ok(signatures) => match signatures.fault() {
            None => Sorted::Signature,
            Some(fault) => Sorted::Refused(fault.to_owned()),
        },
        Err(error @ (SignatureFileError::ClearSigned | SignatureFileError::Inline)) => {
            Sorted::Refused(error.to_string())
        }
        Err(_) if pose == Pose::Key => Sorted::Refused(no_keys),
        Err(error) => Sorted::Refused(error.to_string()),
    }
}

/// What a file looks like before anything of it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pose {
    Key,
    Signature,
}

/// What the beginning promises. An image may begin with any byte, and may hold a key somewhere within.
fn begins_as(bytes: &[u8]) -> Option<Pose> {
    if keybox::certificates(bytes).is_some() {
        return Some(Pose::Key);
    }
    if packets::describe(bytes).is_some() {
        return None;
    }
    if bytes.first()? & 0x80 != 0 && !bytes.starts_with("\u{FEFF}".as_bytes()) {
        // The first packet must be one that such files begin with, and of a version that there is.
        let (tag, header, _) = packets::header(bytes).ok()?;
        let is_version = bytes.get(header).is_some_and(|version| (2..=6).contains(version));
        return match tag {
            packets::PUBLIC_KEY | packets::SECRET_KEY if is_version => Some(Pose::Key),
            packets::SIGNATURE | packets::ONE_PASS_SIGNATURE if is_version => Some(Pose::Signature),
            packets::MARKER if bytes.get(header..).is_some_and(|body| body.starts_with(b"PGP")) => {
                Some(Pose::Signature)
            }
            _ => None,
        };
    }
    // Armor is text; the rest of an image need not be searched.
    if bytes.contains(&0) {
        return None;
    }
    let (blocks, _) = armor::blocks(bytes)?;
    let is_key = |label| matches!(label, armor::Label::PublicKey | armor::Label::PrivateKey);
    Some(if blocks.iter().any(|block| is_key(block.label)) { Pose::Key } else { Pose::Signature })
}

/// What the name promises.
fn named_as(name: &str) -> Option<Pose> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "sig" | "asc" => Some(Pose::Signature),
        "gpg" | "pgp" | "kbx" | "key" | "pub" => Some(Pose::Key),
        _ => None,
    }
}

/// A `version.txt` has a few hundred bytes.
const VERSION_LIMIT: usize = 1 << 16;

fn version(bytes: &[u8]) -> Option<VersionTxt> {
    if bytes.len() > VERSION_LIMIT {
        return None;
    }
    VersionTxt::parse(std::str::from_utf8(bytes).ok()?).ok()
}
