use std::collections::BTreeSet;

use crate::Target;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "hanging-boot",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("hanging_boot.md"),
    scope: Scope::Absent,
    check,
};

/// Without one of these, no unit waits for another one. Following a boot takes longer than all else that lint does.
const ORDERS: [&str; 2] = ["After=", "Before="];

fn check(context: &mut Context<'_>) {
    let Some(problems) = &context.options.boot_problems else { return };
    let text = context.text();
    if !ORDERS.iter().any(|order| text.contains(order)) {
        return;
    }
    for problem in problems.of(text, context.document.target, context.options.platform) {
        let lines = &context.document.lines;
        // Of a line, once.
        let mut seen = BTreeSet::new();
        let mut places: Vec<_> =
            problem.places.iter().filter(|place| seen.insert(lines.line(place.start))).copied().collect();
        if places.is_empty() {
            continue;
        }
        let place = places.remove(0);
        let mut finding = context.report(place, problem.message);
        if let Some(help) = problem.help {
            finding = finding.help(help);
        }
        for other in places {
            finding = finding.label(other, "part of it");
        }
    }
}
