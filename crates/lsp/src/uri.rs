//! Files as clients name them (RFC 8089).

use std::path::PathBuf;

use gen_lsp_types::Uri;

const SCHEME: &str = "file://";

/// The path of a file; none for a text that is not in one.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_ref().strip_prefix(SCHEME)?;
    // Nothing but this machine has files that we could look at.
    let path = &rest[rest.find('/')?..];
    let decoded = decode(path.split(['?', '#']).next().unwrap_or_default());
    let is_drive = cfg!(windows) && decoded.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { &decoded[1..] } else { &decoded }))
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let hex = (*first == b'%').then(|| behind.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn files_have_their_paths_whatever_is_in_their_names() {
        let found = |text: &str| path(&Uri(text.to_owned())).map(|path| path.display().to_string());
        assert_eq!(found("file:///a/b%20c/%C3%A4.yaml").as_deref(), Some("/a/b c/ä.yaml"));
        assert_eq!(found("file://localhost/a%2").as_deref(), Some("/a%2"));
        assert_eq!(found("untitled:Untitled-1"), None);
    }
}
