use std::collections::HashMap;

use dryboot_lint::Severity;

use super::first_line;
use crate::lint::{Context, Rule};
use crate::parts::Kind;
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-part-name",
    severity: Severity::Warning,
    docs: docs!("duplicate_part_name.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let parts = context.parts();
    let mut last: HashMap<(&str, String), usize> = HashMap::new();
    for (index, part) in parts.iter().enumerate() {
        // Scripts of each type have a directory of their own; boothooks run at once.
        if part.kind != Kind::Script {
            continue;
        }
        let Some(lost) = last.insert((part.media_type.as_str(), cleaned(&part.name)), index) else {
            continue;
        };
        let message =
            format!("part {} has the same file name and replaces this script: it does not run", index + 1);
        context
            .report_in(lost, first_line(&parts[lost].text), message)
            .help("give each script a name of its own");
    }
}

/// The name of the file that is written.
fn cleaned(name: &str) -> String {
    let is_kept = |char: &char| char.is_ascii_alphanumeric() || "-_.()".contains(*char);
    name.replace('/', "_").chars().filter(is_kept).collect()
}
