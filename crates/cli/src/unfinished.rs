//! Files that are not finished yet. They go with the process, even when a signal ends it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// A file on its way to its name. Dropped before it has one, it leaves nothing.
pub(crate) struct Unfinished {
    file: NamedTempFile,
    /// Dropped after the file.
    listed: Listed,
}

/// A place on the list of files that there are now.
struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        files().remove(&self.0);
    }
}

/// The files that there are now.
static FILES: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn files() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Unfinished {
    /// Creates one.
    ///
    /// # Errors
    /// When no file can be created there.
    pub(crate) fn create(builder: &Builder<'_, '_>, directory: &Path) -> io::Result<Self> {
        signals::heed()?;
        // A signal waits for this, so it always finds the file on the list.
        let mut files = files();
        let file = builder.tempfile_in(directory)?;
        let listed = Listed(file.path().to_owned());
        files.insert(listed.0.clone());
        Ok(Self { file, listed })
    }

    /// The open file.
    pub(crate) fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives the file its name, which another file may have had.
    ///
    /// # Errors
    /// When it cannot have that name.
    pub(crate) fn persist(self, target: &Path) -> io::Result<()> {
        let Self { file, listed } = self;
        let outcome = file.persist(target).map(drop).map_err(|failed| failed.error);
        drop(listed);
        outcome
    }
}

#[cfg(unix)]
mod signals {
    use std::sync::OnceLock;
    use std::{fs, io, thread};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// From now on, signals that end the process remove what is unfinished first.
    pub(super) fn heed() -> io::Result<()> {
        static HEEDED: OnceLock<Result<(), io::ErrorKind>> = OnceLock::new();
        HEEDED.get_or_init(|| begin().map_err(|error| error.kind())).map_err(Into::into)
    }

    fn begin() -> io::Result<()> {
        let ignored = ignored();
        let mut signals = Signals::new(
            [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0),
        )?;
        let watch = move || {
            for signal in signals.forever() {
                // It is held to the end, so that no more files come.
                let files = super::files();
                for file in &*files {
                    let _ = fs::remove_file(file);
                }
                let _ = emulate_default_handler(signal);
            }
        };
        thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
    }

    /// The signals that this process was told to ignore, as by `nohup`: the lowest bit is number 1. None where the system
    /// does not say so.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) fn heed() -> std::io::Result<()> {
        Ok(())
    }
}
