use dryboot_lint::{Safety, Severity};
use dryboot_unit_lint::{comment_behind_value, moved_above};

use crate::lint::{Context, Rule, UnitFiles};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "comment-behind-value",
    severity: Severity::Warning,
    docs: docs!("comment_behind_value.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in &units.files {
        for remark in comment_behind_value(file, &units.systemd) {
            let comment = units.exact(file, remark.span);
            let moved = comment.and_then(|comment| moved_above(context.read, comment));
            let finding = units.report(context, file, remark);
            if let Some((line, text)) = moved {
                finding.fix(Safety::Unsafe, "move the comment to a line of its own", line, text);
            }
        }
    }
}
