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
    }
    let Some(settings) = config.get("ubuntu_pro").or_else(|| old.first().and_then(|key| config.get(key)))
    else {
        return Ok(());
    };
    boot.because(settings);
    if settings.map().is_none() {
        let what = format!("`ubuntu_pro` must be a mapping, not a {}", settings.type_name());
        boot.journal.say(Level::Error, what.clone(), None);
        return Err(Raised::runtime_error(what));
    }
    if settings.has("commands") {
        boot.journal.warn("`ubuntu_pro.commands` is no longer used");
    }
    if boot.system.which("pro").is_none() {
        update_sources(boot, false)?;
        install(boot, &Value::from_texts(["ubuntu-advantage-tools"]))?;
    }
    if let Some(asked) = settings.get("config").filter(|asked| !asked.is_null()) {
        set_config(boot, asked)?;
    }
    let only_config = settings.map().is_some_and(|map| map.keys().all(|key| key.text() == Some("config")));
    if only_config {
        return Ok(());
    }
    attach(boot, settings)
}

fn set_config(boot: &mut Boot, asked: &Value) -> Result<(), Raised> {
    if asked.map().is_none() {
        return Err(Raised::runtime_error("`ubuntu_pro.config` must be a mapping"));
    }
    let mut entries: Vec<_> = asked.entries()?.iter().collect();
    entries.sort_by_key(|(key, _)| key.shown());
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
        const WHAT: &str = "`ubuntu_pro.token` is needed";
        boot.journal.say(Level::Error, WHAT, None);
        return Err(Raised::runtime_error(WHAT));
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
