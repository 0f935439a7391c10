use dryboot_lint::Severity;

use super::accounts::is_unfilled;
use super::groups::groups;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "bad-group-name", severity: Severity::Warning, docs: docs!("bad_group_name.md"), check };

fn check(context: &mut Context<'_>) {
    for group in groups(context) {
        let is_refused = |char: char| char.is_whitespace() || char.is_control() || matches!(char, ':' | '/');
        let name = group.name;
        if is_unfilled(name)
            || !(name.is_empty() || name.contains(is_refused) || name.starts_with(['-', '+', '~']))
        {
            continue;
        }
        let message = format!("`groupadd` refuses the name `{name}`: this group is not created");
        let help = match name.trim() != name && !name.trim().is_empty() {
            true => "write the groups as a list; in a string, the blank behind a comma belongs to the name",
            false => "use lower-case letters, digits, hyphens and underscores",
        };
        context.report(group.span, message).path(group.at.path).help(help);
    }
}
