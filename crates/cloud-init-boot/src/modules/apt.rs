//! `apt`: sources, keys, proxies and settings; and the modules around it.

use std::rc::Rc;

use super::apt_sources;
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

/// What becomes of the keys that stood at the top level before there was `apt`.
const OLD_KEYS: [(&str, Option<&str>); 11] = [
    ("apt_sources", Some("sources")),
    ("apt_mirror", None),
    ("apt_mirror_search", None),
    ("apt_mirror_search_dns", None),
    ("apt_proxy", Some("proxy")),
    ("apt_http_proxy", Some("http_proxy")),
    ("apt_ftp_proxy", Some("https_proxy")),
    ("apt_https_proxy", Some("ftp_proxy")),
    ("apt_preserve_sources_list", Some("preserve_sources_list")),
    ("apt_custom_sources_list", Some("sources_list")),
    ("add_apt_repo_match", Some("add_apt_repo_match")),
];

pub(super) fn configure(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = settings(boot, &config)?;
    boot.because(&settings);
    if settings.map().is_none() {
        return Err(Raised::value_error(format!("`apt` must be a mapping, not a {}", settings.type_name())));
    }
    if let Some(selections) = settings.get("debconf_selections").filter(|selections| selections.is_truthy()) {
        debconf(boot, selections)?;
    }
    let applied = apt_sources::apply(boot, &settings);
    if boot.has_run("gpg") {
        let argv = ["gpgconf", "--kill", "all"].map(str::to_owned).to_vec();
        let env = [("GNUPGHOME", "<tmp>".to_owned())].into_iter().collect();
        let _ = boot.execute(Run { argv, env, ..Run::default() });
    }
    applied
}

/// The settings, with those of old keys among them.
fn settings(boot: &mut Boot, config: &Value) -> Result<Value, Raised> {
    let is_set =
        |key: &str| config.get(key).is_some_and(|value| !value.is_null() && value.text() != Some(""));
    let old: Vec<&(&str, Option<&str>)> = OLD_KEYS.iter().filter(|(key, _)| is_set(key)).collect();
    if config.get("apt_sources").is_some_and(|sources| !sources.is_null()) {
        boot.journal.deprecated("`apt_sources` should be `apt.sources`");
    }
    if old.is_empty() {
        return Ok(config.get("apt").cloned().unwrap_or_else(Value::empty));
    }
    let names: Vec<&str> = old.iter().map(|(key, _)| *key).collect();
    boot.journal.deprecated(format!("these keys belong below `apt`: {}", names.join(", ")));
    if let Some(new) = config.get("apt").filter(|new| !new.is_null()) {
        boot.journal.deprecated("old keys for apt stand beside `apt`");
        for (key, name) in old {
            let Some(own) = name.and_then(|name| new.get(name)) else { continue };
            if config.get(key).is_some_and(|value| value.repr() != own.repr()) {
                return Err(Raised::value_error(format!("`{key}` and `apt` say different things")));
            }
        }
        return Ok(new.clone());
    }
    let mut settings = Value::empty();
    for (key, name) in &old {
        let value = config.get(key).cloned().unwrap_or_default();
        match name {
            Some("sources") => settings.set("sources", old_sources(&value)?),
            Some(name) => settings.set(name, value),
            None => {}
        }
    }
    let mut mirror = Value::empty();
    mirror.set("arches", Value::from_texts(["default"]));
    let mirror_keys =
        [("apt_mirror", "uri"), ("apt_mirror_search", "search"), ("apt_mirror_search_dns", "search_dns")];
    let given: Vec<_> = mirror_keys.iter().filter(|(key, _)| is_set(key)).collect();
    for (key, name) in &given {
        mirror.set(name, config.get(key).cloned().unwrap_or_default());
    }
    if !given.is_empty() {
        settings.set("primary", Value::of(Data::List(vec![mirror])));
    }
    Ok(settings)
}

/// A list of sources, as a mapping from file names.
fn old_sources(sources: &Value) -> Result<Value, Raised> {
    match &sources.data {
        Data::Map(_) => Ok(sources.clone()),
        Data::List(items) => {
            let mut map = Value::empty();
            for (number, item) in items.iter().enumerate() {
                let mut item = item.clone();
                let name = match item.setting("filename") {
                    Some(name) => name,
                    None => {
                        item.set("filename", Value::from_text("cloud_config_sources.list"));
                        format!("{number}_cloud_config_sources.list")
                    }
                };
                map.set(&name, item);
            }
            Ok(map)
        }
        _ => Err(Raised::value_error("`apt_sources` must be a list or a mapping")),
    }
}

fn debconf(boot: &mut Boot, selections: &Value) -> Result<(), Raised> {
    boot.because(selections);
    let mut entries: Vec<_> = selections.entries()?.iter().collect();
    entries.sort_by_key(|(key, _)| key.shown());
    let mut lines = Vec::new();
    for (key, value) in entries {
        let Some(line) = value.text() else {
            let what =
                format!("`debconf_selections.{}` must be text, not a {}", key.shown(), value.type_name());
            return Err(Raised::type_error(what));
        };
        lines.push(line.to_owned());
    }
    let mut text = lines.join("\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    boot.run_with(&["debconf-set-selections"], &text)?;
    let _ = boot.run(&["dpkg-query", "--list"]);
    Ok(())
}

pub(super) fn pipelining(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let asked = config.get("apt_pipelining").unwrap_or(&NOTHING);
    boot.because(asked);
    let text = asked.shown().to_lowercase();
    let depth = match text.trim() {
        "false" => "0",
        "none" | "unchanged" | "os" => return Ok(()),
        depth if ["0", "1", "2", "3", "4", "5"].contains(&depth) => depth,
        other => {
            boot.journal.warn(format!("`apt_pipelining: {other}` is none that is known"));
            return Ok(());
        }
    };
    let line = format!("Acquire::http::Pipeline-Depth \"{depth}\";\n");
    boot.write("/etc/apt/apt.conf.d/90cloud-init-pipelining", &line, 0o644)
}

pub(super) fn grub_dpkg(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let empty = Value::empty();
    let asked = config.get("grub_dpkg").or_else(|| config.get("grub-dpkg")).filter(|asked| asked.is_truthy());
    let settings = asked.unwrap_or(&empty);
    boot.because(settings);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    if settings.get("enabled").is_none_or(Value::is_no) {
        return Ok(());
    }
    let devices = match settings.get("grub-pc/install_devices") {
        Some(devices) => devices.shown(),
        None => {
            let _ = boot.run(&["grub-probe", "-t", "disk", "/boot"]);
            String::new()
        }
    };
    let is_empty = match settings.get("grub-pc/install_devices_empty").filter(|empty| !empty.is_null()) {
        Some(asked) => asked.is_truthy() && asked.is_yes(),
        None => devices.is_empty(),
    };
    let text = format!(
        "grub-pc grub-pc/install_devices string {devices}\ngrub-pc grub-pc/install_devices_empty boolean {is_empty}\n"
    );
    if let Err(error) = boot.run_with(&["debconf-set-selections"], &text) {
        boot.journal.warn_of("the settings for grub cannot be set", &error);
    }
    Ok(())
}
