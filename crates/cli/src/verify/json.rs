//! The verdict for programs. `docs/verify-report.schema.json` describes it.

use std::io::Write;

use anyhow::Result;
use dryboot_core::openpgp::{CertificateReport, Recognition, SignatureVerdict, Signer, State, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    file: &'a str,
    bytes: u64,
    good: bool,
    counted: usize,
    required: usize,
    signatures: Vec<Signature<'a>>,
    keyring: Vec<Certificate<'a>>,
    remarks: &'a [String],
}

#[derive(Serialize)]
struct Signature<'a> {
    state: &'static str,
    good: bool,
    message: String,
    help: Option<String>,
    /// The moment that decides, as when the key expired.
    at: Option<String>,
    signer: Option<By<'a>>,
    claims: &'a [String],
    made: Option<String>,
    hash: Option<&'a str>,
    notes: Vec<Note>,
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
struct Note {
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

pub(super) fn write(verdict: &Verdict, file: &str, out: &mut impl Write) -> Result<()> {
    let document = Document {
        version: 1,
        file,
        bytes: verdict.bytes,
        good: verdict.good,
        counted: verdict.counted,
        required: verdict.required,
        signatures: verdict.signatures.iter().map(signature).collect(),
        keyring: verdict.certificates.iter().map(certificate).collect(),
        remarks: &verdict.remarks,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}

fn signature(verdict: &SignatureVerdict) -> Signature<'_> {
    let at = match &verdict.state {
        State::GoodExpiredSince { expired } | State::KeyExpired { expired } | State::Expired { expired } => {
            Some(*expired)
        }
        State::KeyRevoked { revoked, .. } => Some(*revoked),
        State::KeyNotYetValid { created } => Some(*created),
        State::Weak { since, .. } => *since,
        _ => None,
    };
    Signature {
        state: verdict.state.code(),
        good: verdict.state.is_good(),
        message: verdict.sentence(),
        help: verdict.advice(),
        at: at.map(|at| at.to_rfc3339()),
        signer: verdict.signer.as_ref().map(by),
        claims: &verdict.claims,
        made: verdict.made.map(|made| made.to_rfc3339()),
        hash: verdict.hash.as_deref(),
        notes: verdict
            .notes
            .iter()
            .map(|note| Note { code: note.code(), message: note.sentence() })
            .collect(),
    }
}

fn by(signer: &Signer) -> By<'_> {
    By {
        fingerprint: signer.certificate.as_str(),
        key: signer.key.as_str(),
        kind: &signer.kind,
        user_id: signer.user_id.as_deref(),
        pin: signer.pin.map(|pin| pin.name),
    }
}

fn certificate(report: &CertificateReport) -> Certificate<'_> {
    let lacks = match &report.recognition {
        Recognition::Pinned { lacks, .. } => lacks.as_slice(),
        _ => &[],
    };
    Certificate {
        fingerprint: report.fingerprint.as_str(),
        user_ids: &report.user_ids,
        created: report.created.to_rfc3339(),
        recognition: report.recognition.code(),
        lacks,
        message: report.sentence(),
    }
}
