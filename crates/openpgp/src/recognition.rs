//! What the certificates of a keyring are recognised as.

use crate::certificates::{Certificate, Keyring};
use crate::pins::{self, pin};
use crate::verdict::{CertificateReport, Recognition};
use crate::{Fingerprint, Time};

impl Keyring {
    /// The certificates, as they are recognised when these are asked for; when none are, all count.
    #[must_use]
    pub fn certificates(&self, asked_for: &[Fingerprint]) -> Vec<CertificateReport> {
        let report = |certificate: &Certificate| CertificateReport {
            fingerprint: certificate.fingerprint.clone(),
            user_ids: certificate.names(),
            created: Time::from_system(certificate.primary.creation_time()),
            recognition: certificate.recognition(asked_for),
        };
        self.certificates.iter().map(report).collect()
    }
}

impl Certificate {
    pub(crate) fn recognition(&self, asked_for: &[Fingerprint]) -> Recognition {
        let fingerprint = &self.fingerprint;
        if !asked_for.is_empty() && !asked_for.contains(fingerprint) {
            return Recognition::NotAskedFor;
        }
        if let Some(pin) = pin(fingerprint) {
            let has = |digits: &str| self.subkeys.iter().any(|(key, _)| key.fingerprint().to_hex() == digits);
            let known = pin.subkeys.iter().map(|known| known.fingerprint);
            return Recognition::Pinned { pin, lacks: known.filter(|digits| !has(digits)).collect() };
        }
        if !asked_for.is_empty() {
            return Recognition::AskedFor;
        }
        match pins::posed_as(fingerprint, self.names().iter().map(String::as_str)) {
            Some(pin) => Recognition::LookAlike { pin },
            None => Recognition::Given,
        }
    }
}
