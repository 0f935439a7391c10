//! The modules: when each of them runs, and what it does to the machine.
//!
//! Source: cloud-init 26.2, `config/cc_*.py` and `config/modules.py`.

mod accounts;
mod ansible;
mod apt;
mod apt_sources;
mod certificates;
mod chef;
mod commands;
mod disks;
mod files;
mod filesystems;
mod grow;
mod hostname;
mod keys;
mod landscape;
mod lxd;
mod messages;
mod mounts;
mod ntp;
mod packages;
mod passwords;
mod pro;
mod puppet;
mod region;
mod repositories;
mod scripts;
mod services;
mod snap;
mod ssh;
mod subscription;
mod sudo;
mod swap;
mod users;
mod wireguard;
mod yum;

pub(crate) use accounts::Asked;
pub(crate) use hostname::set_hostname;

use std::rc::Rc;

use dryboot_cloud_init::target::runs_since;

use crate::boot::Boot;
use crate::journal::ModuleResult;
use crate::raised::Raised;
use crate::releases;
use crate::value::{Data, Value};

/// A stage's list of modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// The network stage.
    Network,
    /// The config stage.
    Config,
    /// The final stage.
    Final,
}

impl Section {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Network, Self::Config, Self::Final];

    /// The key that has the list.
    #[must_use]
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Network => "cloud_init_modules",
            Self::Config => "cloud_config_modules",
            Self::Final => "cloud_final_modules",
        }
    }
}

/// What a module does.
type Handler = fn(&mut Boot) -> Result<(), Raised>;

/// How often a module runs.
const ALWAYS: &str = "always";
const PER_INSTANCE: &str = "once-per-instance";
const ONCE: &str = "once";

/// A module.
struct Module {
    name: &'static str,
    frequency: &'static str,
    /// It runs only if one of these keys is there; always, if there are none.
    keys: &'static [&'static str],
    /// The distributions that it is for; all, if there are none.
    distros: &'static [&'static str],
    handle: Handler,
}

const DEBIAN: &[&str] = &["debian", "ubuntu"];
const UBUNTU: &[&str] = &["ubuntu"];
const RED_HAT: &[&str] = &["almalinux", "amazon", "centos", "fedora", "rhel", "rocky"];
const ALL_BUT_ARCH: &[&str] =
    &["almalinux", "alpine", "amazon", "debian", "fedora", "rhel", "rocky", "suse", "ubuntu"];
const ALL_BUT_ARCH_AND_AMAZON: &[&str] =
    &["almalinux", "alpine", "debian", "fedora", "rhel", "rocky", "suse", "ubuntu"];
const RHEL: &[&str] = &["almalinux", "centos", "rhel", "rocky"];

const fn module(name: &'static str, keys: &'static [&'static str], handle: Handler) -> Module {
    Module { name, frequency: PER_INSTANCE, keys, distros: &[], handle }
}

impl Module {
    const fn always(self) -> Self {
        Self { frequency: ALWAYS, ..self }
    }

    const fn once(self) -> Self {
        Self { frequency: ONCE, ..self }
    }

    const fn on(self, distros: &'static [&'static str]) -> Self {
        Self { distros, ..self }
    }
}

