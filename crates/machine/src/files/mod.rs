//! The file tree, as far as a boot reads and changes it. Errors are those of Linux.

mod change;
mod entry;
mod listed;
#[cfg(test)]
pub(crate) mod tests;
mod walk;

use std::collections::HashMap;

use foldhash::fast::RandomState;

pub use entry::{Entry, Errno, Mode, Node, PathError};

use crate::image::Image;
use crate::path::{above, is_below, rooted};

/// Files, directories and links by absolute path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTree {
    entries: HashMap<String, Entry, RandomState>,
    /// Directories in which nothing can be changed.
    read_only: &'static [&'static str],
    /// The first links, as far as they may lead to a directory, each with a slash after it: what is below none of them is
    /// real as it stands.
    links: Vec<String>,
    /// How long all paths are together, in bytes.
    path_bytes: usize,
}

/// Of more links than these, no more is known than that there are some.
const FEW_LINKS: usize = 8;

impl FileTree {
    /// A tree with nothing in it.
    #[must_use]
    pub fn empty() -> Self {
        Self { entries: HashMap::default(), read_only: &[], links: Vec::new(), path_bytes: 0 }
    }

    /// The files of an image.
    #[must_use]
    pub fn of(image: &Image) -> Self {
        let stock = |node, mode| Entry { node, mode, owner: None, written_by: None, stock: true };
        let directories =
            image.directories.iter().map(|&path| (path, stock(Node::Directory, Mode::DIRECTORY)));
        let devices = image.devices.iter().map(|&path| (path, stock(Node::Device, Mode::DEFAULT)));
        let files = image
            .files
            .iter()
            .map(|&(path, content)| (path, stock(Node::File(content.into()), Mode::DEFAULT)));
        let all = directories.chain(devices).chain(files);
        let entries = all.map(|(path, entry)| (path.to_owned(), entry)).collect();
        Self { entries, read_only: image.read_only, links: Vec::new(), path_bytes: 0 }
    }

    /// Puts something at a path, with the directories above it, whatever is there.
    pub fn place(&mut self, path: &str, node: Node) {
        let path = rooted(path);
        let mut directory = above(&path);
        while directory != "/" && !self.entries.contains_key(directory) {
            self.put(directory, Node::Directory, Mode::DIRECTORY, None, None);
            directory = above(directory);
        }
        let mode = if node == Node::Directory { Mode::DIRECTORY } else { Mode::DEFAULT };
        self.put(&path, node, mode, None, None);
    }

    /// Puts something at a path as a part of the image, with the directories above it.
    pub fn place_stock(&mut self, path: &str, node: Node, mode: Mode, owner: Option<&str>) {
        let path = rooted(path);
        let mut directory = above(&path);
        while directory != "/" && !self.entries.contains_key(directory) {
            self.put_stock(directory, Node::Directory, Mode::DIRECTORY, None);
            directory = above(directory);
        }
        self.put_stock(&path, node, mode, owner);
    }

    /// The files and links of the image that are still there, by path.
    pub fn stock(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.listed(|_, entry| entry.stock)
    }

    /// What stands at a path itself; links above it are followed.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.locate(path, false).ok()?.1
    }

    /// The content of a file, following links.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<&[u8]> {
        match self.stat(path).ok()? {
            Node::File(content) => Some(content),
            _ => None,
        }
    }

    /// Everything that is not part of the image, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.listed(|_, entry| !entry.stock)
    }

    /// Everything below a directory, by path.
    pub fn iter_below(&self, directory: &str) -> impl Iterator<Item = (&str, &Entry)> {
        self.listed(|path, _| is_below(path, directory))
    }

    /// The paths of everything below a directory, in order.
    #[must_use]
    pub fn below(&self, directory: &str) -> Vec<String> {
        self.iter_below(directory).map(|(path, _)| path.to_owned()).collect()
    }

    fn listed(&self, wanted: impl Fn(&str, &Entry) -> bool) -> impl Iterator<Item = (&str, &Entry)> {
        let all = self.entries.iter().map(|(path, entry)| (path.as_str(), entry));
        let mut listed: Vec<_> = all.filter(|(path, entry)| wanted(path, entry)).collect();
        listed.sort_unstable_by_key(|(path, _)| *path);
        listed.into_iter()
    }

    /// What stands at a path, following links.
    ///
    /// # Errors
    /// The path does not lead to anything.
    pub fn stat(&self, path: &str) -> Result<&Node, Errno> {
        self.locate(path, true)?.1.map(|entry| &entry.node).ok_or(Errno::Missing)
    }

    fn put(&mut self, path: &str, node: Node, mode: Mode, owner: Option<&str>, written_by: Option<usize>) {
        let leads = matches!(&node, Node::Symlink(target) if target != "/dev/null");
        if leads && self.links.len() <= FEW_LINKS {
            let link = format!("{path}/");
            if !self.links.contains(&link) {
                self.links.push(link);
            }
        }
        self.path_bytes += path.len();
        let entry = Entry { node, mode, owner: owner.map(str::to_owned), written_by, stock: false };
        self.entries.insert(path.to_owned(), entry);
    }

    /// Whether some part of a path above the last one may be a link.
    fn may_be_linked(&self, path: &str) -> bool {
        self.links.len() > FEW_LINKS || self.links.iter().any(|link| path.starts_with(link))
    }

    fn put_stock(&mut self, path: &str, node: Node, mode: Mode, owner: Option<&str>) {
        self.put(path, node, mode, owner, None);
        if let Some(entry) = self.entries.get_mut(path) {
            entry.stock = true;
        }
    }

    fn node(&self, path: &str) -> Option<&Node> {
        self.entries.get(path).map(|entry| &entry.node)
    }
}
