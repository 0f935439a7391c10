//! One `iface` stanza.

use std::collections::HashMap;
use std::net::IpAddr;

use dryboot_yaml::go_syntax::quote;

use super::address::{Mac, Mask, Network, parse_ip, shown};
use super::{Addresses, Method, Route, Shape};

/// An interface as a stanza describes it.
#[derive(Clone, Debug)]
pub(super) struct Stanza {
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) shape: Shape,
}

/// Options by name. A repeated option replaces the one before it.
type Options<'o> = HashMap<&'o str, Vec<&'o str>>;

/// Options whose lines accumulate, each as a whole; what follows their name directly is ignored.
const ACCUMULATING: [&str; 2] = ["post-up", "pre-down"];

/// Options of bonds, under the names that they go by in the kernel module.
const BOND_OPTIONS: [(&str, &str); 3] =
    [("bond-mode", "mode"), ("bond-miimon", "miimon"), ("bond-lacp-rate", "lacp-rate")];

pub(super) fn parse_interface(name: &str, method: &str, lines: &[&str]) -> Result<Stanza, String> {
    let options = options(lines);
    let method = match method {
        "static" => Method::Static(addresses(name, &options)?),
        "dhcp" => Method::Dhcp { mac: mac(name, &options)? },
        "manual" => Method::Manual,
        "loopback" => Method::Loopback,
        other => return Err(format!("invalid config method {}", quote(other))),
    };
    Ok(Stanza { name: name.to_owned(), method, shape: shape(name, &options)? })
}

fn options<'o>(lines: &[&'o str]) -> Options<'o> {
    let mut options = Options::new();
    for line in lines {
        match ACCUMULATING.iter().find(|name| line.starts_with(**name)) {
            Some(name) => {
                if let Some((_, rest)) = line.split_once(' ') {
                    options.entry(name).or_default().push(rest);
                }
            }
            None => {
                let mut words = line.split_whitespace();
                options.insert(words.next().unwrap_or_default(), words.collect());
            }
        }
    }
    options
}

/// The value of an option that has exactly one word.
fn single<'o>(options: &Options<'o>, name: &str) -> Option<&'o str> {
    match options.get(name)?.as_slice() {
        [word] => Some(word),
        _ => None,
    }
}

fn mask(text: &str) -> Option<Mask> {
    match parse_ip(text) {
        Some(IpAddr::V4(mask)) => Some(Mask::V4(mask)),
        _ => None,
    }
}

fn addresses(name: &str, options: &Options<'_>) -> Result<Addresses, String> {
    let address = single(options, "address").and_then(parse_ip);
    let mask = single(options, "netmask").and_then(mask);
    let (Some(address), Some(mask)) = (address, mask) else {
        return Err(format!("malformed static network config for {}", quote(name)));
    };
    let default_route = single(options, "gateway")
        .map(|gateway| Route { destination: Network::ALL, gateway: shown(parse_ip(gateway)) });
    let nameservers = options.get("dns-nameservers").into_iter().flatten();
    let post_up = options.get("post-up").into_iter().flatten();
    Ok(Addresses {
        mac: mac(name, options)?,
        domains: Vec::new(),
        nameservers: nameservers.map(|server| shown(parse_ip(server))).collect(),
        addresses: vec![Network { address, mask }],
        routes: default_route.into_iter().chain(post_up.filter_map(|command| route(command))).collect(),
    })
}

/// The route that a `route add` command adds, if destination, mask and gateway are all usable.
fn route(command: &str) -> Option<Route> {
    if !command.starts_with("route add") {
        return None;
    }
    let words: Vec<&str> = command.split_whitespace().collect();
    let mut address = None;
    let mut netmask = None;
    let mut gateway = None;
    for pair in words.windows(2) {
        match *pair {
            ["-net", destination] => match Network::parse_cidr(destination).map(Network::masked) {
                Some(network) => {
                    address = Some(network.address);
                    netmask = Some(network.mask);
                }
                None => address = parse_ip(destination),
            },
            ["netmask", text] => netmask = mask(text),
            ["gw", text] => gateway = parse_ip(text),
            _ => {}
        }
    }
    Some(Route { destination: Network { address: address?, mask: netmask? }, gateway: shown(Some(gateway?)) })
}

fn mac(name: &str, options: &Options<'_>) -> Result<Option<Mac>, String> {
    match options.get("hwaddress").map(Vec::as_slice) {
        Some(["ether", text]) => {
            let malformed = || format!("malformed hwaddress option for {}", quote(name));
            Mac::parse(text).map(Some).ok_or_else(malformed)
        }
        _ => Ok(None),
    }
}

fn shape(name: &str, options: &Options<'_>) -> Result<Shape, String> {
    if name.contains('.') || options.contains_key("vlan_raw_device") {
        let parent = single(options, "vlan_raw_device").map(str::to_owned);
        return Ok(Shape::Vlan { id: vlan_id(name)?, parent });
    }
    let Some(slaves) = options.get("bond-slaves") else { return Ok(Shape::Physical) };
    let option = |(option, name)| Some((name, (*options.get(option)?.first()?).to_owned()));
    Ok(Shape::Bond {
        slaves: slaves.iter().map(|slave| (*slave).to_owned()).collect(),
        options: BOND_OPTIONS.into_iter().filter_map(option).collect(),
    })
}

/// The number after the last dot, or else after `vlan`.
fn vlan_id(name: &str) -> Result<i64, String> {
    let id = match name.rsplit_once('.') {
        Some((_, id)) => Some(id),
        None => name.strip_prefix("vlan"),
    };
    id.and_then(|id| id.parse().ok()).ok_or_else(|| format!("malformed vlan name {}", quote(name)))
}
