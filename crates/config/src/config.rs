//! What one file says.

use std::path::{Path, PathBuf};

use dryboot_core::Span;
use globset::GlobSet;
use toml::Spanned;
use toml::de::DeTable;

use crate::keys::{Found, Key, OVERRIDES, PATHS, PROJECT, Project, SETTINGS, globs, table, unknown_name};
use crate::problem::{Invalid, Problem};
use crate::settings::Settings;

/// What a file says.
#[derive(Debug)]
pub struct Config {
    /// The file.
    path: PathBuf,
    project: Project,
    settings: Settings,
    overrides: Vec<Override>,
}

/// What holds for some paths instead.
#[derive(Debug)]
struct Override {
    paths: GlobSet,
    settings: Settings,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or there is a mistake in it.
    pub fn read(path: &Path) -> Result<Self, Invalid> {
        let text = std::fs::read_to_string(path).map_err(|error| Invalid::unreadable(path, &error))?;
        Self::parse(path, &text).map_err(|problems| Invalid::new(path, &text, &problems))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let syntax = |error: toml::de::Error| {
            let at = error.span().map_or(Span::empty(0), |range| Span::new(range.start, range.end));
            vec![Problem::new(at, error.message().to_owned())]
        };
        let top = DeTable::parse(text).map_err(syntax)?;
        let mut reader = Reader::default();
        let (mut project, mut settings) = (Project::default(), Settings::default());
        let mut overrides = Vec::new();
        for (key, value) in top.get_ref() {
            let name = key.get_ref().as_ref();
            if name == OVERRIDES {
                overrides = reader.overrides(value);
            } else if !reader.takes(PROJECT, name, &mut project, value)
                && !reader.takes(SETTINGS, name, &mut settings, value)
            {
                let known: Vec<&str> = names(PROJECT).chain(names(SETTINGS)).chain([OVERRIDES]).collect();
                reader.problems.push(Problem::new(span(key), unknown_name("key", name, &known)));
            }
        }
        reader.problems.sort_by_key(|problem| problem.span);
        if !reader.problems.is_empty() {
            return Err(reader.problems);
        }
        Ok(Self { path: path.to_owned(), project, settings, overrides })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The directory that patterns and paths in the file are relative to.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// What holds for a file: later exceptions outdo earlier ones.
    #[must_use]
    pub fn settings(&self, path: &Path) -> Settings {
        let mut settings = self.settings.clone();
        let Some(relative) = self.relative(path) else { return settings };
        for exception in self.overrides.iter().filter(|exception| exception.paths.is_match(relative)) {
            settings.add(&exception.settings);
        }
        settings
    }

    /// Whether a file of a directory is left out.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.relative(path).is_some_and(|relative| self.project.exclude.is_match(relative))
    }

    /// The file with the findings that are known.
    #[must_use]
    pub fn baseline(&self) -> Option<PathBuf> {
        self.project.baseline.as_ref().map(|path| self.directory().join(path))
    }

    /// Whether the project is for this version of dryboot.
    ///
    /// # Errors
    /// When it is for another one; as a sentence.
    pub fn check_version(&self, version: &str) -> Result<(), String> {
        let Some(required) = &self.project.required_version else { return Ok(()) };
        let rest = version.strip_prefix(required.as_str());
        match rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '+'])) {
            true => Ok(()),
            false => Err(format!(
                "{} requires dryboot {required}, and this is {version}: install that version, or change `required-version`",
                self.path.display()
            )),
        }
    }

    fn relative<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(self.directory()).ok()
    }
}

/// Where a key or a value stands.
pub(crate) fn span<T>(value: &Spanned<T>) -> Span {
    let range = value.span();
    Span::new(range.start, range.end)
}

fn names<S>(keys: &'static [Key<S>]) -> impl Iterator<Item = &'static str> {
    keys.iter().map(|key| key.name)
}

/// Goes on after a mistake, to find all of them.
#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    /// Reads the value of a key, if it is one of these.
    fn takes<S>(&mut self, keys: &[Key<S>], name: &str, into: &mut S, value: Found<'_>) -> bool {
        let Some(key) = keys.iter().find(|key| key.name == name) else { return false };
        if let Err(problems) = (key.read)(into, value) {
            let of_key = |problem: Problem| match problem.message.strip_prefix("must be") {
                Some(rest) => Problem::new(problem.span, format!("`{name}` must be{rest}")),
                None => problem,
            };
            self.problems.extend(problems.into_iter().map(of_key));
        }
        true
    }

    fn overrides(&mut self, value: Found<'_>) -> Vec<Override> {
        let Some(list) = value.get_ref().as_array() else {
            self.problems.push(Problem::new(
                span(value),
                "`overrides` must be a list of tables: write `[[overrides]]`",
            ));
            return Vec::new();
        };
        list.iter().filter_map(|item| self.exception(item)).collect()
    }

    fn exception(&mut self, item: Found<'_>) -> Option<Override> {
        let entries = match table(item) {
            Ok(entries) => entries,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let mut settings = Settings::default();
        let mut paths = None;
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            if name == PATHS {
                match globs(value) {
                    Ok(globs) => paths = Some(globs),
                    Err(problems) => {
                        self.problems.extend(problems);
                        paths = Some(GlobSet::empty());
                    }
                }
            } else if !self.takes(SETTINGS, name, &mut settings, value) {
                self.problems.push(Problem::new(span(key), not_for_paths(name)));
            }
        }
        if paths.is_none() {
            self.problems.push(Problem::new(
                span(item),
                "`paths` is missing: say which files this is for, such as `paths = [\"flatcar/**\"]`",
            ));
        }
        Some(Override { paths: paths?, settings })
    }
}

/// The message about a key that cannot stand in an exception.
fn not_for_paths(name: &str) -> String {
    if names(PROJECT).any(|known| known == name) {
        return format!("`{name}` holds for all files: move it to the top of the file");
    }
    let known: Vec<&str> = names(SETTINGS).chain([PATHS]).collect();
    unknown_name("key", name, &known)
}
