//! Packages and where they come from.

mod command_without_snap;
mod foreign_package;
mod globally_trusted_apt_key;
mod invalid_apt_key;
mod invalid_package_name;
pub(crate) mod old_apt_key;
mod package_without_source;
mod reboot_twice;
mod unsigned_apt_source;
mod unwritten_signed_by;

use crate::lint::{At, Context, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &command_without_snap::RULE,
    &invalid_apt_key::RULE,
    &invalid_package_name::RULE,
    &old_apt_key::RULE,
    &package_without_source::RULE,
    &reboot_twice::RULE,
    &unsigned_apt_source::RULE,
    &unwritten_signed_by::RULE,
    &foreign_package::RULE,
    &globally_trusted_apt_key::RULE,
];

/// The entries of `apt.sources`.
pub(crate) fn apt_sources<'c>(context: &Context<'c>) -> Vec<(String, At<'c>)> {
    let sources = context.top("apt").and_then(|apt| context.get(&apt, "sources"));
    let entries = sources.map(|sources| context.entries(&sources)).unwrap_or_default();
    entries.into_iter().map(|(name, at)| (name.to_owned(), at)).collect()
}

/// Whether a key comes with a source.
pub(crate) fn has_key<'c>(context: &Context<'c>, source: &At<'c>) -> bool {
    ["key", "keyid"].iter().any(|key| context.get_str(source, key).is_some())
}

/// The packages with a name of their own, those below `apt` and `snap` included.
pub(crate) fn names<'c>(context: &Context<'c>) -> Vec<(&'c str, At<'c>)> {
    let mut found = Vec::new();
    for item in context.top("packages").map(|list| context.items(&list)).unwrap_or_default() {
        let below = ["apt"].iter().filter_map(|manager| context.get(&item, manager));
        let nested: Vec<At<'_>> = below.flat_map(|list| context.items(&list)).collect();
        for at in std::iter::once(item).chain(nested) {
            // `[name, version]`
            let at = context.items(&at).into_iter().next().unwrap_or(at);
            found.extend(context.str(&at).map(|name| (name, at)));
        }
    }
    found
}
