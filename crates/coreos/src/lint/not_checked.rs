//! Texts that nobody judged: the absence of findings says nothing about them.

use dryboot_lint::NotChecked;

use crate::Document;
use crate::envelope::{Compression, Format};

/// There is nothing in it.
const EMPTY: NotChecked = NotChecked::new("empty", "is empty, so the machine gets no config");

/// Its commands are bash's.
const SCRIPT: NotChecked = NotChecked::new("script", "is a script, which bash runs at boot");

/// It is left to Ignition.
const IGNITION: NotChecked = NotChecked::new("ignition", "is an Ignition config, which Ignition applies");

/// It is made of parts, and none of them is a cloud-config.
pub(super) const MULTIPART: NotChecked = NotChecked::new(
    "mime-multipart",
    "is a MIME message without a cloud-config, so there is nothing to check",
);

/// It looks like another format, and the target applies nothing of it.
const OTHER_FORMAT: NotChecked = NotChecked::new("other-format", "looks like ");

/// The target does not take it for a cloud-config, and applies nothing of it.
const NO_HEADER: NotChecked = NotChecked::new(
    "no-header",
    "does not begin with the line `#cloud-config`, so the machine applies none of it",
);

/// It is gzip that cannot be unpacked.
const BROKEN_GZIP: NotChecked = NotChecked::new("broken-gzip", "cannot be decompressed");

/// There is more of it than the limits allow; what was checked is not the whole.
pub(super) const TOO_LARGE: NotChecked =
    NotChecked::new("too-large", "is larger than dryboot supports, so not all of it was checked");

/// Why a document was not checked, if it was not.
pub(super) fn of(document: &Document<'_>) -> Option<NotChecked> {
    let compression = document.envelope.compression;
    let exceeded = document.envelope.too_long || document.parsed.limit.is_some();
    let reason = match document.format {
        _ if exceeded || document.model.exhausted => TOO_LARGE,
        _ if compression == Compression::BadHeader => BROKEN_GZIP,
        Format::CloudConfig => return None,
        Format::Empty => EMPTY,
        Format::Script => SCRIPT,
        Format::Ignition => IGNITION,
        Format::MimeMultipart => MULTIPART,
        Format::Unknown => match document.foreign {
            Some(format) => NotChecked { object: format.what, ..OTHER_FORMAT },
            None => NO_HEADER,
        },
    };
    Some(reason)
}

#[cfg(test)]
mod tests {
    use crate::Target;

    use crate::lint::{LintOptions, lint};

    #[test]
    fn what_nobody_judged_says_why() {
        let reason = |bytes: &[u8], target| {
            let options = LintOptions { target: Some(target), ..LintOptions::default() };
            lint(bytes, &options).not_checked.map(|reason| reason.sentence("it"))
        };
        let mime = b"Content-Type: multipart/mixed; boundary=x\n\n--x--\n";
        for (bytes, words) in [
            (&b""[..], "it is empty"),
            (b"#!/bin/sh\nreboot\n", "it is a script"),
            (br#"{"ignition": {"version": "3.3.0"}}"#, "it is an Ignition config"),
            (b"hostname: web1\n", "it does not begin with the line `#cloud-config`"),
            (b"#cloud-config hostname: web1", "it does not begin with the line `#cloud-config`"),
            (b"variant: flatcar\nversion: 1.1.0\n", "it looks like a Butane config"),
            (b"\x1F\x8B\xFF", "it cannot be decompressed"),
            (b"\x7fELF\0", "it does not begin with"),
        ] {
            for target in Target::ALL {
                let found = reason(bytes, target).unwrap_or_default();
                assert!(found.starts_with(words), "{words}: {found}");
            }
        }
        let nested = format!("#cloud-config\nx: {}\n", "[".repeat(1000));
        assert!(reason(nested.as_bytes(), Target::CoreOs).is_some_and(|words| words.contains("larger")));
        assert!(reason(mime, Target::Flatcar).is_some_and(|words| words.contains("without a cloud-config")));
        assert!(
            reason(mime, Target::CoreOs).is_some_and(|words| words.contains("looks like a MIME message"))
        );
        for checked in ["#cloud-config\n", "#cloud-config\nhostname: [\n", "#cloud-config\nhostnme: a\n"] {
            assert_eq!(reason(checked.as_bytes(), Target::CoreOs), None, "{checked}");
        }
    }
}
