//! Keyboxes, in which GnuPG keeps keys since 2.1: blobs with a length, some of which hold a certificate.

const MAGIC: &[u8] = b"KBXf";
const HEADER: u8 = 1;
const OPENPGP: u8 = 2;

/// The certificates of a keybox; none when the file is not one.
pub(crate) fn certificates(bytes: &[u8]) -> Option<Result<Vec<&[u8]>, &'static str>> {
    let is_keybox = bytes.get(4) == Some(&HEADER) && bytes.get(8..12) == Some(MAGIC);
    is_keybox.then(|| read(bytes).ok_or("the keybox is damaged"))
}

fn read(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut found, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let blob = rest.get(..number(rest, 0)?)?;
        // A blob of zero bytes would be read forever.
        if blob.len() < 5 {
            return None;
        }
        if blob[4] == OPENPGP {
            let (start, length) = (number(blob, 8)?, number(blob, 12)?);
            found.push(blob.get(start..start.checked_add(length)?)?);
        }
        rest = &rest[blob.len()..];
    }
    Some(found)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}
