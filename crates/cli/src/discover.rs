//! From arguments to the texts to check.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dryboot_core::{HEAD, Limits, has_embedded, is_user_data, names_host};
use ignore::WalkBuilder;
use rayon::prelude::*;

use crate::project::Project;

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

/// Reads what the arguments name, in their order, each file once; files of a directory by name. What is longer than
/// `limit` bytes is read to one byte behind that.
///
/// # Errors
/// When a configuration cannot be used.
pub(crate) fn inputs(
    paths: &[PathBuf],
    stdin_name: &str,
    limit: usize,
    project: &mut Project,
) -> Result<Vec<Input>> {
    let mut found: Vec<Found> = Vec::new();
    for path in paths {
        if is_standard_input(path) {
            found.push(Found::StandardInput);
        } else if path.is_dir() {
            found.extend(directory(path, limit, project)?.into_iter().map(|found| match found {
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
    Ok(found.into_par_iter().map(|found| found.open(stdin_name, limit)).collect())
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

/// The user-data in a directory, and with what holds for it, files that have some inside.
fn directory(root: &Path, limit: usize, project: &mut Project) -> Result<Vec<Result<PathBuf>>> {
    let walk = WalkBuilder::new(root).sort_by_file_path(Path::cmp).require_git(false).build();
    let mut files: Vec<Result<(PathBuf, bool)>> = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.into_path();
                if !project.excludes(&path)? {
                    let looks_inside = project.settings(&path)?.looks_inside();
                    files.push(Ok((path, looks_inside)));
                }
            }
            Ok(_) => {}
            Err(error) => files.push(Err(error.into())),
        }
    }
    // Looking into them takes longer than finding them.
    let counts =
        |path: &Path, looks_inside| is_user_data_file(path) || (looks_inside && has_user_data(path, limit));
    let found = files.into_par_iter().filter_map(|found| match found {
        Ok((path, looks_inside)) => counts(&path, looks_inside).then_some(Ok(path)),
        Err(error) => Some(Err(error)),
    });
    Ok(found.collect())
}

/// Whether a file of another language has user-data inside.
fn has_user_data(path: &Path, limit: usize) -> bool {
    let name = path.to_string_lossy();
    names_host(&name) && read_file(path, limit).is_ok_and(|bytes| has_embedded(&name, &bytes))
}

/// By name, or by the first lines.
fn is_user_data_file(path: &Path) -> bool {
    let mut head = Vec::new();
    let opened = fs::File::open(path);
    let read = opened.and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    is_user_data(&path.to_string_lossy(), if read.is_ok() { &head } else { &[] })
}