/// Every module.
static MODULES: &[Module] = &[
    module("seed_random", &[], files::seed_random),
    module("bootcmd", &["bootcmd"], commands::bootcmd).always(),
    module("write_files", &["write_files"], files::write_files),
    module("growpart", &[], grow::growpart).always(),
    module("resizefs", &[], grow::resizefs).always(),
    module("disk_setup", &["disk_setup", "fs_setup"], disks::disk_setup),
    module("mounts", &[], mounts::mounts),
    module("set_hostname", &[], hostname::set_hostname),
    module("update_hostname", &[], hostname::update_hostname).always(),
    module("update_etc_hosts", &["manage_etc_hosts"], hostname::update_etc_hosts).always(),
    module("ca_certs", &["ca_certs", "ca-certs"], certificates::ca_certs).on(ALL_BUT_ARCH),
    module("rsyslog", &["rsyslog"], services::rsyslog),
    module("users_groups", &[], users::users_groups),
    module("ssh", &[], ssh::ssh),
    module("set_passwords", &[], passwords::set_passwords),
    module("wireguard", &["wireguard"], wireguard::wireguard).on(UBUNTU),
    module("snap", &["snap"], snap::snap).on(UBUNTU),
    module("ubuntu_autoinstall", &["autoinstall"], snap::autoinstall).on(UBUNTU).once(),
    module("ssh_import_id", &[], ssh::import_ids).on(&["alpine", "debian", "ubuntu"]),
    module("keyboard", &["keyboard"], region::keyboard),
    module("locale", &[], region::locale),
    module("grub_dpkg", &["grub_dpkg", "grub-dpkg"], apt::grub_dpkg).on(DEBIAN),
    module("apt_pipelining", &["apt_pipelining"], apt::pipelining).on(DEBIAN),
    module("apt_configure", &[], apt::configure).on(DEBIAN),
    module("ubuntu_pro", &["ubuntu_pro", "ubuntu_advantage", "ubuntu-advantage"], pro::ubuntu_pro).on(UBUNTU),
    module("ntp", &["ntp"], ntp::ntp).on(ALL_BUT_ARCH_AND_AMAZON),
    module("timezone", &["timezone"], region::timezone),
    module("disable_ec2_metadata", &["disable_ec2_metadata"], services::disable_ec2_metadata).always(),
    module("runcmd", &["runcmd"], commands::runcmd),
    module("byobu", &[], services::byobu).on(DEBIAN),
    module(
        "package_update_upgrade_install",
        &["apt_update", "package_update", "apt_upgrade", "package_upgrade", "packages"],
        packages::update_upgrade_install,
    ),
    module("fan", &["fan"], services::fan).on(UBUNTU),
    module("landscape", &["landscape"], landscape::landscape).on(UBUNTU),
    module("lxd", &["lxd"], lxd::lxd).on(UBUNTU),
    module("ubuntu_drivers", &["drivers"], services::ubuntu_drivers).on(UBUNTU),
    module("write_files_deferred", &["write_files"], files::write_deferred_files),
    module("puppet", &["puppet"], puppet::puppet),
    module("chef", &["chef"], chef::chef).always(),
    module("ansible", &["ansible"], ansible::ansible),
    module("mcollective", &["mcollective"], services::mcollective),
    module("salt_minion", &["salt_minion"], services::salt_minion),
    module("reset_rmc", &[], nothing),
    module("scripts_vendor", &[], scripts::vendor),
    module("scripts_per_once", &[], scripts::per_once).once(),
    module("scripts_per_boot", &[], scripts::per_boot).always(),
    module("scripts_per_instance", &[], scripts::per_instance),
    module("scripts_user", &[], scripts::user),
    module("ssh_authkey_fingerprints", &[], ssh::fingerprints),
    module("keys_to_console", &[], ssh::keys_to_console),
    module("install_hotplug", &[], services::install_hotplug),
    module("phone_home", &["phone_home"], messages::phone_home),
    module("final_message", &[], messages::final_message).always(),
    module("power_state_change", &["power_state"], messages::power_state),
    module("rh_subscription", &["rh_subscription"], subscription::rh_subscription).on(RHEL),
    module("spacewalk", &["spacewalk"], subscription::spacewalk).on(RED_HAT),
    module("yum_add_repo", &["yum_repos"], yum::add_repo).on(RED_HAT),
    module("resolv_conf", &["manage_resolv_conf"], nothing),
    module("zypper_add_repo", &["zypper"], repositories::zypper).always().on(&["suse"]),
    module("apk_configure", &["apk_repos"], repositories::apk).on(&["alpine"]),
    module("raspberry_pi", &["rpi"], nothing).on(&["raspberry-pi-os"]),
];

/// A module that has nothing to do here.
fn nothing(_: &mut Boot) -> Result<(), Raised> {
    Ok(())
}

/// A module as a config names it.
struct Named {
    name: String,
    frequency: Option<String>,
    cause: Value,
}

