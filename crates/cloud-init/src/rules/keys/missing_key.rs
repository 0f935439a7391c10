use dryboot_lint::Severity;
use dryboot_schema::ProblemKind;

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "missing-key", severity: Severity::Error, docs: docs!("missing_key.md"), check };

fn check(context: &mut Context<'_>) {
    let mut said = Vec::new();
    let is_about_keys =
        |kind: &ProblemKind| matches!(kind, ProblemKind::Missing(_) | ProblemKind::Exclusive(..));
    for (complaint, problem) in context.problems(is_about_keys) {
        let place = problem.dotted();
        let message = match problem.kind {
            // One of the two is required, and the other is rare.
            ProblemKind::Missing("snapuser") => continue,
            ProblemKind::Missing(name) => format!("`{place}` lacks the required key `{name}`"),
            ProblemKind::Exclusive(one, two) => {
                format!("`{place}` has both `{one}` and `{two}`; only one is allowed")
            }
            _ => continue,
        };
        if !said.contains(&message) {
            said.push(message.clone());
            context.report_at(complaint.place, message).path(place);
        }
    }
}
