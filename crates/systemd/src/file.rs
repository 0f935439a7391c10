//! Unit files, line by line, as systemd's `conf-parser.c` reads them, before and since release 240.

use std::borrow::Cow;

use crate::{Release, Span};

/// The release that skips comments between continued lines, and goes on after a line without `=`.
pub const LENIENT: Release = Release(240);

/// A line of a unit file that is not blank, with the lines that it is continued on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Its number, from 0; of the first one when lines are continued.
    pub number: usize,
    /// What it says, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: LineKind<'t>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind<'t> {
    /// `[Name]`
    Section(&'t str),
    /// `Key=value`
    Assignment(Assignment<'t>),
    /// `# …` or `; …`
    Comment,
    /// `.include /path`, which systemd knew until release 246.
    Include,
    /// `[Name` without an end, at which systemd gives up.
    BrokenHeader,
    /// Anything else. Releases before 240 give up here, later ones ignore it.
    Other,
}

/// `Key=value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment<'t> {
    /// The key, without the white space around it.
    pub key: &'t str,
    /// Where it stands.
    pub key_span: Span,
    /// The value, without the white space around it, and with spaces for everything that only
    /// continues lines: byte `i` is byte `value_span.start + i` of the text.
    pub value: Cow<'t, str>,
    /// Where it stands, over all lines.
    pub value_span: Span,
}

impl Assignment<'_> {
    /// Where a part of the value stands in the text.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Span {
        Span::new(self.value_span.start + start, self.value_span.start + end)
    }
}

/// The lines of a unit file that are not blank. Linear in the length of the text.
pub fn lines(text: &str, release: Release) -> impl Iterator<Item = Line<'_>> {
    let mut physical = physical(text);
    let skips_comments = release >= LENIENT;
    std::iter::from_fn(move || {
        let first = physical.find(|line| !line.content.is_empty())?;
        let mut line = Line { number: first.number, span: first.span(), kind: LineKind::Comment };
        if first.is_comment() && skips_comments {
            return Some(line);
        }
        // What only continues the line: a backslash with the end of line, and comments below it.
        let mut gaps = Vec::new();
        let mut backslash = first.backslash();
        while let Some(from) = backslash {
            let Some(next) = physical.find(|next| !(skips_comments && next.is_comment())) else {
                gaps.push(Span::new(from, text.len()));
                break;
            };
            gaps.push(Span::new(from, next.start));
            line.span.end = line.span.end.max(next.span().end);
            backslash = next.backslash();
        }
        if !first.is_comment() {
            line.kind = kind(text, line.span, &gaps);
        }
        Some(line)
    })
}

/// A line as it stands in the text.
struct Physical<'t> {
    number: usize,
    start: usize,
    text: &'t str,
    content: &'t str,
}

fn physical(text: &str) -> impl Iterator<Item = Physical<'_>> {
    let mut start = 0;
    // Lines are short, and bytes are counted faster than a search begins.
    text.as_bytes().split_inclusive(|&byte| byte == b'\n').enumerate().map(move |(number, bytes)| {
        let line = &text[start..start + bytes.len()];
        let skipped = if number == 0 && line.starts_with('\u{feff}') { 3 } else { 0 };
        let at = start + skipped;
        start += line.len();
        let text = line[skipped..].trim_end_matches(['\n', '\r']);
        Physical { number, start: at, text, content: text.trim_ascii() }
    })
}

impl Physical<'_> {
    fn is_comment(&self) -> bool {
        self.content.starts_with(['#', ';'])
    }

    /// An odd number of backslashes at the very end continues a line; a space behind them does not.
    fn backslash(&self) -> Option<usize> {
        let backslashes = self.text.len() - self.text.trim_end_matches('\\').len();
        (backslashes % 2 == 1).then(|| self.start + self.text.len() - 1)
    }

    fn span(&self) -> Span {
        let start = self.start + self.text.len() - self.text.trim_ascii_start().len();
        Span::new(start, start + self.content.len())
    }
}

fn kind<'t>(text: &'t str, span: Span, gaps: &[Span]) -> LineKind<'t> {
    let written = span.slice(text);
    if let Some(header) = written.strip_prefix('[') {
        return header.strip_suffix(']').map_or(LineKind::BrokenHeader, LineKind::Section);
    }
    if written.starts_with(".include ") {
        return LineKind::Include;
    }
    let Some(equals) = written.bytes().position(|byte| byte == b'=') else { return LineKind::Other };
    let (key, raw) = (&written[..equals], &written[equals + 1..]);
    let start = span.start + equals + 1;
    let mut value = Cow::Borrowed(raw);
    for gap in gaps {
        let gap = gap.start.saturating_sub(start)..gap.end.min(span.end).saturating_sub(start);
        if gap.start < gap.end {
            value.to_mut().replace_range(gap.clone(), &" ".repeat(gap.len()));
        }
    }
    let leading = value.len() - value.trim_ascii_start().len();
    let end = value.trim_ascii_end().len().max(leading);
    let value = match value {
        Cow::Borrowed(value) => Cow::Borrowed(&value[leading..end]),
        Cow::Owned(value) => Cow::Owned(value[leading..end].to_owned()),
    };
    let key = key.trim_ascii_end();
    LineKind::Assignment(Assignment {
        key,
        key_span: Span::new(span.start, span.start + key.len()),
        value,
        value_span: Span::new(start + leading, start + end),
    })
}

