//! Modules that set up one service each.

use std::rc::Rc;

use super::accounts::accounts;
use super::packages::install;
use crate::boot::{Boot, File};
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

pub(super) fn rsyslog(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let given = config.get("rsyslog").unwrap_or(&NOTHING);
    boot.because(given);
    let mut settings = given.clone();
    if given.list().is_some() {
        boot.journal.deprecated("`rsyslog` should be a mapping");
        settings = Value::empty();
        settings.set("configs", given.clone());
        for (old, new) in [("rsyslog_filename", "config_filename"), ("rsyslog_dir", "config_dir")] {
            if let Some(value) = config.get(old) {
                settings.set(new, value.clone());
            }
        }
    }
    if settings.map().is_none() {
        return Err(Raised::type_error(format!(
            "`rsyslog` must be a mapping, not a {}",
            settings.type_name()
        )));
    }
    for (key, kinds) in [
        ("configs", ["list"].as_slice()),
        ("config_dir", &["str"]),
        ("config_filename", &["str"]),
        ("remotes", &["dict"]),
        ("service_reload_command", &["str", "list"]),
        ("check_exe", &["str"]),
        ("packages", &["list"]),
        ("install_rsyslog", &["bool"]),
    ] {
        if let Some(value) = settings.get(key).filter(|value| !kinds.contains(&value.type_name())) {
            return Err(Raised::value_error(format!("`rsyslog.{key}` cannot be a {}", value.type_name())));
        }
    }
    let mut configs = settings.get("configs").and_then(Value::list).unwrap_or_default().to_vec();
    if let Some(remotes) = settings.get("remotes").and_then(Value::map).filter(|remotes| !remotes.is_empty())
    {
        let mut text = "# begin remotes\n".to_owned();
        for (name, line) in remotes.iter().filter(|(_, line)| line.is_truthy()) {
            let Some(given) = line.text() else {
                return Err(Raised::type_error(format!("a remote must be text, not a {}", line.type_name())));
            };
            match remote(given, &name.shown()) {
                Ok(line) => text.push_str(&format!("{line}\n")),
                Err(error) => {
                    boot.journal.warn_of(format!("the remote `{}` cannot be read", name.shown()), &error);
                }
            }
        }
        text.push_str("# end remotes\n");
        configs.push(Value::from_text(text));
    }
    let program = settings.setting("check_exe").unwrap_or_else(|| "rsyslogd".to_owned());
    if settings.flag("install_rsyslog", false) && boot.system.which(&program).is_none() {
        let packages = settings.get("packages").cloned().unwrap_or_else(|| Value::from_texts(["rsyslog"]));
        install(boot, &packages)?;
    }
    if configs.is_empty() {
        return Ok(());
    }
    let folder = settings.setting("config_dir").unwrap_or_else(|| "/etc/rsyslog.d".to_owned());
    let usual = settings.setting("config_filename").unwrap_or_else(|| "20-cloud-config.conf".to_owned());
    let mut written: Vec<String> = Vec::new();
    for (number, entry) in configs.iter().enumerate() {
        boot.because(entry);
        let (content, name) = match &entry.data {
            Data::Map(_) => match entry.get("content") {
                Some(content) => {
                    let name = match entry.get("filename") {
                        None => usual.clone(),
                        Some(name) => match name.text() {
                            Some(name) => name.to_owned(),
                            None => return Err(Raised::no_attribute(name.type_name(), "strip")),
                        },
                    };
                    (content.clone(), name)
                }
                None => {
                    boot.journal.warn(format!("entry {} of `rsyslog.configs` has no content", number + 1));
                    continue;
                }
            },
            _ => (entry.clone(), usual.clone()),
        };
        if name.trim().is_empty() {
            boot.journal.warn(format!("entry {} of `rsyslog.configs` has an empty name", number + 1));
            continue;
        }
        let path = if name.starts_with('/') { name } else { format!("{folder}/{}", name.trim()) };
        let append = written.contains(&path);
        if !append {
            written.push(path.clone());
        }
        let Some(text) = content.text() else {
            let error = Raised::no_attribute(content.type_name(), "endswith");
            boot.journal.warn_of(format!("`{path}` cannot be written"), &error);
            continue;
        };
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let text = format!("{text}{end}");
        boot.write_file(File { path: &path, content: text.as_bytes(), append, ..File::default() })?;
    }
    if written.is_empty() {
        return Ok(());
    }
    boot.because(given);
    let result = match settings.get("service_reload_command") {
        Some(command) if command.list().is_some() => {
            boot.execute(Run { argv: command.words()?, ..Run::default() })
        }
        Some(Value { data: Data::Text(command), .. }) if command != "auto" => boot.run(&[command]),
        _ => boot.service("try-reload", "rsyslog"),
    };
    if let Err(error) = result {
        boot.journal.warn_of("the system log cannot be reloaded", &error);
    }
    Ok(())
}

