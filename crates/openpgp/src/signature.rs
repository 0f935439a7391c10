//! Signature files: to signatures that can be judged, and those that cannot, with reasons.

use std::fmt;

use sequoia_openpgp::Packet;
use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::types::SignatureType;

use crate::armor::{self, Label};
use crate::packets;

/// The signatures of a file.
#[derive(Clone, Debug)]
pub struct SignatureFile {
    /// One for each signature; those that cannot be judged come as the reason, in words.
    pub(crate) entries: Vec<Result<Signature, String>>,
}

/// Why a file cannot serve as a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFileError {
    /// It has no bytes.
    Empty,
    /// It has more than [`SIGNATURE_LIMIT`] bytes.
    TooLong,
    /// It is a key; the files are swapped.
    Key,
    /// It is a private key; nothing behind its beginning was read.
    PrivateKey,
    /// It is a message with the signed text in it.
    Inline,
    /// It is a readable text with a signature below it.
    ClearSigned,
    /// There is no signature in it; what it is instead, where that is known.
    NoSignature(String),
}

impl fmt::Display for SignatureFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the signature is empty: download it again"),
            Self::TooLong => write!(
                f,
                "the file has more than {} MiB, which is too large for a signature: are the image and the \
                 signature swapped?",
                SIGNATURE_LIMIT >> 20
            ),
            Self::Key => {
                f.write_str("this is a key, not a signature: supply it as the keyring (`--keyring`)")
            }
            Self::PrivateKey => f.write_str(
                "this is a private key, and was not read any further: supply the image's \
                    signature",
            ),
            Self::Inline => f.write_str(
                "this is a signed message, which includes the signed data: supply the image's detached \
                 signature",
            ),
            Self::ClearSigned => f.write_str(
                "this is a text with a signature below it, like the .DIGESTS.asc of a release: supply the \
                 image's detached signature",
            ),
            Self::NoSignature(what) => write!(f, "it does not contain a signature: {what}"),
        }
    }
}

impl std::error::Error for SignatureFileError {}

/// The longest file that is read as signatures, in bytes.
pub const SIGNATURE_LIMIT: usize = 1 << 20;

/// As many entries of one file are looked at, so that nobody's file can take all day or fill a screen.
const MOST: usize = 100;

impl SignatureFile {
    /// Reads a file: binary or armored, with one signature or several.
    ///
    /// # Errors
    /// When there is no signature in it.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureFileError> {
        if bytes.is_empty() {
            return Err(SignatureFileError::Empty);
        }
        if bytes.len() > SIGNATURE_LIMIT {
            return Err(SignatureFileError::TooLong);
        }
        let mut file = Self { entries: Vec::new() };
        match armor::blocks(bytes) {
            None => file.binary(bytes)?,
            Some((blocks, _)) => {
                for block in blocks {
                    match (block.label, block.packets) {
                        (Label::PrivateKey, _) => return Err(SignatureFileError::PrivateKey),
                        (Label::PublicKey, _) => return Err(SignatureFileError::Key),
                        (Label::ClearSigned, _) => return Err(SignatureFileError::ClearSigned),
                        (_, Ok(packets)) => file.binary(&packets)?,
                        (_, Err(reason)) => file.push(|| Err(reason)),
                    }
                }
            }
        }
        if file.entries.is_empty() {
            let what = packets::describe(bytes)
                .map_or("it is not an OpenPGP file".to_owned(), |words| format!("it is {words}"));
            return Err(SignatureFileError::NoSignature(what));
        }
        Ok(file)
    }

    /// Whether there is a signature in it that can be judged.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.entries.iter().any(Result::is_ok)
    }

    /// Why none of the signatures in it can be judged; none when one can.
    pub(crate) fn fault(&self) -> Option<&str> {
        if self.is_readable() {
            return None;
        }
        self.entries.iter().find_map(|entry| entry.as_ref().err()).map(String::as_str)
    }

    /// Adds an entry, up to the limit.
    fn push(&mut self, entry: impl FnOnce() -> Result<Signature, String>) {
        match self.entries.len() {
            0..MOST => self.entries.push(entry()),
            MOST => self.entries.push(Err(format!("only the first {MOST} signatures of a file are checked"))),
            _ => {}
        }
    }

    fn binary(&mut self, bytes: &[u8]) -> Result<(), SignatureFileError> {
        let row = packets::row(bytes, SIGNATURE_LIMIT).ok_or(SignatureFileError::TooLong)?;
        for raw in &row.packets {
            match raw.tag {
                packets::SIGNATURE => self.push(|| read(raw)),
                packets::MARKER => {}
                packets::SECRET_KEY | packets::SECRET_SUBKEY => return Err(SignatureFileError::PrivateKey),
                packets::PUBLIC_KEY | packets::PUBLIC_SUBKEY => return Err(SignatureFileError::Key),
                packets::ONE_PASS_SIGNATURE | packets::COMPRESSED | packets::LITERAL => {
                    return Err(SignatureFileError::Inline);
                }
                other => {
                    self.push(|| Err(format!("there is a packet of type {other}, which is not a signature")));
                }
            }
        }
        // Signed messages come in parts, whose length is not known in front.
        let begins_as = bytes.first().and_then(|head| packets::tag(*head));
        if row.packets.is_empty() && matches!(begins_as, Some(packets::COMPRESSED | packets::LITERAL)) {
            return Err(SignatureFileError::Inline);
        }
        match row.rest {
            // A file that does not begin like a packet is not a signature file, and is described as what it is.
            Some((0, packets::NO_PACKET)) | None => {}
            Some((at, reason)) => {
                self.push(|| Err(format!("from byte {at} of the signature: {reason}")));
            }
        }
        Ok(())
    }
}

/// Reads a signature, unless it is of a kind that says nothing about the bytes of a file.
fn read(raw: &packets::Raw<'_>) -> Result<Signature, String> {
    let packet = raw.read().map_err(|error| format!("the signature cannot be read: {error}"))?;
    let Packet::Signature(signature) = packet else { return Err("the signature cannot be read".to_owned()) };
    if !matches!(signature.version(), 4 | 6) {
        return Err(format!(
            "the signature has format version {}, which is too old to contain everything that is needed; \
             no image was ever signed with it",
            signature.version()
        ));
    }
    match signature.typ() {
        SignatureType::Binary => Ok(signature),
        SignatureType::Text => Err(
            "the signature treats the file as text and ignores its line endings, so a modified image could \
             pass. It must be made without --textmode"
                .to_owned(),
        ),
        other => Err(format!("this is not a signature over a file, but a {other}")),
    }
}
