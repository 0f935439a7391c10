//! Keys, signatures and damaged ones that the installed gpg makes, with its verdict on each: what the tests of
//! verification run on, natively and in a browser. Nothing of it is kept in the repository.
//!
//! [`write()`] makes a directory with the files and `index.json` ([`Index`]), which says what is to be verified with what,
//! and what comes of it.

mod cases;
mod gpg;
mod keys;
mod verdicts;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

pub use gpg::{Gpg, MISSING, Said, is_installed};

/// All cases of a directory.
#[derive(Debug, Deserialize, Serialize)]
pub struct Index {
    /// Of this form; 1.
    pub version: u32,
    /// The gpg that made the files.
    pub gpg: String,
    /// In the order in which they are told.
    pub cases: Vec<Case>,
}

/// One verification.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Case {
    /// A word for it.
    pub name: String,
    /// Names of files with keys.
    pub keyring: Vec<String>,
    /// Name of the file with signatures.
    pub signature: String,
    /// Name of the file with the data.
    pub data: String,
    /// How to verify.
    pub options: Options,
    /// What comes of it.
    pub expect: Expect,
    /// What gpg says.
    pub gpg: GpgVerdict,
    /// Why gpg says something else about good or bad.
    pub differs: Option<String>,
}

/// How to verify.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Options {
    /// The present, in seconds since 1970.
    pub now: u64,
    /// The date of the policy, likewise.
    pub policy_as_of: Option<u64>,
    /// The only keys that count.
    pub fingerprints: Vec<String>,
    /// How many keys must have signed.
    pub required: usize,
    /// Whether SHA-1 is accepted.
    pub accept_sha1: bool,
}

/// What comes of a case.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Expect {
    /// The verdict.
    pub good: bool,
    /// The state of each signature.
    pub states: Vec<String>,
    /// The file that is refused before anything is verified: `keyring` or `signature`.
    pub refused: Option<String>,
}

/// What gpg says about a case.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct GpgVerdict {
    /// It exits with 0, and a signature is good, if by an expired key.
    pub good: bool,
    /// The words of its status lines, in order, such as `GOODSIG`.
    pub status: Vec<String>,
}

/// Makes the files and the index in an empty directory.
///
/// # Errors
/// When gpg fails, or a file cannot be written.
pub fn write(directory: &Path) -> Result<Index> {
    let gpg = Gpg::new()?;
    let version = String::from_utf8_lossy(&gpg.must(None, &["--version"], &[])?)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    let made = keys::make(&gpg)?;
    let (mut cases, files) = cases::all(made)?;
    for (name, bytes) in &files {
        fs::write(directory.join(name), bytes).with_context(|| format!("cannot write {name}"))?;
    }
    verdicts::add(&mut cases, directory)?;
    let index = Index { version: 1, gpg: version, cases };
    fs::write(directory.join("index.json"), serde_json::to_vec_pretty(&index)?)?;
    Ok(index)
}
