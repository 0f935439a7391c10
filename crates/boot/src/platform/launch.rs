//! A command line of the program: what it reads, and the machine that it finds.

use dryboot_coreos::image::ENVIRONMENT;
use std::collections::BTreeMap;

use dryboot_coreos::platform::{Datasource, Field, Platform};
use dryboot_machine::units::Service;
use dryboot_machine::{FileTree, MachineDescription};

use crate::program::flags::value;

/// The presets of `-oem`, with the datasources that they choose (coreos-cloudinit v1.14.0, `main`).
const PRESETS: [(&str, &[&str]); 8] = [
    ("digitalocean", &["digitalocean"]),
    ("ec2-compat", &["ec2", "config drive"]),
    ("gce", &["gce"]),
    ("rackspace-onmetal", &["config drive"]),
    ("azure", &["waagent"]),
    ("cloudsigma", &["cloudsigma"]),
    ("packet", &["packet"]),
    ("vmware", &["vmware"]),
];

/// Flags that choose a datasource.
const SOURCES: [(&str, &str); 13] = [
    ("from-file", "file"),
    ("from-url", "url"),
    ("from-configdrive", "config drive"),
    ("from-metadata-service", "ec2"),
    ("from-ec2-metadata", "ec2"),
    ("from-gce-metadata", "gce"),
    ("from-cloudsigma-metadata", "cloudsigma"),
    ("from-digitalocean-metadata", "digitalocean"),
    ("from-waagent", "waagent"),
    ("from-packet-metadata", "packet"),
    ("from-proc-cmdline", "proc-cmdline"),
    ("from-vmware-guestinfo", "vmware"),
    ("from-vmware-ovf-env", "vmware"),
];

/// The program about to be started.
#[derive(Clone, Debug)]
pub(super) struct Launch {
    /// Its flags.
    pub(super) flags: Vec<String>,
    /// The same, as on the command line.
    pub(super) line: String,
    /// The datasources that it asks, by name, in the order of its list.
    pub(super) asked: Vec<&'static str>,
    /// Why it ends before it asks anybody, with exit code 2.
    pub(super) refusal: Option<String>,
}

impl Launch {
    /// None when the command is another program.
    pub(super) fn of(command: &[String]) -> Option<Self> {
        let (program, flags) = command.split_first()?;
        let name = program.trim_start_matches(['@', '-', ':', '+', '!']).rsplit('/').next()?;
        if name != "coreos-cloudinit" {
            return None;
        }
        let flags: Vec<String> = flags.to_vec();
        let oem = value(&flags, "oem").filter(|name| !name.is_empty());
        let preset = PRESETS.iter().find(|(name, _)| oem == Some(name));
        let named = SOURCES.iter().filter(|(flag, _)| value(&flags, flag).is_some());
        let by_flag = named.map(|&(_, source)| source);
        // The preset's values overwrite flags of the same name alone.
        let by_preset = preset.map(|&(_, sources)| sources).unwrap_or_default();
        let asked: Vec<&str> = by_preset.iter().copied().chain(by_flag).collect();
        let refusal = match (oem, preset) {
            (Some(name), None) => Some(format!("it does not know the preset `{name}`")),
            _ if asked.is_empty() => Some("no datasource is given".to_owned()),
            _ => None,
        };
        Some(Self { line: flags.join(" "), flags, asked, refusal })
    }

    /// The datasource that answers: the one that was chosen, if it is asked, or else the first that
    /// the platform has. `is_silent` tells those that do not answer.
    pub(super) fn answering(
        &self,
        platform: &'static Platform,
        chosen: Option<&'static Datasource>,
        is_silent: impl Fn(&str) -> bool,
    ) -> Option<&'static Datasource> {
        if self.refusal.is_some() {
            return None;
        }
        let asks = |source: &&Datasource| self.asked.contains(&source.name) && !is_silent(source.name);
        chosen.filter(asks).or_else(|| platform.datasources.iter().find(asks))
    }

    /// Whether a datasource that is not there is looked for again: all but these can still appear.
    pub(super) fn is_asking_again(&self) -> bool {
        self.asked.iter().any(|source| !["proc-cmdline", "vmware"].contains(source))
    }

    /// The machine as the program finds it: of the metadata, what the datasource gives.
    pub(super) fn machine(
        &self,
        described: &MachineDescription,
        source: Option<&Datasource>,
        environment: Option<&FileTree>,
    ) -> MachineDescription {
        let mut machine = described.clone();
        machine.flags.extend(self.flags.iter().cloned());
        let yields = source.map(|source| source.yields).unwrap_or_default();
        for field in Field::ALL.into_iter().filter(|field| !yields.contains(field)) {
            take_away(&mut machine, field);
        }
        if let Some(files) = environment {
            machine.env.extend(variables(files));
        }
        machine
    }
}

/// Whether the environment of a service has the addresses of the machine.
pub(super) fn reads_environment(service: &Service) -> bool {
    service.environment_files.iter().any(|file| file == ENVIRONMENT)
}

/// Whether there was something to take away.
pub(super) fn take_away(machine: &mut MachineDescription, field: Field) -> bool {
    match field {
        Field::Hostname => machine.hostname.take().is_some(),
        Field::SshKeys => !std::mem::take(&mut machine.ssh_keys).is_empty(),
        Field::PublicIpv4 => machine.public_ipv4.take().is_some(),
        Field::PrivateIpv4 => machine.private_ipv4.take().is_some(),
        Field::PublicIpv6 => machine.public_ipv6.take().is_some(),
        Field::PrivateIpv6 => machine.private_ipv6.take().is_some(),
        Field::Network => {
            let (text, map) = (machine.network_config.take(), machine.network_map.take());
            text.is_some() || map.is_some()
        }
    }
}

/// What `EnvironmentFile=-/etc/environment` gives (systemd.exec(5)).
fn variables(files: &FileTree) -> BTreeMap<String, String> {
    let bytes = files.read(ENVIRONMENT).unwrap_or_default();
    String::from_utf8_lossy(bytes)
        .lines()
        .filter(|line| !line.starts_with(['#', ';']))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(command: &str) -> Option<Vec<&'static str>> {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        Launch::of(&words).map(|launch| launch.asked)
    }

    #[test]
    fn a_command_line_tells_what_is_asked() {
        assert_eq!(asked("/usr/bin/coreos-cloudinit --oem=ec2-compat"), Some(vec!["ec2", "config drive"]));
        assert_eq!(asked("-/usr/bin/coreos-cloudinit -from-url=http://x/"), Some(vec!["url"]));
        assert_eq!(
            asked("/usr/bin/coreos-cloudinit --from-configdrive /media/configdrive --from-metadata-service"),
            Some(vec!["config drive", "ec2"])
        );
        assert_eq!(asked("/usr/bin/coreos-cloudinit"), Some(Vec::new()));
        assert_eq!(asked("/usr/bin/docker run"), None);
    }
}
