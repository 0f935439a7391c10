//! The file tree, as far as a boot reads and changes it. Errors are those of Linux, in the words
//! of Go's library.

use std::collections::BTreeMap;

use dryboot_coreos::go_path;
use dryboot_coreos::linux_path::{LONGEST_NAME, LONGEST_PATH};
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
    NameTooLong,
    /// Not Linux but we give up: there are more paths than a preview may hold.
    TooManyPaths,
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
            Self::NameTooLong => "file name too long",
            Self::TooManyPaths => "there are too many directories for a preview",
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
    /// How long all paths are together, in bytes.
    path_bytes: usize,
}

/// The paths of a tree may be this long together, in bytes: a path of 4 KB can stand for 2,000
/// directories, whose own paths are 4 MB.
const LONGEST_PATHS: usize = 32 << 20;

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
        Self { entries, has_links: false, path_bytes: 0 }
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
        let real = self.real(path)?;
        self.node(&real).ok_or(Errno::Missing)
    }

    /// Makes a directory and those above it; those that could be made before a failure stay.
    pub(crate) fn make_directories(&mut self, path: &str) -> Result<(), WriteError> {
        // As it was given, and where that leads.
        let (mut here, mut real) = (String::new(), String::new());
        for part in rooted(path).split('/').filter(|part| !part.is_empty()) {
            for path in [&mut here, &mut real] {
                path.push('/');
                path.push_str(part);
            }
            real = self
                .make_directory(real, here.len())
                .map_err(|errno| format!("mkdir {here}: {}", errno.words()))?;
        }
        Ok(())
    }

    /// Makes a directory in one that exists, unless it is there; gives where it is. `length` is that
    /// of the path that the system is given.
    fn make_directory(&mut self, path: String, length: usize) -> Result<String, Errno> {
        let name = path.rsplit('/').next().unwrap_or_default();
        if length > LONGEST_PATH || name.len() > LONGEST_NAME {
            return Err(Errno::NameTooLong);
        }
        match self.node(&path) {
            Some(Node::Directory) => Ok(path),
            Some(Node::Symlink(_)) => match self.real(&path) {
                Ok(real) => match self.node(&real) {
                    Some(Node::Directory) => Ok(if real == "/" { String::new() } else { real }),
                    Some(_) => Err(Errno::NotADirectory),
                    None => Err(Errno::Exists),
                },
                Err(Errno::Missing) => Err(Errno::Exists),
                Err(errno) => Err(errno),
            },
            Some(_) => Err(Errno::NotADirectory),
            None if is_read_only(&path) => Err(Errno::ReadOnly),
            None => {
                self.has_room(&path)?;
                self.put(&path, Node::Directory, Mode::DIRECTORY, None, None);
                Ok(path)
            }
        }
    }

    /// Whether a new file could be made in a directory.
    pub(crate) fn is_writable(&self, directory: &str) -> bool {
        self.real(directory).is_ok_and(|real| !is_read_only(&real))
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
        if self.node(&real) == Some(&Node::Directory) {
            return Err(Errno::Exists);
        }
        self.has_room(&real)?;
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
        self.has_room(&real)?;
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

    fn has_room(&self, path: &str) -> Result<(), Errno> {
        if self.path_bytes + path.len() > LONGEST_PATHS { Err(Errno::TooManyPaths) } else { Ok(()) }
    }

    fn put(&mut self, path: &str, node: Node, mode: Mode, owner: Option<&str>, written_by: Option<usize>) {
        self.has_links |= matches!(&node, Node::Symlink(target) if target != "/dev/null");
        self.path_bytes += path.len();
        let entry = Entry { node, mode, owner: owner.map(str::to_owned), written_by, stock: false };
        self.entries.insert(path.to_owned(), entry);
    }

    fn node(&self, path: &str) -> Option<&Node> {
        self.entries.get(path).map(|entry| &entry.node)
    }

    /// The path with every link in it followed, the last one, too.
    fn real(&self, path: &str) -> Result<String, Errno> {
        self.walk(path, true)
    }

    /// The path with the links above its last part followed.
    fn real_parent(&self, path: &str) -> Result<String, Errno> {
        self.walk(path, false)
    }

    /// Goes along a path as the kernel does, part by part. What is above the last part is there; the
    /// last part itself need not be.
    fn walk(&self, path: &str, follow_last: bool) -> Result<String, Errno> {
        let path = rooted(path);
        if path.len() > LONGEST_PATH {
            return Err(Errno::NameTooLong);
        }
        if self.is_real(&path, follow_last) {
            return Ok(path);
        }
        let mut links = LINKS;
        let mut real = String::new();
        let mut ahead = parts_reversed(&path);
        while let Some(part) = ahead.pop() {
            match self.node(&real) {
                Some(Node::Directory) => {}
                Some(_) => return Err(Errno::NotADirectory),
                None if real.is_empty() => {}
                None => return Err(Errno::Missing),
            }
            let above = real.len();
            if part == ".." {
                real.truncate(real.rfind('/').unwrap_or(0));
                continue;
            }
            if part.len() > LONGEST_NAME {
                return Err(Errno::NameTooLong);
            }
            real.push('/');
            real.push_str(&part);
            let Some(Node::Symlink(target)) = self.node(&real) else { continue };
            if follow_last || !ahead.is_empty() {
                links = links.checked_sub(1).ok_or(Errno::TooManyLinks)?;
                if target.len() > LONGEST_PATH {
                    return Err(Errno::NameTooLong);
                }
                real.truncate(if target.starts_with('/') { 0 } else { above });
                ahead.extend(parts_reversed(target));
            }
        }
        Ok(if real.is_empty() { "/".to_owned() } else { real })
    }

    /// Whether a path need not be walked along: what is above it is a directory as it stands.
    fn is_real(&self, path: &str, follow_last: bool) -> bool {
        let Some((parent, name)) = path.rsplit_once('/') else { return false };
        let is_last_link = || matches!(self.node(path), Some(Node::Symlink(_)));
        !self.has_links
            && name.len() <= LONGEST_NAME
            && (parent.is_empty() || self.node(parent) == Some(&Node::Directory))
            && !(follow_last && is_last_link())
    }
}

