use crate::Target;
use dryboot_systemd::file::{Line, LineKind, lines};
use dryboot_systemd::name::{Fault, path_fault};
use dryboot_yaml::{Content, NodeId, Span, Style};

use crate::lint::context::Context;
use crate::lint::parts::{Part, units};
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{TextMap, release};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unit-content-not-ini",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unit_content_not_ini.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        // Under a path for a name, any kind of file may be written.
        if unit.name().is_empty() || !matches!(path_fault(unit.name()), None | Some(Fault::DropIn)) {
            continue;
        }
        content(context, unit, "unit");
        for drop_in in unit.drop_ins().filter(|drop_in| !drop_in.name().is_empty()) {
            content(context, drop_in, "drop-in");
        }
    }
}

/// Reports the first fault of each kind.
fn content(context: &mut Context<'_>, part: Part<'_>, what: &str) {
    let (text, Some(node)) = (part.text("content"), part.node("content")) else { return };
    let target = context.document.target;
    let lines = lines(text, release(target)).filter(|line| line.kind != LineKind::Comment);
    let all: Vec<Line<'_>> = lines.collect();
    let find = |wanted: fn(&LineKind<'_>) -> bool| all.iter().position(|line| wanted(&line.kind));
    let section = find(|kind| matches!(kind, LineKind::Section(_)));
    let broken = find(|kind| *kind == LineKind::BrokenHeader);

    if let Some(index) = broken {
        let message =
            format!("the section header lacks its `]` at the end of the line: systemd refuses the {what}");
        report(context, node, &all[index], (Severity::Error, message), None);
        return;
    }
    let Some(section) = section else {
        if !all.is_empty() && all.iter().all(|line| line.kind != LineKind::Include) {
            let message =
                format!("this {what} has no section such as `[Service]`: systemd ignores every line");
            report(context, node, &all[0], (Severity::Error, message), None);
        }
        return;
    };
    if let Some(line) = all[..section].iter().find(|line| line.kind != LineKind::Include) {
        let message = "systemd ignores lines before the first section header".to_owned();
        report(context, node, line, (Severity::Warning, message), None);
    }
    if let Some(line) = all[section..].iter().find(|line| line.kind == LineKind::Other) {
        let outcome = match target {
            // Since version 240, the line alone is ignored.
            Target::CoreOs => {
                (Severity::Error, format!("there is no `=` in this line: systemd refuses the {what}"))
            }
            Target::Flatcar => {
                (Severity::Warning, "there is no `=` in this line: systemd ignores it".to_owned())
            }
        };
        // Before version 240, a comment between the lines ended the continuation, too.
        let help = match target {
            Target::CoreOs => {
                "to go on from the line above, end that with a backslash and nothing behind it, not even a comment line below"
            }
            Target::Flatcar => {
                "to go on from the line above, end that with a backslash and nothing behind it"
            }
        };
        report(context, node, line, outcome, Some(help));
    }
}

fn report(
    context: &mut Context<'_>,
    node: NodeId,
    line: &Line<'_>,
    (severity, message): (Severity, String),
    help: Option<&str>,
) {
    let document = context.document;
    let span = TextMap::new(document, node).whole_line(document, line.span.start);
    let finding = context.report(span, message).severity(severity).path_of(node);
    let style = match document.tree().node(node).content {
        Content::Scalar { style, .. } => style,
        _ => Style::Plain,
    };
    match style {
        Style::Folded => {
            let finding = finding.help("`>` joins the lines; `|` keeps them");
            if let Some(mark) = fold_mark(document.text(), document.tree().node(node).span.start) {
                finding.fix(Safety::Unsafe, "keep the lines with `|`", mark, "|");
            }
        }
        Style::Plain => {
            finding.help("write the content behind `|`, which keeps the lines");
        }
        _ => {
            if let Some(help) = help {
                finding.help(help);
            }
        }
    }
}

/// The `>` before the block that begins at `start`.
fn fold_mark(text: &str, start: usize) -> Option<Span> {
    let before = text.get(..start)?.trim_end();
    let header = before.rsplit('\n').next().unwrap_or_default();
    // A comment behind it may have such a sign, too.
    let at = header.rfind('>').filter(|_| !header.contains('#'))?;
    let at = before.len() - header.len() + at;
    Some(Span::new(at, at + 1))
}
