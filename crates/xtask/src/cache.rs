//! The folder outside the tree that holds installed tools.
//!
//! Outside, so that `cargo clean`, `git clean` and a second checkout do not install everything again.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::PathBuf;

/// The cache folder: `$DRYBOOT_CACHE`, else `dryboot` in the user's cache folder.
pub(crate) fn dir() -> Result<PathBuf> {
    locate(|name| std::env::var_os(name))
        .context("cannot tell where to install tools: set DRYBOOT_CACHE to a writable folder")
}

fn locate(var: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name| var(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    path("DRYBOOT_CACHE")
        .or_else(|| Some(path("XDG_CACHE_HOME")?.join("dryboot")))
        .or_else(|| Some(path("HOME").or_else(|| path("USERPROFILE"))?.join(".cache/dryboot")))
}

/// Keeps other runs of this program from installing at the same time, until it is dropped.
pub(crate) struct Lock(#[expect(dead_code, reason = "held for its lock, which ends with it")] File);

/// Waits for the right to change the cache.
pub(crate) fn lock() -> Result<Lock> {
    let dir = dir()?;
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let path = dir.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(Lock(file))
}

#[cfg(test)]
mod tests {
    use super::locate;
    use std::path::Path;

    #[test]
    fn own_variable_wins_then_xdg_then_home() {
        let env = |set: &'static [(&str, &str)]| {
            locate(move |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
        };
        let all = &[("DRYBOOT_CACHE", "/c"), ("XDG_CACHE_HOME", "/x"), ("HOME", "/h")];
        assert_eq!(env(all).as_deref(), Some(Path::new("/c")));
        assert_eq!(
            env(&[("XDG_CACHE_HOME", "/x"), ("HOME", "/h")]).as_deref(),
            Some(Path::new("/x/dryboot"))
        );
        assert_eq!(
            env(&[("XDG_CACHE_HOME", ""), ("HOME", "/h")]).as_deref(),
            Some(Path::new("/h/.cache/dryboot"))
        );
        assert_eq!(env(&[]), None);
    }
}
