//! The verdict for people.

use anstyle::AnsiColor;
use anyhow::Result;
use dryboot_core::openpgp::{CertificateReport, SignatureVerdict, Signer, State, Trust, Verdict};
use dryboot_report::output::{BAD, GOOD, Output, Paint, STRONG};

/// Good as far as it goes: nobody has checked whose key it is.
const UNCHECKED: Paint = Paint::new(AnsiColor::Yellow.on_default().bold());

fn style(trust: Trust) -> Paint {
    match trust {
        Trust::Known => GOOD,
        Trust::Supplied => UNCHECKED,
        Trust::None => BAD,
    }
}

pub(super) fn write(verdict: &Verdict, name: &str, out: &mut Output<'_>) -> Result<()> {
    let (style, word) = (style(verdict.trust()), verdict.headline());
    let enough = match (verdict.required, verdict.counted) {
        (1, _) => String::new(),
        (required, counted) => format!(", signed by {counted} of {required} keys"),
    };
    let bytes =
        if verdict.bytes == 0 { "an empty file".to_owned() } else { format!("{} bytes", verdict.bytes) };
    writeln!(out, "{style}{word}{style:#}: {STRONG}{name}{STRONG:#} ({bytes}{enough})")?;
    for signature in &verdict.signatures {
        write_signature(signature, out)?;
    }
    let own = |certificate: &&CertificateReport| {
        // The signers are above.
        !verdict.signatures.iter().any(|signature| {
            signature.signer.as_ref().is_some_and(|signer| signer.certificate == certificate.fingerprint)
        })
    };
    // Somebody's whole keyring is not worth a screen.
    let others: Vec<_> = verdict.certificates.iter().filter(own).collect();
    if others.len() <= 5 {
        for certificate in others {
            let name = certificate.user_ids.first().map_or("no user ID", String::as_str);
            writeln!(out, "in the keyring: {name}, {}", certificate.fingerprint)?;
            writeln!(out, "  {}", certificate.sentence())?;
        }
    } else {
        writeln!(out, "in the keyring: {} other keys", others.len())?;
    }
    for remark in &verdict.remarks {
        writeln!(out, "note: in a keyring, {remark}")?;
    }
    Ok(())
}

fn write_signature(signature: &SignatureVerdict, out: &mut Output<'_>) -> Result<()> {
    let style = style(signature.trust());
    let sentence = signature.sentence();
    writeln!(out, "{style}{}{style:#}: {sentence}", signature.label())?;
    let mut line = |label: &str, text: &str| writeln!(out, "  {label:<9}{text}");
    if let Some(signer) = &signature.signer {
        let claimed = if signature.state == State::Bad { "claims to be by " } else { "" };
        let name = signer.user_id.as_deref().unwrap_or("no user ID");
        line("signer", &format!("{claimed}{name}{}", pin(signer)))?;
        line("key", &signer.certificate.to_string())?;
        if signer.key != signer.certificate {
            line("subkey", &signer.key.to_string())?;
        }
    } else if !signature.claims.is_empty() {
        line("issuer", &signature.claims.join(", "))?;
    }
    if let Some(made) = signature.made {
        let kind = signature.signer.as_ref().map_or(String::new(), |signer| format!("{}, ", signer.kind));
        let hash = signature.hash.as_deref().unwrap_or_default();
        line("made", &format!("{} ({kind}{hash})", made.to_rfc3339()))?;
    }
    for note in &signature.notes {
        line("note", &note.sentence())?;
    }
    if let Some(advice) = signature.advice() {
        line("help", &advice)?;
    }
    Ok(())
}

fn pin(signer: &Signer) -> String {
    signer.pin.map_or_else(String::new, |pin| format!(" — the {}", pin.name))
}
