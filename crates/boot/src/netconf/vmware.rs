//! VMware's guestinfo properties.

use std::collections::BTreeMap;

use dryboot_yaml::go_syntax::quote;

use super::address::{Mac, Network, parse_ip, shown};
use super::{Addresses, Draft, Method, NetconfError, Route, Shape};

type Properties = BTreeMap<String, String>;

/// Reads properties from a JSON object, or from lines as in a `.vmx` file.
pub(crate) fn properties(text: &str) -> Result<Properties, NetconfError> {
    if text.trim_start().starts_with('{') {
        let json = serde_json::from_str(text);
        return json
            .map_err(|error| NetconfError::Refused(format!("the properties are not valid JSON: {error}")));
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let property = |line: &str| {
        let (key, value) = line.split_once('=').ok_or_else(|| {
            NetconfError::Refused(format!("a property must have the form `KEY = VALUE`, not `{line}`"))
        })?;
        let key = key.trim().trim_start_matches("guestinfo.");
        let value = value.trim();
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        Ok((key.to_owned(), quoted.unwrap_or(value).to_owned()))
    };
    lines.map(property).collect()
}

/// The interfaces, in the order of their numbers.
pub(super) fn interfaces(properties: &Properties) -> Result<Vec<Draft>, String> {
    let servers = numbered(properties, "dns.server.", "");
    let nameservers = servers.map(|server| {
        let address = parse_ip(server).ok_or_else(|| format!("invalid nameserver: {}", quote(server)))?;
        Ok(shown(Some(address)))
    });
    let nameservers: Vec<String> = nameservers.collect::<Result<_, String>>()?;
    let domains: Vec<String> = numbered(properties, "dns.domain.", "").map(str::to_owned).collect();

    let mut interfaces = Vec::new();
    for index in 0.. {
        let of = Prefixed { properties, prefix: format!("interface.{index}.") };
        let dhcp = match of.get("dhcp") {
            None | Some("no") => false,
            Some("yes") => true,
            Some(other) => return Err(format!("invalid DHCP option: {}", quote(other))),
        };
        let addresses = addresses(&of)?;
        let routes = routes(&of)?;
        let mac = of.get("mac").map(mac).transpose()?;
        let method = if !addresses.is_empty() || !routes.is_empty() {
            let (domains, nameservers) = (domains.clone(), nameservers.clone());
            Method::Static(Addresses { mac: mac.clone(), domains, nameservers, addresses, routes })
        } else if dhcp {
            Method::Dhcp { mac: mac.clone() }
        } else {
            break;
        };
        let name = of.get("name").unwrap_or_default().to_owned();
        interfaces.push(Draft { mac, ..Draft::new(name, method, Shape::Physical) });
    }
    Ok(interfaces)
}

struct Prefixed<'p> {
    properties: &'p Properties,
    prefix: String,
}

impl<'p> Prefixed<'p> {
    fn get(&self, name: &str) -> Option<&'p str> {
        self.properties.get(&format!("{}{name}", self.prefix)).map(String::as_str)
    }
}

/// The values of `PREFIX0SUFFIX`, `PREFIX1SUFFIX` and so on until the first gap.
fn numbered<'p>(properties: &'p Properties, prefix: &str, suffix: &str) -> impl Iterator<Item = &'p str> {
    (0..).map_while(move |index| properties.get(&format!("{prefix}{index}{suffix}")).map(String::as_str))
}

fn addresses(of: &Prefixed<'_>) -> Result<Vec<Network>, String> {
    let prefix = format!("{}ip.", of.prefix);
    let network = |text| Network::parse_cidr(text).ok_or_else(|| format!("invalid address: {}", quote(text)));
    numbered(of.properties, &prefix, ".address").map(network).collect()
}

fn routes(of: &Prefixed<'_>) -> Result<Vec<Route>, String> {
    let mut routes = Vec::new();
    for index in 0.. {
        let part = |name: &str| of.get(&format!("route.{index}.{name}"));
        let (gateway, destination) = match (part("gateway"), part("destination")) {
            (None, None) => break,
            (Some(_), None) => return Err("missing destination key".to_owned()),
            (None, Some(_)) => return Err("missing gateway key".to_owned()),
            (Some(gateway), Some(destination)) => (gateway, destination),
        };
        let gateway = parse_ip(gateway).ok_or_else(|| format!("invalid gateway: {}", quote(gateway)))?;
        let destination = Network::parse_cidr(destination)
            .map(Network::masked)
            .ok_or_else(|| format!("invalid CIDR address: {destination}"))?;
        routes.push(Route { destination, gateway: shown(Some(gateway)) });
    }
    Ok(routes)
}

fn mac(text: &str) -> Result<Mac, String> {
    Mac::parse(text)
        .ok_or_else(|| format!("error while parsing MAC address: address {text}: invalid MAC address"))
}

#[cfg(test)]
mod tests {
    use dryboot_coreos::Target;

    use super::*;
    use crate::netconf::NetconfFormat;
    use crate::netconf::convert_netconf;

    fn convert(text: &str) -> Result<crate::netconf::Netconf, NetconfError> {
        convert_netconf(text, NetconfFormat::Vmware, Target::CoreOs)
    }

    #[test]
    fn lines_and_json_give_the_same() {
        let lines = "guestinfo.interface.0.name = \"ens192\"\ninterface.0.dhcp=yes\n# a comment\n";
        let json = r#"{"interface.0.name": "ens192", "interface.0.dhcp": "yes"}"#;
        let converted = convert(lines).expect("converted");
        assert_eq!(converted.files[0].name, "00-ens192.network");
        assert_eq!(convert(json), Ok(converted));
    }

    #[test]
    fn every_fault_has_the_words_of_the_program() {
        for (text, words) in [
            ("dns.server.0=x", "invalid nameserver: \"x\""),
            ("interface.0.dhcp=maybe", "invalid DHCP option: \"maybe\""),
            ("interface.0.ip.0.address=10.0.0.1", "invalid address: \"10.0.0.1\""),
            ("interface.0.route.0.gateway=10.0.0.1", "missing destination key"),
            ("interface.0.route.0.destination=10.0.0.0/8", "missing gateway key"),
            (
                "interface.0.route.0.gateway=x\ninterface.0.route.0.destination=10.0.0.0/8",
                "invalid gateway: \"x\"",
            ),
            (
                "interface.0.route.0.gateway=10.0.0.1\ninterface.0.route.0.destination=y",
                "invalid CIDR address: y",
            ),
            (
                "interface.0.mac=zz\ninterface.0.dhcp=yes",
                "error while parsing MAC address: address zz: invalid MAC address",
            ),
        ] {
            assert_eq!(convert(text), Err(NetconfError::Refused(words.to_owned())), "{text}");
        }
    }

    #[test]
    fn numbers_end_at_the_first_gap() {
        let converted = convert("interface.1.dhcp=yes").expect("converted");
        assert!(converted.interfaces.is_empty());
        let text = "interface.0.mac=00:50:56:00:00:01\ninterface.0.ip.0.address=10.0.0.5/8\n\
                    interface.0.ip.2.address=10.0.0.6/8\ndns.domain.0=a\ndns.domain.1=b";
        let converted = convert(text).expect("converted");
        assert_eq!(converted.files[0].name, "00-00:50:56:00:00:01.network");
        let network = "[Match]\nMACAddress=00:50:56:00:00:01\n\n[Network]\nDomains=a b\n\n\
                       [Address]\nAddress=10.0.0.5/8\n";
        assert_eq!(converted.files[0].content, network);
    }
}
