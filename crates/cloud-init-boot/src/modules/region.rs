//! `locale`, `timezone` and `keyboard`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

pub(super) fn locale(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let system = system_locale(boot);
    let usual = if boot.is_debian() { "C.UTF-8" } else { "en_US.UTF-8" };
    let current = system.clone().unwrap_or_else(|| usual.to_owned());
    let asked = config.get("locale");
    boot.because(asked.unwrap_or(&NOTHING));
    let locale = asked.map_or_else(|| current.clone(), Value::shown);
    if Value::from_text(locale.clone()).is_no() {
        return Ok(());
    }
    let file = config.setting("locale_configfile");
    if !boot.is_debian() {
        let path = file.unwrap_or_else(|| "/etc/locale.conf".to_owned());
        let before = boot.system.text(&path).unwrap_or_default();
        let others = before.lines().filter(|line| !line.starts_with("LANG="));
        let lines: Vec<String> =
            others.map(str::to_owned).chain(std::iter::once(format!("LANG={locale}"))).collect();
        return boot.write(&path, &format!("{}\n", lines.join("\n")), 0o644);
    }
    let path = file.unwrap_or_else(|| "/etc/default/locale".to_owned());
    if locale.is_empty() {
        return Err(Raised::value_error("the locale is empty"));
    }
    let is_same = locale.eq_ignore_ascii_case(&current) && boot.system.exists(&path) && system.is_some();
    if is_same {
        return Ok(());
    }
    let env = || {
        let c = || "C.UTF-8".to_owned();
        [("LANGUAGE", c()), ("LC_ALL", c())].into_iter().collect()
    };
    if !["c", "c.utf-8", "posix"].contains(&locale.to_lowercase().as_str()) {
        if boot.system.which("locale-gen").is_none() {
            install(boot, &Value::from_texts(["locales"]))?;
        }
        let name = if locale.contains('.') { &locale } else { &format!("{locale}.UTF-8") };
        let before = boot.system.text("/etc/locale.gen").unwrap_or_default();
        let line = format!("{name} UTF-8");
        if !before.lines().any(|own| own == line) {
            boot.write("/etc/locale.gen", &format!("{before}{line}\n"), 0o644)?;
        }
        let argv = ["locale-gen", "--keep-existing"].map(str::to_owned).to_vec();
        boot.execute(Run { argv, env: env(), ..Run::default() })?;
    }
    let argv = vec!["update-locale".to_owned(), format!("--locale-file={path}"), format!("LANG={locale}")];
    boot.execute(Run { argv, env: env(), ..Run::default() }).map(drop)
}

/// The locale that the machine has been given before.
fn system_locale(boot: &Boot) -> Option<String> {
    let path = if boot.is_debian() { "/etc/default/locale" } else { "/etc/locale.conf" };
    let text = boot.system.text(path)?;
    let line = text.lines().find_map(|line| line.strip_prefix("LANG="))?;
    Some(line.trim_matches('"').to_owned()).filter(|locale| !locale.is_empty())
}

pub(super) fn timezone(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let asked = config.get("timezone").unwrap_or(&NOTHING);
    boot.because(asked);
    let zone = asked.shown();
    if zone.is_empty() {
        return Ok(());
    }
    let file = format!("/usr/share/zoneinfo/{zone}");
    if boot.system.files.read(&file).is_none() && !dryboot_cloud_init::is_time_zone(&zone) {
        return Err(Raised::new("OSError", format!("there is no time zone `{zone}`")));
    }
    if boot.is_debian() {
        boot.write("/etc/timezone", &format!("{zone}\n"), 0o644)?;
    }
    boot.delete("/etc/localtime");
    boot.symlink("/etc/localtime", &file);
    Ok(())
}

pub(super) fn keyboard(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("keyboard").unwrap_or(&NOTHING);
    boot.because(settings);
    if settings.map().is_none() {
        return Err(Raised::type_error(format!("`keyboard` cannot be a {}", settings.type_name())));
    }
    let layout = settings.get("layout").ok_or_else(|| Raised::key_error("layout"))?.shown();
    let or = |key: &str, usual: &str| settings.setting(key).unwrap_or_else(|| usual.to_owned());
    let (model, variant, options) = (or("model", "pc105"), or("variant", ""), or("options", ""));
    if boot.is_debian() {
        let text = format!(
            "XKBMODEL=\"{model}\"\nXKBLAYOUT=\"{layout}\"\nXKBVARIANT=\"{variant}\"\nXKBOPTIONS=\"{options}\"\n\n\
             BACKSPACE=\"guess\"\n"
        );
        boot.write("/etc/default/keyboard", &text, 0o644)?;
        return boot.service("restart", "console-setup").map(drop);
    }
    boot.run(&["localectl", "set-x11-keymap", &layout, &model, &variant, &options]).map(drop)
}
