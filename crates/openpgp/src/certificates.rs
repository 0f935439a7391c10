//! Keyrings: files to certificates, grouped and not yet believed. `rules` says what of them holds.

use std::collections::{HashMap, HashSet};
use std::fmt;

use sequoia_openpgp::Packet;
use sequoia_openpgp::packet::{Key, Signature, UserID, key};

use crate::armor::{self, Label};
use crate::{Fingerprint, keybox, packets};

pub(crate) type Primary = Key<key::PublicParts, key::PrimaryRole>;
pub(crate) type Subkey = Key<key::PublicParts, key::SubordinateRole>;

/// A primary key with all that came with it.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub(crate) primary: Primary,
    pub(crate) fingerprint: Fingerprint,
    /// Signatures directly behind the primary key.
    pub(crate) signatures: Vec<Signature>,
    pub(crate) user_ids: Vec<(UserID, Vec<Signature>)>,
    pub(crate) subkeys: Vec<(Subkey, Vec<Signature>)>,
}

/// The certificates that a user gives, merged by fingerprint.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    pub(crate) certificates: Vec<Certificate>,
    /// What was passed over, in words.
    pub(crate) remarks: Vec<String>,
}

/// Why a file cannot serve as a keyring. None of them leaves keys in the ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyringError {
    /// It has a private key; nothing behind its beginning was read.
    PrivateKey,
    /// It has no bytes.
    Empty,
    /// It is a signature; the files are swapped.
    Signature,
    /// It has more than [`KEYRING_LIMIT`] bytes.
    TooLong,
    /// It has more than [`PACKETS_LIMIT`] packets.
    TooManyPackets,
    /// There is no key in it; what it is instead, where that is known, or what is wrong with it.
    NoKeys(String),
}

impl fmt::Display for KeyringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PrivateKey => f.write_str(
                "this is a private key, and was not read any further: verifying only needs the public key, \
                 which `gpg --export --armor` prints. Anyone who has seen this file can sign in your name",
            ),
            Self::Empty => f.write_str("the file is empty: supply the signer's public key"),
            Self::Signature => {
                f.write_str("this is a signature, not a key: supply the signer's public key (`--keyring`)")
            }
            Self::TooLong => {
                write!(
                    f,
                    "the file has more than {} MiB, which is too large for a keyring",
                    KEYRING_LIMIT >> 20
                )
            }
            Self::TooManyPackets => write!(
                f,
                "the file has more than {PACKETS_LIMIT} packets, which is too many for a keyring: export \
                 only the keys that you need"
            ),
            Self::NoKeys(what) => write!(f, "it does not contain a public key: {what}"),
        }
    }
}

impl std::error::Error for KeyringError {}

/// The longest file that is read as a keyring, in bytes.
pub const KEYRING_LIMIT: usize = 64 << 20;

/// As many keys, names and signatures are read from one file. Each takes memory, however short it is in the file.
const PACKETS_LIMIT: usize = 1 << 18;

/// As many remarks are made on one file.
const REMARKS_LIMIT: usize = 10;

