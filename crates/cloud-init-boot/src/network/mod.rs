//! The network configuration: what it says, and the files that it becomes.
//!
//! Source: cloud-init 26.2, `net/` and `distros/`.

mod config;
mod eni;
mod keyfile;
mod netplan;
mod networkd;
mod openstack;
mod parameters;
mod rules;
pub(crate) mod sysconfig;

pub(crate) use config::Network;
pub(crate) use openstack::from_openstack;

use crate::boot::{Boot, File};
use crate::image::Renderer;
use crate::journal::Level;
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, Value};

/// The rules for udev beside the file of ifupdown.
const RULES: &str = "/etc/udev/rules.d/70-persistent-net.rules";

/// The address of the one interface of the machine.
pub(crate) const MAC: &str = "06:aa:bb:cc:dd:01";

/// What a machine does that nobody has told anything: it asks for addresses on its first interface.
#[must_use]
pub(crate) fn fallback() -> Value {
    let text = |text: &str| Value::from_text(text);
    let map = |entries: Vec<(&str, Value)>| {
        Value::of(Data::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    };
    let yes = || Value::of(Data::Bool(true));
    let ethernet = map(vec![
        ("dhcp4", yes()),
        ("dhcp6", yes()),
        ("match", map(vec![("macaddress", text(MAC))])),
        ("set-name", text("eth0")),
    ]);
    map(vec![("ethernets", map(vec![("eth0", ethernet)])), ("version", Value::of(Data::Int(2)))])
}

/// The file of the only connection that a machine without a configuration has.
const DEFAULT_PROFILE: &str = "/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection";

/// Whether a configuration says that cloud-init is to leave the network alone.
#[must_use]
pub(crate) fn is_disabled(config: &Value) -> bool {
    config.get("config").and_then(Value::text) == Some("disabled")
}

/// Brings up what has been configured.
pub(crate) fn bring_up(boot: &mut Boot) {
    let commands: &[&[&str]] = match boot.image.renderer {
        Renderer::Netplan => &[&["netplan", "apply"]],
        Renderer::NetworkManager => &[
            &["nmcli", "connection", "load", DEFAULT_PROFILE],
            &["nmcli", "connection", "up", "filename", DEFAULT_PROFILE],
            &["systemctl", "try-reload-or-restart", "NetworkManager.service"],
        ],
        Renderer::Networkd => &[&["systemctl", "restart", "systemd-networkd", "systemd-resolved"]],
        Renderer::Sysconfig(_) | Renderer::Eni(_) => &[&["ifup", "eth0"]],
    };
    for command in commands {
        let _ = boot.run(command);
    }
}

/// Writes the network configuration as the distribution wants it.
///
/// # Errors
/// It cannot be understood.
pub(crate) fn apply(boot: &mut Boot, config: &Value) -> Result<(), Raised> {
    if is_disabled(config) {
        return Ok(());
    }
    boot.because(config);
    match boot.image.renderer {
        Renderer::Netplan => {
            let text = netplan::render(config, boot.has(Change::DefaultRoutes))?;
            boot.write("/etc/netplan/50-cloud-init.yaml", &text, 0o600)?;
            if boot.run(&["netplan", "generate"]).is_err() {
                boot.journal.say(Level::Warning, "netplan did not take the network configuration", None);
            }
            for interface in ["eth0", "lo"] {
                let path = format!("/sys/class/net/{interface}");
                let _ = boot.run(&["udevadm", "test-builtin", "net_setup_link", &path]);
            }
        }
        Renderer::NetworkManager => {
            let network = Network::read(config)?;
            let _ = boot.run(&["systemctl", "is-enabled", "NetworkManager.service"]);
            for (id, content) in keyfile::render(&network) {
                let path = format!("/etc/NetworkManager/system-connections/cloud-init-{id}.nmconnection");
                boot.write(&path, &content, 0o600)?;
            }
            boot.write(
                "/etc/NetworkManager/conf.d/30-cloud-init-ip6-addr-gen-mode.conf",
                keyfile::ADDRESSES,
                0o600,
            )?;
        }
        Renderer::Networkd => {
            let network = Network::read(config)?;
            let _ = boot.run(&["systemctl", "is-enabled", "NetworkManager.service"]);
            for (name, content) in networkd::render(&network) {
                let path = format!("/etc/systemd/network/10-cloud-init-{name}");
                let owner = Some("systemd-network:systemd-network");
                boot.write_file(File { path: &path, content: content.as_bytes(), owner, ..File::default() })?;
            }
        }
        Renderer::Sysconfig(flavor) => {
            let network = Network::read(config)?;
            for (path, content) in sysconfig::render(&network, flavor) {
                boot.write(&path, &content, 0o644)?;
            }
            if flavor.loses_routes(&network) {
                boot.source
                    .notes
                    .push("cloud-init writes neither gateways nor routes on SUSE: a fixed address has none");
            }
        }
        Renderer::Eni(path) => {
            let network = Network::read(config)?;
            let habits = eni::Habits {
                uses_hyphens: boot.has(Change::InterfaceHyphens),
                uses_ip: boot.has(Change::InterfaceIp),
            };
            boot.write(path, &eni::render(&network, habits), 0o644)?;
            boot.write(RULES, &rules::render(&network), 0o644)?;
        }
    }
    Ok(())
}