/// Whether the `[Install]` section says where to link the unit.
#[must_use]
pub fn can_be_enabled(text: &str, release: Release) -> bool {
    let mut section = "";
    lines(text, release).any(|line| match line.kind {
        LineKind::Section(name) => {
            section = name;
            false
        }
        LineKind::Assignment(Assignment { key, value, .. }) => {
            let links = matches!(key, "WantedBy" | "RequiredBy" | "UpheldBy" | "Alias" | "Also");
            section == "Install" && links && !value.is_empty()
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Release; 2] = [Release::COREOS, Release::FLATCAR];

    /// Number, and key or kind, of the lines that are not comments.
    fn told(text: &str, release: Release) -> Vec<(usize, String)> {
        let lines = lines(text, release).filter(|line| line.kind != LineKind::Comment);
        let told = |line: Line<'_>| match line.kind {
            LineKind::Assignment(Assignment { key, .. }) => (line.number, key.to_owned()),
            LineKind::Section(name) => (line.number, format!("[{name}]")),
            other => (line.number, format!("{other:?}")),
        };
        lines.map(told).collect()
    }

    fn assignments(text: &str, release: Release) -> Vec<Assignment<'_>> {
        let lines = lines(text, release);
        lines
            .filter_map(|line| match line.kind {
                LineKind::Assignment(assignment) => Some(assignment),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn lines_are_told_apart_as_systemd_does() {
        for release in BOTH {
            let text = "\u{feff}# c\n; c\n\n [Unit] \nAfter = a.service\nnothing\n[Broken\n.include /x";
            let wanted = ["[Unit]", "After", "Other", "BrokenHeader", "Include"];
            let wanted: Vec<_> = (3..).zip(wanted.map(str::to_owned)).collect();
            assert_eq!(told(text, release), wanted);
            // A blank after the backslash leaves the next line on its own.
            assert_eq!(told("A=a \\ \nb", release)[1], (1, "Other".to_owned()));
        }
    }

    #[test]
    fn continued_lines_count_as_one() {
        for (text, old, new) in [
            ("A=a \\\n  b=c\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            ("A=a \\\n\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            ("A=a \\\\\nB=b", [(0, "A"), (1, "B")], [(0, "A"), (1, "B")]),
            ("A=a \\\r\n  b=c\r\nB=b", [(0, "A"), (2, "B")], [(0, "A"), (2, "B")]),
            // The comment ends the continuation, or does not.
            ("A=a \\\n# c\nb\n", [(0, "A"), (2, "Other")], [(0, "A"), (9, "")]),
            // The comment is continued, or is not.
            ("A=a\n# c \\\nB=b\nC=c", [(0, "A"), (3, "C")], [(0, "A"), (2, "B")]),
        ] {
            for (release, wanted) in [(Release::COREOS, old), (Release::FLATCAR, new)] {
                let wanted = wanted.iter().filter(|(_, key)| !key.is_empty());
                let wanted: Vec<_> = wanted.map(|&(number, key)| (number, key.to_owned())).collect();
                let mut found = told(text, release);
                found.truncate(2);
                assert_eq!(found, wanted, "{text:?} for {release:?}");
            }
        }
    }

    #[test]
    fn values_are_as_long_as_they_are_written() {
        for (text, release, value) in [
            ("[S]\n Exec = /bin/a  \n", 257, "/bin/a"),
            ("Exec=/bin/a \\\n  -b \\\n  -c\n", 257, "/bin/a     -b     -c"),
            ("Exec=/bin/a \\\n# ä\n -b\n", 257, "/bin/a         -b"),
            ("Exec=/bin/a \\\n# c\n", 238, "/bin/a   # c"),
            ("Exec=\\\n  /bin/a\\\n\nB=b\n", 257, "/bin/a"),
            ("Exec=/bin/a \\", 257, "/bin/a"),
            ("Exec=\n", 257, ""),
            ("Exec=\\", 257, ""),
        ] {
            let found = assignments(text, Release(release));
            let found = &found[0];
            assert_eq!(found.value, value, "{text:?}");
            assert_eq!(found.value_span.end - found.value_span.start, value.len(), "{text:?}");
            assert_eq!(found.key_span.slice(text), "Exec");
            if let Some(at) = value.find("-b") {
                assert_eq!(found.part(at, at + 2).slice(text), "-b", "{text:?}");
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
            for release in BOTH {
                assert_eq!(can_be_enabled(text, release), can, "{text:?}");
            }
        }
    }

    #[test]
    fn a_long_continued_value_is_read_in_linear_time() {
        let text = format!("A=a{}", " \\\nb".repeat(100_000));
        assert_eq!(assignments(&text, Release::FLATCAR)[0].value.len(), text.len() - 2);
    }
}
