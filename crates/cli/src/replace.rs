//! A file is replaced as a whole or not at all: its new content is complete, and on the disk, before it gets the name.
//!
//! - A symbolic link stays, and the file that it leads to is replaced.
//! - The mode stays; so do owner and group, where the user may set them.
//! - Other hard links keep the old content. They may well be a backup, and writing through them would change it.
//! - A read-only file, and whatever is not a regular file, is left alone. So is a file in a directory where no other
//!   file can be created: nothing safe can be done there.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::remark;
use crate::unfinished::Unfinished;
use anyhow::{Context, Result, bail, ensure};

/// How the names of unfinished files begin. They are hidden, so that no directory walk takes them for user-data.
const UNFINISHED: &str = ".dryboot-";

/// The new content of a file on its way to its place. Dropped before [`Replacement::commit`], it leaves nothing.
pub(crate) struct Replacement {
    /// In the same directory, so that its name can be changed in one step. Nobody else may read it until then.
    file: Unfinished,
    /// The file as the user named it.
    name: PathBuf,
    /// The file itself, behind all symbolic links.
    target: PathBuf,
    /// The file that is replaced; none when there is none.
    old: Option<Metadata>,
    /// What it gets at last: the old file's, or those of any new file.
    permissions: Permissions,
}

impl Replacement {
    /// Begins to replace a file, or to create it.
    ///
    /// # Errors
    /// When it could not be replaced in the end, or no other file can be created in its directory.
    pub(crate) fn begin(name: &Path) -> Result<Self> {
        Self::try_begin(name).with_context(|| cannot_write(name))
    }

    fn try_begin(name: &Path) -> Result<Self> {
        let (target, old) = match fs::metadata(name) {
            Ok(old) => {
                check_replaceable(name, &old)?;
                (fs::canonicalize(name)?, Some(old))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ensure!(
                    fs::symlink_metadata(name).is_err(),
                    "it is a symbolic link to a file that does not exist"
                );
                (name.to_owned(), None)
            }
            Err(error) => return Err(error.into()),
        };
        let (file, permissions) = unfinished(directory(&target), old.as_ref())
            .context("no temporary file can be created beside it")?;
        Ok(Self { file, name: name.to_owned(), target, old, permissions })
    }

    /// Puts the new content into the place of the old.
    ///
    /// # Errors
    /// When the disk is full, or the file may not be replaced. The old file is whole then.
    pub(crate) fn commit(self) -> Result<()> {
        let name = self.name.clone();
        self.try_commit().with_context(|| cannot_write(&name))
    }

    fn try_commit(mut self) -> Result<()> {
        let file = self.file.file();
        file.flush()?;
        let keeps_owner = self.old.as_ref().is_none_or(|old| keep_owner(file, old));
        // After the owner, whose change takes permissions away.
        file.set_permissions(permitted(self.permissions, keeps_owner))?;
        file.sync_all()?;
        self.file.persist(&self.target)?;
        // The file is in its place; this only makes its new name outlast a power cut, and not every system can do it.
        if let Ok(directory) = File::open(directory(&self.target)) {
            let _ = directory.sync_all();
        }
        let name = self.name.display();
        match self.old.as_ref().map_or(0, other_links) {
            0 => {}
            1 => remark(&format!("{name} had another hard link, which keeps the old content")),
            others => remark(&format!("{name} had {others} other hard links, which keep the old content")),
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.file().flush()
    }
}

/// Replaces the content `old` of a file by `new`.
///
/// # Errors
/// When the file cannot be written, or has another content by now. It is as it was then.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
    let mut replacement = Replacement::begin(path)?;
    replacement.write_all(new).with_context(|| cannot_write(path))?;
    let is_unchanged = is_content(path, old).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(
        is_unchanged,
        "{}: the file has changed since it was read: run the command again",
        cannot_write(path)
    );
    replacement.commit()
}

fn is_content(path: &Path, content: &[u8]) -> io::Result<bool> {
    let length = fs::metadata(path)?.len();
    Ok(length == content.len() as u64 && fs::read(path)? == content)
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// What the user could not write in place is not replaced either, although the directory would allow it.
fn check_replaceable(path: &Path, old: &Metadata) -> Result<()> {
    ensure!(!old.is_dir(), "it is a directory: name a file");
    ensure!(old.is_file(), "it is not a regular file");
    // The system's administrator could write it; the owner has said not to.
    if old.permissions().readonly() {
        bail!("it is read-only");
    }
    OpenOptions::new().write(true).open(path).map(drop).map_err(Into::into)
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates an empty file that nobody else may read, and says which permissions it shall have in the end.
fn unfinished(directory: &Path, old: Option<&Metadata>) -> io::Result<(Unfinished, Permissions)> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    if let Some(old) = old {
        return Ok((Unfinished::create(&builder, directory)?, old.permissions()));
    }
    // Only a file that is created so shows what the user's mask leaves.
    #[cfg(unix)]
    builder.permissions(PermissionsExt::from_mode(0o666));
    let mut file = Unfinished::create(&builder, directory)?;
    let permissions = file.file().metadata()?.permissions();
    #[cfg(unix)]
    file.file().set_permissions(PermissionsExt::from_mode(0o600))?;
    Ok((file, permissions))
}

/// Whether a file could be given to the owner and the group of another.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let owner = |file: &Metadata| (file.uid(), file.gid());
    if file.metadata().is_ok_and(|new| owner(&new) == owner(old)) {
        return true;
    }
    // Only the administrator may give files away; everybody else may choose among their groups.
    fchown(file, Some(old.uid()), Some(old.gid())).is_ok() || {
        let _ = fchown(file, None, Some(old.gid()));
        false
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> bool {
    true
}

/// A file may run with its owner's rights only while it has that owner.
#[cfg(unix)]
fn permitted(permissions: Permissions, keeps_owner: bool) -> Permissions {
    if keeps_owner { permissions } else { Permissions::from_mode(permissions.mode() & 0o777) }
}

#[cfg(not(unix))]
fn permitted(permissions: Permissions, _: bool) -> Permissions {
    permissions
}

/// How many other names the file has.
#[cfg(unix)]
fn other_links(file: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    file.nlink().saturating_sub(1)
}

#[cfg(not(unix))]
fn other_links(_: &Metadata) -> u64 {
    0
}
