//! The files of a machine, and which of them belong to a unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Release, name};

/// The directories of the system's units, the first wins (`systemd.unit(5)`).
pub const DIRECTORIES: [&str; 6] = [
    "/etc/systemd/system",
    "/run/systemd/system",
    "/run/systemd/generator",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
];

/// Drop-ins for a prefix of the name, `foo-.service.d`.
const PREFIX_DROP_INS: Release = Release(239);
/// Drop-ins for all units of a type, `service.d`.
const TYPE_DROP_INS: Release = Release(244);
/// As many links as are followed.
const HOPS: usize = 16;

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A file with this text.
    File(String),
    /// A symbolic link to this path.
    Link(String),
}

/// The unit files of a machine, by absolute path.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    entries: BTreeMap<String, Content>,
    /// The last part of links' targets, with the names of the links; of those that have been
    /// replaced, too.
    linked: BTreeMap<String, BTreeSet<String>>,
    /// The last parts of directories that have files, such as `docker.service.d`: most units have
    /// none, and need not be looked for everywhere.
    folders: BTreeSet<String>,
}

/// The file after a name.
pub(super) struct Found {
    /// The unit's name, without aliases.
    pub(super) id: String,
    pub(super) path: String,
    pub(super) masked: bool,
}

impl Catalog {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, instead of what was at its path.
    pub fn file(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.insert(path.into(), Content::File(text.into()));
    }

    /// Adds a symbolic link, instead of what was at its path.
    pub fn link(&mut self, path: impl Into<String>, target: impl Into<String>) {
        let (path, target) = (path.into(), target.into());
        self.linked.entry(base(&target).to_owned()).or_default().insert(base(&path).to_owned());
        self.insert(path, Content::Link(target));
    }

