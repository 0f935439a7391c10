//! What user-data may say about the network: name resolution, time servers and tunnels.
//!
//! Read by the modules `resolv_conf`, `ntp`, `wireguard`, `fan` and `disable_ec2_metadata`. Interfaces and addresses
//! are set in a file of their own: see [`network_config`](super::network_config).

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::{DISTINCT_STRINGS, FREE_MAPPING};
use super::patterns::HOST_NAME;
use super::v;

pub(super) static KEYS: [Key; 6] = [
    // Module `resolv_conf`
    key("manage_resolv_conf", BOOL)
        .since(v(22, 2))
        .default("false")
        .doc("Writes `/etc/resolv.conf` from `resolv_conf`; Debian and Ubuntu ignore it."),
    key("resolv_conf", map(&RESOLV_CONF))
        .since(v(22, 2))
        .doc("What goes into `/etc/resolv.conf` if `manage_resolv_conf` is true."),
    // Module `ntp`
    key("ntp", types(&[NULL, map(&NTP)]))
        .doc("Installs a time client if needed, and sets its servers, by default those of the distribution."),
    // Module `wireguard`
    key("wireguard", types(&[NULL, map(&WIREGUARD)]))
        .since(v(22, 3))
        .works_since(v(22, 3))
        .doc("Sets up WireGuard tunnels and starts them on every boot."),
    // Module `fan`
    key("fan", map(&FAN)).since(v(22, 2)).doc("Sets up Ubuntu's fan network for containers."),
    // Module `disable_ec2_metadata`
    key("disable_ec2_metadata", BOOL)
        .since(v(22, 1))
        .default("false")
        .doc("Blocks access to the metadata service at `169.254.169.254` on every boot."),
];

static RESOLV_CONF: Object = closed(&[
    key("nameservers", ANYTHINGS).doc("Addresses of name servers."),
    key("searchdomains", ANYTHINGS).doc("Domains in which short names are looked up."),
    key("domain", STR).doc("The domain of the machine."),
    key("sortlist", ANYTHINGS).doc("Networks whose addresses are preferred, as `address/netmask`."),
    key("options", FREE_MAPPING).doc("Options of the resolver, such as `timeout: 1`."),
]);

/// A list whose items nobody checks.
static ANYTHINGS: Node = list(&items(ANY));

static NTP: Object = closed(&[
    key("pools", HOSTS).doc("Names of pools of time servers; a pool stands for several servers."),
    key("servers", HOSTS).doc("Names or addresses of time servers."),
    key("peers", HOSTS)
        .since(v(23, 2))
        .works_since(v(23, 2))
        .doc("Names or addresses of peers to synchronise the time with."),
    key("allow", DISTINCT_STRINGS)
        .since(v(23, 2))
        .works_since(v(23, 2))
        .doc("Networks whose machines may ask this one for the time."),
    key("ntp_client", STR)
        .since(v(18, 3))
        .works_since(v(18, 3))
        .default("auto")
        .doc("The client, such as `chrony`; `auto` picks an installed one or the usual one."),
    key("enabled", BOOL)
        .since(v(18, 3))
        .works_since(v(18, 3))
        .default("true")
        .doc("Whether to set up a time client at all."),
    key("config", map(&NTP_CLIENT))
        .since(v(18, 3))
        .works_since(v(18, 3))
        .doc("Describes a client that cloud-init does not know, or changes how one is set up."),
]);

static HOSTS: Node = list(&items(matching(&HOST_NAME)).unique());

static NTP_CLIENT: Object = closed(&[
    key("confpath", STR).doc("The configuration file of the client."),
    key("check_exe", STR).doc("The program of the client; if it is missing, `packages` are installed."),
    key("packages", DISTINCT_STRINGS).doc("The packages to install if the client is missing."),
    key("service_name", STR).doc("The service to restart when the configuration is written."),
    key("template", STR).doc("The configuration, as a Jinja template with `servers` and `pools`."),
])
.min(1);

static WIREGUARD: Object = closed(&[
    key("interfaces", list(&items(map(&WIREGUARD_INTERFACE)).min(1))).doc("The interfaces to create."),
    key("readinessprobe", DISTINCT_STRINGS).doc("Commands that check whether the tunnels work."),
])
.required(&["interfaces"])
.min(1);

static WIREGUARD_INTERFACE: Object = closed(&[
    key("name", STR).doc("The name of the interface, such as `wg0`."),
    key("config_path", STR).doc("The file to write `content` to, such as `/etc/wireguard/wg0.conf`."),
    key("content", STR).doc("The configuration for `wg-quick`, with the private key."),
]);

static FAN: Object = closed(&[
    key("config", STR).doc("The configuration for `fanctl`."),
    key("config_path", STR).default("/etc/network/fan").doc("The file to write `config` to."),
])
.required(&["config"]);
