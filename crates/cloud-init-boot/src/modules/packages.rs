//! `packages`, and how other modules install what they need.

use std::rc::Rc;

use crate::boot::Boot;
use crate::family::Manager;
use crate::journal::Run;
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, NOTHING, Value};

/// Files that say that the machine wants to be restarted.
const REBOOT_FILES: [&str; 2] = ["/var/run/reboot-required", "/run/reboot-needed"];
/// How long the program waits for the restart, in seconds.
const REBOOT_WAIT: u32 = 63;

pub(super) fn update_upgrade_install(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let any = |keys: [&str; 2]| keys.iter().any(|key| config.flag(key, false));
    let updates = any(["apt_update", "package_update"]);
    let upgrades = any(["package_upgrade", "apt_upgrade"]);
    let reboots = any(["apt_reboot_if_required", "package_reboot_if_required"]);
    let packages = Value::of(Data::List(config.settings("packages").unwrap_or_default()));
    let mut errors = Vec::new();
    if (updates || upgrades)
        && let Err(error) = update_sources(boot, false)
    {
        boot.journal.warn_of("the package lists cannot be updated", &error);
        errors.push(error);
    }
    if upgrades && let Err(error) = upgrade(boot) {
        boot.journal.warn_of("the packages cannot be upgraded", &error);
        errors.push(error);
    }
    if packages.is_truthy() {
        boot.because(config.get("packages").unwrap_or(&NOTHING));
        if let Err(error) = install(boot, &packages) {
            boot.journal.warn_of("not all packages can be installed", &error);
            errors.push(error);
        }
    }
    let wants_reboot = REBOOT_FILES.iter().any(|path| boot.system.exists(path));
    if (upgrades || packages.is_truthy()) && reboots && wants_reboot {
        let result = boot.run(&["/sbin/reboot"]).and_then(|_| {
            Err::<(), _>(Raised::runtime_error(format!(
                "the machine has not restarted after {REBOOT_WAIT} seconds"
            )))
        });
        if let Err(error) = result {
            boot.journal.warn_of("the restart has not happened", &error);
            errors.push(error);
        }
    }
    if !errors.is_empty() {
        boot.journal.warn(format!("{} failures; the last one is reported", errors.len()));
    }
    errors.pop().map_or(Ok(()), Err)
}

/// The beginning of a command for apt.
fn apt(boot: &Boot) -> Vec<String> {
    let wrapper = boot.system.which("eatmydata").map(|_| "eatmydata");
    let words = [
        "apt-get",
        "--option=Dpkg::Options::=--force-confold",
        "--option=Dpkg::options::=--force-unsafe-io",
        "--assume-yes",
        "--quiet",
    ];
    wrapper.into_iter().chain(words).map(str::to_owned).collect()
}

fn run_apt(boot: &mut Boot, words: Vec<String>, unordered_tail: Option<usize>) -> Result<(), Raised> {
    let mut argv = apt(boot);
    argv.extend(words);
    let env = [("DEBIAN_FRONTEND", "noninteractive".to_owned())].into_iter().collect();
    boot.execute(Run { argv, env, unordered_tail, ..Run::default() }).map(drop)
}

/// Updates the package lists, once in the life of an instance unless it is forced.
pub(super) fn update_sources(boot: &mut Boot, is_forced: bool) -> Result<(), Raised> {
    let Some(manager) = boot.image.packages else {
        if let Err(error) = update_with_apt(boot, is_forced) {
            let what = "the package lists cannot be updated";
            boot.journal.say(crate::journal::Level::Error, what, Some(error));
        }
        return Ok(());
    };
    if manager.refresh.is_empty() || !is_forced && !boot.once("update-sources") {
        return Ok(());
    }
    boot.run(manager.refresh).map(drop)
}

/// Updates apt's lists, in the same way.
///
/// # Errors
/// They cannot be updated.
fn update_with_apt(boot: &mut Boot, is_forced: bool) -> Result<(), Raised> {
    if !is_forced && !boot.once("update-sources") {
        return Ok(());
    }
    run_apt(boot, vec!["update".to_owned()], None)
}

fn upgrade(boot: &mut Boot) -> Result<(), Raised> {
    if let Some(manager) = boot.image.packages {
        return boot.run(manager.upgrade).map(drop);
    }
    run_apt(boot, vec!["dist-upgrade".to_owned()], None)?;
    if boot.image.name == "ubuntu" && boot.system.which("snap").is_some() {
        let _ = boot.run(&["snap", "get", "system", "-d"]);
        boot.run(&["snap", "refresh"])?;
    }
    Ok(())
}

/// Installs packages.
pub(super) fn install(boot: &mut Boot, packages: &Value) -> Result<(), Raised> {
    match boot.image.packages {
        None => install_with_apt(boot, packages),
        Some(manager) => install_with(boot, manager, packages),
    }
}

