use dryboot_lint::Severity;
use dryboot_systemd::file::{LENIENT, Line, LineKind, lines};
use dryboot_systemd::{Release, Span};
use dryboot_yaml::{Content, NodeId, Style};

use crate::{Change, Remark, Source};

/// What becomes of the lines of a unit file in the config, which depends on how its scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Nothing was done to them.
    Kept,
    /// `>` joins them; the sign, if it is certain where it is.
    Folded(Option<Span>),
    /// A plain scalar has one line.
    Joined,
}

impl Lines {
    /// Those of a scalar.
    #[must_use]
    pub fn of(source: Source<'_>, node: NodeId) -> Self {
        let scalar = source.tree.node(node);
        match scalar.content {
            Content::Scalar { style: Style::Folded, .. } => {
                Self::Folded(fold_mark(source.text, scalar.span.start))
            }
            Content::Scalar { style: Style::Plain, .. } => Self::Joined,
            Content::Scalar { .. } => Self::Kept,
            _ => Self::Joined,
        }
    }

    /// The change of the config that keeps them.
    #[must_use]
    pub fn keep(self) -> Option<Change> {
        let Self::Folded(Some(span)) = self else { return None };
        Some(Change { title: "keep the lines with `|`".to_owned(), span, text: "|".to_owned() })
    }

    /// What to do about a line that is not one; `help` where that is not due to how the scalar is written.
    fn help(self, help: Option<&str>) -> Option<&str> {
        match self {
            Self::Kept => help,
            Self::Folded(_) => Some("`>` joins the lines; `|` keeps them"),
            Self::Joined => Some("write the content after `|`, which keeps the lines"),
        }
    }
}

/// Lines that are not lines of a unit file, the first of each kind. Their places are whole lines.
#[must_use]
pub fn unit_content_not_ini(text: &str, what: &str, written: Lines, release: Release) -> Vec<Remark> {
    let all: Vec<Line<'_>> = lines(text, release).filter(|line| line.kind != LineKind::Comment).collect();
    let find = |wanted: fn(&LineKind<'_>) -> bool| all.iter().find(|line| wanted(&line.kind));
    let remark = |line: &Line<'_>, severity, message: String, help| {
        let remark = Remark::new(line.span, message).severity(severity);
        Remark { help: written.help(help).map(str::to_owned), ..remark }
    };
    if let Some(line) = find(|kind| *kind == LineKind::BrokenHeader) {
        let message =
            format!("the section header lacks its `]` at the end of the line: systemd refuses the {what}");
        return vec![remark(line, Severity::Error, message, None)];
    }
    let Some(section) = all.iter().position(|line| matches!(line.kind, LineKind::Section(_))) else {
        let is_without = !all.is_empty() && find(|kind| *kind == LineKind::Include).is_none();
        let message = format!("this {what} has no section such as `[Service]`: systemd ignores every line");
        return match is_without {
            true => vec![remark(&all[0], Severity::Error, message, None)],
            false => Vec::new(),
        };
    };
    let mut remarks = Vec::new();
    if let Some(line) = all[..section].iter().find(|line| line.kind != LineKind::Include) {
        let message = "systemd ignores lines before the first section header".to_owned();
        remarks.push(remark(line, Severity::Warning, message, None));
    }
    if let Some(line) = all[section..].iter().find(|line| line.kind == LineKind::Other) {
        // Since then, the line alone is ignored, and a comment between the lines does not end the continuation.
        let (severity, outcome, help) = match release < LENIENT {
            true => (
                Severity::Error,
                format!("refuses the {what}"),
                "to continue the line above, end it with a backslash and nothing after it, not even a \
                 comment line below",
            ),
            false => (
                Severity::Warning,
                "ignores it".to_owned(),
                "to continue the line above, end it with a backslash and nothing after it",
            ),
        };
        let message = format!("there is no `=` in this line: systemd {outcome}");
        remarks.push(remark(line, severity, message, Some(help)));
    }
    remarks
}

/// The `>` before the block that begins at `start`.
fn fold_mark(config: &str, start: usize) -> Option<Span> {
    let before = config.get(..start)?.trim_end();
    let header = before.rsplit('\n').next().unwrap_or_default();
    // A comment after it may have such a sign, too.
    let at = header.rfind('>').filter(|_| !header.contains('#'))?;
    let at = before.len() - header.len() + at;
    Some(Span::new(at, at + 1))
}
