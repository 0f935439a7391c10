//! `rh_subscription`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

/// Registers the machine with a server of Spacewalk.
pub(super) fn spacewalk(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("spacewalk").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    let asked = |key: &str| settings.get(key).filter(|value| value.is_truthy()).map(Value::shown);
    let Some(server) = asked("server") else { return Ok(()) };
    install(boot, &Value::from_texts(["rhn-setup"]))?;
    match boot.run(&["rhn-profile-sync", "--verbose"]) {
        Ok(_) => return Ok(()),
        // That is how it says that the machine is not registered.
        Err(error) if error.exit == Some(1) => {}
        Err(error) => return Err(error),
    }
    let name = boot.source.hostname(&boot.system).full;
    let mut command = vec![
        "rhnreg_ks".to_owned(),
        "--serverUrl".to_owned(),
        format!("https://{server}/XMLRPC"),
        "--profilename".to_owned(),
        name,
    ];
    if let Some(proxy) = asked("proxy") {
        command.extend(["--proxy".to_owned(), proxy]);
    }
    command.extend(["--sslCACert", "/usr/share/rhn/RHN-ORG-TRUSTED-SSL-CERT"].map(str::to_owned));
    if let Some(key) = asked("activation_key") {
        command.extend(["--activationkey".to_owned(), key]);
    }
    boot.execute(Run { argv: command, ..Run::default() }).map(drop)
}

pub(super) fn rh_subscription(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("rh_subscription").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    let of = |key: &str| {
        let old = key.replace('_', "-");
        settings.get(key).or_else(|| settings.get(&old)).filter(|value| !value.is_null())
    };
    let is_set = |key: &str| of(key).is_some_and(Value::is_truthy);
    if !((is_set("username") && is_set("password")) || is_set("activation_key")) {
        return Ok(());
    }
    if manager(boot, &["identity"]).is_ok() {
        return Ok(());
    }
    if let Err(what) = subscribe(boot, &of) {
        boot.journal.warn(what);
        boot.journal.warn("the machine is not subscribed");
    }
    Ok(())
}

fn manager(boot: &mut Boot, words: &[&str]) -> Result<String, Raised> {
    let all = [&["subscription-manager"], words].concat();
    boot.run(&all).map(|output| output.stdout)
}

fn subscribe<'s>(boot: &mut Boot, of: &dyn Fn(&str) -> Option<&'s Value>) -> Result<(), String> {
    let attach = of("auto_attach");
    let attaches = attach.is_some_and(Value::is_truthy);
    if attach.is_some_and(|attach| !attach.is_yes() && !attach.is_no()) {
        return Err("`auto_attach` must be a boolean".to_owned());
    }
    let level = of("service_level");
    if level.is_some() && (!attaches || attach.is_some_and(Value::is_no)) {
        return Err("`service_level` needs `auto_attach`".to_owned());
    }
    let text = |key: &str| of(key).map(Value::shown);
    let mut words = vec!["register".to_owned()];
    match (text("activation_key"), text("org"), text("username"), text("password")) {
        (Some(key), Some(org), ..) => {
            words.extend([format!("--activationkey={key}"), format!("--org={org}")]);
        }
        (_, _, Some(name), Some(password)) => {
            words.extend([format!("--username={name}"), format!("--password={password}")]);
        }
        _ => return Err("neither a key with an organisation nor a name with a password is there".to_owned()),
    }
    words.extend(text("rhsm_baseurl").map(|url| format!("--baseurl={url}")));
    words.extend(text("server_hostname").map(|url| format!("--serverurl={url}")));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let failed = |error: Raised| error.text;
    manager(boot, &words).map_err(failed)?;
    match (attaches, level) {
        (true, Some(level)) => {
            let option = format!("--servicelevel={}", level.shown());
            manager(boot, &["attach", "--auto", &option]).map_err(failed)?;
        }
        (true, None) => drop(manager(boot, &["attach", "--auto"]).map_err(failed)?),
        (false, _) => {}
    }
    if let Some(pools) = of("add_pool") {
        let Some(pools) = pools.list() else { return Err("`add_pool` must be a list".to_owned()) };
        add_pools(boot, pools)?;
    }
    update_repositories(boot, of)?;
    if let Some(release) = text("release_version").filter(|release| !release.is_empty()) {
        manager(boot, &["release", &format!("--set={release}")]).map_err(failed)?;
    }
    Ok(())
}

fn add_pools(boot: &mut Boot, pools: &[Value]) -> Result<(), String> {
    if pools.is_empty() {
        return Ok(());
    }
    let failed = |error: Raised| error.text;
    let available = manager(boot, &["list", "--available", "--pool-only"]).map_err(failed)?;
    let consumed = manager(boot, &["list", "--consumed", "--pool-only"]).map_err(failed)?;
    let mut words = vec!["attach".to_owned()];
    for pool in pools.iter().map(Value::shown) {
        if available.lines().any(|own| own == pool) && !consumed.lines().any(|own| own == pool) {
            words.push(format!("--pool={pool}"));
        } else {
            boot.journal.warn(format!("the pool `{pool}` cannot be had"));
        }
    }
    if words.len() == 1 {
        return Err("no pool can be attached".to_owned());
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    manager(boot, &words).map(drop).map_err(failed)
}

fn update_repositories<'s>(boot: &mut Boot, of: &dyn Fn(&str) -> Option<&'s Value>) -> Result<(), String> {
    let list = |key: &str| match of(key) {
        None => Ok(Vec::new()),
        Some(value) => match value.list() {
            Some(items) => Ok(items.iter().map(Value::shown).collect()),
            None => Err("the names of repositories must be a list".to_owned()),
        },
    };
    let (enable, disable): (Vec<String>, Vec<String>) = (list("enable_repo")?, list("disable_repo")?);
    if enable.is_empty() && disable.is_empty() {
        return Ok(());
    }
    let mut known = Vec::new();
    for option in ["--list-enabled", "--list-disabled"] {
        let printed = manager(boot, &["repos", option]).map_err(|error| error.text)?;
        let ids = printed.lines().filter_map(|line| line.strip_prefix("Repo ID:"));
        known.push(ids.map(|id| id.trim().to_owned()).collect::<Vec<_>>());
    }
    let mut words = vec!["repos".to_owned()];
    words.extend(disable.iter().filter(|id| known[0].contains(id)).map(|id| format!("--disable={id}")));
    words.extend(enable.iter().filter(|id| known[1].contains(id)).map(|id| format!("--enable={id}")));
    for id in enable.iter().filter(|id| !known.iter().any(|known| known.contains(id))) {
        boot.journal.warn(format!("there is no repository `{id}`"));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    manager(boot, &words).map(drop).map_err(|error| error.text)
}
