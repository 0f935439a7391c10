//! The check of the whole text, before anything is read.

use super::octets::Utf8Fault;
use crate::SyntaxError;
use crate::reader::first_refused;

/// Finds what PyYAML's reader refuses first.
///
/// # Errors
/// The refusal. Its place is the character's, while PyYAML knows only how many characters stand before it.
pub(crate) fn check_bytes(bytes: &[u8]) -> Result<&str, SyntaxError> {
    if let Some(fault) = Utf8Fault::find(bytes) {
        let message = format!("'utf-8' codec can't decode byte #x{:02x}: {}", fault.byte, fault.reason);
        return Err(SyntaxError::at(message, fault.start));
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    match first_refused(text) {
        None => Ok(text),
        Some((at, char)) => {
            let code = u32::from(char);
            let message = format!("unacceptable character #x{code:04x}: special characters are not allowed");
            Err(SyntaxError::at(message, at))
        }
    }
}
