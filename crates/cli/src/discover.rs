//! From arguments to the texts to check.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dryboot_core::{HEAD, Limits, has_embedded, is_user_data, names_host};
use ignore::WalkBuilder;

use crate::parallel;
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
            found.extend(directory(path, limit, project)?);
        } else {
            found.push(Found::File(path.clone()));
        }
    }
    // Two arguments can name the same file in different ways; one finds each once.
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        found.retain(|found| match found {
            Found::StandardInput => seen.insert(PathBuf::from("-")),
            Found::File(path) => seen.insert(in_full(path)),
            Found::Read(Input { path, .. }) => path.as_deref().is_none_or(|path| seen.insert(in_full(path))),
        });
    }
    Ok(parallel::filter_map(found, |found| Some(found.open(stdin_name, limit))))
}

fn in_full(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Something that is named.
enum Found {
    StandardInput,
    File(PathBuf),
    /// A file of a directory, which had to be read to know that it is to be checked.
    Read(Input),
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
            Self::Read(input) => input,
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
        let length = length(&file);
        read_up_to(file, limit, length)
    });
    read.with_context(|| format!("cannot read {}", path.display()))
}

/// How long a file is said to be.
fn length(file: &fs::File) -> usize {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// Reads to one byte behind the limit, which shows that it is passed. A device may never end. With room for what is
/// expected, a small file is read at once.
fn read_up_to(source: impl Read, limit: usize, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected.min(limit).saturating_add(1));
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The user-data in a directory, and with what holds for it, files that have some inside.
fn directory(root: &Path, limit: usize, project: &mut Project) -> Result<Vec<Found>> {
    let walk = WalkBuilder::new(root).sort_by_file_name(OsStr::cmp).require_git(false).build();
    let mut files = Vec::new();
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
            Err(error) => {
                let name = root.display().to_string();
                files.push(Err(Input { name, path: None, bytes: Err(error.into()) }));
            }
        }
    }
    // Looking into them takes longer than finding them.
    Ok(parallel::filter_map(files, |file| match file {
        Ok((path, looks_inside)) => look_into(path, looks_inside, limit).map(Found::Read),
        Err(trouble) => Some(Found::Read(trouble)),
    }))
}

/// How many bytes of a file are read to decide whether to check it. Most user-data is shorter.
const FIRST: usize = 8 << 10;

/// Reads a file if it is user-data, by its name or its first lines, or has some inside.
fn look_into(path: PathBuf, looks_inside: bool, limit: usize) -> Option<Input> {
    let name = path.display().to_string();
    let read = fs::File::open(&path).and_then(|file| {
        let length = length(&file);
        let mut bytes = read_up_to(&file, FIRST, length.min(FIRST))?;
        let counts = is_user_data(&name, &bytes[..bytes.len().min(HEAD)]);
        let is_of_interest = counts || (looks_inside && names_host(&name));
        if !is_of_interest {
            return Ok(None);
        }
        let left = (limit + 1).saturating_sub(bytes.len());
        bytes.reserve(length.saturating_sub(bytes.len()).min(left));
        file.take(left as u64).read_to_end(&mut bytes)?;
        Ok((counts || has_embedded(&name, &bytes)).then_some(bytes))
    });
    let bytes = match read {
        Ok(bytes) => Ok(bytes?),
        Err(error) if is_user_data(&name, &[]) => {
            Err(error).with_context(|| format!("cannot read {}", path.display()))
        }
        Err(_) => return None,
    };
    Some(Input { name, path: Some(path), bytes })
}
