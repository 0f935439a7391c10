//! What of an image is there already: a hidden file beside its place, and a note of what it is a part of.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

pub(super) struct Part {
    pub(super) path: PathBuf,
    note: PathBuf,
    file: File,
}

/// Of which file, and in which state of it, the part is.
#[derive(Deserialize, PartialEq, Serialize)]
struct Origin {
    url: String,
    validator: String,
}

impl Part {
    /// Opens the part of an earlier run, or makes an empty one. The second is what names the state of the file.
    pub(super) fn open(directory: &Path, name: &str, url: &str) -> Result<(Self, Option<String>)> {
        let path = directory.join(format!(".{name}.part"));
        let note = directory.join(format!(".{name}.part.json"));
        let origin = fs::read(&note).ok().and_then(|json| serde_json::from_slice::<Origin>(&json).ok());
        let validator = origin.filter(|origin| origin.url == url).map(|origin| origin.validator);
        let mut options = OpenOptions::new();
        // A link in its place could lead anywhere.
        let is_file = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
        if !is_file {
            let _ = fs::remove_file(&path);
            options.create_new(true);
        }
        options.read(true).write(true);
        let file = options.open(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut part = Self { path, note, file };
        if validator.is_none() {
            part.restart(None, url)?;
        }
        Ok((part, validator))
    }

    /// Empties it, for a file in another state.
    pub(super) fn restart(&mut self, validator: Option<&str>, url: &str) -> Result<()> {
        use io::Seek;
        let trouble = || format!("cannot write {}", self.path.display());
        self.file.set_len(0).with_context(trouble)?;
        self.file.rewind().with_context(trouble)?;
        match validator {
            Some(validator) => {
                let origin = Origin { url: url.to_owned(), validator: validator.to_owned() };
                let json = serde_json::to_vec(&origin)?;
                fs::write(&self.note, json).with_context(|| format!("cannot write {}", self.note.display()))
            }
            None => match fs::remove_file(&self.note) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).with_context(trouble),
                _ => Ok(()),
            },
        }
    }

    /// Passes on what is there, up to its end, where writing goes on.
    pub(super) fn replay(&mut self, mut take: impl FnMut(&[u8])) -> Result<u64> {
        let mut buffer = vec![0; 1 << 17];
        let mut length = 0;
        loop {
            let count = self
                .file
                .read(&mut buffer)
                .with_context(|| format!("cannot read {}", self.path.display()))?;
            if count == 0 {
                return Ok(length);
            }
            take(&buffer[..count]);
            length += count as u64;
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Everything is on the disk.
    pub(super) fn sync(&self) -> Result<()> {
        self.file.sync_all().with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Another one is of the same file.
    pub(super) fn file(&self) -> Result<File> {
        File::open(&self.path).with_context(|| format!("cannot read {}", self.path.display()))
    }

    /// Gives it its name.
    pub(super) fn rename(self, path: &Path) -> Result<()> {
        fs::rename(&self.path, path).with_context(|| format!("cannot write {}", path.display()))?;
        let _ = fs::remove_file(&self.note);
        Ok(())
    }

    /// Removes it. If that fails, the next run does so.
    pub(super) fn discard(self) {
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(&self.note);
    }
}
