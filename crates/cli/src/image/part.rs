//! What of an image is there already: a hidden file beside its place, and a note of what it is a part of.
//!
//! One run at a time has the part: it is locked for as long as the run lasts. What is verified in the end is not what came
//! from the network but what the open file holds, and that file, no other, gets the image's name.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail, ensure};
use dryboot_core::openpgp::{Verdict, Verifier};
use serde::{Deserialize, Serialize};
use tempfile::TempPath;

use super::own;
use crate::verify::Meter;

pub(super) struct Part {
    path: PathBuf,
    note: PathBuf,
    file: File,
}

/// Of which file, and in which state of it, the part is.
#[derive(Deserialize, PartialEq, Serialize)]
struct Origin {
    url: String,
    validator: String,
}

/// An address and a tag. Whatever is longer is not a note of ours.
const NOTE_LIMIT: u64 = 1 << 16;

/// How often to try again when the part disappears between opening and locking it, since the run that held it ended.
const ATTEMPTS: usize = 16;

impl Part {
    /// Opens the part of an earlier run, or makes an empty one. The second is what names the state of the file.
    ///
    /// # Errors
    /// When another run has it, or part or note are not ours alone.
    pub(super) fn open(directory: &Path, name: &str, url: &str) -> Result<(Self, Option<String>)> {
        let path = directory.join(format!(".{name}.part"));
        let note = directory.join(format!(".{name}.part.json"));
        let file = lock(&path)?;
        let mut part = Self { path, note, file };
        let validator = part.origin()?.filter(|origin| origin.url == url).map(|origin| origin.validator);
        if validator.is_none() {
            part.restart(None, url)?;
        }
        Ok((part, validator))
    }

    fn origin(&self) -> Result<Option<Origin>> {
        let Some(note) = own::open(&self.note)? else { return Ok(None) };
        let mut json = Vec::new();
        note.take(NOTE_LIMIT)
            .read_to_end(&mut json)
            .with_context(|| format!("cannot read {}", self.note.display()))?;
        Ok(serde_json::from_slice(&json).ok())
    }

    /// How much is there; writing goes on after it.
    pub(super) fn resume(&mut self) -> Result<u64> {
        self.file.seek(SeekFrom::End(0)).with_context(|| self.unreadable())
    }

    /// Empties it, for a file in another state.
    pub(super) fn restart(&mut self, validator: Option<&str>, url: &str) -> Result<()> {
        self.file.set_len(0).with_context(|| self.unwritable())?;
        self.file.rewind().with_context(|| self.unwritable())?;
        let trouble = || format!("cannot write {}", self.note.display());
        match fs::remove_file(&self.note) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).with_context(trouble),
            _ => {}
        }
        if let Some(validator) = validator {
            let origin = Origin { url: url.to_owned(), validator: validator.to_owned() };
            let json = serde_json::to_vec(&origin)?;
            own::create(&self.note).and_then(|mut note| note.write_all(&json)).with_context(trouble)?;
        }
        Ok(())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).with_context(|| self.unwritable())
    }

    /// Verifies what the file holds, once everything is on the disk.
    pub(super) fn verify(mut self, mut verifier: Verifier) -> Result<(Verified, Verdict)> {
        self.file.sync_all().with_context(|| self.unwritable())?;
        let state = self.state()?;
        let meter = Meter::new(Some(state.length), 0);
        self.read(&mut |bytes| {
            verifier.update(bytes);
            meter.advance(bytes.len());
        })?;
        Ok((Verified { part: self, state }, verifier.finish()))
    }

    /// Passes on all of it, from its beginning.
    fn read(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<()> {
        self.file.rewind().with_context(|| self.unreadable())?;
        let mut buffer = vec![0; 1 << 17];
        loop {
            match self.file.read(&mut buffer).with_context(|| self.unreadable())? {
                0 => return Ok(()),
                count => take(&buffer[..count]),
            }
        }
    }

    fn state(&self) -> Result<State> {
        let metadata = self.file.metadata().with_context(|| self.unreadable())?;
        Ok(State {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            is_private: own::has_one_name(&metadata),
        })
    }

    fn unreadable(&self) -> String {
        format!("cannot read {}", self.path.display())
    }

    fn unwritable(&self) -> String {
        format!("cannot write {}", self.path.display())
    }

    /// Removes it. If that fails, the next run does so.
    pub(super) fn discard(self) {
        if own::is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = fs::remove_file(&self.note);
    }
}

