//! Texts that nobody judged: the absence of findings says nothing about them.

use crate::Document;
use crate::envelope::{Compression, Format};
use crate::foreign::Foreign;

/// Why a text was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotChecked {
    /// There is nothing in it.
    Empty,
    /// Its commands are bash's.
    Script,
    /// It is left to Ignition.
    Ignition,
    /// It is made of parts, and none of them is a cloud-config.
    Multipart,
    /// It looks like another format, and the target applies nothing of it.
    OtherFormat(&'static Foreign),
    /// The target does not take it for a cloud-config, and applies nothing of it.
    NoHeader,
    /// It is gzip that cannot be unpacked.
    BrokenGzip,
    /// There is more of it than the limits allow; what was checked is not the whole.
    TooLarge,
}

impl NotChecked {
    pub(crate) fn of(document: &Document<'_>) -> Option<Self> {
        let compression = document.envelope.compression;
        let exceeded = document.envelope.too_long || document.parsed.limit.is_some();
        match document.format {
            _ if exceeded || document.model.exhausted => Some(Self::TooLarge),
            _ if compression == Compression::BadHeader => Some(Self::BrokenGzip),
            Format::CloudConfig => None,
            Format::Empty => Some(Self::Empty),
            Format::Script => Some(Self::Script),
            Format::Ignition => Some(Self::Ignition),
            Format::MimeMultipart => Some(Self::Multipart),
            Format::Unknown => Some(document.foreign.map_or(Self::NoHeader, Self::OtherFormat)),
        }
    }

    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Script => "script",
            Self::Ignition => "ignition",
            Self::Multipart => "mime-multipart",
            Self::OtherFormat(_) => "other-format",
            Self::NoHeader => "no-header",
            Self::BrokenGzip => "broken-gzip",
            Self::TooLarge => "too-large",
        }
    }

    /// What the text does or is, as it reads behind its name.
    pub(crate) fn predicate(self) -> &'static str {
        match self {
            Self::Empty => "is empty, so the machine gets no config",
            Self::Script => "is a script, which bash runs at boot",
            Self::Ignition => "is an Ignition config, which Ignition applies",
            Self::Multipart => "is a MIME message without a cloud-config, so there is nothing to check",
            Self::OtherFormat(_) => "looks like ",
            Self::NoHeader => {
                "does not begin with the line `#cloud-config`, so the machine applies nothing of it"
            }
            Self::BrokenGzip => "cannot be decompressed",
            Self::TooLarge => "is larger than dryboot reads, so not all of it was checked",
        }
    }

    /// What the predicate speaks of, where that is up to the text.
    pub(crate) fn object(self) -> &'static str {
        match self {
            Self::OtherFormat(format) => format.what,
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Target;

    use crate::lint::{LintOptions, lint};

    #[test]
    fn what_nobody_judged_says_why() {
        let reason = |bytes: &[u8], target| {
            let options = LintOptions { target: Some(target), ..LintOptions::default() };
            lint(bytes, &options)
                .not_checked
                .map(|reason| dryboot_lint::NotChecked::from(reason).sentence("it"))
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
