//! Where a path leads: along it part by part, as the kernel goes.

use std::borrow::Cow;

use super::{Entry, Errno, FileTree, Node};
use crate::path::{LONGEST_NAME, LONGEST_PATH, rooted};

/// Linux gives up after this many links in one path.
const LINKS: usize = 40;

impl FileTree {
    /// The path with every link in it followed, the last one, too.
    pub(super) fn real<'p>(&self, path: &'p str) -> Result<Cow<'p, str>, Errno> {
        Ok(self.locate(path, true)?.0)
    }

    /// The path with the links above its last part followed.
    pub(super) fn real_parent<'p>(&self, path: &'p str) -> Result<Cow<'p, str>, Errno> {
        Ok(self.locate(path, false)?.0)
    }

    /// Where a path leads, and what is there. What is above the last part is there; the last part itself need not be.
    pub(super) fn locate<'p>(
        &self,
        path: &'p str,
        follow_last: bool,
    ) -> Result<(Cow<'p, str>, Option<&Entry>), Errno> {
        // The path of an entry need not be walked along. In one that is this short, no name is too long.
        if path.len() <= LONGEST_NAME
            && let Some(found) = self.entries.get(path)
            && self.is_plain(path, found, follow_last)
        {
            return Ok((path.into(), Some(found)));
        }
        let path = rooted(path);
        if path.len() > LONGEST_PATH {
            return Err(Errno::NameTooLong);
        }
        if let Some(found) = self.at_once(&path, follow_last) {
            return Ok((path, found));
        }
        let real = self.walk(&path, follow_last)?;
        let found = self.entries.get(&real);
        Ok((real.into(), found))
    }

    /// Goes along a path as the kernel does, part by part.
    fn walk(&self, path: &str, follow_last: bool) -> Result<String, Errno> {
        let mut links = LINKS;
        let mut real = String::new();
        let mut ahead = parts_reversed(path);
        // What is at the path so far.
        let mut here = Some(&Node::Directory);
        while let Some(part) = ahead.pop() {
            match here {
                Some(Node::Directory) => {}
                Some(_) => return Err(Errno::NotADirectory),
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
            real.push_str(part);
            here = self.node(&real);
            let Some(Node::Symlink(target)) = here else { continue };
            if follow_last || !ahead.is_empty() {
                links = links.checked_sub(1).ok_or(Errno::TooManyLinks)?;
                if target.len() > LONGEST_PATH {
                    return Err(Errno::NameTooLong);
                }
                real.truncate(if target.starts_with('/') { 0 } else { above });
                here = Some(&Node::Directory);
                ahead.extend(parts_reversed(target));
            }
        }
        Ok(if real.is_empty() { "/".to_owned() } else { real })
    }

    /// What is at a path that need not be walked along, since what is above it is a directory as it stands.
    fn at_once(&self, path: &str, follow_last: bool) -> Option<Option<&Entry>> {
        let (parent, name) = path.rsplit_once('/')?;
        if self.may_be_linked(path) || name.len() > LONGEST_NAME {
            return None;
        }
        let found = self.entries.get(path);
        let is_there = match found {
            Some(entry) => self.is_plain(path, entry, follow_last),
            None => parent.is_empty() || self.node(parent) == Some(&Node::Directory),
        };
        is_there.then_some(found)
    }

    /// Whether there is a directory at a path, and no link in the way to it.
    pub(super) fn is_plain_directory(&self, path: &str) -> bool {
        let entry = self.entries.get(path).filter(|entry| entry.node == Node::Directory);
        path.len() <= LONGEST_NAME && entry.is_some_and(|entry| self.is_plain(path, entry, true))
    }

    /// Whether no link is in the way to something that is there: then its path is the real one, and in a directory.
    fn is_plain(&self, path: &str, entry: &Entry, follow_last: bool) -> bool {
        let is_followed = follow_last && matches!(entry.node, Node::Symlink(_));
        !is_followed && !self.may_be_linked(path)
    }
}

/// The parts of a path, the first one last.
fn parts_reversed(path: &str) -> Vec<&str> {
    path.rsplit('/').filter(|part| !part.is_empty() && *part != ".").collect()
}
