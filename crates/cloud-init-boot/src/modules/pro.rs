//! `ubuntu_pro`.

use std::rc::Rc;

use super::packages::{install, update_sources};
use crate::boot::Boot;
use crate::journal::Level;
use crate::raised::Raised;
use crate::value::{Data, Value};

const OLD_KEYS: [&str; 2] = ["ubuntu-advantage", "ubuntu_advantage"];

pub(super) fn ubuntu_pro(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let old: Vec<&str> = OLD_KEYS.into_iter().filter(|key| config.has(key)).collect();
    if old.len() > 1 {
        return Err(Raised::runtime_error("several old keys for Ubuntu Pro stand side by side"));
    }
    if let Some(key) = old.first() {
        boot.journal.warn(format!("`{key}` should be `ubuntu_pro`"));
        if config.has("ubuntu_pro") {
            boot.journal.warn(format!("`{key}` is ignored beside `ubuntu_pro`"));
        }
    }
    let Some(settings) = config.get("ubuntu_pro").or_else(|| old.first().and_then(|key| config.get(key)))
    else {
        return Ok(());
    };
    boot.because(settings);
    if settings.is_null() {
        return Ok(());
    }
    if settings.map().is_none() {
        return Err(refused(boot, format!("`ubuntu_pro` must be a mapping, not a {}", settings.type_name())));
    }
    if settings.has("commands") {
        return Err(refused(boot, "cloud-init does not support `ubuntu_pro.commands`"));
    }
    if boot.system.which("pro").is_none() {
        update_sources(boot, false)?;
        install(boot, &Value::from_texts(["ubuntu-advantage-tools"]))?;
    }
    if let Some(asked) = settings.get("config").filter(|asked| !asked.is_null()) {
        set_config(boot, asked)?;
    }
    check_features(boot, settings)?;
    let only_features =
        settings.map().is_some_and(|map| map.keys().all(|key| key.text() == Some("features")));
    if only_features { Ok(()) } else { attach(boot, settings) }
}

/// An error that is in the log twice: by itself, and as the failure of the module.
fn refused(boot: &mut Boot, what: impl Into<String>) -> Raised {
    let what = what.into();
    boot.journal.say(Level::Error, what.clone(), None);
    Raised::runtime_error(what)
}

fn check_features(boot: &mut Boot, settings: &Value) -> Result<(), Raised> {
    let Some(features) = settings.get("features") else { return Ok(()) };
    if features.map().is_none() {
        let what = format!("`ubuntu_pro.features` must be a mapping, not a {}", features.type_name());
        return Err(refused(boot, what));
    }
    match features.get("disable_auto_attach").filter(|value| !matches!(value.data, Data::Bool(_))) {
        Some(value) => {
            let what = format!("`disable_auto_attach` must be a boolean, not a {}", value.type_name());
            Err(refused(boot, what))
        }
        None => Ok(()),
    }
}

/// The settings whose values are URLs.
const URLS: [&str; 6] = [
    "global_apt_http_proxy",
    "global_apt_https_proxy",
    "http_proxy",
    "https_proxy",
    "ua_apt_http_proxy",
    "ua_apt_https_proxy",
];

fn set_config(boot: &mut Boot, asked: &Value) -> Result<(), Raised> {
    if asked.map().is_none() {
        return Err(Raised::runtime_error("`ubuntu_pro.config` must be a mapping"));
    }
    let mut entries: Vec<_> = asked.entries()?.iter().collect();
    entries.sort_by_key(|(key, _)| key.shown());
    let mut faults = Vec::new();
    for (key, value) in &entries {
        let key = key.shown();
        if !URLS.contains(&key.as_str()) {
            boot.journal.warn(format!("`ubuntu_pro.config.{key}` is not known"));
        } else if !value.is_null() {
            let scheme = value.text().and_then(|url| url.split_once(':')).map(|(scheme, _)| scheme);
            if !scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()))
            {
                faults.push(format!("`ubuntu_pro.config.{key}` must be a URL"));
            }
        }
    }
    if !faults.is_empty() {
        return Err(Raised::value_error(faults.join("; ")));
    }
    for (key, value) in entries {
        let key = key.shown();
        boot.because(value);
        if value.is_null() {
            boot.run(&["pro", "config", "unset", &key])?;
        } else {
            boot.run(&["pro", "config", "set", &format!("{key}={}", value.shown())])?;
        }
    }
    Ok(())
}

fn attach(boot: &mut Boot, settings: &Value) -> Result<(), Raised> {
    let Some(token) = settings.get("token").filter(|token| token.is_truthy()).map(Value::shown) else {
        return Err(refused(boot, "`ubuntu_pro.token` is needed"));
    };
    let services: Vec<String> = match settings.get("enable").map(|enable| &enable.data) {
        None | Some(Data::Null) => Vec::new(),
        Some(Data::List(items)) => items.iter().map(Value::shown).collect(),
        Some(Data::Text(one)) => {
            boot.journal.warn("`ubuntu_pro.enable` should be a list");
            vec![one.clone()]
        }
        Some(_) => {
            boot.journal.warn("`ubuntu_pro.enable` must be a list; no services are enabled");
            Vec::new()
        }
    };
    if services.is_empty() {
        return boot.run(&["pro", "attach", &token]).map(drop);
    }
    boot.run(&["pro", "attach", "--no-auto-enable", &token])?;
    let mut command = vec!["pro", "enable", "--assume-yes", "--format", "json"];
    command.extend(services.iter().map(String::as_str));
    boot.run(&command).map(drop)
}
