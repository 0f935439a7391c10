use crate::Target;
use dryboot_systemd::file::{LineKind, lines};

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{TextMap, release};
use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

pub(crate) static RULE: Rule = Rule {
    name: "exported-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("exported_variable.md"),
    scope: Scope::Written,
    check,
};

const EXPORT: &str = "export ";

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let named = environment_files(context);
    for file in files(context) {
        let target = file.target();
        let text = file.text("content");
        let Some(node) = file.value("content").filter(|_| file.text("encoding").is_empty()) else { continue };
        if target != "/etc/environment" && !named.contains(&target) {
            continue;
        }
        let map = TextMap::new(document, node);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let at = start + line.len() - line.trim_start().len();
            start += line.len();
            if !text[at..].starts_with(EXPORT) || !line.contains('=') {
                continue;
            }
            let word = Span::new(at, at + EXPORT.len());
            let finding = context
                .report(
                    map.place(document, text, word),
                    "systemd does not know `export` in a file of variables: it ignores the line",
                )
                .path_of(node)
                .help("write `NAME=value` alone");
            if let Some(span) = map.exact(document, text, word) {
                finding.fix(Safety::Unsafe, "remove `export`", span, "");
            }
        }
    }
}

/// The files that units of the config take variables from.
fn environment_files(context: &Context<'_>) -> Vec<String> {
    let release = release(context.document.target);
    let mut named = Vec::new();
    for file in context.unit_files().iter() {
        for line in lines(file.text, release) {
            if let LineKind::Assignment(assignment) = line.kind
                && assignment.key == "EnvironmentFile"
            {
                named.push(assignment.value.trim_start_matches('-').to_owned());
            }
        }
    }
    named
}
