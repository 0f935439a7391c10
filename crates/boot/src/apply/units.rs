//! Units: the user's, then one for each section that has settings of a service.

use dryboot_coreos::typed::Decoded;

use crate::config::Config;
use dryboot_machine::Cause;

/// A unit that is about to be placed.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlannedUnit {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) drop_ins: Vec<PlannedDropIn>,
    pub(crate) mask: bool,
    pub(crate) enable: bool,
    pub(crate) runtime: bool,
    pub(crate) command: String,
    /// What names the unit.
    pub(crate) named_by: Vec<Cause>,
    /// What else is said of it, by key.
    pub(crate) said_by: Vec<(&'static str, Vec<Cause>)>,
}

/// A drop-in that is about to be placed.
#[derive(Clone, Debug)]
pub(crate) struct PlannedDropIn {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) causes: Vec<Cause>,
}

impl PlannedUnit {
    /// The causes of what these keys do to the unit.
    pub(crate) fn causes(&self, keys: &[&str]) -> Vec<Cause> {
        let said = self.said_by.iter().filter(|(key, _)| keys.contains(key));
        let said = said.flat_map(|(_, causes)| causes);
        self.named_by.iter().chain(said).cloned().collect()
    }
}

const UNIT_KEYS: [&str; 5] = ["content", "mask", "enable", "runtime", "command"];

/// Services with a section of settings: the section's key, its path, and the unit.
const SERVICES: [(&str, &str, &str); 4] = [
    ("etcd", "coreos.etcd", "etcd.service"),
    ("etcd2", "coreos.etcd2", "etcd2.service"),
    ("fleet", "coreos.fleet", "fleet.service"),
    ("locksmith", "coreos.locksmith", "locksmithd.service"),
];

pub(super) fn collect(config: &Config<'_>) -> Vec<PlannedUnit> {
    let users = config.units().map(|unit| users_unit(config, unit));
    let services = SERVICES.iter().map(|service| service_unit(config, service));
    users.chain(services).chain(update_units(config)).collect()
}

fn users_unit(config: &Config<'_>, unit: &Decoded) -> PlannedUnit {
    let drop_ins = unit.sections("drop_ins").map(|(_, drop_in)| PlannedDropIn {
        name: drop_in.text("name").to_owned(),
        content: drop_in.bytes("content").to_vec(),
        causes: config.causes(drop_in, &["name", "content"]),
    });
    PlannedUnit {
        name: unit.text("name").to_owned(),
        content: unit.bytes("content").to_vec(),
        drop_ins: drop_ins.collect(),
        mask: unit.flag("mask"),
        enable: unit.flag("enable"),
        runtime: unit.flag("runtime"),
        command: unit.text("command").to_owned(),
        named_by: config.causes(unit, &["name"]),
        said_by: UNIT_KEYS.iter().map(|&key| (key, config.causes(unit, &[key]))).collect(),
    }
}

/// The unit of a service, with a drop-in when there are settings. The program makes it in any case.
fn service_unit(config: &Config<'_>, &(key, path, unit): &(&str, &'static str, &str)) -> PlannedUnit {
    let settings = config.coreos(key).map(|section| config.settings(section)).unwrap_or_default();
    let mut content = String::new();
    let mut causes = Vec::new();
    for setting in settings {
        if content.is_empty() {
            content.push_str("[Service]\n");
        }
        content.push_str(&format!("Environment=\"{}={}\"\n", setting.env, setting.value));
        causes.extend(setting.causes);
    }
    PlannedUnit {
        name: unit.to_owned(),
        drop_ins: vec![PlannedDropIn {
            name: "20-cloudinit.conf".to_owned(),
            content: content.into_bytes(),
            causes,
        }],
        runtime: true,
        named_by: vec![Cause::Generated(path)],
        ..PlannedUnit::default()
    }
}

/// What the update settings do to the two services that read them.
fn update_units(config: &Config<'_>) -> Vec<PlannedUnit> {
    let Some(update) = config.coreos("update") else { return Vec::new() };
    let mut units = Vec::new();
    let strategy = update.text("reboot_strategy");
    if !strategy.is_empty() {
        let is_off = strategy == "off";
        units.push(PlannedUnit {
            name: "locksmithd.service".to_owned(),
            mask: is_off,
            runtime: true,
            command: if is_off { "stop" } else { "restart" }.to_owned(),
            named_by: config.causes(update, &["reboot_strategy"]),
            ..PlannedUnit::default()
        });
    }
    if !update.text("group").is_empty() || !update.text("server").is_empty() {
        units.push(PlannedUnit {
            name: "update-engine.service".to_owned(),
            command: "restart".to_owned(),
            named_by: config.causes(update, &["group", "server"]),
            ..PlannedUnit::default()
        });
    }
    units
}