/// A rule that sends messages to another machine: `*.* @@host:514 # name`.
///
/// # Errors
/// The address is missing, or the line has more than a filter and an address.
fn remote(line: &str, name: &str) -> Result<String, Raised> {
    let wrong = |what: &str| Raised::value_error(format!("{what} in `{line}`"));
    // A comment counts only where there is one.
    let data = match line.split_once('#') {
        Some((data, comment)) if !comment.trim_start_matches('#').contains('#') => data.trim_end_matches(' '),
        _ => line,
    };
    let words: Vec<&str> = data.split_whitespace().collect();
    let (filter, target) = match words.as_slice() {
        [_] => ("*.*", data),
        [filter, target] => (*filter, *target),
        [] => return Err(wrong("the address is missing")),
        _ => return Err(wrong("more than a filter and an address")),
    };
    let (protocol, rest) = match (target.strip_prefix("@@"), target.strip_prefix('@')) {
        (Some(rest), _) => ("@@", rest),
        (None, Some(rest)) => ("@", rest),
        (None, None) => ("@", target),
    };
    let (address, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (address, port),
        None => rest.split_at(rest.find(':').unwrap_or(rest.len())),
    };
    let digits = port.strip_prefix(':').unwrap_or_default();
    let is_port = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !port.is_empty() && !is_port {
        return Err(wrong("the port is not a number"));
    }
    if address.is_empty() {
        return Err(wrong("the address is missing"));
    }
    let address = if address.contains(':') { format!("[{address}]") } else { address.to_owned() };
    // The number loses its zeros, and none is left of zero.
    let port = match digits.trim_start_matches('0') {
        "" => String::new(),
        port => format!(":{port}"),
    };
    Ok(format!("{filter} {protocol}{address}{port} # {name}"))
}

pub(super) fn disable_ec2_metadata(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    boot.because(config.get("disable_ec2_metadata").unwrap_or(&NOTHING));
    if !config.flag("disable_ec2_metadata", false) {
        return Ok(());
    }
    boot.run(&["ip", "route", "add", "prohibit", "169.254.169.254"]).map(drop)
}

pub(super) fn byobu(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let Some(asked) = config.get("byobu_by_default") else { return Ok(()) };
    boot.because(asked);
    let mut value = asked.shown();
    if value.is_empty() {
        return Ok(());
    }
    if boot.system.which("byobu").is_none() {
        install(boot, &Value::from_texts(["byobu"]))?;
    }
    if ["user", "system"].contains(&value.as_str()) {
        value = format!("enable-{value}");
    }
    const VALUES: [&str; 6] =
        ["enable-user", "enable-system", "enable", "disable-user", "disable-system", "disable"];
    if !VALUES.contains(&value.as_str()) {
        boot.journal.warn(format!("`byobu_by_default: {value}` is none that is known"));
    }
    let enables = value.starts_with("enable");
    let for_user = value.ends_with("-user") || value == "disable";
    let for_system = enables || value.ends_with("-system") || value == "disable";
    let (verb, truth) = if enables { ("install", "true") } else { ("uninstall", "false") };
    let mut line = String::new();
    if for_user {
        match accounts(boot)?.iter().find(|user| user.is_default) {
            Some(user) => {
                line.push_str(&format!(" sudo -Hu \"{}\" byobu-launcher-{verb} || X=$(($X+1)); ", user.name));
            }
            None => boot.journal.warn("there is no default user whose shell could start byobu"),
        }
    }
    if for_system {
        line.push_str(&format!(
            "echo \"byobu byobu/launch-by-default boolean {truth}\" | debconf-set-selections && dpkg-reconfigure byobu \
             --frontend=noninteractive || X=$(($X+1)); "
        ));
    }
    if line.is_empty() {
        return Ok(());
    }
    boot.run(&["/bin/sh", "-c", &format!("X=0; {line} exit $X")]).map(drop)
}

