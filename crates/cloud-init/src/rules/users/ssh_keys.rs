//! The public SSH keys of a config.

use dryboot_schema::Value;

use super::accounts::{accounts, is_unfilled};
use crate::lint::{At, Context};

/// Every key that may log in, each once; none that something else fills in.
pub(super) fn keys<'c>(context: &Context<'c>) -> Vec<(At<'c>, &'c str)> {
    let accounts = accounts(context);
    let of_users = accounts.iter().filter_map(|user| user.get(context, "ssh_authorized_keys"));
    let lists: Vec<At<'_>> = context.top("ssh_authorized_keys").into_iter().chain(of_users).collect();
    let mut all: Vec<(At<'_>, &str)> = lists.iter().flat_map(|list| listed(context, list)).collect();
    all.retain(|(_, text)| !is_unfilled(text));
    // A list that users share through an alias is written once.
    all.sort_by_key(|(at, _)| context.span(at).start);
    all.dedup_by_key(|(at, _)| context.span(at));
    all
}

/// The strings of one value: itself, or those in the list or mapping.
pub(super) fn listed<'c>(context: &Context<'c>, at: &At<'c>) -> Vec<(At<'c>, &'c str)> {
    let values = match context.value(at.value) {
        Value::Str(_) => vec![*at],
        Value::Map(_) => context.entries(at).into_iter().map(|(_, value)| value).collect(),
        _ => context.items(at),
    };
    values.into_iter().filter_map(|value| Some((value, context.str(&value)?))).collect()
}
