//! The file tree, as far as a boot reads and changes it. Errors are those of Linux, in the words
//! of Go's library.

use std::collections::BTreeMap;

use dryboot_config::go_path;
use serde::{Serialize, Serializer};

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
    /// The set-uid bit, which only a negative or very large number can set.
    pub setuid: bool,
}

impl Mode {
    /// What files have when nothing else is said.
    pub(crate) const DEFAULT: Self = Self { bits: 0o644, setuid: false };
    const DIRECTORY: Self = Self { bits: 0o755, setuid: false };
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
    stock: bool,
}

/// Why the system refuses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Errno {
    Missing,
    NotADirectory,
    Exists,
    NotEmpty,
    ReadOnly,
    TooManyLinks,
}

impl Errno {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Missing => "no such file or directory",
            Self::NotADirectory => "not a directory",
            Self::Exists => "file exists",
            Self::NotEmpty => "directory not empty",
            Self::ReadOnly => "read-only file system",
            Self::TooManyLinks => "too many levels of symbolic links",
        }
    }
}

/// Why a file cannot be written, in the target's words.
pub(crate) type WriteError = String;

/// Files, directories and links by absolute path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTree {
    entries: BTreeMap<String, Entry>,
    /// Some link may lead to a directory: paths are not real as they stand.
    has_links: bool,
}

const STOCK_DIRECTORIES: &[&str] = &[
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/etc/systemd",
    "/etc/systemd/network",
    "/etc/systemd/system",
    "/home",
    "/home/core",
    "/lib",
    "/lib64",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/run/systemd",
    "/sbin",
    "/srv",
    "/sys",
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/lib64",
    "/usr/sbin",
    "/usr/share",
    "/usr/share/coreos",
    "/var",
    "/var/lib",
    "/var/log",
    "/var/tmp",
];

const STOCK_DEVICES: &[&str] =
    &["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/console"];

const STOCK_FILES: &[(&str, &str)] = &[("/usr/share/coreos/update.conf", "GROUP=stable\n")];

/// Linux gives up after this many links in one path.
const LINKS: usize = 40;

impl FileTree {
    /// A stock image: read-only `/usr`, and the file of update settings.
    #[must_use]
    pub fn stock() -> Self {
        let stock = |node, mode| Entry { node, mode, owner: None, written_by: None, stock: true };
        let directories =
            STOCK_DIRECTORIES.iter().map(|&path| (path, stock(Node::Directory, Mode::DIRECTORY)));
        let devices = STOCK_DEVICES.iter().map(|&path| (path, stock(Node::Device, Mode::DEFAULT)));
        let files = STOCK_FILES
            .iter()
            .map(|&(path, content)| (path, stock(Node::File(content.into()), Mode::DEFAULT)));
        let all = directories.chain(devices).chain(files);
        let entries = all.map(|(path, entry)| (path.to_owned(), entry)).collect();
        Self { entries, has_links: false }
    }

    /// Puts something at a path, with the directories above it, whatever is there.
    pub(crate) fn place(&mut self, path: &str, node: Node) {
        let path = rooted(path);
        let mut parent = go_path::dir(&path);
        while parent != "/" && !self.entries.contains_key(&parent) {
            self.put(&parent, Node::Directory, Mode::DIRECTORY, None, None);
            parent = go_path::dir(&parent);
        }
        let mode = if node == Node::Directory { Mode::DIRECTORY } else { Mode::DEFAULT };
        self.put(&path, node, mode, None, None);
    }

