//! Paths as text: in their shortest form, and as long as Linux allows.

use std::borrow::Cow;

/// The longest path that a system call takes, in bytes: `PATH_MAX` without the NUL at its end. Every
/// call that is given a longer one fails with `ENAMETOOLONG`.
pub const LONGEST_PATH: usize = 4095;

/// The longest name of a file or directory, in bytes: `NAME_MAX`, which all usual file systems share.
pub const LONGEST_NAME: usize = 255;

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

/// The shortest path that means the same where no part is a link, as `path.Clean` of Go; `.` for an
/// empty one.
#[must_use]
pub fn clean(path: &str) -> String {
    if is_clean(path) {
        return path.to_owned();
    }
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    match (rooted, parts.join("/")) {
        (true, joined) => format!("/{joined}"),
        (false, joined) if joined.is_empty() => ".".to_owned(),
        (false, joined) => joined,
    }
}

/// Everything before the last slash, cleaned, as `path.Dir` of Go.
#[must_use]
pub fn dir(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((above, _)) if is_clean(above) => above.to_owned(),
        Some((above, _)) => clean(&format!("{above}/")),
        None => clean(""),
    }
}

/// The directory that something is in, whose path is clean and from the root; the root is in itself.
#[must_use]
pub fn above(path: &str) -> &str {
    path.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty()).unwrap_or("/")
}

/// The path taken from the root of the file system, cleaned.
#[must_use]
pub fn rooted(path: &str) -> Cow<'_, str> {
    if is_clean(path) {
        return path.into();
    }
    clean(&format!("/{path}")).into()
}

/// Whether a path is somewhere below a directory; both are cleaned.
#[must_use]
pub fn is_below(path: &str, directory: &str) -> bool {
    let directory = directory.strip_suffix('/').unwrap_or(directory);
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/') && rest != "/")
}

/// Whether a path is the shortest one from the root: most are, and are taken as they are.
fn is_clean(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_end = |at: usize| bytes.get(at).is_none_or(|&byte| byte == b'/');
    // Whether a dot there is all of a part, or one of two that are.
    let is_idle = |at: usize| is_end(at + 1) || bytes.get(at + 1) == Some(&b'.') && is_end(at + 2);
    let has_idle_part = || {
        bytes.windows(2).enumerate().any(|(at, pair)| match pair {
            b"//" => true,
            b"/." => is_idle(at + 1),
            _ => false,
        })
    };
    path.starts_with('/') && !path.ends_with('/') && !has_idle_part()
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

    #[test]
    fn all_but_the_root_is_below_it() {
        for (path, directory, is_it) in [
            ("/a", "/", true),
            ("/", "/", false),
            ("/a/b", "/a", true),
            ("/a", "/a", false),
            ("/ab", "/a", false),
        ] {
            assert_eq!(is_below(path, directory), is_it, "{path} {directory}");
        }
    }

    #[test]
    fn paths_are_cleaned_as_in_go() {
        for (path, cleaned) in [
            ("", "."),
            ("/", "/"),
            ("//a/./b/../c/", "/a/c"),
            ("../a", "../a"),
            ("/../a", "/a"),
            ("a/..", "."),
        ] {
            assert_eq!(clean(path), cleaned, "{path}");
        }
        for path in ["/", "/a/b", "//a", "/a/", "/a/./b", "/a/../b", "a/b", ""] {
            assert_eq!(rooted(path), clean(&format!("/{path}")), "{path}");
        }
        for (path, parent) in
            [("/usr/x", "/usr"), ("/usrfile", "/"), ("usr/x", "usr"), ("x", "."), ("/a/b/", "/a/b")]
        {
            assert_eq!(dir(path), parent, "{path}");
        }
        for (path, directory) in [("/usr/x", "/usr"), ("/usr", "/"), ("/", "/")] {
            assert_eq!(above(path), directory, "{path}");
        }
    }
}
