use crate::Target;
use dryboot_lint::{Safety, Severity};
use dryboot_unit_lint::{comment_behind_value, moved_above};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{report, systemd};

pub(crate) static RULE: Rule = Rule {
    name: "comment-behind-value",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("comment_behind_value.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let systemd = systemd(document.target);
    for file in context.unit_files().iter() {
        for remark in comment_behind_value(file, &systemd) {
            let moved =
                file.exact(document, remark.span).and_then(|comment| moved_above(document.text(), comment));
            let finding = report(context, file, remark);
            if let Some((line, text)) = moved {
                finding.fix(Safety::Unsafe, "move the comment to a line of its own", line, text);
            }
        }
    }
}
