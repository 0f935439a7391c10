//! Files as a tree: directories with a single entry are one line with it, as nobody wants to open
//! them one by one.

use std::collections::BTreeMap;

use dryboot_wasm::protocol::boot::File;

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its path, without a slash at its end.
    pub(crate) path: String,
    /// The path from the line above it in the hierarchy.
    pub(crate) name: String,
    /// From 1.
    pub(crate) level: usize,
    /// Index of the file; none for directories.
    pub(crate) file: Option<usize>,
    /// Its number among its siblings, from 1, and how many those are.
    pub(crate) position: (usize, usize),
}

#[derive(Default)]
struct Directory {
    below: BTreeMap<String, Directory>,
    file: Option<usize>,
}

/// All lines, each below the one that it belongs to.
pub(crate) fn rows(files: &[File]) -> Vec<Row> {
    let mut root = Directory::default();
    for (index, file) in files.iter().enumerate() {
        let mut at = &mut root;
        for part in file.path.split('/').filter(|part| !part.is_empty()) {
            at = at.below.entry(part.to_owned()).or_default();
        }
        at.file = (file.kind != "directory").then_some(index);
    }
    let mut rows = Vec::new();
    collect(&root, "", 1, &mut rows);
    rows
}

fn collect(directory: &Directory, path: &str, level: usize, rows: &mut Vec<Row>) {
    let count = directory.below.len();
    for ((name, mut entry), number) in directory.below.iter().zip(1..) {
        let mut name = name.clone();
        while let (None, 1, Some((only, below))) = (entry.file, entry.below.len(), entry.below.iter().next())
        {
            if below.file.is_some() {
                break;
            }
            name = format!("{name}/{only}");
            entry = below;
        }
        let path = format!("{path}/{name}");
        let name = if level == 1 { format!("/{name}") } else { name };
        rows.push(Row { path: path.clone(), name, level, file: entry.file, position: (number, count) });
        collect(entry, &path, level + 1, rows);
    }
}

/// Whether a line is hidden when these directories are closed.
pub(crate) fn is_below(path: &str, closed: &[String]) -> bool {
    closed.iter().any(|closed| path.strip_prefix(closed.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, kind: &str) -> File {
        File { path: path.to_owned(), kind: kind.to_owned(), ..File::default() }
    }

    #[test]
    fn directories_with_one_entry_are_one_line() {
        let files = [
            file("/etc/systemd/system/a.service", "file"),
            file("/etc/systemd/system/b.service", "file"),
            file("/srv", "directory"),
            file("/srv/www", "directory"),
            file("/srv/www/index.html", "file"),
        ];
        let rows = rows(&files);
        let told: Vec<_> = rows.iter().map(|row| (row.level, row.name.as_str(), row.file)).collect();
        assert_eq!(
            told,
            [
                (1, "/etc/systemd/system", None),
                (2, "a.service", Some(0)),
                (2, "b.service", Some(1)),
                (1, "/srv/www", None),
                (2, "index.html", Some(4)),
            ]
        );
        assert_eq!(rows[2].position, (2, 2));
        assert_eq!(rows[2].path, "/etc/systemd/system/b.service");
    }

    #[test]
    fn closed_directories_hide_what_is_below_them() {
        let closed = ["/srv".to_owned()];
        assert!(is_below("/srv/www", &closed));
        assert!(!is_below("/srv", &closed));
        assert!(!is_below("/srv-2/x", &closed));
    }
}
