//! Unit files, line by line, as systemd reads them: that of CoreOS (2018) is older than version 240,
//! that of Flatcar newer.

use dryboot_config::Target;

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
pub(crate) fn lines(text: &str, target: Target) -> impl Iterator<Item = Line<'_>> {
    let mut continued = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let content = line.trim();
        let is_comment = content.starts_with(['#', ';']);
        // Since version 240, comments are skipped even between continued lines. Before, they were
        // part of what they continue, and were continued themselves.
        if is_comment && target == Target::Flatcar {
            return None;
        }
        let follows = continued;
        continued = ends_in_backslash(line);
        let says_something = !follows && !is_comment && !content.is_empty();
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
pub(crate) fn can_be_enabled(text: &str, target: Target) -> bool {
    let mut section = "";
    lines(text, target).any(|line| match line.kind {
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

    const BOTH: [Target; 2] = Target::ALL;

    fn kinds(text: &str, target: Target) -> Vec<(usize, LineKind<'_>)> {
        lines(text, target).map(|line| (line.number, line.kind)).collect()
    }

    #[test]
    fn lines_are_told_apart_as_systemd_does() {
        let assignment = |key, value| LineKind::Assignment { key, value };
        for target in BOTH {
            assert_eq!(
                kinds("# c\n; c\n\n [Unit] \nAfter = a.service\nnothing\n[Broken\n.include /x", target),
                [
                    (3, LineKind::Section("Unit")),
                    (4, assignment("After", "a.service")),
                    (5, LineKind::Other),
                    (6, LineKind::BrokenHeader),
                    (7, LineKind::Include),
                ]
            );
            // A blank behind the backslash leaves the next line on its own.
            assert_eq!(kinds("A=a \\ \nb", target)[1], (1, LineKind::Other));
        }
    }

    #[test]
    fn continued_lines_count_as_one() {
        let keys = |text, target| -> Vec<(usize, String)> {
            let name = |line: Line<'_>| match line.kind {
                LineKind::Assignment { key, .. } => (line.number, key.to_owned()),
                _ => (line.number, "other".to_owned()),
            };
            lines(text, target).map(name).collect()
        };
        for (text, old, new) in [
            ("A=a \\\n  b=c\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            ("A=a \\\n\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            ("A=a \\\\\nB=b", [(0, "A"), (1, "B")], [(0, "A"), (1, "B")]),
            ("A=a \\\r\n  b=c\r\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            // The comment ends the continuation, or does not.
            ("A=a \\\n# c\nb\n", [(0, "A"), (2, "other")], [(0, "A"), (9, "")]),
            // The comment is continued, or is not.
            ("A=a\n# c \\\nB=b\nC=c", [(0, "A"), (3, "C")], [(0, "A"), (2, "B")]),
        ] {
            for (target, wanted) in [(Target::CoreOs, old), (Target::Flatcar, new)] {
                let wanted = wanted.iter().filter(|(_, key)| !key.is_empty());
                let wanted: Vec<_> = wanted.map(|&(number, key)| (number, key.to_owned())).collect();
                let mut found = keys(text, target);
                found.truncate(2);
                assert_eq!(found, wanted, "{text:?} on {target}");
            }
        }
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
            for target in BOTH {
                assert_eq!(can_be_enabled(text, target), can, "{text:?}");
            }
        }
    }
}