impl Keyring {
    /// Adds the keys of a file: binary or armored, one or many, or a keybox of GnuPG.
    ///
    /// # Errors
    /// When there is no key in it, or a private one.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), KeyringError> {
        let mut file = File::default();
        file.read(bytes)?;
        if file.certificates.is_empty() {
            let known = packets::describe(bytes).map(|words| format!("it is {words}"));
            let fault = file.remarks.first().cloned();
            return Err(KeyringError::NoKeys(
                known.or(fault).unwrap_or_else(|| "it is not an OpenPGP file".to_owned()),
            ));
        }
        self.remarks.append(&mut file.remarks);
        if file.unsaid > 0 {
            self.remarks.push(format!("{} more parts were skipped", file.unsaid));
        }
        let fingerprints = self.certificates.iter().map(|known| known.fingerprint.clone());
        let mut places: HashMap<_, _> = fingerprints.zip(0..).collect();
        for certificate in file.certificates {
            let place = *places.entry(certificate.fingerprint.clone()).or_insert(self.certificates.len());
            match self.certificates.get_mut(place) {
                Some(known) => known.merge(certificate),
                None => self.certificates.push(certificate),
            }
        }
        Ok(())
    }

    /// Whether it has the primary key with this fingerprint.
    fn has(&self, fingerprint: &Fingerprint) -> bool {
        self.certificates.iter().any(|certificate| certificate.fingerprint == *fingerprint)
    }

    /// The primary key of the certificate that claims the subkey with this fingerprint.
    fn of_subkey(&self, fingerprint: &Fingerprint) -> Option<Fingerprint> {
        let claims = |certificate: &&Certificate| {
            certificate.subkeys.iter().any(|(key, _)| Fingerprint::of(&key.fingerprint()) == *fingerprint)
        };
        self.certificates.iter().find(claims).map(|certificate| certificate.fingerprint.clone())
    }

    /// What to say about a fingerprint that is asked for and not there: no signature can count then.
    #[must_use]
    pub fn lacks(&self, fingerprint: &Fingerprint) -> Option<String> {
        if self.has(fingerprint) {
            return None;
        }
        let subkey = self
            .of_subkey(fingerprint)
            .map_or_else(String::new, |primary| format!(": that is a subkey; its primary key is {primary}"));
        Some(format!("the key {fingerprint} is not in a keyring{subkey}"))
    }

    /// What was passed over in the files, in words.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// How many certificates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.certificates.len()
    }

    /// Whether no file was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }
}

impl Certificate {
    fn merge(&mut self, other: Self) {
        #[expect(
            clippy::mutable_key_type,
            reason = "what changes in a signature is a cache, which its hash leaves out"
        )]
        fn add(known: &mut Vec<Signature>, other: Vec<Signature>) {
            let seen: HashSet<_> = known.iter().collect();
            let new: Vec<_> = other.into_iter().filter(|signature| !seen.contains(signature)).collect();
            known.extend(new);
        }
        add(&mut self.signatures, other.signatures);
        for (user_id, signatures) in other.user_ids {
            match self.user_ids.iter_mut().find(|(known, _)| *known == user_id) {
                Some((_, known)) => add(known, signatures),
                None => self.user_ids.push((user_id, signatures)),
            }
        }
        for (subkey, signatures) in other.subkeys {
            match self.subkeys.iter_mut().find(|(known, _)| known.fingerprint() == subkey.fingerprint()) {
                Some((_, known)) => add(known, signatures),
                None => self.subkeys.push((subkey, signatures)),
            }
        }
    }

    /// The user IDs as text; bytes that are not UTF-8 become `\u{FFFD}`.
    pub(crate) fn names(&self) -> Vec<String> {
        self.user_ids.iter().map(|(id, _)| String::from_utf8_lossy(id.value()).into_owned()).collect()
    }
}

/// One file while it is read.
#[derive(Default)]
struct File {
    certificates: Vec<Certificate>,
    remarks: Vec<String>,
    /// How many remarks were not made, since there are enough.
    unsaid: usize,
    /// How many packets were found.
    packets: usize,
    /// Where signatures belong now.
    place: Place,
}

#[derive(Clone, Copy, Default)]
enum Place {
    /// Behind no certificate, or one that could not be read.
    #[default]
    Nowhere,
    /// Behind a part of a certificate that is of no use.
    PassedOver,
    Primary,
    UserId,
    Subkey,
}

impl File {
    fn remark(&mut self, words: String) {
        if self.remarks.len() < REMARKS_LIMIT {
            self.remarks.push(words);
        } else {
            self.unsaid += 1;
        }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), KeyringError> {
        if bytes.is_empty() {
            return Err(KeyringError::Empty);
        }
        if bytes.len() > KEYRING_LIMIT {
            return Err(KeyringError::TooLong);
        }
        if let Some(blobs) = keybox::certificates(bytes) {
            for blob in blobs.map_err(|reason| KeyringError::NoKeys(reason.to_owned()))? {
                self.binary(blob)?;
            }
            return Ok(());
        }
        let Some((blocks, rubbish)) = armor::blocks(bytes) else { return self.binary(bytes) };
        if rubbish {
            self.remark("the text around the armor was skipped".to_owned());
        }
        // First of all: nothing of a private key is decoded.
        if blocks.iter().any(|block| block.label == Label::PrivateKey) {
            return Err(KeyringError::PrivateKey);
        }
        let is_signature = |label| matches!(label, Label::Signature | Label::ClearSigned);
        if blocks.iter().all(|block| is_signature(block.label)) {
            return Err(KeyringError::Signature);
        }
        for block in blocks.into_iter().filter(|block| !is_signature(block.label)) {
            match block.packets {
                Ok(packets) => self.binary(&packets)?,
                Err(reason) => self.remark(reason),
            }
        }
        Ok(())
    }

