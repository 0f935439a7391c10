//! Which file holds for a path.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{Config, Invalid};

/// The name of the file.
pub const FILE: &str = "dryboot.toml";

/// The files that hold, each of which is read once.
#[derive(Debug)]
pub struct Configs {
    /// The directory that relative paths begin at.
    base: PathBuf,
    /// The file that holds for everything, if one was named.
    named: Option<Arc<Config>>,
    /// The nearest file of directories that were asked for.
    nearest: HashMap<PathBuf, Option<Arc<Config>>>,
}

impl Configs {
    /// Looks for files when they are needed. `base` is the directory that relative paths begin at.
    #[must_use]
    pub fn found_from(base: &Path) -> Self {
        Self { base: base.to_owned(), named: None, nearest: HashMap::new() }
    }

    /// The one file that holds for all paths.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn named(base: &Path, file: &Path) -> Result<Self, Invalid> {
        let config = Config::read(&normal(&base.join(file)))?;
        Ok(Self { named: Some(Arc::new(config)), ..Self::found_from(base) })
    }

    /// A path in full, as the patterns of the files see it.
    #[must_use]
    pub fn full(&self, path: &Path) -> PathBuf {
        normal(&self.base.join(path))
    }

    /// The file that holds for a path: the nearest one above it.
    ///
    /// # Errors
    /// When there is one, but it cannot be used.
    pub fn of(&mut self, path: &Path) -> Result<Option<Arc<Config>>, Invalid> {
        if let Some(named) = &self.named {
            return Ok(Some(Arc::clone(named)));
        }
        let full = self.full(path);
        self.nearest(full.parent().unwrap_or(&full))
    }

    fn nearest(&mut self, directory: &Path) -> Result<Option<Arc<Config>>, Invalid> {
        let mut above = Vec::new();
        let mut found = None;
        for directory in directory.ancestors() {
            if let Some(known) = self.nearest.get(directory) {
                found.clone_from(known);
                break;
            }
            above.push(directory.to_owned());
            let file = directory.join(FILE);
            if file.is_file() {
                found = Some(Arc::new(Config::read(&file)?));
                break;
            }
        }
        self.nearest.extend(above.into_iter().map(|directory| (directory, found.clone())));
        Ok(found)
    }

    /// Forgets what was read, since files have changed.
    pub fn forget(&mut self) {
        self.nearest.clear();
    }
}

/// A path without `.` and `..`, which patterns could not match.
fn normal(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => _ = normal.pop(),
            other => normal.push(other),
        }
    }
    normal
}
