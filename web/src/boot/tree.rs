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

/// A directory or a file, in a list of all: a path may have more components than a stack has room for.
#[derive(Default)]
struct Entry<'f> {
    /// Numbers of what is below it, by name.
    below: BTreeMap<&'f str, usize>,
    file: Option<usize>,
}

/// All lines, each below the one that it belongs to.
pub(crate) fn rows(files: &[File]) -> Vec<Row> {
    let mut entries = vec![Entry::default()];
    for (index, file) in files.iter().enumerate() {
        let mut at = 0;
        for part in file.path.split('/').filter(|part| !part.is_empty()) {
            let new = entries.len();
            at = *entries[at].below.entry(part).or_insert(new);
            if at == new {
                entries.push(Entry::default());
            }
        }
        entries[at].file = (file.kind != "directory").then_some(index);
    }
    walk(&entries)
}

/// A line to come.
struct Coming<'f> {
    name: &'f str,
    entry: usize,
    /// The path of what it is below.
    above: String,
    level: usize,
    position: (usize, usize),
}

fn walk(entries: &[Entry<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut coming = Vec::new();
    push_below(&entries[0], "", 1, &mut coming);
    while let Some(Coming { name, entry, above, level, position }) = coming.pop() {
        let mut entry = &entries[entry];
        let mut name = name.to_owned();
        while let (None, 1, Some((only, &below))) = (entry.file, entry.below.len(), entry.below.iter().next())
        {
            if entries[below].file.is_some() {
                break;
            }
            name.push('/');
            name.push_str(only);
            entry = &entries[below];
        }
        let path = format!("{above}/{name}");
        push_below(entry, &path, level + 1, &mut coming);
        let name = if level == 1 { format!("/{name}") } else { name };
        rows.push(Row { path, name, level, file: entry.file, position });
    }
    rows
}

/// The first one comes off the end first.
fn push_below<'f>(entry: &Entry<'f>, path: &str, level: usize, coming: &mut Vec<Coming<'f>>) {
    let count = entry.below.len();
    let first = coming.len();
    coming.extend(entry.below.iter().zip(1..).map(|((&name, &entry), number)| Coming {
        name,
        entry,
        above: path.to_owned(),
        level,
        position: (number, count),
    }));
    coming[first..].reverse();
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
    fn a_path_may_have_any_number_of_components() {
        let deep = "/d".repeat(40_000);
        let files = [file(&format!("{deep}/a"), "file"), file(&format!("{deep}/b"), "file")];
        let rows = rows(&files);
        let levels: Vec<_> = rows.iter().map(|row| (row.level, row.file)).collect();
        assert_eq!(levels, [(1, None), (2, Some(0)), (2, Some(1))]);
        // None has a single entry, so each is a line of its own.
        let comb: Vec<File> =
            (1..=300).map(|depth| file(&format!("{}/f", "/d".repeat(depth)), "file")).collect();
        assert_eq!(self::rows(&comb).len(), 600);
    }

    #[test]
    fn closed_directories_hide_what_is_below_them() {
        let closed = ["/srv".to_owned()];
        assert!(is_below("/srv/www", &closed));
        assert!(!is_below("/srv", &closed));
        assert!(!is_below("/srv-2/x", &closed));
    }
}
