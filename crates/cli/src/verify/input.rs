//! What is verified: the image, its signature, the keys; found, opened, and told apart.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail, ensure};
use dryboot_core::openpgp::{KEYRING_LIMIT, Keyring, SIGNATURE_LIMIT, SignatureFile, Time, VerifyOptions};

use crate::args::{TrustArgs, VerifyArgs};
use crate::remark;

/// How the signature of a file is called, after the file.
const ENDINGS: [&str; 2] = ["sig", "asc"];

pub(super) struct Input {
    pub(super) name: String,
    pub(super) data: Box<dyn Read>,
    /// In bytes; none for a pipe.
    pub(super) length: Option<u64>,
    /// Where the signatures are from.
    pub(super) signature: PathBuf,
    pub(super) signatures: SignatureFile,
    pub(super) keyring: Keyring,
    pub(super) options: VerifyOptions,
}

impl Input {
    pub(super) fn open(args: &VerifyArgs) -> Result<Self> {
        let keyring = keyring(&args.trust.keyring)?;
        let options = options(&args.trust, &keyring)?;
        if args.image.as_os_str() == "-" {
            let Some(signature) = &args.signature else {
                bail!(
                    "an image from standard input needs a signature file: name it, as in `dryboot verify - \
                     IMAGE.sig`"
                );
            };
            ensure!(
                signature.as_os_str() != "-",
                "the image and the signature cannot both come from standard input"
            );
            let signatures = read_signature(signature)?;
            let data = Box::new(io::stdin().lock());
            let (name, signature) = ("<stdin>".to_owned(), signature.clone());
            return Ok(Self { name, data, length: None, signature, signatures, keyring, options });
        }
        let file = open(&args.image)?;
        let signature = args.signature.clone().map_or_else(|| beside(&args.image), Ok)?;
        let signatures =
            read_signature(&signature).map_err(|error| swapped(error, &args.image, &signature))?;
        let metadata = file.metadata().with_context(|| unreadable(&args.image))?;
        let length = metadata.is_file().then_some(metadata.len());
        let name = args.image.display().to_string();
        Ok(Self { name, data: Box::new(file), length, signature, signatures, keyring, options })
    }
}

/// Reads the signatures of a file.
pub(crate) fn read_signature(path: &Path) -> Result<SignatureFile> {
    let bytes = read(path, SIGNATURE_LIMIT)?;
    SignatureFile::parse(&bytes).with_context(|| path.display().to_string())
}

/// Reads the keys of all files.
pub(crate) fn keyring(paths: &[PathBuf]) -> Result<Keyring> {
    let mut keyring = Keyring::default();
    for path in paths {
        let bytes = read(path, KEYRING_LIMIT)?;
        keyring.add(&bytes).with_context(|| path.display().to_string())?;
    }
    Ok(keyring)
}

/// The options of a verification, and whether the keyring has the keys that are asked for.
pub(crate) fn options(trust: &TrustArgs, keyring: &Keyring) -> Result<VerifyOptions> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = Time(now.context("this machine's clock is set before 1970")?.as_secs());
    for lacking in trust.fingerprint.iter().filter_map(|fingerprint| keyring.lacks(fingerprint)) {
        remark(&lacking);
    }
    Ok(VerifyOptions {
        policy_as_of: trust.policy_as_of,
        fingerprints: trust.fingerprint.clone(),
        required: trust.signatures.into(),
        accept_sha1: trust.accept_sha1,
        ..VerifyOptions::new(trust.at_time.unwrap_or(now))
    })
}

fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

fn open(path: &Path) -> Result<File> {
    let file = File::open(path).with_context(|| unreadable(path))?;
    ensure!(!path.is_dir(), "{} is a directory: name a file", path.display());
    Ok(file)
}

/// Reads a file to one byte behind the limit, at which the library refuses it.
fn read(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = limit as u64 + 1;
    if path.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        open(path)?.take(limit).read_to_end(&mut bytes).with_context(|| unreadable(path))?;
    }
    Ok(bytes)
}

/// The signature that lies beside the image.
fn beside(image: &Path) -> Result<PathBuf> {
    let candidates = ENDINGS.map(|ending| {
        let mut name = image.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    });
    if let Some(found) = candidates.iter().find(|candidate| candidate.is_file()) {
        return Ok(found.clone());
    }
    if is_signature(image) {
        bail!("{0} is a signature: name the image first, as in `dryboot verify IMAGE {0}`", image.display());
    }
    let [first, second] = candidates;
    Err(anyhow!(
        "there is no signature next to the image, neither {} nor {}: download it, or name it after the image",
        first.display(),
        second.display()
    ))
}

fn is_signature(path: &Path) -> bool {
    // A pipe has been read, or waits for its other end.
    path.is_file()
        && read(path, SIGNATURE_LIMIT).is_ok_and(|bytes| match SignatureFile::parse(&bytes) {
            Ok(file) => file.is_readable(),
            Err(_) => false,
        })
}

/// Tells it when the two files stand in each other's place.
fn swapped(error: anyhow::Error, image: &Path, signature: &Path) -> anyhow::Error {
    if !is_signature(image) {
        return error;
    }
    error.context(format!(
        "the image and the signature are swapped: {0} is the signature, as in `dryboot verify {1} {0}`",
        image.display(),
        signature.display()
    ))
}
