//! A file that is there under its name only when it is good.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tempfile::NamedTempFile;

pub(crate) struct Tee {
    /// In the same directory, so that its name can be changed in one step. It goes when it is dropped.
    file: NamedTempFile,
    path: PathBuf,
}

impl Tee {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let trouble = || format!("cannot write {}", path.display());
        ensure!(!path.is_dir(), "{}: it is a directory: name a file", trouble());
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file =
            tempfile::Builder::new().prefix(".dryboot-").tempfile_in(directory).with_context(trouble)?;
        Ok(Self { file, path: path.to_owned() })
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Gives the file its name.
    pub(crate) fn keep(self) -> Result<()> {
        let trouble = || format!("cannot write {}", self.path.display());
        // A temporary file is private; this one is an ordinary one from now on.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o644);
            self.file.as_file().set_permissions(mode).with_context(trouble)?;
        }
        self.file.as_file().sync_all().with_context(trouble)?;
        self.file.persist(&self.path).map(drop).map_err(|error| error.error).with_context(trouble)
    }
}

impl Write for Tee {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
