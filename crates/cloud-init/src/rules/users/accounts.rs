//! The users of a config, as cloud-init reads `users` and `user`.

use std::rc::Rc;

use dryboot_schema::Value;

use super::passwords::listed;
use crate::lint::{At, Context};

/// One user.
pub(crate) struct Account<'c> {
    /// The name; `default` for the default user of the image, unless `user` renames it.
    pub(super) name: &'c str,
    /// Whether it is the default user.
    pub(super) is_default: bool,
    /// Where it is written: a mapping with settings, or a string with the name alone.
    pub(super) at: At<'c>,
}

impl<'c> Account<'c> {
    /// A setting, whose name may be written with hyphens.
    pub(super) fn get(&self, context: &Context<'c>, name: &str) -> Option<At<'c>> {
        let hyphenated = || context.get_by(&self.at, |key| is_hyphenated(key, name));
        context.get(&self.at, name).or_else(|| name.contains('_').then(hyphenated)?)
    }

    /// A setting that is a string with something in it.
    pub(super) fn text(&self, context: &Context<'c>, name: &str) -> Option<(At<'c>, &'c str)> {
        let at = self.get(context, name)?;
        let text = context.str(&at).filter(|text| !text.trim().is_empty())?;
        Some((at, text))
    }

    /// Whether a setting is there and counts as true in Python.
    pub(super) fn has(&self, context: &Context<'c>, name: &str) -> bool {
        self.get(context, name).is_some_and(|at| is_true(context, &at))
    }

    /// Whether its password is locked, which it is unless the config says otherwise.
    pub(super) fn is_locked(&self, context: &Context<'c>) -> bool {
        self.get(context, "lock_passwd").is_none_or(|at| is_true(context, &at))
    }

    /// Whether it has a password of its own that is of use.
    pub(super) fn has_password(&self, context: &Context<'c>) -> bool {
        // Also an empty one, with which anybody can log in on the console.
        let is_text = |at: At<'c>| context.str(&at).is_some();
        let is_given = PASSWORDS.iter().any(|name| self.get(context, name).is_some_and(is_text));
        (is_given && !self.is_locked(context)) || self.has_new_password(context)
    }

    /// Whether `password` or `chpasswd` gives it a password, which unlocks it.
    pub(super) fn has_new_password(&self, context: &Context<'c>) -> bool {
        if self.is_default && context.top("password").is_some() {
            return true;
        }
        let Some(chpasswd) = context.top("chpasswd") else { return false };
        let users = context.get(&chpasswd, "users").map(|users| context.items(&users)).unwrap_or_default();
        users.iter().any(|user| context.get_str(user, "name") == Some(self.name))
            || listed(context, &chpasswd).iter().any(|(user, ..)| *user == self.name)
    }

    /// Whether somebody can log in as this user.
    pub(super) fn has_way_in(&self, context: &Context<'c>) -> bool {
        let has_keys =
            ["ssh_authorized_keys", "ssh_import_id", "snapuser"].iter().any(|name| self.has(context, name));
        has_keys || self.has_password(context)
    }
}

/// Whether a key is a name with `-` in place of each `_`.
fn is_hyphenated(key: &str, name: &str) -> bool {
    let hyphenated = name.bytes().map(|byte| if byte == b'_' { b'-' } else { byte });
    key.len() == name.len() && key.bytes().eq(hyphenated)
}

/// The settings of a user that hold a password.
pub(super) const PASSWORDS: [&str; 3] = ["passwd", "hashed_passwd", "plain_text_passwd"];

/// Whether a value counts as true in Python.
pub(super) fn is_true(context: &Context<'_>, at: &At<'_>) -> bool {
    match context.value(at.value) {
        Value::Null => false,
        Value::Bool(truth) => truth,
        Value::Int(int) => int != 0,
        Value::Str(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        _ => true,
    }
}

/// Every user, in the order of the text.
pub(super) fn accounts<'c>(context: &Context<'c>) -> Rc<[Account<'c>]> {
    Rc::clone(context.accounts.get_or_init(|| read(context).into()))
}

fn read<'c>(context: &Context<'c>) -> Vec<Account<'c>> {
    let mut all = Vec::new();
    if let Some(user) = context.top("user")
        && is_true(context, &user)
    {
        let name = context.str(&user).or_else(|| context.get_str(&user, "name")).unwrap_or("default");
        all.push(Account { name, is_default: true, at: user });
    }
    let Some(users) = context.top("users") else { return all };
    match context.value(users.value) {
        Value::Str(names) => add_names(&mut all, names, &users),
        Value::Map(_) => {
            all.extend(context.entries(&users).into_iter().map(|(name, at)| account(name, at)));
        }
        _ => {
            for item in context.items(&users) {
                match context.value(item.value) {
                    Value::Str(names) => add_names(&mut all, names, &item),
                    Value::Map(_) => {
                        let name = context.get_str(&item, "name").unwrap_or("default");
                        all.push(account(name, item));
                    }
                    Value::List(_) => {
                        for name in context.items(&item) {
                            add_names(&mut all, context.str(&name).unwrap_or_default(), &name);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    all
}

fn add_names<'c>(all: &mut Vec<Account<'c>>, names: &'c str, at: &At<'c>) {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    all.extend(names.map(|name| account(name, *at)));
}

fn account<'c>(name: &'c str, at: At<'c>) -> Account<'c> {
    Account { name, is_default: name == "default", at }
}

/// Whether the machine gets the default user of its image, which `users` replaces unless it is in the list.
pub(super) fn has_default(context: &Context<'_>) -> bool {
    context.top("users").is_none() || accounts(context).iter().any(|account| account.is_default)
}

/// Whether commands or files of the config speak of one of these words.
pub(super) fn mentions(context: &Context<'_>, words: &[&str]) -> bool {
    ["runcmd", "bootcmd", "write_files", "ansible", "snap"].iter().filter_map(|key| context.top(key)).any(
        |at| {
            let written = context.span(&at).slice(context.read);
            words.iter().any(|word| written.contains(word))
        },
    )
}

/// Whether something else has to fill in a text before cloud-init reads it.
pub(super) fn is_unfilled(text: &str) -> bool {
    let may_be_mark = text.bytes().any(|byte| matches!(byte, b'{' | b'%'));
    (may_be_mark && ["${", "{{", "%{", "{%", "<%"].iter().any(|mark| text.contains(mark)))
        || text.starts_with('$') && {
            let name = &text[1..];
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        }
}