pub(super) fn fan(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("fan").unwrap_or(&NOTHING);
    boot.because(settings);
    if settings.is_truthy() && settings.map().is_none() {
        return Err(Raised::no_attribute(settings.type_name(), "pop"));
    }
    let Some(content) = settings.get("config").filter(|content| content.is_truthy()) else { return Ok(()) };
    let path = settings.get("config_path").map_or(Ok("/etc/network/fan"), |path| {
        path.text().ok_or_else(|| Raised::type_error("`fan.config_path` must be text"))
    })?;
    let path = path.to_owned();
    let Some(text) = content.text() else { return Err(Raised::no_attribute(content.type_name(), "decode")) };
    let mut text = text.to_owned();
    boot.write(&path, &text, 0o644)?;
    if boot.system.which("fanctl").is_none() {
        install(boot, &Value::from_texts(["ubuntu-fan"]))?;
    }
    let _ = boot.service("stop", "ubuntu-fan");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    boot.write(&path, &text, 0o644)?;
    let _ = boot.service("start", "ubuntu-fan");
    boot.service("enable", "ubuntu-fan").map(drop)
}

pub(super) fn ubuntu_drivers(boot: &mut Boot) -> Result<(), Raised> {
    boot.journal.warn("`drivers` is not looked at, since the image has no python3-debconf");
    Ok(())
}

pub(super) fn mcollective(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("mcollective").unwrap_or(&NOTHING);
    boot.because(settings);
    install(boot, &Value::from_texts(["mcollective"]))?;
    if settings.contains("conf")? {
        let (mut lines, mut sections) = (Vec::new(), String::new());
        let set = |lines: &mut Vec<(String, String)>, key: &str, value: String| match lines
            .iter_mut()
            .find(|(own, _)| own == key)
        {
            Some(line) => line.1 = value,
            None => lines.push((key.to_owned(), value)),
        };
        let mut keys: Vec<_> = settings.get("conf").unwrap_or(&NOTHING).entries()?.iter().collect();
        keys.sort_by_key(|(key, _)| key.shown());
        for (key, value) in keys {
            let name = key.shown();
            let part = match name.as_str() {
                "public-cert" => Some(("public", 0o644)),
                "private-cert" => Some(("private", 0o600)),
                _ => None,
            };
            match part {
                Some((part, bits)) => {
                    let path = format!("/etc/mcollective/ssl/server-{part}.pem");
                    let Some(text) = value.text() else {
                        return Err(Raised::no_attribute(value.type_name(), "encode"));
                    };
                    boot.write(&path, text, bits)?;
                    set(&mut lines, &format!("plugin.ssl_server_{part}"), path);
                    set(&mut lines, "securityprovider", "ssl".to_owned());
                }
                None => match value.map() {
                    Some(settings) => {
                        sections.push_str(&format!("[{name}]\n"));
                        for (key, value) in settings {
                            sections.push_str(&format!("{} = {}\n", key.shown(), value.shown()));
                        }
                    }
                    None => set(&mut lines, &name, value.shown()),
                },
            }
        }
        let text: String = lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        const FILE: &str = "/etc/mcollective/server.cfg";
        if let Some(before) = boot.system.text(FILE) {
            boot.write(&format!("{FILE}.old"), &before, 0o644)?;
        }
        boot.write(FILE, &(text + &sections), 0o644)?;
    }
    boot.run(&["service", "mcollective", "restart"]).map(drop)
}

