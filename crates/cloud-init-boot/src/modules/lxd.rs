//! `lxd`.

use std::rc::Rc;

use super::packages::install;
use super::snap::wait_for_seeds;
use crate::boot::Boot;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{NOTHING, Value};

/// The settings of `lxd.init` that become options.
const OPTIONS: [&str; 7] = [
    "network_address",
    "network_port",
    "storage_backend",
    "storage_create_device",
    "storage_create_loop",
    "storage_pool",
    "trust_password",
];

/// The package that a kind of storage needs, its program, and the words for it in a preseed.
const STORAGE: [(&str, &str, &str); 3] =
    [("btrfs", "btrfs-progs", "mkfs.btrfs"), ("lvm", "lvm2", "lvcreate"), ("zfs", "zfsutils-linux", "zfs")];

const BRIDGE: &str = "lxdbr0";

pub(super) fn lxd(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("lxd").unwrap_or(&NOTHING);
    if !settings.is_truthy() {
        return Ok(());
    }
    if settings.map().is_none() {
        return Err(Raised::value_error(format!("`lxd` must be a mapping, not a {}", settings.type_name())));
    }
    wait_for_seeds(boot, "lxd")?;
    boot.because(settings);
    let empty = Value::empty();
    let (init, bridge) = (settings.get("init").unwrap_or(&empty), settings.get("bridge").unwrap_or(&empty));
    let no_preseed = Value::from_text("");
    let preseed = settings.get("preseed").unwrap_or(&no_preseed);
    check(init, bridge, preseed)?;
    if boot.run(&["snap", "list", "lxd"]).is_err() {
        boot.run(&["snap", "install", "lxd"]).map_err(|error| Raised::runtime_error(error.text))?;
    }
    let preseed = preseed.shown();
    let backend = init.setting("storage_backend").unwrap_or_default();
    let needed: Vec<&str> = STORAGE
        .iter()
        .filter(|(name, ..)| backend == *name || preseed.contains(&format!("driver: {name}")))
        .filter(|(.., program)| boot.system.which(program).is_none())
        .map(|(_, package, _)| *package)
        .collect();
    if !needed.is_empty()
        && let Err(error) = install(boot, &Value::from_texts(needed))
    {
        if !error.is_of_command() {
            return Err(error);
        }
        boot.journal.warn_of("packages for the storage cannot be installed", &error);
        return Ok(());
    }
    boot.run(&["lxd", "waitready", "--timeout=300"])?;
    if !preseed.is_empty() {
        return boot.run_with(&["lxd", "init", "--preseed"], &preseed).map(drop);
    }
    if init.is_truthy() {
        let mut words = ["lxd", "init", "--auto"].map(str::to_owned).to_vec();
        for key in OPTIONS {
            if let Some(value) = init.get(key).filter(|value| value.is_truthy()) {
                words.push(format!("--{}={}", key.replace('_', "-"), value.shown()));
            }
        }
        boot.execute(Run { argv: words, ..Run::default() })?;
    }
    if bridge.is_truthy() { set_up_bridge(boot, bridge, init.is_truthy()) } else { Ok(()) }
}

fn check(init: &Value, bridge: &Value, preseed: &Value) -> Result<(), Raised> {
    let mut faults = Vec::new();
    for (name, value) in [("lxd.init", init), ("lxd.bridge", bridge)] {
        if value.map().is_none() {
            faults.push(format!("`{name}` must be a mapping, not a {}", value.type_name()));
        }
    }
    if preseed.text().is_none() {
        faults.push(format!("`lxd.preseed` must be text, not a {}", preseed.type_name()));
    }
    if preseed.is_truthy() && (init.is_truthy() || bridge.is_truthy()) {
        faults.push("`lxd.preseed` cannot stand beside `lxd.init` and `lxd.bridge`".to_owned());
    }
    if faults.is_empty() { Ok(()) } else { Err(Raised::value_error(faults.join("; "))) }
}

fn lxc(boot: &mut Boot, words: &[String]) -> Result<(), Raised> {
    let mut argv = vec!["lxc".to_owned()];
    argv.extend_from_slice(words);
    argv.push("--force-local".to_owned());
    let env = [("LC_ALL", "C"), ("HOME", "/root"), ("USER", "root")];
    let env = env.into_iter().map(|(key, value)| (key, value.to_owned())).collect();
    boot.execute(Run { argv, env, ..Run::default() }).map(drop)
}

fn set_up_bridge(boot: &mut Boot, bridge: &Value, did_init: bool) -> Result<(), Raised> {
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let name = bridge.setting("name").unwrap_or_else(|| BRIDGE.to_owned());
    let attach = words(&format!("network attach-profile {name} default eth0"));
    let create = match bridge.get("mode").and_then(Value::text) {
        Some("none") => return Ok(()),
        Some("existing") => None,
        Some("new") => Some(create(bridge, &name)),
        _ => return Err(Raised::runtime_error("`lxd.bridge.mode` is none that is known")),
    };
    if name == BRIDGE && did_init {
        // What `lxd init` has made is taken away first.
        for line in ["profile device remove default eth0", "network delete lxdbr0"] {
            if line.starts_with("profile") || create.is_some() {
                let _ = lxc(boot, &words(line));
            }
        }
    }
    if let Some(create) = create {
        lxc(boot, &create)?;
    }
    lxc(boot, &attach)
}

fn create(bridge: &Value, name: &str) -> Vec<String> {
    let mut words = ["network", "create", name].map(str::to_owned).to_vec();
    let of = |key: &str| bridge.get(key).filter(|value| value.is_truthy()).map(Value::shown);
    match (of("ipv4_address"), of("ipv4_netmask")) {
        (Some(address), Some(mask)) => {
            words.push(format!("ipv4.address={address}/{mask}"));
            if bridge.get("ipv4_nat").is_none_or(|nat| nat.text() == Some("true")) {
                words.push("ipv4.nat=true".to_owned());
            }
            if let (Some(first), Some(last)) = (of("ipv4_dhcp_first"), of("ipv4_dhcp_last")) {
                words.push(format!("ipv4.dhcp.ranges={first}-{last}"));
            }
        }
        _ => words.push("ipv4.address=none".to_owned()),
    }
    match (of("ipv6_address"), of("ipv6_netmask")) {
        (Some(address), Some(mask)) => {
            words.push(format!("ipv6.address={address}/{mask}"));
            if bridge.get("ipv6_nat").is_some_and(|nat| nat.text() == Some("true")) {
                words.push("ipv6.nat=true".to_owned());
            }
        }
        _ => words.push("ipv6.address=none".to_owned()),
    }
    words.extend(of("domain").map(|domain| format!("dns.domain={domain}")));
    words.extend(bridge.setting("mtu").filter(|mtu| mtu != "-1").map(|mtu| format!("bridge.mtu={mtu}")));
    words
}
