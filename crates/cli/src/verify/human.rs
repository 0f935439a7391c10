//! The verdict for people.

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use dryboot_core::openpgp::{CertificateReport, SignatureVerdict, Signer, State, Verdict};

use super::text::printable;
use crate::screen::Screen;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const STRONG: Style = Style::new().bold();

pub(super) fn write(verdict: &Verdict, name: &str, out: &mut Screen) -> Result<()> {
    let (style, word) = if verdict.good { (GOOD, "good") } else { (BAD, "not good") };
    let enough = match (verdict.required, verdict.counted) {
        (1, _) => String::new(),
        (required, counted) => format!(", signed by {counted} of {required} keys"),
    };
    let bytes =
        if verdict.bytes == 0 { "an empty file".to_owned() } else { format!("{} bytes", verdict.bytes) };
    writeln!(out, "{style}{word}{style:#}: {STRONG}{}{STRONG:#} ({bytes}{enough})", printable(name))?;
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
            writeln!(out, "in the keyring: {}, {}", printable(name), certificate.fingerprint)?;
            writeln!(out, "  {}", certificate.sentence())?;
        }
    } else {
        writeln!(out, "in the keyring: {} other keys", others.len())?;
    }
    for remark in &verdict.remarks {
        writeln!(out, "note: in a keyring, {}", printable(remark))?;
    }
    Ok(())
}

fn write_signature(signature: &SignatureVerdict, out: &mut Screen) -> Result<()> {
    let style = if signature.state.is_good() { GOOD } else { BAD };
    let sentence = printable(&signature.sentence());
    writeln!(out, "{style}{}{style:#}: {sentence}", signature.state.code().replace('-', " "))?;
    let mut line = |label: &str, text: &str| writeln!(out, "  {label:<9}{text}");
    if let Some(signer) = &signature.signer {
        let claimed = if signature.state == State::Bad { "claims to be by " } else { "" };
        let name = signer.user_id.as_deref().map_or("no user ID".to_owned(), printable);
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
