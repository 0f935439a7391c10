//! Which files are user-data.

/// File names that are user-data whatever they contain.
const NAMES: [&str; 6] =
    ["user-data", "user_data", "userdata", "cloud-config.yaml", "cloud-config.yml", "cloud-config"];

/// The header is within this many bytes, even when it is damaged.
pub const HEAD: usize = 256;

/// Whether a file is user-data: by its name, or by a first line that is a header or meant to be one. `head` is what it
/// begins with, of which [`HEAD`] bytes are enough.
#[must_use]
pub fn is_user_data(name: &str, head: &[u8]) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    if NAMES.contains(&name) {
        return true;
    }
    let head = String::from_utf8_lossy(&head[..head.len().min(HEAD)]).to_ascii_lowercase();
    let mut first = head.trim_start_matches('\u{feff}').lines().take(3);
    first.any(|line| line.trim_start().starts_with("#cloud-config"))
}