pub(super) fn salt_minion(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("salt_minion").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.contains("pkg_name")?;
    let or = |key: &str, usual: &str| settings.setting(key).unwrap_or_else(|| usual.to_owned());
    let (package, folder, service) =
        (or("pkg_name", "salt-minion"), or("config_dir", "/etc/salt"), or("service_name", "salt-minion"));
    install(boot, &Value::from_texts([package.as_str()]))?;
    boot.make_directory(&folder, 0o755)?;
    for (key, name) in [("conf", "minion"), ("grains", "grains")] {
        if let Some(value) = settings.get(key) {
            let is_inline = value.list().is_none_or(<[Value]>::is_empty)
                && value.map().is_none_or(indexmap::IndexMap::is_empty);
            let gap = if is_inline { ' ' } else { '\n' };
            let text = format!("---{gap}{}...\n", crate::dump::block(value));
            boot.write(&format!("{folder}/{name}"), &text, 0o644)?;
        }
    }
    if let (Some(public), Some(private)) = (settings.get("public_key"), settings.get("private_key")) {
        let text = |key: &Value| match key.text() {
            Some(text) => Ok(text.to_owned()),
            None => Err(Raised::no_attribute(key.type_name(), "encode")),
        };
        let (public, private) = (text(public)?, text(private)?);
        let usual = format!("{folder}/pki/minion");
        let usual = if boot.system.exists(&usual) { usual } else { format!("{folder}/pki") };
        let keys = or("pki_dir", &usual);
        boot.make_directory(&keys, 0o700)?;
        boot.write(&format!("{keys}/minion.pub"), &public, 0o644)?;
        boot.write(&format!("{keys}/minion.pem"), &private, 0o644)?;
    }
    if let Some(conf) = settings.get("conf").filter(|conf| !conf.is_null() && conf.map().is_none()) {
        return Err(Raised::no_attribute(conf.type_name(), "get"));
    }
    let is_daemon = settings.at(&["conf", "file_client"]).and_then(Value::text) != Some("local");
    boot.service(if is_daemon { "enable" } else { "disable" }, &service)?;
    boot.service(if is_daemon { "restart" } else { "stop" }, &service)?;
    if !is_daemon {
        boot.run(&["salt-call", "--local", "state.apply"])?;
    }
    Ok(())
}

/// The events after which the network is configured again, as `updates` has them.
const EVENTS: [&str; 4] = ["boot", "boot-new-instance", "boot-legacy", "hotplug"];

/// The events that `updates` asks for; none if it says nothing of the network.
///
/// # Errors
/// `updates` is of a form that the program does not expect.
fn network_events(boot: &mut Boot, updates: &Value) -> Result<Option<Vec<&'static str>>, Raised> {
    if updates.contains("network")?
        && let Some(network) = updates.get("network")
        && network.contains("when")?
        && let Some(when) = network.get("when")
    {
        when.contains("hotplug")?;
    }
    let mut asked = None;
    for (scope, events) in updates.entries()? {
        if scope.text() != Some("network") {
            boot.journal.warn(format!("`updates.{}` is none that is known", scope.shown()));
            continue;
        }
        if events.map().is_none() {
            return Err(Raised::type_error("`updates.network` must be a mapping"));
        }
        let when = events.get("when").ok_or_else(|| Raised::key_error("when"))?;
        let mut known = Vec::new();
        for event in when.items()? {
            match EVENTS.iter().find(|known| event.text() == Some(**known)) {
                Some(event) => known.push(*event),
                None => {
                    // One that is not known takes the others with it.
                    boot.journal.warn(format!("`{}` is not an event", event.shown()));
                    known.clear();
                    break;
                }
            }
        }
        asked = Some(known);
    }
    Ok(asked)
}

pub(super) fn install_hotplug(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let asked = match config.get("updates") {
        Some(updates) => {
            boot.because(updates);
            network_events(boot, updates)?
        }
        None => None,
    };
    let is_on = match asked {
        Some(events) => events.contains(&"hotplug"),
        None => boot.source.hotplug,
    };
    if !is_on {
        return Ok(());
    }
    let rules = boot.source.hotplug_rules;
    let text = format!(
        "ACTION!=\"add\", GOTO=\"cloudinit_end\"\n{rules}\nLABEL=\"cloudinit_hook\"\nSUBSYSTEM==\"net\", \
         RUN+=\"/usr/libexec/cloud-init/hook-hotplug\"\nLABEL=\"cloudinit_end\"\n"
    );
    boot.write(
        "/etc/udev/rules.d/90-cloud-init-hook-hotplug.rules",
        &text.replace("\n\nLABEL", "\nLABEL"),
        0o644,
    )?;
    boot.run(&["udevadm", "control", "--reload-rules"]).map(drop)
}
