use dryboot_lint::Severity;

use super::first_line;
use crate::lint::{Context, Rule};
use crate::parts::Kind;
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "late-part-handler",
    severity: Severity::Warning,
    docs: docs!("late_part_handler.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let parts = context.parts();
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.kind == Kind::PartHandler) {
        let handled = |other: &&crate::parts::Part<'_>| {
            other.kind == Kind::Unhandled && names(&part.text, &other.media_type)
        };
        let (before, after) = parts.split_at(index);
        let message = match (before.iter().find(handled), after.iter().any(|other| handled(&other))) {
            (Some(early), false) => format!(
                "this handler comes too late for parts of type `{}`: cloud-init has already skipped them",
                early.media_type
            ),
            (Some(early), true) => format!(
                "some parts of type `{}` come before their handler: cloud-init ignores them",
                early.media_type
            ),
            (None, _) => continue,
        };
        context
            .report_in(index, first_line(&part.text), message)
            .help("put the handler before the parts that it handles");
    }
}

/// Whether the code of a handler has a type as a string.
fn names(code: &str, media_type: &str) -> bool {
    ['"', '\''].iter().any(|quote| code.contains(&format!("{quote}{media_type}{quote}")))
}
