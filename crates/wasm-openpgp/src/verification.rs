//! A verification under way.

use dryboot_core::openpgp::{Fingerprint, Keyring, SIGNATURE_LIMIT, SignatureFile, Verifier};
use dryboot_report::verify::Document;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::options::Options;

/// The longest file that can hold signatures. Of a longer one, one byte more is enough to refuse it.
#[wasm_bindgen]
#[must_use]
pub fn signature_limit() -> usize {
    SIGNATURE_LIMIT
}

/// A verification: keys and data in any order, then the report.
#[wasm_bindgen]
pub struct Verification {
    verifier: Verifier,
    asked_for: Vec<Fingerprint>,
}

#[wasm_bindgen]
impl Verification {
    /// Begins.
    ///
    /// # Errors
    /// When there is no signature in the file.
    #[wasm_bindgen(constructor)]
    pub fn new(signature: &[u8], options: Options) -> Result<Self, String> {
        let Options(options) = options;
        let signatures = SignatureFile::parse(signature).map_err(|error| error.to_string())?;
        let asked_for = options.fingerprints.clone();
        Ok(Self { verifier: Verifier::new(signatures, Keyring::default(), options), asked_for })
    }

    /// Adds the keys of a file.
    ///
    /// # Errors
    /// When there is no key in it, or a private one.
    pub fn add_keys(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.verifier.keyring().add(bytes).map_err(|error| error.to_string())
    }

    /// Takes the next piece of the data.
    pub fn update(&mut self, data: &[u8]) {
        self.verifier.update(data);
    }

    /// The report on what is called `name`: what `dryboot verify` prints as JSON. Its `remarks` have also what the
    /// command says elsewhere: which keys are asked for and not there.
    ///
    /// # Errors
    /// None that a file can cause.
    pub fn finish(mut self, name: &str) -> Result<String, String> {
        let keyring = self.verifier.keyring();
        let lacking: Vec<String> = self.asked_for.iter().filter_map(|key| keyring.lacks(key)).collect();
        let mut verdict = self.verifier.finish();
        verdict.remarks.extend(lacking);
        serde_json::to_string(&Document::new(&verdict, name)).map_err(|error| error.to_string())
    }
}