/// The parts of a path, the first one last.
fn parts_reversed(path: &str) -> Vec<String> {
    path.rsplit('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
}

/// `path.Join("/", path)` of Go.
pub(crate) fn rooted(path: &str) -> String {
    go_path::clean(&format!("/{path}"))
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
    fn lengths_are_those_of_linux() {
        let mut tree = FileTree::stock();
        let deep = "/a".repeat(40_000);
        let error = tree.make_directories(&deep).expect_err("too long");
        assert_eq!(error, format!("mkdir {}: file name too long", "/a".repeat(2048)));
        assert_eq!(tree.stat(&"/a".repeat(2047)), Ok(&Node::Directory));
        assert_eq!(tree.stat(&deep), Err(Errno::NameTooLong));
        let name = "n".repeat(256);
        let error = tree.make_directories(&format!("/b/{name}/c")).expect_err("too long");
        assert_eq!(error, format!("mkdir /b/{name}: file name too long"));
        assert_eq!(tree.stat(&format!("/b/{name}")), Err(Errno::NameTooLong));
        assert_eq!(tree.stat(&format!("/b/{}", &name[1..])), Err(Errno::Missing));
        assert_eq!(
            tree.replace(&format!("/b/{name}"), Vec::new(), Mode::DEFAULT, None, 0),
            Err(Errno::NameTooLong)
        );
    }

    #[test]
    fn links_lead_on_from_where_they_stand() {
        let deep = "/a".repeat(2000);
        let tree = tree(&[
            (&format!("{deep}/x"), Node::File(b"x".to_vec())),
            ("/up", Node::Symlink("a/./../a//a".to_owned())),
            (&format!("{deep}/self"), Node::Symlink("/up/..".to_owned())),
        ]);
        assert_eq!(tree.stat("/up/a"), Ok(&Node::Directory));
        assert_eq!(tree.stat(&format!("{deep}/self/a/a/a")), Ok(&Node::Directory));
        assert_eq!(tree.stat("/up/../../../up"), Ok(&Node::Directory));
    }

    #[test]
    fn a_tree_holds_no_more_paths_than_fit() {
        let mut tree = FileTree::stock();
        let refused =
            (0..100).find_map(|top| tree.make_directories(&format!("/{top}{}", "/a".repeat(2000))).err());
        assert!(refused.is_some_and(|error| error.ends_with("too many directories for a preview")));
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
