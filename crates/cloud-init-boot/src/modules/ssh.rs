//! The SSH server: its keys, and who may log in with which.

use std::rc::Rc;

use super::accounts::{accounts, public_keys};
use super::keys;
use crate::boot::{Boot, File};
use crate::family::Family;
use crate::journal::{Action, Run};
use crate::python::unique;
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, NOTHING, Value};

/// The types of host keys.
pub(super) fn types(boot: &Boot) -> Vec<&'static str> {
    let mut types = vec!["rsa", "dsa", "ecdsa", "ed25519"];
    types.retain(|kind| *kind != "dsa" || !boot.has(Change::NoDsaKeys));
    types
}

pub(super) fn ssh(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let deletes = config.get("ssh_deletekeys").is_none_or(Value::is_truthy);
    if deletes {
        let is_key =
            |path: &&String| path.strip_prefix("/etc/ssh/ssh_host_").is_some_and(|rest| rest.contains("key"));
        for path in boot.system.files.below("/etc/ssh").iter().filter(is_key) {
            boot.delete(path);
        }
    }
    match config.get("ssh_keys") {
        Some(given) => write_host_keys(boot, given)?,
        None => generate_host_keys(boot, &config)?,
    }
    publish_host_keys(boot, &config)?;
    if let Err(error) = apply_credentials(boot, &config) {
        boot.journal.warn_of("the SSH keys are not set up", &error);
    }
    Ok(())
}

/// Sends the public keys of the host to the platform, if it takes them.
/// # Errors
/// Python cannot look for a key in the settings.
fn publish_host_keys(boot: &mut Boot, config: &Value) -> Result<(), Raised> {
    let settings = config.get("ssh_publish_hostkeys");
    if let Some(settings) = settings {
        settings.contains("blacklist")?;
    }
    let Some(base) = boot.source.host_keys_url else { return Ok(()) };
    if settings.and_then(|settings| settings.get("enabled")).is_some_and(|enabled| !enabled.is_yes()) {
        return Ok(());
    }
    let left_out = settings.and_then(|settings| settings.settings("blacklist"));
    let left_out: Vec<String> = left_out.unwrap_or_default().iter().map(Value::shown).collect();
    for kind in types(boot).into_iter().filter(|kind| !left_out.iter().any(|out| out == kind)) {
        let text = boot.system.text(&format!("/etc/ssh/ssh_host_{kind}_key.pub")).unwrap_or_default();
        let Some(name) = text.split_whitespace().next() else { continue };
        let url = format!("{base}/{name}");
        boot.journal.record(Action::Http { method: "PUT", url, status: None, data: None });
    }
    Ok(())
}

fn write_host_keys(boot: &mut Boot, given: &Value) -> Result<(), Raised> {
    let mut certificates = String::new();
    let types = types(boot);
    for (key, value) in given.entries()? {
        let cause = value.clone();
        boot.because(&cause);
        let name = key.shown();
        let known = name.split_once('_').filter(|(kind, _)| types.contains(kind));
        let (suffix, bits) = match known {
            Some((_, "private")) => ("", 0o600),
            Some((_, "public")) => (".pub", 0o644),
            Some((_, "certificate")) => ("-cert.pub", 0o644),
            _ => {
                boot.journal.warn(format!("`ssh_keys.{name}` is none that is known and is skipped"));
                continue;
            }
        };
        let kind = known.map_or("", |(kind, _)| kind);
        let path = format!("/etc/ssh/ssh_host_{kind}_key{suffix}");
        let Some(text) = value.text() else { return Err(Raised::no_attribute(value.type_name(), "encode")) };
        boot.write(&path, text, bits)?;
        if suffix == "-cert.pub" {
            certificates.push_str(&format!("HostCertificate {path}\n"));
        }
    }
    if !certificates.is_empty() {
        let path = settings_file(boot);
        boot.write_file(File {
            path: &path,
            content: certificates.as_bytes(),
            bits: 0o600,
            append: true,
            keeps_mode: true,
            ..File::default()
        })?;
    }
    for kind in types {
        if given.has(&format!("{kind}_public")) || !given.has(&format!("{kind}_private")) {
            continue;
        }
        let private = format!("/etc/ssh/ssh_host_{kind}_key");
        let line =
            format!("o=$(ssh-keygen -yf \"{private}\") && echo \"$o\" root@localhost > \"{private}.pub\"");
        if let Err(error) = boot.run(&["sh", "-xc", &line]) {
            boot.journal.warn_of("a public host key cannot be made", &error);
        }
    }
    Ok(())
}

fn generate_host_keys(boot: &mut Boot, config: &Value) -> Result<(), Raised> {
    let own = config.settings("ssh_genkeytypes");
    own.iter().flatten().try_for_each(Value::hashed)?;
    let types = own.unwrap_or_else(|| types(boot).into_iter().map(Value::from_text).collect());
    for kind in types {
        let asked = kind;
        let kind = asked.shown();
        let path = format!("/etc/ssh/ssh_host_{kind}_key");
        if boot.system.exists(&path) {
            continue;
        }
        if asked.text().is_none() {
            return Err(Raised::no_attribute(asked.type_name(), "encode"));
        }
        let argv = ["ssh-keygen", "-t", &kind, "-N", "", "-f", &path].map(str::to_owned).to_vec();
        let env = [("LANG", "C".to_owned())].into_iter().collect();
        match boot.execute(Run { argv, env, ..Run::default() }) {
            Ok(_) if boot.image.family == Family::RedHat => {
                let _ = boot.run(&["sshd", "-V"]);
                if boot.system.has_group("ssh_keys") {
                    boot.change_owner(&path, "root:ssh_keys");
                }
                boot.change_mode(&path, 0o640);
                boot.change_mode(&format!("{path}.pub"), 0o644);
            }
            Ok(_) => {}
            Err(error) if error.exit == Some(1) && error.text.contains("unknown key") => {}
            Err(error) => boot.journal.warn_of(format!("a host key of type {kind} cannot be made"), &error),
        }
    }
    Ok(())
}

