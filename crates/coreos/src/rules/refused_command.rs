use crate::Target;
use dryboot_systemd::check::FaultKind;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::shown;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "refused-command",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("refused_command.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let release = release(document.target);
    for file in context.unit_files().iter() {
        for fault in &file.faults {
            let written = fault.span.slice(file.text);
            let program = written.trim_start_matches(['-', '@', '+', '!', ':']);
            let (reason, help) = match fault.kind {
                FaultKind::RelativeCommand { .. } => {
                    (format!("`{}` is no absolute path", shown(program)), "give the full path of the program")
                }
                FaultKind::EmptyCommand { .. } => {
                    ("there is no program behind the prefix".to_owned(), "give the full path of the program")
                }
                FaultKind::DirectoryCommand { .. } => {
                    (format!("`{}` is a directory", shown(program)), "give the full path of the program")
                }
                FaultKind::UnbalancedQuotes => (
                    "this quotation mark is not closed".to_owned(),
                    "close it, or write `\\'` or `\\\"` for the sign itself",
                ),
                _ => continue,
            };
            let (severity, outcome) = match fault.refuses(release) {
                true => (Severity::Error, format!("systemd refuses the {}", file.what())),
                false => (Severity::Warning, "systemd ignores the line".to_owned()),
            };
            let finding = context
                .report(file.place(document, fault.span), format!("{reason}: {outcome}"))
                .severity(severity)
                .path_of(file.node)
                .help(help);
            // Most programs are there; of a path, the place that is meant is not known.
            let is_name = !program.is_empty()
                && program.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char));
            let at_program = Span::new(fault.span.end - program.len(), fault.span.end);
            if let (true, FaultKind::RelativeCommand { .. }, Some(span)) =
                (is_name, &fault.kind, file.exact(document, at_program))
            {
                let path = format!("/usr/bin/{program}");
                finding.fix(Safety::Unsafe, format!("change it to `{path}`"), span, path);
            }
        }
    }
}
