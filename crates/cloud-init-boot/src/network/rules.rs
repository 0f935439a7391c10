//! The rules by which udev gives interfaces the names that the configuration has for them.

use super::config::Network;

/// The rules, one a line: for every interface of its own whose address on the wire is known.
pub(super) fn render(network: &Network) -> String {
    let own = network.interfaces.iter().filter(|interface| interface.kind == "ethernet");
    own.filter_map(|interface| {
        let mac = interface.mac.as_ref()?.to_lowercase();
        let name = &interface.name;
        Some(format!(
            "SUBSYSTEM==\"net\", ACTION==\"add\", DRIVERS==\"?*\", ATTR{{address}}==\"{mac}\", NAME=\"{name}\"\n"
        ))
    })
    .collect()
}
