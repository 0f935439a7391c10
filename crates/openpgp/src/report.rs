//! The verdict for programs: the one document in JSON that all hosts give. `docs/verify-report.schema.json` describes it.

use serde::{Serialize, Serializer};

use crate::verdict::{CertificateReport, Note, Recognition, SignatureVerdict, Signer, State, Verdict};

/// The document; serialise it.
#[derive(Serialize)]
pub struct Report<'a> {
    version: u32,
    file: &'a str,
    bytes: u64,
    good: bool,
    trust: &'static str,
    headline: &'static str,
    counted: usize,
    required: usize,
    signatures: Vec<Signature<'a>>,
    keyring: &'a [CertificateReport],
    remarks: &'a [String],
}

#[derive(Serialize)]
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

#[derive(Serialize)]
struct By<'a> {
    fingerprint: &'a str,
    key: &'a str,
    kind: &'a str,
    user_id: Option<&'a str>,
    pin: Option<&'static str>,
}

#[derive(Serialize)]
struct Remark {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Certificate<'a> {
    fingerprint: &'a str,
    user_ids: &'a [String],
    created: String,
    recognition: &'static str,
    lacks: &'a [&'static str],
    message: String,
}

impl<'a> Report<'a> {
    /// The verdict on what is called `file`.
    #[must_use]
    pub fn new(verdict: &'a Verdict, file: &'a str) -> Self {
        Self {
            version: 1,
            file,
            bytes: verdict.bytes,
            good: verdict.good,
            trust: verdict.trust().code(),
            headline: verdict.headline(),
            counted: verdict.counted,
            required: verdict.required,
            signatures: verdict.signatures.iter().map(Signature::new).collect(),
            keyring: &verdict.certificates,
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

/// As an entry of the document's `keyring`.
impl Serialize for CertificateReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lacks = match &self.recognition {
            Recognition::Pinned { lacks, .. } => lacks.as_slice(),
            _ => &[],
        };
        Certificate {
            fingerprint: self.fingerprint.as_str(),
            user_ids: &self.user_ids,
            created: self.created.to_rfc3339(),
            recognition: self.recognition.code(),
            lacks,
            message: self.sentence(),
        }
        .serialize(serializer)
    }
}
