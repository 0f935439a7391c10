//! `chpasswd`, `password` and `ssh_pwauth`.

use std::rc::Rc;

use super::accounts::accounts;
use super::ssh::settings_file;
use crate::boot::{Boot, File};
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, NOTHING, Value};

/// A password that nobody knows yet.
const RANDOM: &str = "<random-password>";

/// A name and a password, which only a schema keeps from being anything but text.
type Pair = (Value, Value);

pub(super) fn set_passwords(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let (mut users, mut lines, mut expires) = (Vec::new(), Vec::new(), true);
    if let Some(settings) = config.get("chpasswd") {
        boot.because(settings);
        if settings.map().is_none() {
            settings.contains("users")?;
        }
        users = settings.settings("users").unwrap_or_default();
        lines = listed_lines(boot, settings)?;
        expires = settings.flag("expire", true);
    }
    let password = config.setting("password").filter(|password| !password.is_empty());
    if users.is_empty()
        && lines.is_empty()
        && let Some(password) = password
    {
        let asked = accounts(boot)?;
        let default = asked.iter().find(|user| user.is_default);
        boot.because(config.get("password").unwrap_or(&NOTHING));
        match default {
            Some(user) => lines = vec![format!("{}:{password}", user.name)],
            None => boot.journal.warn("`password` is for the default user, and there is none"),
        }
    }
    let mut last_error = None;
    if !users.is_empty() || !lines.is_empty() {
        last_error = set_all(boot, &users, &lines, expires)?;
    }
    ssh_pwauth(boot, config.get("ssh_pwauth").unwrap_or(&NOTHING))?;
    last_error.map_or(Ok(()), Err)
}

fn listed_lines(boot: &mut Boot, settings: &Value) -> Result<Vec<String>, Raised> {
    let Some(list) = settings.get("list").filter(|list| list.is_truthy()) else { return Ok(Vec::new()) };
    boot.journal.deprecated("`chpasswd.list` should be `chpasswd.users`");
    Ok(match &list.data {
        Data::List(items) => items.iter().map(Value::shown).collect(),
        _ => {
            boot.journal.deprecated("`chpasswd.list` should not be text");
            list.shown().lines().map(str::to_owned).collect()
        }
    })
}

fn set_all(
    boot: &mut Boot,
    users: &[Value],
    lines: &[String],
    expires: bool,
) -> Result<Option<Raised>, Raised> {
    let (mut plain, mut hashed, mut random): (Vec<Pair>, Vec<Pair>, Vec<Pair>) = Default::default();
    for wanted in ["text", "hash", "RANDOM"] {
        for user in users {
            user.entries().map_err(|_| Raised::no_attribute(user.type_name(), "get"))?;
            if user.get("type").map_or("hash", |kind| kind.text().unwrap_or_default()) != wanted {
                continue;
            }
            let name = user.get("name").ok_or_else(|| Raised::key_error("name"))?.clone();
            let password = user.get("password").cloned().unwrap_or_else(|| Value::from_text("RANDOM"));
            match wanted {
                "text" => plain.push((name, password)),
                "hash" => hashed.push((name, password)),
                _ => {
                    random.push((name.clone(), Value::from_text(RANDOM)));
                    plain.push((name, Value::from_text(RANDOM)));
                }
            }
        }
    }
    for line in lines {
        let (name, password) = line
            .split_once(':')
            .ok_or_else(|| Raised::value_error(format!("there is no `:` in `{line}`")))?;
        let name = Value::from_text(name);
        if is_hash(password) {
            hashed.push((name, Value::from_text(password)));
        } else if ["R", "RANDOM"].contains(&password) {
            random.push((name.clone(), Value::from_text(RANDOM)));
            plain.push((name, Value::from_text(RANDOM)));
        } else {
            plain.push((name, Value::from_text(password)));
        }
    }
    let mut last_error = None;
    for (pairs, command) in [(&plain, &["chpasswd"] as &[&str]), (&hashed, &["chpasswd", "-e"])] {
        if pairs.is_empty() {
            continue;
        }
        if let Err(error) = lines_of(pairs).and_then(|stdin| boot.run_with(command, &stdin)) {
            boot.journal.warn_of("not all passwords can be set", &error);
            last_error = Some(error);
        }
    }
    if !random.is_empty() {
        let listed: Vec<String> =
            random.iter().map(|(name, password)| format!("{}:{}", name.shown(), password.shown())).collect();
        boot.print(format!("Set the following 'random' passwords\n\n{}\n", listed.join("\n")));
    }
    for (name, _) in plain.iter().chain(&hashed).filter(|_| expires) {
        let result = name.text().ok_or_else(|| Raised::type_error("the name of a user must be text"));
        if let Err(error) = result.and_then(|name| boot.run(&["passwd", "--expire", name])) {
            let name = name.shown();
            // The program says so twice.
            boot.journal.warn_of(format!("`passwd` does not expire the password of `{name}`"), &error);
            boot.journal.warn_of(format!("the password of `{name}` cannot be made to expire"), &error);
            last_error = Some(error);
        }
    }
    Ok(last_error)
}

