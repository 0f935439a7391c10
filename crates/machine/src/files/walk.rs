//! Where a path leads: along it part by part, as the kernel goes.

use std::borrow::Cow;

use super::{Errno, FileTree, Node};
use crate::path::{LONGEST_NAME, LONGEST_PATH, rooted};

/// Linux gives up after this many links in one path.
const LINKS: usize = 40;

impl FileTree {
    /// The path with every link in it followed, the last one, too.
    pub(super) fn real<'p>(&self, path: &'p str) -> Result<Cow<'p, str>, Errno> {
        self.walk(path, true)
    }

    /// The path with the links above its last part followed.
    pub(super) fn real_parent<'p>(&self, path: &'p str) -> Result<Cow<'p, str>, Errno> {
        self.walk(path, false)
    }

    /// Goes along a path as the kernel does, part by part. What is above the last part is there; the
    /// last part itself need not be.
    fn walk<'p>(&self, path: &'p str, follow_last: bool) -> Result<Cow<'p, str>, Errno> {
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
        Ok(if real.is_empty() { "/".into() } else { real.into() })
    }

    /// Whether a path need not be walked along: what is above it is a directory as it stands.
    fn is_real(&self, path: &str, follow_last: bool) -> bool {
        let Some((parent, name)) = path.rsplit_once('/') else { return false };
        let is_last_link = || matches!(self.node(path), Some(Node::Symlink(_)));
        !self.may_be_linked(path)
            && name.len() <= LONGEST_NAME
            && (parent.is_empty() || self.node(parent) == Some(&Node::Directory))
            && !(follow_last && is_last_link())
    }
}

/// The parts of a path, the first one last.
fn parts_reversed(path: &str) -> Vec<&str> {
    path.rsplit('/').filter(|part| !part.is_empty() && *part != ".").collect()
}
