//! `--out`: the files of the boot, below a directory of the user's and nowhere else.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use dryboot_core::{Entry, FileNode, FileTree};
use serde::Serialize;

/// Where the list of all files goes, beside them.
const MANIFEST: &str = "manifest.json";

/// Where the files go.
const ROOT: &str = "root";

/// The machine after a boot.
pub(super) struct Machine<'p> {
    pub(super) target: String,
    pub(super) platform: Option<&'static str>,
    pub(super) files: &'p FileTree,
}

/// What was written, and what the machine would have made of it.
#[derive(Serialize)]
struct Manifest<'p> {
    version: u32,
    target: &'p str,
    platform: Option<&'static str>,
    files: Vec<Listed<'p>>,
}

#[derive(Serialize)]
struct Listed<'p> {
    /// On the machine.
    path: &'p str,
    /// Below the directory; none for what is listed alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Where the link leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'p str>,
    mode: String,
    owner: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<usize>,
}

/// Writes what the boot has written below `directory`, which is empty or not there. If that fails, it is so again.
///
/// Links are listed and not made: they could lead out of the directory. Modes and owners are those
/// of the user who runs this.
pub(super) fn write(machine: &Machine<'_>, directory: &Path) -> Result<usize> {
    let made = make_empty(directory)?;
    let written = write_below(machine, directory);
    if written.is_err() {
        for directory in made {
            let _ = fs::remove_dir(directory);
        }
    }
    written
}

fn write_below(machine: &Machine<'_>, directory: &Path) -> Result<usize> {
    let trouble = || format!("cannot write below {}", directory.display());
    // Everything is made under a hidden name, which goes when something fails.
    let hidden = tempfile::Builder::new().prefix(".dryboot-").tempdir_in(directory).with_context(trouble)?;
    // The directory may be reached over links; what is below it is made here.
    let root = hidden.path().canonicalize()?.join(ROOT);
    fs::create_dir(&root).with_context(trouble)?;
    let written = machine.files.iter().filter(|(_, entry)| entry.written_by.is_some());
    let files = written.map(|(path, entry)| write_entry(path, entry, &root)).collect::<Result<Vec<_>>>()?;
    let count = files.iter().filter(|listed| listed.file.is_some()).count();
    let (target, platform) = (machine.target.as_str(), machine.platform);
    let manifest = Manifest { version: 1, target, platform, files };
    let mut json = serde_json::to_vec_pretty(&manifest)?;
    json.push(b'\n');
    create(&hidden.path().join(MANIFEST), &json).with_context(trouble)?;
    fs::rename(&root, directory.join(ROOT)).with_context(trouble)?;
    // Last: where it is, all is.
    fs::rename(hidden.path().join(MANIFEST), directory.join(MANIFEST)).with_context(trouble)?;
    Ok(count)
}

/// Makes sure that there is an empty directory, and returns those that it has made for that, the innermost first.
fn make_empty(directory: &Path) -> Result<Vec<&Path>> {
    match fs::read_dir(directory) {
        Ok(mut entries) => {
            ensure!(
                entries.next().is_none(),
                "{} is not empty: name an empty directory, or one that does not exist yet",
                directory.display()
            );
            Ok(Vec::new())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_missing = |directory: &&Path| !directory.as_os_str().is_empty() && !directory.exists();
            let missing = directory.ancestors().take_while(is_missing).collect();
            fs::create_dir_all(directory)
                .with_context(|| format!("cannot create {}", directory.display()))?;
            Ok(missing)
        }
        Err(error) => Err(error).with_context(|| format!("cannot write below {}", directory.display())),
    }
}

fn write_entry<'p>(path: &'p str, entry: &'p Entry, root: &Path) -> Result<Listed<'p>> {
    let mut listed = Listed {
        path,
        file: None,
        link: None,
        mode: entry.mode.to_string(),
        owner: entry.owner.as_deref().unwrap_or("root"),
        size: None,
    };
    match &entry.node {
        FileNode::File(content) => {
            let below = below(path)?;
            let file = root.join(&below);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent).with_context(|| unwritable(path))?;
            }
            create(&file, content).with_context(|| unwritable(path))?;
            listed.file = Some(format!("{ROOT}/{}", below.display()));
            listed.size = Some(content.len());
        }
        FileNode::Symlink(target) => listed.link = Some(target),
        FileNode::Directory | FileNode::Device => {}
    }
    Ok(listed)
}

/// A path of the machine as one below the root: no `..`, no drive, and nothing that this system
/// could not tell apart.
fn below(path: &str) -> Result<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || relative.as_os_str().is_empty() || path.contains(['\0', '\\']) && cfg!(windows) {
        bail!("`{path}` cannot be written to a directory on this system");
    }
    Ok(relative.to_owned())
}

fn unwritable(path: &str) -> String {
    format!("cannot write the machine's {path}")
}

/// Writes a file that was not there.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_written() {
        assert_eq!(below("/etc/motd").ok(), Some(PathBuf::from("etc/motd")));
        for path in ["/..", "/../etc/passwd", "/a/../../b", "/", ""] {
            assert!(below(path).is_err(), "{path}");
        }
    }
}
