//! From arguments to the texts to check.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ignore::WalkBuilder;

/// Something to check.
#[derive(Debug)]
pub(crate) struct Input {
    /// The name to show.
    pub(crate) name: String,
    /// The file behind it; none for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its bytes, or why they cannot be had.
    pub(crate) bytes: Result<Vec<u8>>,
}

/// File names that are user-data whatever they contain.
const NAMES: [&str; 6] =
    ["user-data", "user_data", "userdata", "cloud-config.yaml", "cloud-config.yml", "cloud-config"];

/// The header is within this many bytes, even when it is damaged.
const HEAD: usize = 256;

/// Reads what the arguments name, in their order, each file once; files of a directory by name.
pub(crate) fn inputs(paths: &[PathBuf], stdin_name: &str) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            inputs.push(standard_input(stdin_name));
        } else if path.is_dir() {
            inputs.extend(directory(path).into_iter().map(|found| match found {
                Ok(path) => file(path),
                Err(error) => Input { name: path.display().to_string(), path: None, bytes: Err(error) },
            }));
        } else {
            inputs.push(file(path.clone()));
        }
    }
    let mut seen = std::collections::HashSet::new();
    inputs.retain(|input| input.path.as_ref().is_none_or(|path| seen.insert(path.clone())));
    inputs
}

/// Reads one file, or standard input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    if path == Path::new("-") { standard_input("-").bytes } else { file(path.to_owned()).bytes }
}

fn standard_input(name: &str) -> Input {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes).map(|_| bytes);
    Input { name: name.to_owned(), path: None, bytes: read.context("cannot read standard input") }
}

fn file(path: PathBuf) -> Input {
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()));
    Input { name: path.display().to_string(), path: Some(path), bytes }
}

fn directory(root: &Path) -> Vec<Result<PathBuf>> {
    let walk = WalkBuilder::new(root).sort_by_file_path(Path::cmp).require_git(false).build();
    walk.filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
            let path = entry.into_path();
            is_user_data(&path).then_some(Ok(path))
        }
        Ok(_) => None,
        Err(error) => Some(Err(error.into())),
    })
    .collect()
}

/// By name, or by a first line that is a header or meant to be one.
fn is_user_data(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if NAMES.contains(&name) {
        return true;
    }
    let Ok(file) = fs::File::open(path) else { return false };
    let mut head = Vec::new();
    if file.take(HEAD as u64).read_to_end(&mut head).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    head.trim_start_matches('\u{feff}')
        .lines()
        .take(3)
        .any(|line| line.trim_start().starts_with("#cloud-config"))
}
