//! Hidden files beside the image, in a directory where others may write, too: opened only if they are ours alone.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use same_file::Handle;

/// Opens a file for reading and writing, if it exists.
///
/// # Errors
/// When it is not an ordinary file with one name that belongs to this user: whoever made it that way could read, change
/// or divert what is written to it.
pub(super) fn open(path: &Path) -> Result<Option<File>> {
    let trouble = || format!("cannot open {}", path.display());
    // Opening a pipe or a device can have effects of its own, so it is asked about first.
    match fs::symlink_metadata(path) {
        Ok(metadata) => refuse(path, &metadata)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(trouble),
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    follow_nothing(&mut options);
    match options.open(path) {
        Ok(file) => {
            // It may be another one by now.
            refuse(path, &file.metadata().with_context(trouble)?)?;
            Ok(Some(file))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(trouble),
    }
}

/// Makes a file that is not there yet; its mode is the umask's.
pub(super) fn create(path: &Path) -> io::Result<File> {
    // `create_new` follows no link.
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Refuses a name that something has already, be it a link to nowhere.
pub(super) fn check_free(path: &Path) -> Result<()> {
    ensure!(
        fs::symlink_metadata(path).is_err(),
        "{} already exists: remove it, or choose another --directory",
        path.display()
    );
    Ok(())
}

/// Whether the path leads to the file, itself and not by a link.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let found = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let same = || Ok::<_, io::Error>(Handle::from_file(file.try_clone()?)? == Handle::from_path(path)?);
    found && same().unwrap_or(false)
}

/// Whether the file has just one name. One without any is gone from the disk.
pub(super) fn has_one_name(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata) == 1;
    #[cfg(not(unix))]
    return metadata.is_file();
}

fn refuse(path: &Path, metadata: &Metadata) -> Result<()> {
    let Some(reason) = reason(metadata) else { return Ok(()) };
    bail!(
        "{} {reason}, so it is not used for the download: remove it, or choose another --directory",
        path.display()
    );
}

fn reason(metadata: &Metadata) -> Option<&'static str> {
    if metadata.is_symlink() {
        return Some("is a symbolic link");
    }
    if !metadata.is_file() {
        return Some("is not a regular file");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Some("belongs to another user");
        }
        if metadata.nlink() > 1 {
            return Some("also has another name (a hard link)");
        }
    }
    None
}

/// Neither follows a link, nor waits for the other end of a pipe.
fn follow_nothing(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
}
