//! `locale`, `timezone` and `keyboard`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::family::{Family, Locales};
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

pub(super) fn locale(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let system = system_locale(boot);
    let usual = boot.ways().locale;
    let current = system.clone().unwrap_or_else(|| usual.to_owned());
    let asked = config.get("locale");
    boot.because(asked.unwrap_or(&NOTHING));
    let locale = asked.map_or_else(|| current.clone(), Value::shown);
    if Value::from_text(locale.clone()).is_no() {
        return Ok(());
    }
    let file = config.setting("locale_configfile");
    match boot.ways().locales {
        Locales::Debian => set_as_debian(boot, &locale, &current, system.is_some(), file),
        Locales::Line(usual) => set_line(boot, &locale, &file.unwrap_or_else(|| usual.to_owned())),
        Locales::Profile(usual) => {
            let text = format!("export CHARSET=UTF-8\nexport LANG={locale}\nexport LC_COLLATE=C\n");
            boot.write(file.as_deref().unwrap_or(usual), &text, 0o644)
        }
        Locales::Localectl => {
            boot.write("/etc/locale.gen", &format!("{locale} UTF-8\n"), 0o644)?;
            boot.run(&["locale-gen"])?;
            boot.run(&["localectl", "set-locale", &locale]).map(drop)
        }
    }
}

/// Writes the locale as a line of a file, and leaves the others.
fn set_line(boot: &mut Boot, locale: &str, path: &str) -> Result<(), Raised> {
    if locale.is_empty() {
        return Ok(());
    }
    let before = boot.system.text(path).unwrap_or_default();
    let others = before.lines().filter(|line| !line.starts_with("LANG="));
    let lines: Vec<String> =
        others.map(str::to_owned).chain(std::iter::once(format!("LANG={locale}"))).collect();
    boot.write(path, &format!("{}\n", lines.join("\n")), 0o644)
}

fn set_as_debian(
    boot: &mut Boot,
    locale: &str,
    current: &str,
    is_set: bool,
    file: Option<String>,
) -> Result<(), Raised> {
    let path = file.unwrap_or_else(|| "/etc/default/locale".to_owned());
    if locale.is_empty() {
        return Err(Raised::value_error("the locale is empty"));
    }
    let is_same = locale.eq_ignore_ascii_case(current) && boot.system.exists(&path) && is_set;
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
        let name = if locale.contains('.') { locale } else { &format!("{locale}.UTF-8") };
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
    let path = match boot.ways().locales {
        Locales::Debian => "/etc/default/locale",
        Locales::Line(path) => path,
        Locales::Profile(_) | Locales::Localectl => return None,
    };
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
    if boot.ways().names_time_zone {
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
    if boot.image.family == Family::Alpine {
        if variant.is_empty() {
            return Err(Raised::runtime_error("`keyboard.variant` is needed here"));
        }
        return boot.run(&["setup-keymap", &layout, &variant]).map(drop);
    }
    for key in ["layout", "model", "variant", "options"] {
        if let Some(odd) = settings.get(key).filter(|value| value.text().is_none()) {
            return Err(Raised::no_attribute(odd.type_name(), "encode"));
        }
    }
    boot.run(&["localectl", "set-x11-keymap", &layout, &model, &variant, &options]).map(drop)
}
