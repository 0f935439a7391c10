use std::collections::BTreeMap;

use dryboot_lint::Severity;

use super::accounts::accounts;
use crate::lint::{At, Context, Rule, joined};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "duplicate-user", severity: Severity::Warning, docs: docs!("duplicate_user.md"), check };

fn check<'c>(context: &mut Context<'c>) {
    let mut first: BTreeMap<&str, At<'c>> = BTreeMap::new();
    for account in accounts(context).iter().filter(|account| account.at.key.is_none()) {
        let Some(earlier) = first.get(account.name).copied() else {
            first.insert(account.name, account.at);
            continue;
        };
        let lost: Vec<String> = context
            .entries(&account.at)
            .into_iter()
            .filter(|(name, at)| *name != "name" && differs(context, &earlier, name, at))
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        if lost.is_empty() {
            continue;
        }
        let names = |at: &At<'c>| context.key_span(&context.get(at, "name").unwrap_or(*at));
        let (place, label) = (names(&account.at), context.source(names(&earlier)));
        let message = format!(
            "`{}` is listed twice, and the first entry wins: {} of this one is lost",
            account.name,
            joined(&lost, "and")
        );
        context
            .report(place, message)
            .path(account.at.path)
            .help("merge the two entries")
            .label(label, "the first entry");
    }
}

/// Whether the earlier entry has another value for a key.
fn differs<'c>(context: &Context<'c>, earlier: &At<'c>, name: &str, at: &At<'c>) -> bool {
    context.get(earlier, name).is_some_and(|earlier| {
        context.span(&earlier).slice(context.read) != context.span(at).slice(context.read)
    })
}
