//! Files of `write_files`.

mod content_not_text;
mod duplicate_path;
mod escaped_line_break;
mod folded_script;
mod hidden_by_mount;
mod home_before_user;
mod invalid_permissions;
mod octal_number;
mod owner_before_user;
mod relative_path;
mod script_not_executable;
mod secret_in_plain_sight;
mod unapplied_netplan;
mod undecodable_content;
mod volatile_path;
mod world_writable_file;

use std::collections::HashSet;

use dryboot_yaml::Span;

use crate::lint::{At, Context, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &content_not_text::RULE,
    &duplicate_path::RULE,
    &escaped_line_break::RULE,
    &folded_script::RULE,
    &hidden_by_mount::RULE,
    &home_before_user::RULE,
    &invalid_permissions::RULE,
    &octal_number::RULE,
    &owner_before_user::RULE,
    &relative_path::RULE,
    &script_not_executable::RULE,
    &secret_in_plain_sight::RULE,
    &unapplied_netplan::RULE,
    &undecodable_content::RULE,
    &volatile_path::RULE,
    &world_writable_file::RULE,
];

/// Where and how to add a key to a mapping, behind the line of another key with a value on one line.
pub(crate) fn added<'c>(
    context: &Context<'c>,
    mapping: &At<'c>,
    behind: &str,
    key: &str,
    value: &str,
) -> Option<(Span, String)> {
    let at = context.get(mapping, behind)?;
    let span = context.span(&at);
    let node = context.tree()?.node(mapping.value);
    if node.anchor.is_some() || context.get(mapping, key).is_some() || span.slice(context.read).contains('\n')
    {
        return None;
    }
    // A key that is merged in stands somewhere else.
    if !(node.span.start..node.span.end).contains(&context.key_span(&at).start) {
        return None;
    }
    if node.flow {
        return Some((Span::empty(span.end), format!(", {key}: {value}")));
    }
    let key_start = context.key_span(&at).start;
    let line_start = context.read.get(..key_start)?.rfind('\n')? + 1;
    // A dash before the first key takes as much room as spaces do.
    let before = context.read.get(line_start..key_start)?;
    let indent: String = before.chars().map(|_| ' ').collect();
    let is_plain = before.chars().all(|char| char == ' ' || char == '-');
    let line_end = context.read.get(span.end..)?.find(['\r', '\n'])? + span.end;
    let newline = if context.read[line_end..].starts_with('\r') { "\r\n" } else { "\n" };
    is_plain.then(|| (Span::empty(line_end), format!("{newline}{indent}{key}: {value}")))
}

/// The accounts that the config makes with a home directory in the usual place, with where each is named.
pub(crate) fn new_homes<'c>(context: &Context<'c>) -> Vec<(&'c str, Span)> {
    let entries = context.top("users").map(|list| context.items(&list)).unwrap_or_default();
    let others = ["homedir", "system", "no_create_home", "no-create-home"];
    let elsewhere: HashSet<&str> = entries
        .iter()
        .filter(|entry| others.iter().any(|key| context.get(entry, key).is_some()))
        .filter_map(|entry| context.get_str(entry, "name"))
        .collect();
    new_accounts(context).into_iter().filter(|(name, _)| !elsewhere.contains(name)).collect()
}

/// The names of the accounts that the config makes, with where each is named.
pub(crate) fn new_accounts<'c>(context: &Context<'c>) -> Vec<(&'c str, Span)> {
    let entries = context.top("users").map(|list| context.items(&list)).unwrap_or_default();
    let named = entries.iter().filter_map(|entry| {
        let at = context.get(entry, "name").unwrap_or(*entry);
        Some((context.str(&at)?, context.first_line(&at)))
    });
    named.filter(|(name, _)| *name != "default" && !IN_IMAGES.contains(name)).collect()
}

/// Accounts and groups that are part of the usual images.
pub(crate) const IN_IMAGES: [&str; 40] = [
    "root",
    "daemon",
    "bin",
    "sys",
    "sync",
    "games",
    "man",
    "lp",
    "mail",
    "news",
    "uucp",
    "proxy",
    "www-data",
    "backup",
    "list",
    "irc",
    "_apt",
    "nobody",
    "nogroup",
    "systemd-network",
    "systemd-resolve",
    "systemd-timesync",
    "messagebus",
    "syslog",
    "sshd",
    "tss",
    "uuidd",
    "tcpdump",
    "pollinate",
    "landscape",
    "adm",
    "sudo",
    "wheel",
    "users",
    "staff",
    "video",
    "audio",
    "shadow",
    "utmp",
    "ftp",
];

/// The account that images of a distribution make at the first boot, unless `users` says otherwise.
pub(crate) const DEFAULT_USERS: [&str; 12] = [
    "ubuntu",
    "debian",
    "ec2-user",
    "cloud-user",
    "fedora",
    "rocky",
    "almalinux",
    "centos",
    "alpine",
    "arch",
    "opc",
    "azureuser",
];
