//! Revocations: by the key itself, or by one that it names for that.

use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::types::{ReasonForRevocation, RevocationType, SignatureType};

use super::{Context, Signer, created};
use crate::certificates::{Certificate, Primary};
use crate::verdict::{Note, State};

/// What is revoked.
#[derive(Clone, Copy)]
enum Target<'a> {
    Primary,
    Subkey(&'a crate::certificates::Subkey),
}

impl Context<'_> {
    /// Notes about revocations that do not touch the signature.
    ///
    /// A revocation counts whatever its hash and parts are: heeding one too many does no harm.
    pub(super) fn revocations(
        &self,
        certificate: &Certificate,
        signer: Signer<'_>,
    ) -> Result<Vec<Note>, State> {
        let mut notes = self.check(certificate, Target::Primary, &certificate.signatures)?;
        if let Signer::Subkey(subkey, signatures) = signer {
            notes.extend(self.check(certificate, Target::Subkey(subkey), signatures)?);
        }
        Ok(notes)
    }

    fn check(
        &self,
        certificate: &Certificate,
        target: Target<'_>,
        signatures: &[Signature],
    ) -> Result<Vec<Note>, State> {
        let mut notes = Vec::new();
        for signature in signatures {
            let kind = match target {
                Target::Primary => SignatureType::KeyRevocation,
                Target::Subkey(_) => SignatureType::SubkeyRevocation,
            };
            if signature.typ() != kind {
                continue;
            }
            let Some(revoked) = created(signature) else { continue };
            if !revokes(signature, &certificate.primary, certificate, target)
                && !self.by_another(signature, certificate, target)
            {
                if self.may_be_by_another(signature, certificate) {
                    notes.push(Note::RevokerMissing);
                }
                continue;
            }
            let reason = signature.reason_for_revocation().map(|(reason, _)| reason);
            let hard = reason.is_none_or(|reason| reason.revocation_type() == RevocationType::Hard);
            let whole = matches!(target, Target::Primary);
            if hard || revoked <= self.signed {
                return Err(State::KeyRevoked { revoked, hard, whole, reason: words(reason) });
            }
            if revoked <= self.now {
                notes.push(Note::RetiredSince { revoked, whole });
            }
        }
        Ok(notes)
    }

    /// Whether a key of the keyring made it that the certificate names for that.
    fn by_another(&self, signature: &Signature, certificate: &Certificate, target: Target<'_>) -> bool {
        revokers(certificate).iter().any(|named| {
            let mut keys = self.keyring.certificates.iter().map(|other| &other.primary);
            keys.any(|key| &key.fingerprint() == named && revokes(signature, key, certificate, target))
        })
    }

    fn may_be_by_another(&self, signature: &Signature, certificate: &Certificate) -> bool {
        let missing = |named: &sequoia_openpgp::Fingerprint| {
            !self.keyring.certificates.iter().any(|other| &other.primary.fingerprint() == named)
        };
        let hints = signature.get_issuers();
        revokers(certificate).into_iter().filter(missing).any(|named| {
            let named = sequoia_openpgp::KeyHandle::from(named);
            hints.iter().any(|hint| hint.aliases(&named))
        })
    }
}

/// The keys that may revoke for the certificate, by what its primary key says.
fn revokers(certificate: &Certificate) -> Vec<sequoia_openpgp::Fingerprint> {
    let primary = &certificate.primary;
    let own = certificate.signatures.iter().filter(|signature| {
        signature.typ() == SignatureType::DirectKey && signature.verify_direct_key(primary, primary).is_ok()
    });
    own.flat_map(|signature| signature.revocation_keys().map(|key| key.revoker().1.clone())).collect()
}

fn revokes(signature: &Signature, by: &Primary, certificate: &Certificate, target: Target<'_>) -> bool {
    let primary = &certificate.primary;
    match target {
        Target::Primary => signature.verify_primary_key_revocation(by, primary).is_ok(),
        Target::Subkey(subkey) => signature.verify_subkey_revocation(by, primary, subkey).is_ok(),
    }
}

fn words(reason: Option<ReasonForRevocation>) -> &'static str {
    match reason {
        Some(ReasonForRevocation::KeyCompromised) => "it may be compromised",
        Some(ReasonForRevocation::KeySuperseded) => "it was replaced by another key",
        Some(ReasonForRevocation::KeyRetired) => "it is no longer used",
        Some(ReasonForRevocation::UIDRetired) => "its user ID is no longer valid",
        _ => "no reason is given",
    }
}
