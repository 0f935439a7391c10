use dryboot_boot::{Cause, MachineDescription, preview};
use dryboot_coreos::content::{Contents, fits};
use dryboot_coreos::schema::ENCODINGS;
use dryboot_coreos::{Document, Target, envelope};
use dryboot_yaml::Limits;

/// Opens user-data: the text is as long as the bytes, each target reads it to an end, and what
/// encodings make of it stays below the limit.
pub fn user_data(data: &[u8]) {
    const LIMIT: usize = 1 << 20;
    let limits = Limits { bytes: LIMIT, decoded: LIMIT, ..Limits::default() };
    let envelope = envelope::open(data, limits.bytes);
    assert_eq!(envelope.text.len(), envelope.bytes.len());
    assert!(envelope.bytes.len() <= LIMIT);
    for target in Target::ALL {
        let document = Document::read(&envelope, target, &limits);
        let _ = document.verdict();
        // Parts of messages are opened here alone.
        let preview = preview(data, target, &MachineDescription::default());
        for cause in preview.effects.iter().flat_map(|effect| &effect.causes) {
            if let Cause::Text(span) = cause {
                assert!(span.start <= span.end && span.end <= preview.text.len(), "{span:?}");
            }
        }
    }
    for encoding in ENCODINGS {
        let content = Contents::new(LIMIT).decode(None, data, encoding);
        let fits = fits(data, encoding);
        match content {
            Ok(content) => assert!(content.len() <= LIMIT && fits.is_ok(), "{encoding}"),
            Err(error) => assert!(fits.is_ok() || fits == Err(error), "{encoding}"),
        }
    }
}
