//! Unit files, line by line, as systemd reads them.

/// A line of a unit file that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Its number, from 0; of the first one when lines are continued.
    pub(crate) number: usize,
    pub(crate) kind: LineKind<'t>,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind<'t> {
    /// `[Name]`
    Section(&'t str),
    /// `Key=value`, the value up to the end of the first line.
    Assignment { key: &'t str, value: &'t str },
    /// `.include /path`, which systemd knew until version 246.
    Include,
    /// `[Name` without an end, at which systemd gives up.
    BrokenHeader,
    /// Anything else. Versions before 240 give up here, later ones ignore it.
    Other,
}

/// The lines of a unit file that are neither blank nor comments.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut continued = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let content = line.trim();
        // Comments are skipped even between continued lines.
        if content.starts_with(['#', ';']) {
            return None;
        }
        let follows = continued;
        continued = ends_in_backslash(line);
        let says_something = !follows && !content.is_empty();
        says_something.then(|| Line { number, kind: kind(content) })
    })
}

fn kind(content: &str) -> LineKind<'_> {
    if let Some(header) = content.strip_prefix('[') {
        return header.strip_suffix(']').map_or(LineKind::BrokenHeader, LineKind::Section);
    }
    if content.starts_with(".include ") {
        return LineKind::Include;
    }
    match content.split_once('=') {
        Some((key, value)) => LineKind::Assignment { key: key.trim_end(), value: value.trim_start() },
        None => LineKind::Other,
    }
}

/// An odd number of backslashes at the very end continues a line; a blank behind them does not.
fn ends_in_backslash(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    (line.len() - line.trim_end_matches('\\').len()) % 2 == 1
}

/// Whether the `[Install]` section says where to link the unit.
pub(crate) fn can_be_enabled(text: &str) -> bool {
    let mut section = "";
    lines(text).any(|line| match line.kind {
        LineKind::Section(name) => {
            section = name;
            false
        }
        LineKind::Assignment { key, value } => {
            let links = matches!(key, "WantedBy" | "RequiredBy" | "UpheldBy" | "Alias" | "Also");
            section == "Install" && links && !value.is_empty()
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(usize, LineKind<'_>)> {
        lines(text).map(|line| (line.number, line.kind)).collect()
    }

    #[test]
    fn lines_are_told_apart_as_systemd_does() {
        let assignment = |key, value| LineKind::Assignment { key, value };
        assert_eq!(
            kinds("# c\n; c\n\n [Unit] \nAfter = a.service\nnothing\n[Broken\n"),
            [
                (3, LineKind::Section("Unit")),
                (4, assignment("After", "a.service")),
                (5, LineKind::Other),
                (6, LineKind::BrokenHeader),
            ]
        );
        for (text, seen) in [
            // A continuation belongs to its first line, also across a comment.
            ("ExecStart=a \\\n  b \\\n# c\n  d\nE=f", vec![(0, "ExecStart"), (4, "E")]),
            // A blank ends it, and two backslashes are none.
            ("A=a \\\n\nB=b", vec![(0, "A"), (2, "B")]),
            ("A=a \\\\\nB=b", vec![(0, "A"), (1, "B")]),
            ("A=a \\\r\n  b=c\r\nB=b", vec![(0, "A"), (2, "B")]),
        ] {
            let keys: Vec<_> = lines(text)
                .filter_map(|line| match line.kind {
                    LineKind::Assignment { key, .. } => Some((line.number, key)),
                    _ => None,
                })
                .collect();
            assert_eq!(keys, seen, "{text:?}");
        }
        // A blank behind the backslash leaves the next line on its own.
        assert_eq!(kinds("A=a \\ \nb")[1], (1, LineKind::Other));
    }

    #[test]
    fn what_enabling_needs_stands_in_the_install_section() {
        for (text, can) in [
            ("[Service]\nExecStart=/bin/a\n[Install]\nWantedBy=multi-user.target\n", true),
            ("[Install]\nAlias = b.service", true),
            ("[Install]\nWantedBy=\n", false),
            ("[Install]\n# WantedBy=multi-user.target\n", false),
            ("[Unit]\nWantedBy=multi-user.target\n", false),
            ("[install]\nWantedBy=multi-user.target\n", false),
            ("[Install]\n[Service]\nWantedBy=a.target", false),
            ("", false),
        ] {
            assert_eq!(can_be_enabled(text), can, "{text:?}");
        }
    }
}
