//! `users` and `groups`.

use std::rc::Rc;

use super::accounts::{Account, accounts, groups, public_keys};
use super::keys;
use super::sudo;
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, Value};

pub(super) fn users_groups(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let users = accounts(boot)?;
    let groups = match config.get("groups") {
        Some(groups_of) => groups(groups_of)?,
        None => Vec::new(),
    };
    for (name, members) in groups {
        boot.because(config.get("groups").unwrap_or(&Value::default()));
        create_group(boot, &name, &members);
    }
    let default = users.iter().find(|user| user.is_default).map(|user| user.name.clone());
    for user in users.iter() {
        boot.because(&user.settings);
        let given = |keys: &[&'static str]| -> Vec<&'static str> {
            let is_set = |key: &&&str| user.settings.get(key).is_some_and(Value::is_truthy);
            keys.iter().filter(is_set).copied().collect()
        };
        let homeless = given(&["no_create_home", "system"]);
        let in_home = given(&["ssh_authorized_keys", "ssh_import_id", "ssh_redirect_user"]);
        if !homeless.is_empty() && !in_home.is_empty() {
            let (keys, flags) = (in_home.join(", "), homeless.join(", "));
            let what = format!("the user `{}` cannot have {keys} together with {flags}", user.name);
            return Err(Raised::value_error(what));
        }
        let redirect = redirect(boot, user, default.as_deref())?;
        user.named()?;
        create_user(boot, user, redirect.as_deref())?;
    }
    Ok(())
}

/// The user whom logins are sent to, if they are.
fn redirect(boot: &mut Boot, user: &Account, default: Option<&str>) -> Result<Option<String>, Raised> {
    let Some(asked) = user.settings.get("ssh_redirect_user").filter(|asked| asked.is_truthy()) else {
        return Ok(None);
    };
    if user.settings.has("ssh_authorized_keys") || user.settings.has("ssh_import_id") {
        let what = format!("the user `{}` cannot have ssh_redirect_user together with keys", user.name);
        return Err(Raised::value_error(what));
    }
    if asked.data != Data::Bool(true) && asked.text() != Some("default") {
        let what = format!("`{}` is no value for ssh_redirect_user of `{}`", asked.shown(), user.name);
        return Err(Raised::value_error(what));
    }
    if default.is_none() {
        boot.journal.warn(format!("logins of `{}` go nowhere: there is no default user", user.name));
    }
    Ok(default.map(str::to_owned))
}

pub(super) fn create_group(boot: &mut Boot, name: &str, members: &[String]) {
    if boot.system.has_group(name) {
        boot.journal.warn(format!("the group `{name}` exists already"));
    } else if let Err(error) = boot.run(&["groupadd", name]) {
        boot.journal.warn_of(format!("the group `{name}` cannot be made"), &error);
    }
    for member in members {
        if boot.system.user(member).is_none() {
            boot.journal.warn(format!("there is no user `{member}` to add to the group `{name}`"));
        } else {
            let _ = boot.run(&["usermod", "-a", "-G", name, member]);
        }
    }
}

/// The options of `useradd` for settings with text, by setting.
const OPTIONS: [(&str, &str); 10] = [
    ("expiredate", "--expiredate"),
    ("gecos", "--comment"),
    ("groups", "--groups"),
    ("homedir", "--home"),
    ("inactive", "--inactive"),
    ("passwd", "--password"),
    ("primary_group", "--gid"),
    ("selinux_user", "--selinux-user"),
    ("shell", "--shell"),
    ("uid", "--uid"),
];

/// The options of `useradd` for settings that are on or off.
const FLAGS: [(&str, &str); 3] =
    [("no_log_init", "--no-log-init"), ("no_user_group", "--no-user-group"), ("system", "--system")];

fn create_user(boot: &mut Boot, user: &Account, redirect: Option<&str>) -> Result<(), Raised> {
    let (name, settings) = (user.name.as_str(), &user.settings);
    if let Some(snap_user) = settings.get("snapuser") {
        return create_snap_user(boot, name, snap_user, settings.flag("known", false));
    }
    let is_new = boot.system.user(name).is_none();
    if is_new {
        add_user(boot, name, settings)?;
    }
    let has_password = set_password(boot, name, settings, is_new)?;
    lock(boot, name, settings, is_new, has_password)?;
    if let Some(rules) = settings.get("doas").filter(|rules| rules.is_truthy()) {
        sudo::write_doas_rules(boot, name, rules)?;
    }
    match settings.get("sudo") {
        Some(rules) if rules.is_truthy() => sudo::write_sudo_rules(boot, name, rules)?,
        Some(Value { data: Data::Bool(false), .. }) => {
            boot.journal.deprecated(format!("`sudo: false` of `{name}` should be `null`"));
        }
        _ => {}
    }
    if let Some(asked) = settings.get("ssh_authorized_keys") {
        let texts: Vec<String> = match &asked.data {
            Data::Text(key) => vec![key.clone()],
            Data::Map(map) => map.values().map(Value::shown).collect(),
            Data::List(items) => items.iter().map(Value::shown).collect(),
            Data::Null => return Err(Raised::type_error("`None` holds no keys")),
            _ => {
                boot.journal.warn(format!("the keys of `{name}` are not a list"));
                Vec::new()
            }
        };
        keys::set_up(boot, &texts, name, "")?;
    }
    if let Some(target) = redirect {
        let cloud_keys = public_keys(boot);
        if cloud_keys.is_empty() {
            boot.journal.warn(format!("logins of `{name}` cannot be redirected: the metadata has no keys"));
        } else {
            let options = keys::FORCED.replace("$USER", target).replace("$DISABLE_USER", name);
            keys::set_up(boot, &cloud_keys, name, &options)?;
        }
    }
    Ok(())
}

fn create_snap_user(boot: &mut Boot, name: &str, snap_user: &Value, known: bool) -> Result<(), Raised> {
    let mut command = vec!["snap", "create-user", "--sudoer", "--json"];
    if known {
        command.push("--known");
    }
    let email = snap_user.shown();
    if snap_user.is_truthy() {
        command.push(&email);
    } else {
        boot.journal.warn("a Snap user needs an e-mail address");
    }
    boot.run(&command).map(drop).inspect_err(|error| {
        boot.journal.warn_of(format!("the Snap user `{name}` cannot be made"), error);
    })
}

fn add_user(boot: &mut Boot, name: &str, settings: &Value) -> Result<(), Raised> {
    let mut groups = Vec::new();
    if let Some(asked) = settings.get("groups").filter(|asked| asked.is_truthy()) {
        groups = match &asked.data {
            Data::Text(text) => text.split(',').map(|group| group.trim().to_owned()).collect(),
            Data::Map(map) => {
                boot.journal.deprecated(format!("`groups` of `{name}` should be a list"));
                map.keys().map(|key| key.shown().trim().to_owned()).collect()
            }
            _ => asked
                .items()?
                .iter()
                .map(|group| match group.text() {
                    Some(text) => Ok(text.trim().to_owned()),
                    None => Err(Raised::no_attribute(group.type_name(), "strip")),
                })
                .collect::<Result<Vec<_>, _>>()?,
        };
    }
    let joined = groups.join(",");
    if !groups.is_empty() {
        groups.extend(settings.get("primary_group").filter(|group| group.is_truthy()).map(Value::shown));
    }
    let creates = settings.get("create_groups").is_none_or(Value::is_truthy);
    for group in groups.iter().filter(|_| creates) {
        if !boot.system.has_group(group) {
            create_group(boot, group, &[]);
        }
    }
    // Options by setting, with their values.
    let mut options: Vec<(&str, &str, Option<String>)> = Vec::new();
    for (key, option) in OPTIONS {
        let text = match (key, settings.get(key)) {
            ("groups", Some(_)) if !joined.is_empty() => Some(joined.clone()),
            ("uid", Some(uid)) if boot.has(Change::NumericUid) => Some(uid.shown()),
            (_, Some(value)) => value.text().map(str::to_owned),
            (_, None) => None,
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            options.push((key, option, Some(text)));
        }
    }
    for (key, flag) in FLAGS {
        if settings.get(key).is_some_and(Value::is_truthy) {
            options.push((key, flag, None));
        }
    }
    options.sort_by_key(|(key, ..)| *key);
    let mut argv = vec!["useradd".to_owned(), name.to_owned()];
    for (_, option, value) in options {
        argv.push(option.to_owned());
        argv.extend(value);
    }
    let is_homeless =
        ["no_create_home", "system"].iter().any(|key| settings.get(key).is_some_and(Value::is_truthy));
    argv.push(if is_homeless { "-M" } else { "-m" }.to_owned());
    boot.execute(Run { argv, ..Run::default() }).map(drop).inspect_err(|error| {
        boot.journal.warn_of(format!("the user `{name}` cannot be made"), error);
    })
}

/// Sets the passwords that are given; says whether there is one, or an empty one is asked for.
fn set_password(boot: &mut Boot, name: &str, settings: &Value, is_new: bool) -> Result<bool, Raised> {
    let mut is_given = false;
    for (key, is_hash) in [("plain_text_passwd", false), ("hashed_passwd", true)] {
        let Some(password) = settings.get(key) else { continue };
        is_given = true;
        if !password.is_truthy() {
            continue;
        }
        let line = format!("{name}:{}", password.shown());
        let command: &[&str] = if is_hash { &["chpasswd", "-e"] } else { &["chpasswd"] };
        boot.run_with(command, &line).inspect_err(|error| {
            boot.journal.warn_of(format!("the password of `{name}` cannot be set"), error);
        })?;
    }
    if is_given {
        return Ok(true);
    }
    if is_new {
        return Ok(settings.has("passwd"));
    }
    if settings.has("passwd") && boot.has(Change::Unlocking) {
        boot.journal.warn(format!("`passwd` is ignored, since the user `{name}` exists already"));
    }
    Ok(boot.system.user(name).is_some_and(|user| user.has_password))
}

fn lock(
    boot: &mut Boot,
    name: &str,
    settings: &Value,
    is_new: bool,
    has_password: bool,
) -> Result<(), Raised> {
    let locks = settings.get("lock_passwd").is_none_or(Value::is_truthy);
    if locks {
        return boot.run(&["passwd", "-l", name]).map(drop);
    }
    if !boot.has(Change::Unlocking) {
        return Ok(());
    }
    if has_password {
        return boot.run(&["passwd", "-u", name]).map(drop);
    }
    let who = if is_new { "the user" } else { "the existing user" };
    boot.journal.warn(format!("{who} `{name}` stays locked, since there is no password"));
    Ok(())
}
