//! The parameters of bonds and bridges, which both versions of a network configuration name in their own way.

use crate::raised::Raised;
use crate::value::{Data, Value};

/// The parameters of bonds in version 2 that are called something else in version 1, beside `bond-`.
///
/// Source: cloud-init 26.2, `net/network_state.py`.
const BONDS: [(&str, &str); 7] = [
    ("down-delay", "bond-downdelay"),
    ("fail-over-mac-policy", "bond-fail-over-mac"),
    ("gratuitous-arp", "bond-num-grat-arp"),
    ("mii-monitor-interval", "bond-miimon"),
    ("primary-reselect-policy", "bond-primary-reselect"),
    ("transmit-hash-policy", "bond-xmit-hash-policy"),
    ("up-delay", "bond-updelay"),
];

/// Those of bridges.
const BRIDGES: [(&str, &str); 8] = [
    ("ageing-time", "bridge_ageing"),
    ("priority", "bridge_bridgeprio"),
    ("forward-delay", "bridge_fd"),
    ("hello-time", "bridge_hello"),
    ("max-age", "bridge_maxage"),
    ("path-cost", "bridge_pathcost"),
    ("port-priority", "bridge_portprio"),
    ("stp", "bridge_stp"),
];

/// What a parameter of version 2 is called in version 1.
#[must_use]
pub(super) fn name_in_version_1(kind: &str, name: &str) -> String {
    let (known, start): (&[(&str, &str)], &str) =
        if kind == "bond" { (&BONDS, "bond-") } else { (&BRIDGES, "bridge_") };
    let found = known.iter().find(|(own, _)| *own == name);
    found.map_or_else(|| format!("{start}{name}"), |(_, old)| (*old).to_owned())
}

/// What a parameter of a bond or a bridge is called in version 2.
#[must_use]
pub(super) fn name_in_version_2<'n>(kind: &str, name: &'n str) -> &'n str {
    let (known, start): (&[(&'static str, &str)], &str) =
        if kind == "bond" { (&BONDS, "bond-") } else { (&BRIDGES, "bridge_") };
    let found = known.iter().find(|(_, old)| *old == name).map(|(own, _)| *own);
    found.or_else(|| name.strip_prefix(start)).unwrap_or(name)
}

/// The parameters of a bond or a bridge.
///
/// # Errors
/// `bridge_stp` is neither a boolean nor `on` or `off`.
pub(super) fn parameters(
    kind: &str,
    name: &dyn Fn(&str) -> String,
    given: Option<&Value>,
) -> Result<Vec<(String, Value)>, Raised> {
    let Some(given) = given.filter(|_| ["bond", "bridge"].contains(&kind)) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for (key, value) in given.entries()? {
        let (name, mut value) = (name(&key.shown()), value.clone());
        if name == "bridge_stp" && !value.is_flag() {
            value.data = match value.shown().as_str() {
                "on" | "1" => Data::Bool(true),
                "off" | "0" => Data::Bool(false),
                other => return Err(Raised::value_error(format!("`bridge_stp` cannot be `{other}`"))),
            };
        }
        all.push((name, value));
    }
    Ok(all)
}
