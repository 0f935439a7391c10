//! Accounts.

use dryboot_coreos::typed::Decoded;
use dryboot_machine::{Account, Action};
use dryboot_yaml::go_syntax::quote;

use crate::apply::import::{import_from_github, import_from_url};
use crate::apply::keys::authorize_keys;
use crate::config::Config;
use crate::program::flags;
use crate::run::{Run, Step};

/// An option of `useradd` and the key that asks for it.
enum Option {
    /// Given with the key's value, when there is one.
    Text(&'static str, &'static str),
    /// Given with the value as a Go string literal: the quotes become part of the comment.
    Quoted(&'static str, &'static str),
    /// Given with the list, joined by commas.
    List(&'static str, &'static str),
    /// Given when the key is true.
    Flag(&'static str, &'static str),
    /// One of two: the first when the key is true.
    Either(&'static str, &'static str, &'static str),
}

/// The options after `--password`, in order.
const OPTIONS: &[Option] = &[
    Option::Quoted("--comment", "gecos"),
    Option::Text("--home-dir", "homedir"),
    Option::Either("--no-create-home", "--create-home", "no_create_home"),
    Option::Text("--gid", "primary_group"),
    Option::List("--groups", "groups"),
    Option::Flag("--no-user-group", "no_user_group"),
    Option::Flag("--system", "system"),
    Option::Flag("--no-log-init", "no_log_init"),
    Option::Text("--shell", "shell"),
];

/// The keys that matter only for an account that does not exist yet.
const CREATION_KEYS: &[&str] = &[
    "name",
    "passwd",
    "gecos",
    "homedir",
    "no_create_home",
    "primary_group",
    "groups",
    "no_user_group",
    "system",
    "no_log_init",
    "shell",
];

/// Creates users, or sets the password of those who exist; then their keys.
pub(crate) fn apply_users(run: &mut Run<'_>, config: &Config<'_>) -> Step {
    for (_, user) in config.root().sections("users") {
        apply_user(run, config, user)?;
    }
    Ok(())
}

fn apply_user(run: &mut Run<'_>, config: &Config<'_>, user: &Decoded) -> Step {
    let name = user.text("name");
    if name.is_empty() {
        run.say("User object has no 'name' field, skipping", &config.causes(user, CREATION_KEYS));
        return Ok(());
    }
    if run.journal.machine.accounts.contains_key(name) {
        set_password(run, config, user)?;
    } else {
        create(run, config, user)?;
    }

    let because = config.causes(user, &["name"]);
    let keys = config.texts(user, "ssh_authorized_keys");
    let given_before = run.program.gives_core_keys_first && name == "core";
    if !keys.is_empty() && !given_before {
        authorize_keys(run, name, flags::key_set(run.description), &keys, &because)?;
    }
    let single = config.text(user, "coreos_ssh_import_github");
    let several = config.texts(user, "coreos_ssh_import_github_users");
    for github in Some(single).into_iter().filter(|single| !single.text.is_empty()).chain(several) {
        import_from_github(run, name, &github, &because)?;
    }
    let url = config.text(user, "coreos_ssh_import_url");
    if !url.text.is_empty() {
        import_from_url(run, name, &url, &because)?;
    }
    Ok(())
}

fn set_password(run: &mut Run<'_>, config: &Config<'_>, user: &Decoded) -> Step {
    let (name, hash) = (user.text("name"), user.text("passwd"));
    if hash.is_empty() {
        return Ok(());
    }
    let causes = config.causes(user, &["name", "passwd"]);
    let argv = vec!["/usr/sbin/chpasswd".to_owned(), "-e".to_owned()];
    let stdin = format!("{name}:{hash}");
    let set = run.command(argv, &causes, |argv, exit| Action::ChangePassword { argv, exit, stdin });
    set.inspect_err(|stop| {
        run.say(format!("Failed setting '{name}' user's password: {}", stop.words), &stop.causes);
    })?;
    run.journal.machine.accounts.entry(name.to_owned()).or_default().has_password = true;
    Ok(())
}

fn create(run: &mut Run<'_>, config: &Config<'_>, user: &Decoded) -> Step {
    let (name, hash) = (user.text("name"), user.text("passwd"));
    let mut options = vec!["--password".to_owned(), if hash.is_empty() { "*" } else { hash }.to_owned()];
    for option in OPTIONS {
        options.extend(option.arguments(config, user));
    }
    let argv: Vec<String> = [vec!["useradd".to_owned()], options.clone(), vec![name.to_owned()]].concat();
    let line = argv.join(" ");
    let causes = config.causes(user, CREATION_KEYS);
    let created = run.command(argv, &causes, |argv, exit| Action::UserAdd { argv, exit });
    created.inspect_err(|stop| {
        run.say(format!("Command '{line}' failed: {}", stop.words), &stop.causes);
        run.say(format!("Failed creating user '{name}': {}", stop.words), &stop.causes);
    })?;
    let account = Account { created: true, options, has_password: !hash.is_empty(), ..Account::default() };
    run.journal.machine.accounts.insert(name.to_owned(), account);
    Ok(())
}

impl Option {
    fn arguments(&self, config: &Config<'_>, user: &Decoded) -> Vec<String> {
        let with = |option: &str, value: String| vec![option.to_owned(), value];
        match *self {
            Self::Text(option, key) if !user.text(key).is_empty() => with(option, user.text(key).to_owned()),
            Self::Quoted(option, key) if !user.text(key).is_empty() => with(option, quote(user.text(key))),
            Self::List(option, key) if !user.list(key).is_empty() => {
                let groups: Vec<String> =
                    config.texts(user, key).into_iter().map(|group| group.text).collect();
                with(option, groups.join(","))
            }
            Self::Flag(option, key) if user.flag(key) => vec![option.to_owned()],
            Self::Either(yes, no, key) => vec![if user.flag(key) { yes } else { no }.to_owned()],
            _ => Vec::new(),
        }
    }
}
