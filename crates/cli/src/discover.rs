//! From arguments to the texts to check.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dryboot_core::{Limits, has_embedded, names_host};
use ignore::WalkBuilder;
use rayon::prelude::*;

/// Something to check.
#[derive(Debug)]
pub(crate) struct Input {
    /// The name to show.
    pub(crate) name: String,
    /// The file after it; none for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its bytes, or why they cannot be had.
    pub(crate) bytes: Result<Vec<u8>>,
}

/// File names that are user-data whatever they contain.
const NAMES: [&str; 6] =
    ["user-data", "user_data", "userdata", "cloud-config.yaml", "cloud-config.yml", "cloud-config"];

/// The header is within this many bytes, even when it is damaged.
const HEAD: usize = 256;

/// Reads what the arguments name, in their order, each file once; files of a directory by name. What is longer than
/// `limit` bytes is read to one byte behind that.
/// With `looks_inside`, files of a directory count that have user-data inside.
pub(crate) fn inputs(paths: &[PathBuf], stdin_name: &str, limit: usize, looks_inside: bool) -> Vec<Input> {
    let mut found: Vec<Found> = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            found.push(Found::StandardInput);
        } else if path.is_dir() {
            found.extend(directory(path, limit, looks_inside).into_iter().map(|found| match found {
                Ok(path) => Found::File(path),
                Err(error) => Found::Trouble(path.display().to_string(), error),
            }));
        } else {
            found.push(Found::File(path.clone()));
        }
    }
    // Two arguments can name the same file in different ways; one finds each once.
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        found.retain(|found| match found {
            Found::StandardInput => seen.insert(PathBuf::from("-")),
            Found::File(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
            Found::Trouble(..) => true,
        });
    }
    found.into_par_iter().map(|found| found.open(stdin_name, limit)).collect()
}

/// Something that is named, not read yet.
enum Found {
    StandardInput,
    File(PathBuf),
    Trouble(String, anyhow::Error),
}

impl Found {
    fn open(self, stdin_name: &str, limit: usize) -> Input {
        match self {
            Self::StandardInput => {
                let bytes = read_stdin(limit);
                Input { name: stdin_name.to_owned(), path: None, bytes }
            }
            Self::File(path) => {
                let bytes = read_file(&path, limit);
                Input { name: path.display().to_string(), path: Some(path), bytes }
            }
            Self::Trouble(name, error) => Input { name, path: None, bytes: Err(error) },
        }
    }
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads one file, or standard input, and refuses what is longer than a text may be.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let limit = Limits::default().bytes;
    let standard_input = is_standard_input(path);
    let bytes = if standard_input { read_stdin(limit)? } else { read_file(path, limit)? };
    let name = if standard_input { "standard input".into() } else { path.display().to_string() };
    ensure!(bytes.len() <= limit, "{name} is too large: it has more than {} MiB", limit >> 20);
    Ok(bytes)
}

fn read_stdin(limit: usize) -> Result<Vec<u8>> {
    read_up_to(io::stdin().lock(), limit, 0).context("cannot read standard input")
}

fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let read = fs::File::open(path).and_then(|file| {
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        read_up_to(file, limit, usize::try_from(length).unwrap_or(usize::MAX))
    });
    read.with_context(|| format!("cannot read {}", path.display()))
}

/// Reads to one byte behind the limit, which shows that it is passed. A device may never end. With room for what is
/// expected, a small file is read at once.
fn read_up_to(source: impl Read, limit: usize, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.min(limit).saturating_add(1));
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn directory(root: &Path, limit: usize, looks_inside: bool) -> Vec<Result<PathBuf>> {
    let walk = WalkBuilder::new(root).sort_by_file_path(Path::cmp).require_git(false).build();
    let files: Vec<Result<PathBuf>> = walk
        .filter_map(|entry| match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                is_file.then(|| Ok(entry.into_path()))
            }
            Err(error) => Some(Err(error.into())),
        })
        .collect();
    // Looking into them takes longer than finding them.
    let counts = |path: &Path| is_user_data(path) || (looks_inside && has_user_data(path, limit));
    files.into_par_iter().filter(|found| found.as_ref().map_or(true, |path| counts(path))).collect()
}

/// Whether a file of another language has user-data inside.
fn has_user_data(path: &Path, limit: usize) -> bool {
    let name = path.to_string_lossy();
    names_host(&name) && read_file(path, limit).is_ok_and(|bytes| has_embedded(&name, &bytes))
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
