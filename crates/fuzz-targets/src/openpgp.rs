use dryboot_openpgp::{Keyring, SignatureFile, Time, VerifyOptions, VersionTxt, sort, verify};
use dryboot_report::verify::Document;

/// Reads bytes as keyring, as signature and as whatever they are, and verifies with what they hold.
/// Nothing that is not among the known keys makes anything good, whatever it is.
pub fn openpgp(data: &[u8]) {
    let _ = sort("image.bin.gz.sig", data);
    let _ = sort("", data);
    let mut keyring = Keyring::default();
    let _ = keyring.add(data);
    assert!(keyring.len() <= data.len());
    if let Ok(signatures) = SignatureFile::parse(data) {
        // Both may stand in one file, one behind the other.
        let options = VerifyOptions::new(Time::parse("2026-06-01T00:00:00Z").expect("a time"));
        let verdict =
            verify(&b"image"[..], signatures, &keyring, &options).expect("bytes in memory can be read");
        let _ = serde_json::to_string(&Document::new(&verdict, "image")).expect("a report is JSON");
    }
}

/// Reads a `version.txt`.
pub fn version_txt(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(version) = VersionTxt::parse(&text) {
        assert!(!version.version().is_empty());
        assert!(!version.version().contains(['/', '\0', '\n']), "{:?}", version.version());
    }
}