    /// What stands at a path itself; links above it are followed.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(&self.real_parent(path).ok()?)
    }

    /// The content of a file, following links.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<&[u8]> {
        match self.stat(path).ok()? {
            Node::File(content) => Some(content),
            _ => None,
        }
    }

    /// Everything that is not part of the stock image, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().filter(|(_, entry)| !entry.stock).map(|(path, entry)| (path.as_str(), entry))
    }

    /// What stands at a path, following links.
    pub(crate) fn stat(&self, path: &str) -> Result<&Node, Errno> {
        let real = self.real(path, LINKS)?;
        self.entries.get(&real).map(|entry| &entry.node).ok_or(Errno::Missing)
    }

    /// Makes a directory and those above it.
    pub(crate) fn make_directories(&mut self, path: &str) -> Result<(), WriteError> {
        let mut here = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            here = format!("{here}/{part}");
            match self.stat(&here) {
                Ok(Node::Directory) => {}
                Ok(_) => return Err(format!("mkdir {here}: {}", Errno::NotADirectory.words())),
                Err(Errno::Missing) => {
                    let real = self.real_parent(&here);
                    let real = real.map_err(|errno| format!("mkdir {here}: {}", errno.words()))?;
                    if is_read_only(&real) {
                        return Err(format!("mkdir {here}: {}", Errno::ReadOnly.words()));
                    }
                    if self.entries.contains_key(&real) {
                        return Err(format!("mkdir {here}: {}", Errno::Exists.words()));
                    }
                    self.put(&real, Node::Directory, Mode::DIRECTORY, None, None);
                }
                Err(errno) => return Err(format!("mkdir {here}: {}", errno.words())),
            }
        }
        Ok(())
    }

    /// Whether a new file could be made in a directory.
    pub(crate) fn is_writable(&self, directory: &str) -> bool {
        self.real(directory, LINKS).is_ok_and(|real| !is_read_only(&real))
    }

    /// Replaces what is at a path, or links it there for the first time; its directory exists.
    pub(crate) fn replace(
        &mut self,
        path: &str,
        content: Vec<u8>,
        mode: Mode,
        owner: Option<&str>,
        written_by: usize,
    ) -> Result<(), Errno> {
        let real = self.real_parent(path)?;
        if matches!(self.entries.get(&real).map(|entry| &entry.node), Some(Node::Directory)) {
            return Err(Errno::Exists);
        }
        self.put(&real, Node::File(content), mode, owner, Some(written_by));
        Ok(())
    }

    /// Makes a symbolic link where nothing is.
    pub(crate) fn link(&mut self, path: &str, target: &str, written_by: usize) -> Result<(), Errno> {
        let real = self.real_parent(path)?;
        if self.entries.contains_key(&real) {
            return Err(Errno::Exists);
        }
        if is_read_only(&real) {
            return Err(Errno::ReadOnly);
        }
        self.put(&real, Node::Symlink(target.to_owned()), Mode::DEFAULT, None, Some(written_by));
        Ok(())
    }

    /// Removes a file, a link, or an empty directory.
    pub(crate) fn remove(&mut self, path: &str) -> Result<(), Errno> {
        let real = self.real_parent(path)?;
        let Some(entry) = self.entries.get(&real) else { return Err(Errno::Missing) };
        if is_read_only(&real) {
            return Err(Errno::ReadOnly);
        }
        let below = format!("{}/", real.trim_end_matches('/'));
        let is_used =
            self.entries.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below));
        if entry.node == Node::Directory && is_used {
            return Err(Errno::NotEmpty);
        }
        self.entries.remove(&real);
        Ok(())
    }

    fn put(&mut self, path: &str, node: Node, mode: Mode, owner: Option<&str>, written_by: Option<usize>) {
        self.has_links |= matches!(&node, Node::Symlink(target) if target != "/dev/null");
        let entry = Entry { node, mode, owner: owner.map(str::to_owned), written_by, stock: false };
        self.entries.insert(path.to_owned(), entry);
    }

    /// The path with every link in it followed, the last one, too.
    fn real(&self, path: &str, links: usize) -> Result<String, Errno> {
        let real = self.real_in(path, links)?;
        match self.entries.get(&real).map(|entry| &entry.node) {
            Some(Node::Symlink(target)) => {
                let links = links.checked_sub(1).ok_or(Errno::TooManyLinks)?;
                self.real(&join(&go_path::dir(&real), target), links)
            }
            _ => Ok(real),
        }
    }

    /// The path with the links above its last part followed.
    fn real_parent(&self, path: &str) -> Result<String, Errno> {
        self.real_in(path, LINKS)
    }

    fn real_in(&self, path: &str, links: usize) -> Result<String, Errno> {
        let path = rooted(path);
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if parent.is_empty() {
            return Ok(path);
        }
        if !self.has_links {
            return match self.entries.get(parent).map(|entry| &entry.node) {
                Some(Node::Directory) => Ok(path),
                Some(_) => Err(Errno::NotADirectory),
                // Further above, something may be no directory.
                None => Err(self.real_in(parent, links).err().unwrap_or(Errno::Missing)),
            };
        }
        let parent = self.real(parent, links)?;
        match self.entries.get(&parent).map(|entry| &entry.node) {
            Some(Node::Directory) => Ok(join(&parent, name)),
            Some(_) => Err(Errno::NotADirectory),
            None => Err(Errno::Missing),
        }
    }
}