fn install_with(boot: &mut Boot, manager: &Manager, packages: &Value) -> Result<(), Raised> {
    if manager.refreshes_first {
        update_sources(boot, false)?;
    }
    let mut argv: Vec<String> = manager.install.iter().map(|word| (*word).to_owned()).collect();
    for package in packages.each()?.iter() {
        argv.push(match &package.data {
            Data::Text(name) => name.clone(),
            Data::List(pair) => match pair.as_slice() {
                [name, version] if version.is_truthy() => format!("{}-{}", name.shown(), version.shown()),
                [name] | [name, _] => name.shown(),
                _ => return Err(Raised::runtime_error("a package is a name, or a name and a version")),
            },
            _ => return Err(Raised::runtime_error(format!("`{}` is no package", package.shown()))),
        });
    }
    boot.execute(Run { argv, ..Run::default() }).map(drop)
}

/// A package as apt and snap know it: `name=version`.
fn entry(package: &Value) -> Result<String, Raised> {
    match &package.data {
        Data::Text(name) => Ok(name.clone()),
        Data::List(pair) => match pair.as_slice() {
            [name, version] if name.text().is_some() && version.is_truthy() => {
                Ok(format!("{}={}", name.shown(), version.shown()))
            }
            [name, version] if name.text().is_some() && version.is_null() => Ok(name.shown()),
            _ => Err(Raised::value_error("a package is a name, or a name and a version")),
        },
        _ => Err(Raised::value_error(format!("`{}` is no package", package.shown()))),
    }
}

fn add(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}

fn install_with_apt(boot: &mut Boot, packages: &Value) -> Result<(), Raised> {
    let (mut generic, mut for_apt, mut for_snap) = (Vec::new(), Vec::new(), Vec::new());
    for package in packages.each()?.iter() {
        let Some(map) = package.map() else {
            add(&mut generic, entry(package)?);
            continue;
        };
        if !boot.has(Change::PackagesByManager) {
            return Err(Raised::runtime_error("a package must be a name, or a name and a version"));
        }
        for (manager, list) in map {
            for package in list.each()?.iter() {
                let name = entry(package)?;
                match manager.text() {
                    Some("apt") => add(&mut for_apt, name),
                    Some("snap") => add(&mut for_snap, name),
                    _ => {
                        let what = format!("there is no package manager `{}`", manager.shown());
                        boot.journal.say(crate::journal::Level::Error, what, None);
                    }
                }
            }
        }
    }
    let mut failed = Vec::new();
    let wanted: Vec<String> = generic.iter().chain(&for_apt).cloned().collect();
    if boot.system.which("apt-get").is_none() {
        failed = wanted;
    } else if !wanted.is_empty() {
        failed = apt_install(boot, &wanted)?;
    }
    let has_snap = boot.image.name == "ubuntu";
    let retried: Vec<String> = failed.iter().filter(|name| !for_apt.contains(name)).cloned().collect();
    let mut to_try: Vec<String> = for_snap;
    if has_snap {
        retried.into_iter().for_each(|name| add(&mut to_try, name));
        failed.retain(|name| !to_try.contains(name));
    }
    if !to_try.is_empty() {
        if has_snap && boot.system.which("snap").is_none() {
            failed.extend(to_try);
        } else {
            failed.extend(snap_install(boot, &to_try));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Raised::new(
        "PackageInstallerError",
        format!("these packages cannot be installed: {}", failed.join(", ")),
    ))
}

/// Installs what apt knows; gives what it does not.
fn apt_install(boot: &mut Boot, wanted: &[String]) -> Result<Vec<String>, Raised> {
    update_with_apt(boot, false)?;
    let _ = boot.run(&["apt-cache", "pkgnames"]);
    let names = wanted.iter().map(|name| name.split_once('=').map_or(name.as_str(), |(name, _)| name));
    let is_known = |name: &&str| boot.system.packages.contains(crate::packages::bare(name));
    let unknown: Vec<String> = names.filter(|name| !is_known(name)).map(str::to_owned).collect();
    // A package with a version is looked for without it, and then asked for all the same.
    let asked: Vec<String> = wanted.iter().filter(|name| !unknown.contains(name)).cloned().collect();
    if !asked.is_empty() {
        let many = asked.len();
        let words = std::iter::once("install".to_owned()).chain(asked).collect();
        run_apt(boot, words, (many > 1).then_some(many))?;
    }
    Ok(unknown)
}

/// Installs snaps one by one; gives those that fail.
fn snap_install(boot: &mut Boot, wanted: &[String]) -> Vec<String> {
    let mut failed = Vec::new();
    for name in wanted {
        let mut words = vec!["snap", "install"];
        words.extend(name.splitn(2, '='));
        if boot.run(&words).is_err() {
            failed.push(name.clone());
        }
    }
    failed
}
