//! A copy of the image, written while it is verified: a file that is there only when it is good, or standard output.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use same_file::Handle;

use crate::replace::Replacement;

pub(super) enum Tee {
    /// It has its name when it is kept, and not before.
    File(Box<Replacement>, String),
    /// What reads it has the data before the verdict.
    Stdout,
}

impl Tee {
    /// Begins a copy that is none of the inputs.
    ///
    /// # Errors
    /// When no new or regular file is named.
    pub(super) fn begin(path: &Path, inputs: &[&Path]) -> Result<Self> {
        if path.as_os_str() == "-" {
            ensure!(
                !io::stdout().is_terminal(),
                "images are not written to a terminal: redirect standard output"
            );
            return Ok(Self::Stdout);
        }
        let name = path.display();
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        ensure!(
            !is_link,
            "cannot write {name}: it is a symbolic link: name the file itself; `--tee -` is standard output"
        );
        if let Some(old) = handle(path) {
            let is_same = |input: &&&Path| handle(input).is_some_and(|input| input == old);
            if let Some(input) = inputs.iter().find(is_same) {
                return Err(anyhow!("cannot write {name}: it is an input, {}", input.display()));
            }
        }
        Ok(Self::File(Box::new(Replacement::begin(path)?), name.to_string()))
    }

    pub(super) fn is_stdout(&self) -> bool {
        matches!(self, Self::Stdout)
    }

    /// Writes the next piece of the data.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::File(file, name) => file.write_all(bytes).with_context(|| format!("cannot write {name}")),
            Self::Stdout => io::stdout().write_all(bytes).map_err(|error| closed(&error)),
        }
    }

    /// Everything is written; a file is kept if it is good.
    pub(super) fn end(self, good: bool) -> Result<()> {
        match self {
            Self::File(file, _) if good => file.commit(),
            Self::File(..) => Ok(()),
            Self::Stdout => io::stdout().flush().map_err(|error| closed(&error)),
        }
    }
}

/// What a file is, by whatever name; none if it is not a regular one. Opening a pipe would wait for its other end.
fn handle(path: &Path) -> Option<Handle> {
    if path.as_os_str() == "-" {
        return Handle::stdin().ok();
    }
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file()).then(|| Handle::from_path(path).ok())?
}

/// A reader that has seen enough is usually not a failure; here it ends a verification that nobody has finished.
fn closed(error: &io::Error) -> anyhow::Error {
    anyhow!("cannot write to standard output, so the image was not fully verified: {error}")
}
