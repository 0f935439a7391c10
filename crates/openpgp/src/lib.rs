//! Detached OpenPGP signatures of machine images: keyrings and signatures in, a verdict with reasons out.
//!
//! Data goes through once and in pieces ([`Verifier`]), so images of any size need the memory of a buffer. The crate is
//! pure: no files, network, clock, environment or threads; the present is [`VerifyOptions::now`].
//!
//! Cryptography, packets and the policy on algorithms are Sequoia's. Which key may sign is decided here, since Sequoia's
//! own verifier refuses the real signatures of CoreOS images, whose key vouches for itself with SHA-1 alone.
//! [`what_makes_a_signature_good`] has the rules, one by one, each with the tests that break it; it is `RULES.md`.
//!
//! ```
//! use dryboot_openpgp::{Keyring, SignatureFile, Time, VerifyOptions, verify};
//! # fn check(key: &[u8], signature: &[u8], image: &[u8]) -> Result<bool, Box<dyn std::error::Error>> {
//! let mut keyring = Keyring::default();
//! keyring.add(key)?;
//! let options = VerifyOptions::new(Time::parse("2026-11-24")?);
//! let verdict = verify(image, SignatureFile::parse(signature)?, &keyring, &options)?;
//! for signature in &verdict.signatures {
//!     println!("{}: {}", signature.state.code(), signature.sentence());
//! }
//! # Ok(verdict.good)
//! # }
//! ```

#[cfg(doc)]
#[doc = include_str!("../RULES.md")]
pub mod what_makes_a_signature_good {}

mod armor;
mod certificates;
pub mod channel;
mod fingerprint;
mod judge;
mod keybox;
mod packets;
mod pins;
mod policy;
mod recognition;
mod rules;
mod signature;
mod sort;
mod stream;
mod time;
mod verdict;
mod version_txt;
mod words;

pub use certificates::{KEYRING_LIMIT, Keyring, KeyringError};
pub use fingerprint::Fingerprint;
pub use pins::{KnownSubkey, PINS, Pin, pin};
pub use signature::{SIGNATURE_LIMIT, SignatureFile, SignatureFileError};
pub use sort::{Sorted, sort};
pub use stream::{Verifier, VerifyOptions, verify};
pub use time::Time;
pub use verdict::{
    CertificateReport, Note, Recognition, SignatureVerdict, Signer, State, Trust, Unbound, Verdict, WeakPlace,
};
pub use version_txt::{VersionTxt, VersionTxtError};
