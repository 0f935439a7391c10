use dryboot_lint::Severity;

use super::accounts::is_unfilled;
use super::groups::groups;
use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::rules::files::{DEFAULT_USERS, new_accounts};

pub(super) static RULE: Rule = Rule {
    name: "member-before-user",
    severity: Severity::Warning,
    docs: docs!("member_before_user.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let new = new_accounts(context);
    for group in groups(context) {
        for (member, at) in group.members {
            let place = new.iter().find(|(name, _)| *name == member).map(|(_, place)| *place);
            if is_unfilled(member) || !(place.is_some() || DEFAULT_USERS.contains(&member)) {
                continue;
            }
            let message = format!(
                "groups are created before users: `{member}` does not exist yet, and is not added to `{}`",
                group.name
            );
            let finding = context
                .report(context.span(&at), message)
                .path(at.path)
                .help(format!("remove it here, and write `groups: [{}]` at the user", group.name));
            if let Some(place) = place {
                finding.label(place, "created after the groups");
            }
        }
    }
}