/// What `chpasswd` reads.
///
/// # Errors
/// A name or a password is not text, and none of them is set.
fn lines_of(pairs: &[Pair]) -> Result<String, Raised> {
    let line = |(name, password): &Pair| match (name.text(), password.text()) {
        (Some(name), Some(password)) => Ok(format!("{name}:{password}\n")),
        _ => Err(Raised::type_error("the name of a user and a password must be text")),
    };
    pairs.iter().map(line).collect()
}

/// Whether the program takes a password for a hash: `$6$…$…`.
fn is_hash(password: &str) -> bool {
    let rest = ["$1", "$2a", "$2y", "$5", "$6"].iter().find_map(|start| password.strip_prefix(start));
    let has_parts = |rest: &str| {
        let mut parts = rest.split('$');
        parts.next() == Some("") && parts.clone().count() >= 2 && parts.all(|part| !part.is_empty())
    };
    rest.is_some_and(has_parts) && !password.contains(':')
}

fn ssh_pwauth(boot: &mut Boot, asked: &Value) -> Result<(), Raised> {
    boot.because(asked);
    let service = boot.ways().ssh_service;
    let is_asked_first = boot.has(Change::SshStatus) && !boot.has(Change::SshState);
    let runs = !is_asked_first || boot.service("status", service).is_ok();
    if asked.text().is_some() {
        boot.journal.deprecated("`ssh_pwauth` should be a boolean");
    }
    let value = match (asked.is_yes(), asked.is_no()) {
        (true, _) => "yes",
        (_, true) => "no",
        _ if asked.is_null() => return Ok(()),
        _ => {
            let Some(text) = asked.text() else {
                return Err(Raised::no_attribute(asked.type_name(), "lower"));
            };
            if text.to_lowercase() != "unchanged" {
                boot.journal.warn(format!("`ssh_pwauth: {text}` is none that is known; nothing is changed"));
            }
            return Ok(());
        }
    };
    let path = settings_file(boot);
    let before = boot.system.text(&path);
    let mut is_there = false;
    let mut changed = false;
    let mut lines = Vec::new();
    for line in before.as_deref().unwrap_or_default().lines() {
        let mut words = line.trim().splitn(2, [' ', '\t']);
        let is_it = words.next().is_some_and(|key| key.eq_ignore_ascii_case("PasswordAuthentication"));
        if is_it && !line.trim().starts_with('#') {
            is_there = true;
            changed |= words.next().map(str::trim) != Some(value);
            lines.push(format!("PasswordAuthentication {value}"));
        } else {
            lines.push(line.to_owned());
        }
    }
    if !is_there {
        changed = true;
        lines.push(format!("PasswordAuthentication {value}"));
    }
    if !changed {
        return Ok(());
    }
    let content: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let is_new = before.is_none();
    boot.write_file(File {
        path: &path,
        content: content.as_bytes(),
        bits: 0o600,
        keeps_mode: !is_new,
        ..File::default()
    })?;
    if !boot.has(Change::SshState) {
        return if runs { boot.service("restart", service).map(drop) } else { Ok(()) };
    }
    if !boot.ways().has_systemd {
        return boot.service("restart", service).map(drop);
    }
    let state = boot.run(&["systemctl", "show", "--property", "ActiveState", "--value", service])?;
    if ["active", "activating", "reloading"].contains(&state.stdout.trim()) {
        let mode = boot.has(Change::SshJobMode).then_some("--job-mode=ignore-dependencies");
        let words: Vec<&str> = ["systemctl", "restart", service].into_iter().chain(mode).collect();
        let _ = boot.run(&words);
    }
    Ok(())
}