    fn insert(&mut self, path: String, content: Content) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| base(folder));
        if !self.folders.contains(folder) {
            self.folders.insert(folder.to_owned());
        }
        self.entries.insert(path, content);
    }

    /// Removes what is at a path.
    pub fn remove(&mut self, path: &str) -> Option<Content> {
        self.entries.remove(path)
    }

    /// What is at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.entries.get(path)
    }

    /// Everything, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.entries.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// Whether there is a file for a unit, or a mask.
    #[must_use]
    pub fn has(&self, unit: &str) -> bool {
        self.find(unit).is_some()
    }

    /// The text of the file at a path, or behind the links there.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.follow(path).and_then(|path| self.entries.get(&path)) {
            Some(Content::File(text)) => text,
            _ => "",
        }
    }

    /// The path of the file at the end of links; `/dev/null` for a mask.
    fn follow(&self, path: &str) -> Option<String> {
        let mut path = path.to_owned();
        for _ in 0..HOPS {
            match self.entries.get(&path) {
                Some(Content::File(_)) => return Some(path),
                Some(Content::Link(target)) => path = absolute(&path, target),
                None => return (path == "/dev/null").then_some(path),
            }
        }
        None
    }

    /// The file of a unit, or that of its template.
    pub(super) fn find(&self, unit: &str) -> Option<Found> {
        if unit.len() > name::LONGEST {
            return None;
        }
        self.find_exactly(unit).or_else(|| {
            let found = self.find_exactly(&name::template(unit)?)?;
            let id = name::instantiate(&found.id, name::instance(unit).unwrap_or_default());
            Some(Found { id, ..found })
        })
    }

    fn find_exactly(&self, unit: &str) -> Option<Found> {
        DIRECTORIES.iter().find_map(|directory| {
            let path = format!("{directory}/{unit}");
            let behind = self.follow(&path)?;
            let masked =
                behind == "/dev/null" || self.entries.get(&behind) == Some(&Content::File(String::new()));
            if masked {
                return Some(Found { id: unit.to_owned(), path, masked });
            }
            let target = base(&behind);
            let is_unit = name::fault(target).is_none() && name::suffix(target) == name::suffix(unit);
            // A link from an instance to its own template is no alias.
            let is_alias = is_unit
                && target != unit
                && is_in_directory(&behind)
                && name::template(unit).as_deref() != Some(target);
            Some(match is_alias {
                true if name::is_template(target)
                    && name::instance(unit).is_some_and(|instance| !instance.is_empty()) =>
                {
                    let id = name::instantiate(target, name::instance(unit).unwrap_or_default());
                    Found { id, path: behind, masked }
                }
                true => Found { id: target.to_owned(), path: behind, masked },
                false => Found { id: unit.to_owned(), path: behind, masked },
            })
        })
    }

    /// The names that lead to the unit whose file is at `path`.
    pub(super) fn aliases(&self, unit: &str, path: &str) -> Vec<String> {
        let candidates = self.linked.get(base(path)).into_iter().flatten();
        let instance = name::instance(unit).unwrap_or_default();
        let names = candidates.map(|alias| match name::is_template(alias) {
            true => name::instantiate(alias, instance),
            false => alias.clone(),
        });
        names
            .filter(|alias| alias != unit && name::fault(alias).is_none())
            .filter(|alias| self.find(alias).is_some_and(|found| found.id == unit && !found.masked))
            .collect()
    }

    /// The drop-ins of a unit with these names, in the order in which they are applied: by file
    /// name; of equal names the first directory's.
    pub(super) fn drop_ins(&self, names: &[&str], release: Release) -> Vec<String> {
        let mut by_name: BTreeMap<&str, &str> = BTreeMap::new();
        let mut directories: Vec<String> =
            names.iter().flat_map(|name| self.beside(spellings(name, release), ".d")).collect();
        if release >= TYPE_DROP_INS {
            let suffix = names.first().map_or("", |name| name::suffix(name));
            directories.extend(self.beside([suffix.to_owned()], ".d"));
        }
        for directory in &directories {
            for (path, file) in self.children(directory).filter(|(_, file)| file.ends_with(".conf")) {
                by_name.entry(file).or_insert(path);
            }
        }
        by_name.into_values().map(str::to_owned).collect()
    }

    /// The units that are linked into directories with such a suffix, with the links' paths.
    pub(super) fn links(
        &self,
        names: &[&str],
        suffix: &str,
        release: Release,
    ) -> impl Iterator<Item = (String, String)> {
        let mut by_name: BTreeMap<&str, &str> = BTreeMap::new();
        for name in names {
            for directory in self.beside(spellings(name, release), suffix) {
                for (path, unit) in self.children(&directory) {
                    by_name.entry(unit).or_insert(path);
                }
            }
        }
        by_name.retain(|unit, path| {
            name::fault(unit).is_none() && self.follow(path).is_none_or(|behind| behind != "/dev/null")
        });
        let owned = by_name.into_iter().map(|(unit, path)| (unit.to_owned(), path.to_owned()));
        owned.collect::<Vec<_>>().into_iter()
    }

    /// The directories of units with these names, as far as there are any: by directory of the
    /// system, then by name.
    fn beside(&self, names: impl IntoIterator<Item = String>, suffix: &str) -> Vec<String> {
        let folders = names.into_iter().map(|name| name + suffix);
        let known: Vec<String> = folders.filter(|folder| self.folders.contains(folder)).collect();
        let all = DIRECTORIES.iter().flat_map(|directory| known.iter().map(move |name| (directory, name)));
        all.map(|(directory, name)| format!("{directory}/{name}/")).collect()
    }

    /// What is in a directory, which ends in a slash: path and file name.
    fn children<'c>(&'c self, directory: &str) -> impl Iterator<Item = (&'c str, &'c str)> {
        let directory = directory.to_owned();
        let from = self.entries.range(directory.clone()..);
        from.map_while(move |(path, _)| Some((path.as_str(), path.strip_prefix(&directory)?)))
            .filter(|(_, file)| !file.contains('/'))
    }
}

/// The names under which directories of a unit stand: its own, its template's, and those of its
/// prefixes.
fn spellings(unit: &str, release: Release) -> impl Iterator<Item = String> {
    let mut all = vec![unit.to_owned()];
    all.extend(name::template(unit));
    if release >= PREFIX_DROP_INS {
        let prefix = name::prefix(unit);
        let behind_at = name::instance(unit).map_or("", |_| "@");
        let suffix = name::suffix(unit);
        let dashes =
            prefix.char_indices().rev().filter(|&(at, char)| char == '-' && at > 0 && at + 1 < prefix.len());
        all.extend(dashes.map(|(at, _)| format!("{}{behind_at}.{suffix}", &prefix[..=at])));
    }
    all.into_iter()
}

fn is_in_directory(path: &str) -> bool {
    DIRECTORIES.iter().any(|directory| {
        path.strip_prefix(directory)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| !rest.contains('/'))
    })
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Where a link at `path` leads, without `..`.
fn absolute(path: &str, target: &str) -> String {
    let directory = if target.starts_with('/') {
        ""
    } else {
        path.rsplit_once('/').map_or("", |(directory, _)| directory)
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
