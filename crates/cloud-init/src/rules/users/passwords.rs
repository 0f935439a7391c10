//! The passwords of a config, wherever they stand.

use std::rc::Rc;

use dryboot_lint::crypt_hash::{Password, Scheme, classify};
use dryboot_schema::Value;
use dryboot_yaml::Span;

use super::accounts::{PASSWORDS, accounts, is_unfilled};
use crate::lint::{At, Context};

/// How cloud-init takes a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// As the hash of one.
    Hash,
    /// As it is.
    Plain,
    /// As a hash if it looks like one of the kinds that cloud-init knows, else as it is.
    ByLook,
}

/// What makes cloud-init think of a password itself.
const RANDOM: [&str; 2] = ["R", "RANDOM"];

/// A password in the config.
pub(crate) struct Secret<'c> {
    /// The password or its hash. It must not get into a message.
    pub(super) text: &'c str,
    /// Where it is written.
    pub(super) span: Span,
    /// The value that it is part of.
    pub(super) at: At<'c>,
    /// The entry that has it: a user, or an entry of `chpasswd`.
    pub(super) entry: At<'c>,
    /// How it is taken.
    pub(super) taken: Taken,
}

/// Every password that is given, in no special order; none that something else fills in.
pub(super) fn secrets<'c>(context: &Context<'c>) -> Rc<[Secret<'c>]> {
    Rc::clone(context.secrets.get_or_init(|| read(context).into()))
}

fn read<'c>(context: &Context<'c>) -> Vec<Secret<'c>> {
    let mut all = Vec::new();
    let mut add = |at: At<'c>, entry: At<'c>, text, taken| {
        let span = context.span(&at);
        all.push(Secret { text, span, at, entry, taken });
    };
    for account in accounts(context).iter() {
        for name in PASSWORDS {
            if let Some(at) = account.get(context, name)
                && let Some(text) = written(context, &at)
            {
                let taken = if name == "plain_text_passwd" { Taken::Plain } else { Taken::Hash };
                add(at, account.at, text, taken);
            }
        }
    }
    if let (Some(root), Some(at)) = (context.root(), context.top("password"))
        && let Some(text) = written(context, &at)
    {
        add(at, root, text, Taken::ByLook);
    }
    if let Some(chpasswd) = context.top("chpasswd") {
        let users = context.get(&chpasswd, "users").map(|users| context.items(&users)).unwrap_or_default();
        for user in users {
            let taken = match context.get_str(&user, "type") {
                Some("text") => Taken::Plain,
                Some("hash") | None => Taken::Hash,
                Some(_) => continue,
            };
            if let Some(at) = context.get(&user, "password")
                && let Some(text) = written(context, &at)
            {
                add(at, user, text, taken);
            }
        }
        for (_, text, span, at) in listed(context, &chpasswd) {
            all.push(Secret { text, span, at, entry: chpasswd, taken: Taken::ByLook });
        }
    }
    all.retain(|secret| {
        let is_random = secret.taken == Taken::ByLook && RANDOM.contains(&secret.text);
        !secret.text.trim().is_empty() && !is_random && !is_unfilled(secret.text)
    });
    all
}

/// A password as it is written: one of digits alone is a number in YAML.
fn written<'c>(context: &Context<'c>, at: &At<'c>) -> Option<&'c str> {
    match context.value(at.value) {
        Value::Str(text) => Some(text),
        Value::Int(_) | Value::BigInt(_) | Value::Float(_) => Some(context.span(at).slice(context.read)),
        _ => None,
    }
}

/// The names and passwords in `chpasswd.list`, with where the password is written.
pub(super) fn listed<'c>(context: &Context<'c>, chpasswd: &At<'c>) -> Vec<(&'c str, &'c str, Span, At<'c>)> {
    let Some(list) = context.get(chpasswd, "list") else { return Vec::new() };
    let values = match context.str(&list) {
        Some(_) => vec![list],
        None => context.items(&list),
    };
    let mut all = Vec::new();
    for at in values {
        let span = context.span(&at);
        let mut done = 0;
        for line in context.str(&at).unwrap_or_default().lines() {
            let Some((name, password)) = line.trim().split_once(':') else { continue };
            let written = span.slice(context.read).get(done..).unwrap_or_default();
            let place = written.find(line.trim()).map(|start| {
                let start = span.start + done + start + name.len() + 1;
                Span::new(start, start + password.len())
            });
            done = place.map_or(done, |place| place.end - span.start);
            all.push((name, password, place.unwrap_or(span), at));
        }
    }
    all
}

/// Whether cloud-init takes a password for a hash where it may be either.
pub(super) fn looks_hashed(text: &str) -> bool {
    let known = ["$1$", "$2a$", "$2y$", "$5$", "$6$"];
    let rest = known.iter().find_map(|start| text.strip_prefix(start));
    !text.contains(':')
        && rest.is_some_and(|rest| {
            rest.split_once('$').is_some_and(|(salt, hash)| !salt.is_empty() && !hash.is_empty())
        })
}

/// The kind of hash that a password is, where it is treated as one.
pub(super) fn scheme(secret: &Secret<'_>) -> Option<Scheme> {
    let is_hash = match secret.taken {
        Taken::Hash => true,
        Taken::Plain => false,
        Taken::ByLook => looks_hashed(secret.text),
    };
    match classify(secret.text) {
        Password::Hash(scheme) if is_hash => Some(scheme),
        _ => None,
    }
}
