//! Escaped bytes in tags, and Python's words for what is not UTF-8.

/// The bytes that a run of `%41` stands for.
pub(crate) struct Octets {
    pub(crate) bytes: Vec<u8>,
    /// How much of the text was read: of a broken escape, the percent sign.
    pub(crate) length: usize,
    /// Whether no two hexadecimal digits follow the last percent sign.
    pub(crate) is_broken: bool,
}

impl Octets {
    /// Reads the escapes at the start of `text`.
    pub(crate) fn read(text: &str) -> Self {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        let mut octets = Self { bytes: Vec::new(), length: 0, is_broken: false };
        while bytes.get(octets.length) == Some(&b'%') {
            let (Some(high), Some(low)) = (digit(octets.length + 1), digit(octets.length + 2)) else {
                octets.length += 1;
                octets.is_broken = true;
                break;
            };
            octets.bytes.push(u8::try_from(high << 4 | low).unwrap_or_default());
            octets.length += 3;
        }
        octets
    }
}

/// Where and why bytes are not UTF-8.
pub(super) struct Utf8Fault {
    pub(super) start: usize,
    end: usize,
    pub(super) byte: u8,
    pub(super) reason: &'static str,
}

impl Utf8Fault {
    pub(super) fn find(bytes: &[u8]) -> Option<Self> {
        let error = std::str::from_utf8(bytes).err()?;
        let start = error.valid_up_to();
        let byte = bytes.get(start).copied()?;
        let reason = match error.error_len() {
            None => "unexpected end of data",
            Some(_) if matches!(byte, 0xC2..=0xF4) => "invalid continuation byte",
            Some(_) => "invalid start byte",
        };
        let end = error.error_len().map_or(bytes.len(), |length| start + length);
        Some(Self { start, end, byte, reason })
    }

    /// `str` of Python's `UnicodeDecodeError`.
    pub(super) fn message(&self) -> String {
        let Self { start, end, byte, reason } = self;
        match end - start {
            1 => format!("'utf-8' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"),
            _ => format!("'utf-8' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
        }
    }
}
