use crate::Target;
use dryboot_lint::{Safety, Severity};
use dryboot_systemd::name::{Fault, path_fault};
use dryboot_unit_lint::{BlockMap, Lines, unit_content_not_ini};

use crate::lint::context::Context;
use crate::lint::parts::{Part, units};
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{release, source};

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

fn content(context: &mut Context<'_>, part: Part<'_>, what: &str) {
    let (text, Some(node)) = (part.text("content"), part.node("content")) else { return };
    let source = source(context.document);
    let written = Lines::of(source, node);
    for remark in unit_content_not_ini(text, what, written, release(context.document.target)) {
        let span = BlockMap::new(source, node).whole_line(source, remark.span.start);
        let mut finding = context.report(span, remark.message).path_of(node);
        if let Some(severity) = remark.severity {
            finding = finding.severity(severity);
        }
        if let Some(help) = remark.help {
            finding = finding.help(help);
        }
        if let Some(keep) = written.keep() {
            finding.fix(Safety::Unsafe, keep.title, keep.span, keep.text);
        }
    }
}
