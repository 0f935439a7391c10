//! What stands at a path, and why the system refuses to change it.

use std::fmt;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A file with its content.
    File(Vec<u8>),
    /// A directory.
    Directory,
    /// A symbolic link with its target.
    Symlink(String),
    /// A character device.
    Device,
}

/// Permissions of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// The nine permission bits.
    pub bits: u32,
    /// The set-uid bit.
    pub setuid: bool,
}

impl Mode {
    /// What files have when nothing else is said.
    pub const DEFAULT: Self = Self { bits: 0o644, setuid: false };
    /// What directories have when nothing else is said.
    pub const DIRECTORY: Self = Self { bits: 0o755, setuid: false };
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04o}{}", self.bits, if self.setuid { "+setuid" } else { "" })
    }
}

/// An entry of the file tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub node: Node,
    /// Its permissions.
    pub mode: Mode,
    /// Owner as it was given to `chown`; root without it.
    pub owner: Option<String>,
    /// Index of the effect that wrote it; none for what was there before.
    pub written_by: Option<usize>,
    /// It is part of the image.
    pub(super) stock: bool,
}

/// Why the system refuses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errno {
    /// `ENOENT`.
    Missing,
    /// `ENOTDIR`.
    NotADirectory,
    /// `EEXIST`.
    Exists,
    /// `ENOTEMPTY`.
    NotEmpty,
    /// `EROFS`.
    ReadOnly,
    /// `ELOOP`.
    TooManyLinks,
    /// `ENAMETOOLONG`.
    NameTooLong,
    /// No error of Linux: there are more paths than a preview may hold.
    TooManyPaths,
}

/// Linux's message, in lower case.
impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "no such file or directory",
            Self::NotADirectory => "not a directory",
            Self::Exists => "file exists",
            Self::NotEmpty => "directory not empty",
            Self::ReadOnly => "read-only file system",
            Self::TooManyLinks => "too many levels of symbolic links",
            Self::NameTooLong => "file name too long",
            Self::TooManyPaths => "there are too many directories to preview",
        })
    }
}

impl std::error::Error for Errno {}

/// An error with the path that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The path as it was given, up to the part that failed.
    pub path: String,
    /// Why.
    pub errno: Errno,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.errno)
    }
}

impl std::error::Error for PathError {}