/// `path.Join("/", path)` of Go.
pub(crate) fn rooted(path: &str) -> String {
    go_path::clean(&format!("/{path}"))
}

fn join(directory: &str, path: &str) -> String {
    if path.starts_with('/') { rooted(path) } else { go_path::clean(&format!("{directory}/{path}")) }
}

fn is_read_only(path: &str) -> bool {
    path == "/usr" || path.starts_with("/usr/")
}

impl Serialize for FileTree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(path, entry)| Listed::new(path, entry)))
    }
}

/// An entry as the JSON output shows it.
#[derive(Serialize)]
struct Listed<'e> {
    path: &'e str,
    kind: &'static str,
    mode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<usize>,
}

impl<'e> Listed<'e> {
    fn new(path: &'e str, entry: &'e Entry) -> Self {
        let (kind, content, target) = match &entry.node {
            Node::File(content) => ("file", Some(content), None),
            Node::Directory => ("directory", None, None),
            Node::Symlink(target) => ("symlink", None, Some(target.as_str())),
            Node::Device => ("device", None, None),
        };
        Self {
            path,
            kind,
            mode: entry.mode.to_string(),
            owner: entry.owner.as_deref(),
            content: content.map(|content| crate::actions::go_text(content)),
            content_base64: content.and_then(|content| crate::actions::base64_unless_text(content)),
            target,
            written_by: entry.written_by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, Node)]) -> FileTree {
        let mut tree = FileTree::stock();
        for (path, node) in entries {
            tree.place(path, node.clone());
        }
        tree
    }

    #[test]
    fn links_are_followed_and_loops_end() {
        let tree = tree(&[
            ("/data/real/file", Node::File(b"x".to_vec())),
            ("/data/link", Node::Symlink("real".to_owned())),
            ("/loop", Node::Symlink("/loop".to_owned())),
            ("/dangling", Node::Symlink("/nowhere".to_owned())),
        ]);
        assert_eq!(tree.read("/data/link/file"), Some(&b"x"[..]));
        assert_eq!(tree.stat("/loop"), Err(Errno::TooManyLinks));
        assert_eq!(tree.stat("/dangling"), Err(Errno::Missing));
        assert_eq!(tree.stat("/data/link/file/below"), Err(Errno::NotADirectory));
    }

    #[test]
    fn usr_is_read_only_by_every_road() {
        let mut tree = tree(&[("/u", Node::Symlink("/usr/share".to_owned()))]);
        assert!(!tree.is_writable("/u"));
        assert!(tree.is_writable("/usrlocal/.."));
        let error = tree.make_directories("/u/new/deep").expect_err("read-only");
        assert_eq!(error, "mkdir /u/new: read-only file system");
    }

    #[test]
    fn only_empty_directories_can_be_removed() {
        let mut tree = tree(&[("/d/f", Node::File(Vec::new())), ("/d-e", Node::Directory)]);
        assert_eq!(tree.remove("/d"), Err(Errno::NotEmpty));
        assert_eq!(tree.remove("/d/f"), Ok(()));
        assert_eq!(tree.remove("/d"), Ok(()));
        assert_eq!(tree.remove("/d"), Err(Errno::Missing));
    }
}
