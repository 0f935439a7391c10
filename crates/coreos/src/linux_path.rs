//! How long paths may be on Linux. Beyond that, every system call that is given the path fails with
//! `ENAMETOOLONG`.

/// The longest path that a system call takes, in bytes: `PATH_MAX` without the NUL at its end.
pub const LONGEST_PATH: usize = 4095;

/// The longest name of a file or directory, in bytes: `NAME_MAX`, which all usual file systems share.
pub const LONGEST_NAME: usize = 255;

/// A file is written beside its place first, under a name that is usually this long in bytes:
/// `cloudinit-temp` and nine digits.
pub const TEMPORARY_NAME: usize = 23;

/// What is too long about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLong<'p> {
    /// The path as a whole.
    Path,
    /// This part of it.
    Name(&'p str),
}

/// What is too long about a path, if anything is; a name is found before the whole.
#[must_use]
pub fn too_long(path: &str) -> Option<TooLong<'_>> {
    let name = path.split('/').find(|name| name.len() > LONGEST_NAME);
    name.map(TooLong::Name).or((path.len() > LONGEST_PATH).then_some(TooLong::Path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_in_bytes() {
        let name = "ä".repeat(127);
        assert_eq!(too_long(&format!("/etc/{name}x/y")), None);
        let longer = format!("{name}xy");
        assert_eq!(too_long(&format!("/etc/{longer}/z")), Some(TooLong::Name(&longer)));
        let path = "/a".repeat(2047);
        assert_eq!(too_long(&format!("{path}b")), None);
        assert_eq!(too_long(&format!("{path}bc")), Some(TooLong::Path));
    }
}
