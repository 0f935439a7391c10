//! Changes to the file tree, each as the system call that makes it.

use super::{Entry, Errno, FileTree, Mode, Node, PathError};
use crate::path::{LONGEST_NAME, LONGEST_PATH, above, is_below, rooted};

/// The paths of a tree may be this long together, in bytes: a path of 4 KB can stand for 2,000
/// directories, whose own paths are 4 MB.
const LONGEST_PATHS: usize = 32 << 20;

impl FileTree {
    /// Makes a directory and those above it; those that could be made before a failure stay.
    ///
    /// # Errors
    /// Something on the way is not a directory, or cannot be made.
    pub fn make_directories(&mut self, path: &str) -> Result<(), PathError> {
        let path = rooted(path);
        // Mostly, only the last one is missing.
        let directory = above(&path);
        let there = if self.is_plain_directory(directory) { directory.trim_end_matches('/') } else { "" };
        // As it was given, and where that leads.
        let (mut here, mut real) = (there.to_owned(), there.to_owned());
        for part in path[there.len()..].split('/').filter(|part| !part.is_empty()) {
            for path in [&mut here, &mut real] {
                path.push('/');
                path.push_str(part);
            }
            real = self
                .make_directory(real, here.len())
                .map_err(|errno| PathError { path: here.clone(), errno })?;
        }
        Ok(())
    }

    /// Makes a directory in one that exists, unless it exists; gives where it is. `length` is that of the
    /// path that the system is given.
    fn make_directory(&mut self, path: String, length: usize) -> Result<String, Errno> {
        let name = path.rsplit('/').next().unwrap_or_default();
        if length > LONGEST_PATH || name.len() > LONGEST_NAME {
            return Err(Errno::NameTooLong);
        }
        match self.node(&path) {
            Some(Node::Directory) => Ok(path),
            Some(Node::Symlink(_)) => match self.real(&path) {
                Ok(real) => match self.node(&real) {
                    Some(Node::Directory) => Ok(if real == "/" { String::new() } else { real.into_owned() }),
                    Some(_) => Err(Errno::NotADirectory),
                    None => Err(Errno::Exists),
                },
                Err(Errno::Missing) => Err(Errno::Exists),
                Err(errno) => Err(errno),
            },
            Some(_) => Err(Errno::NotADirectory),
            None if self.is_read_only(&path) => Err(Errno::ReadOnly),
            None => {
                self.has_room(&path)?;
                self.put(&path, Node::Directory, Mode::DIRECTORY, None, None);
                Ok(path)
            }
        }
    }

    /// Whether a new file could be made in a directory.
    #[must_use]
    pub fn is_writable(&self, directory: &str) -> bool {
        self.real(directory).is_ok_and(|real| !self.is_read_only(&real))
    }

    /// Replaces what is at a path, or links it there for the first time; its directory exists.
    ///
    /// # Errors
    /// A directory is in the way, or nothing can be changed there.
    pub fn replace(
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
        if self.is_read_only(&real) {
            return Err(Errno::ReadOnly);
        }
        self.has_room(&real)?;
        self.put(&real, Node::File(content), mode, owner, Some(written_by));
        Ok(())
    }

    /// Makes a symbolic link where nothing is.
    ///
    /// # Errors
    /// Something is there, or nothing can be changed there.
    pub fn link(&mut self, path: &str, target: &str, written_by: usize) -> Result<(), Errno> {
        let real = self.real_parent(path)?;
        if self.entries.contains_key(&*real) {
            return Err(Errno::Exists);
        }
        if self.is_read_only(&real) {
            return Err(Errno::ReadOnly);
        }
        self.has_room(&real)?;
        self.put(&real, Node::Symlink(target.to_owned()), Mode::DEFAULT, None, Some(written_by));
        Ok(())
    }

    /// Removes a file, a link, or an empty directory.
    ///
    /// # Errors
    /// It is not there, not empty, or nothing can be changed there.
    pub fn remove(&mut self, path: &str) -> Result<(), Errno> {
        let real = self.real_parent(path)?;
        let Some(entry) = self.entries.get(&*real) else { return Err(Errno::Missing) };
        if self.is_read_only(&real) {
            return Err(Errno::ReadOnly);
        }
        if entry.node == Node::Directory && self.has_below(&real) {
            return Err(Errno::NotEmpty);
        }
        self.entries.remove(&*real);
        Ok(())
    }

    /// Removes what is below a directory, but for what belongs to the image or cannot be changed, and what that is in.
    pub fn clear(&mut self, directory: &str) {
        let stays = |path: &str, entry: &Entry| entry.stock || self.is_read_only(path);
        let below = self.entries.iter().filter(|(path, _)| is_below(path, directory));
        let kept: Vec<String> =
            below.filter(|(path, entry)| stays(path, entry)).map(|(path, _)| path.clone()).collect();
        let is_kept = |path: &str| kept.iter().any(|own| own == path || is_below(own, path));
        self.entries.retain(|path, _| !is_below(path, directory) || is_kept(path));
    }

    /// Changes the permissions of what is at a path, following links.
    ///
    /// # Errors
    /// Nothing is there.
    pub fn change_mode(&mut self, path: &str, mode: Mode) -> Result<(), Errno> {
        let real = self.real(path)?;
        let entry = self.entries.get_mut(&*real).ok_or(Errno::Missing)?;
        (entry.mode, entry.stock) = (mode, false);
        Ok(())
    }

    /// Changes the owner of what is at a path, following links; none is root.
    ///
    /// # Errors
    /// Nothing is there.
    pub fn change_owner(&mut self, path: &str, owner: Option<&str>) -> Result<(), Errno> {
        let real = self.real(path)?;
        let entry = self.entries.get_mut(&*real).ok_or(Errno::Missing)?;
        (entry.owner, entry.stock) = (owner.map(str::to_owned), false);
        Ok(())
    }

    fn has_room(&self, path: &str) -> Result<(), Errno> {
        if self.path_bytes + path.len() > LONGEST_PATHS { Err(Errno::TooManyPaths) } else { Ok(()) }
    }

    fn is_read_only(&self, path: &str) -> bool {
        self.read_only.iter().any(|top| path == *top || is_below(path, top))
    }

    fn has_below(&self, directory: &str) -> bool {
        self.entries.keys().any(|path| is_below(path, directory))
    }
}
