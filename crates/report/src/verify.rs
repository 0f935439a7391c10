//! The verdict on a signature. `docs/verify-report.schema.json` describes the document.

use dryboot_openpgp::{CertificateReport, Note, Recognition, SignatureVerdict, Signer, State, Verdict};
use serde::Serialize;

/// The version of the format.
pub const VERSION: u32 = 1;

/// What there is to say about one file and its signatures.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: u32,
    file: &'a str,
    bytes: u64,
    good: bool,
    trust: &'static str,
    headline: &'static str,
    counted: usize,
    required: usize,
    signatures: Vec<Signature<'a>>,
    keyring: Vec<Certificate<'a>>,
    remarks: &'a [String],
}

#[derive(Debug, Serialize)]
struct Signature<'a> {
    state: &'static str,
    good: bool,
    trust: &'static str,
    label: &'static str,
    message: String,
    help: Option<String>,
    /// The moment that decides, as when the key expired.
    at: Option<String>,
    signer: Option<By<'a>>,
    claims: &'a [String],
    made: Option<String>,
    hash: Option<&'a str>,
    notes: Vec<Remark>,
}

#[derive(Debug, Serialize)]
struct By<'a> {
    fingerprint: &'a str,
    key: &'a str,
    kind: &'a str,
    user_id: Option<&'a str>,
    pin: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Remark {
    code: &'static str,
    message: String,
}

/// A certificate, as an entry of the document's `keyring`.
#[derive(Debug, Serialize)]
pub struct Certificate<'a> {
    fingerprint: &'a str,
    user_ids: &'a [String],
    created: String,
    recognition: &'static str,
    lacks: &'a [&'static str],
    message: String,
}

impl<'a> Document<'a> {
    /// The verdict on what is called `file`.
    #[must_use]
    pub fn new(verdict: &'a Verdict, file: &'a str) -> Self {
        Self {
            version: VERSION,
            file,
            bytes: verdict.bytes,
            good: verdict.good,
            trust: verdict.trust().code(),
            headline: verdict.headline(),
            counted: verdict.counted,
            required: verdict.required,
            signatures: verdict.signatures.iter().map(Signature::new).collect(),
            keyring: verdict.certificates.iter().map(Certificate::new).collect(),
            remarks: &verdict.remarks,
        }
    }
}

impl<'a> Signature<'a> {
    fn new(verdict: &'a SignatureVerdict) -> Self {
        let at = match &verdict.state {
            State::GoodExpiredSince { expired }
            | State::KeyExpired { expired }
            | State::Expired { expired } => Some(*expired),
            State::KeyRevoked { revoked, .. } => Some(*revoked),
            State::KeyNotYetValid { created } => Some(*created),
            State::Weak { since, .. } => *since,
            _ => None,
        };
        Self {
            state: verdict.state.code(),
            good: verdict.state.is_good(),
            trust: verdict.trust().code(),
            label: verdict.label(),
            message: verdict.sentence(),
            help: verdict.advice(),
            at: at.map(|at| at.to_rfc3339()),
            signer: verdict.signer.as_ref().map(By::new),
            claims: &verdict.claims,
            made: verdict.made.map(|made| made.to_rfc3339()),
            hash: verdict.hash.as_deref(),
            notes: verdict.notes.iter().map(Remark::new).collect(),
        }
    }
}

impl<'a> By<'a> {
    fn new(signer: &'a Signer) -> Self {
        Self {
            fingerprint: signer.certificate.as_str(),
            key: signer.key.as_str(),
            kind: &signer.kind,
            user_id: signer.user_id.as_deref(),
            pin: signer.pin.map(|pin| pin.name),
        }
    }
}

impl Remark {
    fn new(note: &Note) -> Self {
        Self { code: note.code(), message: note.sentence() }
    }
}

impl<'a> Certificate<'a> {
    /// What there is to say about a certificate.
    #[must_use]
    pub fn new(report: &'a CertificateReport) -> Self {
        let lacks = match &report.recognition {
            Recognition::Pinned { lacks, .. } => lacks.as_slice(),
            _ => &[],
        };
        Self {
            fingerprint: report.fingerprint.as_str(),
            user_ids: &report.user_ids,
            created: report.created.to_rfc3339(),
            recognition: report.recognition.code(),
            lacks,
            message: report.sentence(),
        }
    }
}
