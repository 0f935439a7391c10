//! Finding programs on `PATH`.

use anyhow::{Context, Result};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The first program of this name on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    in_folders(name, &std::env::var_os("PATH").unwrap_or_default())
}

fn in_folders(name: &str, folders: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(folders).map(|folder| executable(&folder, name)).find(|path| is_executable(path))
}

/// The path that a program has in a folder.
pub(crate) fn executable(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// `PATH` with these folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&old)))
        .context("a folder's name contains the character that separates the folders of PATH")
}

#[cfg(all(test, unix))]
mod tests {
    use super::in_folders;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn takes_the_first_file_that_may_be_run() -> std::io::Result<()> {
        let base = std::env::temp_dir().join(format!("xtask-search-{}", std::process::id()));
        let (plain, folder, good) = (base.join("plain"), base.join("folder"), base.join("good"));
        fs::create_dir_all(&plain)?;
        fs::create_dir_all(folder.join("tool"))?;
        fs::create_dir_all(&good)?;
        fs::write(plain.join("tool"), "")?;
        fs::set_permissions(plain.join("tool"), fs::Permissions::from_mode(0o644))?;
        fs::write(good.join("tool"), "")?;
        fs::set_permissions(good.join("tool"), fs::Permissions::from_mode(0o755))?;

        let path = std::env::join_paths([&plain, &folder, &good]).unwrap_or_default();
        let found = in_folders("tool", &path);
        let missing = in_folders("other", &path);
        fs::remove_dir_all(&base)?;
        assert_eq!(found, Some(good.join("tool")));
        assert_eq!(missing, None);
        Ok(())
    }
}
