//! The groups that `groups` makes.

use dryboot_schema::Value;
use dryboot_yaml::Span;

use crate::lint::{At, Context};

/// A group, as cloud-init takes its name.
pub(super) struct Group<'c> {
    /// The name, with the blanks that belong to it.
    pub(super) name: &'c str,
    /// Where it is written.
    pub(super) span: Span,
    /// The value or key that names it.
    pub(super) at: At<'c>,
    /// Its members, with where they are written.
    pub(super) members: Vec<(&'c str, At<'c>)>,
}

/// Every group, in the order of the text.
pub(super) fn groups<'c>(context: &Context<'c>) -> Vec<Group<'c>> {
    let Some(groups) = context.top("groups") else { return Vec::new() };
    match context.value(groups.value) {
        // One text names several.
        Value::Str(text) => {
            let span = context.span(&groups);
            let named = |name| Group { name, span, at: groups, members: Vec::new() };
            text.trim().split(',').map(named).collect()
        }
        Value::Map(_) => of_mapping(context, &groups),
        _ => context.items(&groups).iter().flat_map(|item| of_item(context, item)).collect(),
    }
}

fn of_item<'c>(context: &Context<'c>, item: &At<'c>) -> Vec<Group<'c>> {
    match context.str(item) {
        Some(name) => {
            vec![Group { name, span: context.span(item), at: *item, members: Vec::new() }]
        }
        None => of_mapping(context, item),
    }
}

fn of_mapping<'c>(context: &Context<'c>, mapping: &At<'c>) -> Vec<Group<'c>> {
    let group = |(name, at): (&'c str, At<'c>)| {
        let members = match context.str(&at) {
            Some(names) => names.split(',').map(|member| (member.trim(), at)).collect(),
            None => {
                let items = context.items(&at).into_iter();
                items.filter_map(|item| Some((context.str(&item)?, item))).collect()
            }
        };
        Group { name, span: context.key_span(&at), at, members }
    };
    context.entries(mapping).into_iter().map(group).collect()
}