/// Runs the modules of a stage.
pub(crate) fn run(boot: &mut Boot, section: Section) {
    let config = Rc::clone(&boot.config);
    boot.journal.step("(stage)", None);
    let mut results: Vec<(String, ModuleResult)> = Vec::new();
    let listed = match listed(config.get(section.key())) {
        Ok(listed) => listed,
        Err(error) => {
            fail_stage(boot, error);
            return;
        }
    };
    let mut active = Vec::new();
    for named in listed {
        boot.because(&named.cause);
        let plain = named.name.replace('-', "_");
        let plain = plain.trim_end_matches(".py").trim_start_matches("cc_");
        let plain = if plain == "ubuntu_advantage" { "ubuntu_pro" } else { plain };
        let frequency = named.frequency.filter(|asked| {
            let is_known = [ALWAYS, PER_INSTANCE, ONCE].contains(&asked.as_str());
            if !is_known {
                boot.journal.deprecated(format!("`{}` has the unknown frequency `{asked}`", named.name));
            }
            is_known
        });
        let Some(module) = MODULES.iter().find(|module| module.name == plain) else {
            boot.journal.warn(format!("there is no module `{}`", named.name));
            results.push((named.name, ModuleResult::NotFound));
            continue;
        };
        if !releases::has_module(boot.release, boot.image, module.name) {
            continue;
        }
        let has_key = module.keys.is_empty() || module.keys.iter().any(|key| config.has(key));
        let is_unverified = config
            .get("unverified_modules")
            .and_then(Value::list)
            .is_some_and(|names| names.iter().any(|name| name.text() == Some(&named.name)));
        let runs_there = runs_since(module.name, boot.image.name).is_none_or(|since| since <= boot.release);
        let is_listed = module.distros.is_empty() || module.distros.contains(&boot.image.name);
        let is_for = (is_listed && runs_there) || is_unverified;
        let place = results.len();
        let result = match (has_key, is_for) {
            (false, _) => ModuleResult::NoConfig,
            (true, false) => ModuleResult::OtherDistro,
            (true, true) => {
                let frequency = frequency.unwrap_or_else(|| module.frequency.to_owned());
                active.push((place, named.name.clone(), module, frequency));
                ModuleResult::Ran
            }
        };
        results.push((named.name, result));
    }
    for (place, name, module, frequency) in active {
        let result = run_one(boot, &name, module, &frequency);
        if let Some(row) = results.get_mut(place) {
            row.1 = result;
        }
    }
    if let Some(stage) = boot.journal.stages.last_mut() {
        stage.modules = Some(results);
    }
}

fn run_one(boot: &mut Boot, name: &str, module: &Module, frequency: &str) -> ModuleResult {
    let runs = match frequency {
        ALWAYS => true,
        ONCE => boot.once(&format!("once/{name}")),
        _ => boot.once(name),
    };
    boot.journal.step(name, Some(frequency));
    let position = boot.journal.position();
    let config = Rc::clone(&boot.config);
    let mut causes = Vec::new();
    for value in module.keys.iter().filter_map(|key| config.get(key)) {
        causes.extend(value.cause.clone());
    }
    boot.journal.because(causes);
    let outcome = if runs { (module.handle)(boot) } else { Ok(()) };
    let result = match (&outcome, runs) {
        (_, false) => ModuleResult::AlreadyRan,
        (Ok(()), true) => ModuleResult::Ran,
        (Err(_), true) => ModuleResult::Failed,
    };
    if let Some(step) = boot.journal.step_at(position).and_then(|step| step.module.as_mut()) {
        step.result = Some(result);
        step.exception = outcome.as_ref().err().cloned();
    }
    if let Err(error) = outcome {
        let text = format!("the module {name} has failed: {}", error.text);
        boot.journal.warn(text);
        if let Some(stage) = boot.journal.stages.last_mut() {
            stage.errors.push(format!("('{name}', {}({:?}))", error.kind, error.text));
            stage.failed.push(name.to_owned());
        }
    }
    result
}

fn fail_stage(boot: &mut Boot, error: Raised) {
    boot.journal.say(crate::journal::Level::Error, "the list of modules cannot be read", Some(error.clone()));
    if let Some(stage) = boot.journal.stages.last_mut() {
        stage.errors.push(error.text);
    }
}

/// The modules that a config lists.
fn listed(value: Option<&Value>) -> Result<Vec<Named>, Raised> {
    let Some(value) = value.filter(|value| value.is_truthy()) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for item in value.items()?.iter().filter(|item| item.is_truthy()) {
        let text = |value: Option<&Value>| match value {
            None => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text.trim().to_owned())),
                None => Err(Raised::no_attribute(value.type_name(), "strip")),
            },
        };
        let (name, frequency) = match &item.data {
            Data::Text(name) => (Some(name.trim().to_owned()), None),
            Data::List(parts) => (text(parts.first())?, text(parts.get(1))?),
            Data::Map(_) => (text(item.get("name"))?, text(item.get("frequency"))?),
            _ => return Err(Raised::type_error(format!("`{}` is not a module", item.shown()))),
        };
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            found.push(Named { name, frequency, cause: item.clone() });
        }
    }
    Ok(found)
}