fn apply_credentials(boot: &mut Boot, config: &Value) -> Result<(), Raised> {
    let users = accounts(boot)?;
    let default = users.iter().find(|user| user.is_default).map(|user| user.name.as_str());
    let allows =
        config.get("allow_public_ssh_keys").is_none_or(|allows| allows.is_truthy() && allows.is_yes());
    let mut given = if allows { public_keys(boot) } else { Vec::new() };
    if let Some(own) = config.get("ssh_authorized_keys") {
        boot.because(own);
        let own = own.items()?;
        own.iter().try_for_each(Value::hashed)?;
        given.extend(own.iter().map(Value::shown));
    }
    if let Some(user) = default {
        keys::set_up(boot, &given, user, "")?;
    }
    let options = match config.flag("disable_root", true) {
        true => {
            let asked = config.setting("disable_root_opts").unwrap_or_else(|| keys::FORCED.to_owned());
            asked.replace("$USER", default.unwrap_or("NONE")).replace("$DISABLE_USER", "root")
        }
        false => String::new(),
    };
    keys::set_up(boot, &given, "root", &options)
}

/// The file for settings of the SSH server.
pub(super) fn settings_file(boot: &Boot) -> String {
    const MAIN: &str = "/etc/ssh/sshd_config";
    let main = boot.system.text(MAIN).unwrap_or_default();
    let includes = main.lines().any(|line| line.starts_with("Include /etc/ssh/sshd_config.d/*.conf"));
    if includes && boot.has(Change::SshFile) {
        format!("{MAIN}.d/50-cloud-init.conf")
    } else {
        MAIN.to_owned()
    }
}

pub(super) fn fingerprints(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    if config.get("no_ssh_fingerprints").is_some_and(Value::is_yes) {
        return Ok(());
    }
    let server = keys::ServerSettings::read(boot);
    for user in accounts(boot)?.iter() {
        let is_homeless = ["no_create_home", "system"]
            .iter()
            .any(|key| user.settings.get(key).is_some_and(Value::is_truthy));
        if is_homeless {
            continue;
        }
        user.named()?;
        let path = keys::file_of(boot, &user.name, &server)?;
        let name = &user.name;
        let text = match keys::count(boot, &path) {
            0 => format!("ci-info: no authorized SSH keys fingerprints found for user {name}.\n"),
            many => format!("ci-info: {many} authorized keys from {path} for user {name}\n"),
        };
        boot.print(text);
    }
    Ok(())
}

pub(super) fn keys_to_console(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let usual = Value::empty();
    let settings = config.get("ssh").unwrap_or(&usual);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    if settings.get("emit_keys_to_console").is_some_and(Value::is_no) {
        return Ok(());
    }
    let joined = |key: &str| {
        let items = config.settings(key).unwrap_or_default();
        items.iter().map(Value::shown).collect::<Vec<_>>().join(",")
    };
    let program = format!("{}/cloud-init/write-ssh-key-fingerprints", boot.image.libexec);
    let (fingerprints, keys) = (joined("ssh_fp_console_blacklist"), joined("ssh_key_console_blacklist"));
    match boot.run(&[&program, &fingerprints, &keys]) {
        Ok(_) => boot.print("\n"),
        Err(error) => {
            boot.journal.warn("the host keys cannot be printed");
            return Err(error);
        }
    }
    Ok(())
}

/// Whether a key is somewhere in a value.
fn has_key(value: &Value, key: &str) -> bool {
    match &value.data {
        Data::Map(map) => map.iter().any(|(own, value)| {
            own.text() == Some(key)
                || match &value.data {
                    Data::Map(_) => has_key(value, key),
                    Data::List(items) => items.iter().any(|item| item.map().is_some() && has_key(item, key)),
                    _ => false,
                }
        }),
        _ => false,
    }
}

pub(super) fn import_ids(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    if !has_key(&config, "ssh_import_id") {
        return Ok(());
    }
    boot.because(config.get("ssh_import_id").unwrap_or(&NOTHING));
    if boot.system.which("ssh-import-id").is_none() {
        boot.journal.warn("`ssh-import-id` is not installed, so no keys are imported");
        return Ok(());
    }
    let mut first_error = None;
    for user in accounts(boot)?.iter() {
        let asked = match user.is_default {
            true => Value::of(Data::List(config.settings("ssh_import_id").unwrap_or_default())),
            false => match user.settings.get("ssh_import_id") {
                Some(asked) => asked.clone(),
                None => continue,
            },
        };
        let Ok(ids) = unique([&asked]) else { continue };
        if ids.is_empty() {
            continue;
        }
        boot.because(&asked);
        let result = user.named().and_then(|()| import(boot, &user.name, &ids));
        if let Err(error) = result {
            boot.journal.warn_of(format!("no keys can be imported for `{}`", user.name), &error);
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}

fn import(boot: &mut Boot, user: &str, ids: &[String]) -> Result<(), Raised> {
    if boot.system.user(user).is_none() {
        return Err(Raised::no_user(user));
    }
    let mut command = vec!["sudo", "--preserve-env=https_proxy", "-Hu", user, "ssh-import-id"];
    command.extend(ids.iter().map(String::as_str));
    match boot.run(&command) {
        Ok(_) => Ok(()),
        // Once more after half a second.
        Err(_) => boot.run(&command).map(drop),
    }
}