    fn binary(&mut self, bytes: &[u8]) -> Result<(), KeyringError> {
        let row = packets::row(bytes, PACKETS_LIMIT - self.packets).ok_or(KeyringError::TooManyPackets)?;
        self.packets += row.packets.len();
        if row.packets.iter().any(|raw| matches!(raw.tag, packets::SECRET_KEY | packets::SECRET_SUBKEY)) {
            return Err(KeyringError::PrivateKey);
        }
        if row.packets.first().is_some_and(|raw| raw.tag == packets::SIGNATURE)
            && !row.packets.iter().any(|raw| raw.tag == packets::PUBLIC_KEY)
        {
            return Err(KeyringError::Signature);
        }
        self.place = Place::Nowhere;
        for raw in &row.packets {
            match raw.tag {
                packets::TRUST | packets::MARKER => {}
                packets::SIGNATURE
                | packets::PUBLIC_KEY
                | packets::PUBLIC_SUBKEY
                | packets::USER_ID
                | packets::USER_ATTRIBUTE => self.packet(raw),
                other => {
                    self.place = Place::Nowhere;
                    self.remark(format!("a packet of type {other} was skipped: it does not belong to a key"));
                }
            }
        }
        if let Some((at, reason)) = row.rest {
            let at = if row.packets.is_empty() { String::new() } else { format!("from byte {at}:  ") };
            self.remark(format!("{at}{reason}"));
        }
        Ok(())
    }

    fn packet(&mut self, raw: &packets::Raw<'_>) {
        let packet = match raw.read() {
            Ok(packet) => packet,
            Err(reason) => {
                // What follows belongs to it, and not to what stands before it.
                match raw.tag {
                    packets::SIGNATURE => {}
                    packets::PUBLIC_KEY => self.place = Place::Nowhere,
                    _ if matches!(self.place, Place::Nowhere) => {}
                    _ => self.place = Place::PassedOver,
                }
                self.remark(format!("a packet of type {} was skipped: {reason}", raw.tag));
                return;
            }
        };
        if let Packet::PublicKey(primary) = packet {
            self.place = Place::Primary;
            self.certificates.push(Certificate {
                fingerprint: Fingerprint::of(&primary.fingerprint()),
                primary,
                signatures: Vec::new(),
                user_ids: Vec::new(),
                subkeys: Vec::new(),
            });
            return;
        }
        if matches!(self.place, Place::Nowhere) {
            return;
        }
        let Some(certificate) = self.certificates.last_mut() else { return };
        match packet {
            Packet::UserID(user_id) => {
                self.place = Place::UserId;
                certificate.user_ids.push((user_id, Vec::new()));
            }
            Packet::PublicSubkey(subkey) => {
                self.place = Place::Subkey;
                certificate.subkeys.push((subkey, Vec::new()));
            }
            Packet::Signature(signature) => {
                let place = match self.place {
                    Place::Primary => Some(&mut certificate.signatures),
                    Place::UserId => certificate.user_ids.last_mut().map(|(_, signatures)| signatures),
                    Place::Subkey => certificate.subkeys.last_mut().map(|(_, signatures)| signatures),
                    Place::PassedOver | Place::Nowhere => None,
                };
                if let Some(signatures) = place {
                    signatures.push(signature);
                }
            }
            // Pictures, whose signatures say nothing about keys.
            _ => self.place = Place::PassedOver,
        }
    }
}