/// Opens or makes the file, for this run alone.
fn lock(path: &Path) -> Result<File> {
    let trouble = || format!("cannot write {}", path.display());
    for _ in 0..ATTEMPTS {
        let file = match own::open(path)? {
            Some(file) => file,
            None => match own::create(path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error).with_context(trouble),
            },
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "another run is downloading the same image (it has locked {}): wait for it, or choose \
                 another --directory",
                path.display()
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        // Whoever had the lock may have given the file its name, or removed it.
        if own::is_at(&file, path) {
            return Ok(file);
        }
    }
    Err(anyhow!("it keeps being replaced: is another program using this directory?")).with_context(trouble)
}

/// What changes when somebody writes to a file.
#[derive(PartialEq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
    is_private: bool,
}

/// A part with a verdict on what it holds.
pub(super) struct Verified {
    part: Part,
    state: State,
}

impl Verified {
    /// Gives the file its name, and no other file, whatever has been put in its place.
    ///
    /// # Errors
    /// When there is a file of that name, or this one was changed since it was verified.
    pub(super) fn rename(self, path: &Path) -> Result<()> {
        if let Err(error) = self.check(&self.part.path) {
            self.discard();
            return Err(error);
        }
        let part = TempPath::try_from_path(&self.part.path);
        let renamed = part.and_then(|part| {
            part.persist_noclobber(path).map_err(|mut failed| {
                // It stays, for the next run.
                failed.path.disable_cleanup(true);
                failed.error
            })
        });
        if let Err(error) = renamed {
            own::check_free(path)?;
            return Err(error).with_context(|| format!("cannot write {}", path.display()));
        }
        // Between the check and the new name, another file may have been put in the place of the part.
        if let Err(error) = self.check(path) {
            let _ = fs::remove_file(path);
            self.discard();
            return Err(error);
        }
        let _ = fs::remove_file(&self.part.note);
        Ok(())
    }

    /// Passes on all of it once more, as it was verified.
    pub(super) fn reader(&mut self) -> Result<&File> {
        self.part.file.rewind().with_context(|| self.part.unreadable())?;
        Ok(&self.part.file)
    }

    /// Whether the file that was verified is at `path`, as it was then.
    fn check(&self, path: &Path) -> Result<()> {
        let same = own::is_at(&self.part.file, path) && self.part.state()? == self.state;
        ensure!(
            same && self.state.is_private,
            "{} was changed or replaced while it was verified: another program is using this directory; \
             use one that only you can write to",
            path.display()
        );
        Ok(())
    }

    /// Removes it.
    pub(super) fn discard(self) {
        self.part.discard();
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::path::Path;

    use super::{Part, Verified};

    /// An image in `directory` that was just verified.
    fn verified(directory: &Path) -> Verified {
        let (mut part, _) = Part::open(directory, "image", "http://example.org/image").expect("a part");
        part.write(b"what was verified").expect("written");
        let state = part.state().expect("its state");
        Verified { part, state }
    }

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_was_verified_gets_the_name() {
        let folder = tempfile::tempdir().expect("a folder");
        verified(folder.path()).rename(&folder.path().join("image")).expect("renamed");
        assert_eq!(names(folder.path()), ["image"]);
    }

    #[test]
    fn what_was_changed_since_gets_no_name() {
        type Change = (fn(&Path), &'static [&'static str]);
        let changes: [Change; 4] = [
            (
                |part| OpenOptions::new().append(true).open(part).expect("it").write_all(b"!").expect("more"),
                &[],
            ),
            (|part| OpenOptions::new().write(true).open(part).expect("it").set_len(3).expect("shorter"), &[]),
            (|part| fs::hard_link(part, part.with_file_name("second")).expect("a link"), &["second"]),
            (
                |part| {
                    fs::write(part.with_file_name("new"), b"what was verified").expect("a file");
                    fs::rename(part.with_file_name("new"), part).expect("in its place");
                },
                &[".image.part"],
            ),
        ];
        for (change, left) in changes {
            let folder = tempfile::tempdir().expect("a folder");
            let verified = verified(folder.path());
            change(&folder.path().join(".image.part"));
            let error = verified.rename(&folder.path().join("image")).expect_err("an error");
            assert!(error.to_string().contains("changed or replaced"), "{error:#}");
            assert_eq!(names(folder.path()), left);
        }
    }

    #[test]
    fn another_file_of_that_name_stays_and_so_does_the_part() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("image"), "mine").expect("a file");
        verified(folder.path()).rename(&folder.path().join("image")).expect_err("an error");
        assert_eq!(names(folder.path()), [".image.part", "image"]);
        assert_eq!(fs::read(folder.path().join("image")).expect("the file"), b"mine");
    }
}
