//! Version 2: interfaces by name, as in netplan.

use dryboot_schema::build::*;
use dryboot_schema::{Literal, Node, Object};

use crate::keys::forms::STRINGS;
use crate::keys::v;

pub(super) static ROOT: Object = closed(&[
    key("version", one(&[Literal::Int(2)])).doc("The version of the format, which is `2`."),
    key("renderer", RENDERER).doc("The service that configures the network."),
    key("ethernets", map(&open(&[]).each(&ETHERNET))).doc("Network cards, each under a name."),
    key("bonds", map(&open(&[]).each(&BOND))).doc("Bonds, each under its name."),
    key("bridges", map(&open(&[]).each(&BRIDGE))).doc("Bridges, each under its name."),
    key("vlans", map(&open(&[]).each(&VLAN))).doc("VLANs, each under the name of its interface."),
])
.required(&["version"]);

static RENDERER: Node = words(&["networkd", "NetworkManager"]);

static ETHERNET: Node = all_of(&[map(&CARD), map(&INTERFACE)])
    .doc("A network card: the name of the interface, or any name if there is `match`.");

static BOND: Node = all_of(&[map(&BONDED), map(&INTERFACE)]).doc("Several interfaces that act as one.");

static BRIDGE: Node =
    all_of(&[map(&BRIDGED), map(&INTERFACE)]).doc("A bridge, which connects interfaces as a switch does.");

static VLAN: Node = all_of(&[map(&TAGGED), map(&INTERFACE)]).doc("An interface for a VLAN.");

static INTERFACE: Object = open(&[
    key("renderer", RENDERER).doc("The service that configures this interface."),
    key("dhcp4", YES_OR_NO).doc("Whether to get an IPv4 address by DHCP."),
    key("dhcp6", YES_OR_NO).doc("Whether to get an IPv6 address by DHCP."),
    key("dhcp4-overrides", map(&DHCP_OVERRIDES)).doc("What to use from the answers of IPv4 DHCP servers."),
    key("dhcp6-overrides", map(&DHCP_OVERRIDES)).doc("What to use from the answers of IPv6 DHCP servers."),
    key("addresses", STRINGS).doc("Addresses, each with the length of its prefix, such as `10.0.0.5/24`."),
    key("gateway4", STR).doc("The IPv4 router; replaced by a route to `default` in `routes`."),
    key("gateway6", STR).doc("The IPv6 router; replaced by a route to `default` in `routes`."),
    key("optional", BOOL).since(v(24, 4)).doc("Lets the boot continue without waiting for the interface."),
    key("mtu", INT).doc("The size of the largest packet, in bytes."),
    key("nameservers", map(&NAMESERVERS)).doc("Name servers to use for this interface."),
    key("routes", list(&items(map(&ROUTE)))).doc("Routes through the interface."),
]);

static YES_OR_NO: Node =
    one(&[Literal::Str("yes"), Literal::Str("no"), Literal::Bool(true), Literal::Bool(false)]);

static DHCP_OVERRIDES: Object = closed(&[
    key("hostname", STR).doc("The host name to send to the server, instead of the one of the machine."),
    key("route-metric", INT).doc("The cost of the routes from the server."),
    key("send-hostname", BOOL).doc("Whether to send a host name to the server."),
    key("use-dns", BOOL).doc("Whether to use the name servers from the server."),
    key("use-domains", STR).doc("Whether to use the domains from the server."),
    key("use-hostname", BOOL).doc("Whether to use the host name from the server."),
    key("use-mtu", BOOL).doc("Whether to use the MTU from the server."),
    key("use-ntp", BOOL).doc("Whether to use the time servers from the server."),
    key("use-routes", BOOL).doc("Whether to use the routes from the server."),
]);

static NAMESERVERS: Object = closed(&[
    key("search", STRINGS).doc("Domains in which short names are looked up."),
    key("addresses", STRINGS).doc("The addresses of the name servers."),
]);

static ROUTE: Object = closed(&[
    key("to", STR).doc("The network that the route leads to, such as `10.0.0.0/8` or `default`."),
    key("via", STR).doc("The router to send packets to."),
    key("metric", INT).doc("The cost of the route; of several, the cheapest is used."),
])
.required(&["to"]);

static CARD: Object = open(&[
    key("match", map(&MATCH)).doc("How the card is found, if not by its name."),
    key("set-name", STR).doc("The name that the interface gets."),
    key("wakeonlan", BOOL).doc("Whether the machine can be woken through this card."),
])
.partial();

static MATCH: Object = closed(&[
    key("name", STR).doc("The name of the interface; `*` stands for anything."),
    key("macaddress", STR).doc("The MAC address of the card."),
    key("driver", STR).doc("The kernel driver of the card; `*` stands for anything."),
]);

static BONDED: Object = open(&[
    key("interfaces", STRINGS).doc("The interfaces of the bond."),
    key("parameters", map(&BOND_PARAMETERS)).doc("How the bond works."),
])
.partial();

static BRIDGED: Object = open(&[
    key("interfaces", STRINGS).doc("The interfaces that the bridge connects."),
    key("parameters", map(&BRIDGE_PARAMETERS)).doc("How the bridge works."),
])
.partial();

static TAGGED: Object = open(&[
    key("id", INT).doc("The number of the VLAN."),
    key("link", STR).doc("The interface that carries the VLAN."),
])
.partial();

static BOND_PARAMETERS: Object = open(&[
    key(
        "mode",
        words(&[
            "balance-rr",
            "active-backup",
            "balance-xor",
            "broadcast",
            "802.3ad",
            "balance-tlb",
            "balance-alb",
        ]),
    )
    .doc("How the interfaces share the traffic."),
    key("lacp-rate", words(&["fast", "slow"])).doc("How often LACP packets are requested."),
    key("mii-monitor-interval", STR).doc("The interval between checks of the links, in milliseconds."),
    key("min-links", INT).doc("How many links must be up for the bond to be up."),
    key("transmit-hash-policy", words(&["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4"]))
        .doc("What decides which interface sends a packet."),
    key("ad-select", words(&["stable", "bandwidth", "count"])).doc("How an aggregator is chosen in LACP."),
    key("all-slaves-active", BOOL).doc("Whether inactive interfaces also accept packets."),
    key("arp-interval", INT).doc("The interval between ARP requests that monitor the link, in milliseconds."),
    key("arp-ip-targets", STRINGS).doc("The addresses to send these ARP requests to."),
    key("arp-validate", words(&["none", "active", "backup", "all"]))
        .doc("Which answers to these ARP requests are validated."),
    key("arp-all-targets", words(&["any", "all"])).doc("Whether all of the ARP targets must answer, or any."),
    key("up-delay", INT).doc("How long a link must be up before it is used, in milliseconds."),
    key("down-delay", INT).doc("How long a link must be down before it is disabled, in milliseconds."),
    key("fail-over-mac-policy", words(&["none", "active", "follow"]))
        .doc("How MAC addresses change when another interface becomes active."),
    key("gratuitous-arp", INT).doc("How many notifications are sent when another interface becomes active."),
    key("packets-per-slave", INT).doc("How many packets an interface sends before the next one takes over."),
    key("primary-reselect-policy", words(&["always", "better", "failure"]))
        .doc("When the primary interface becomes active again after it failed."),
    key("learn-packet-interval", STR)
        .doc("The interval between learning packets to the switches, in seconds."),
]);

static BRIDGE_PARAMETERS: Object = open(&[
    key("ageing-time", INT).doc("How long the bridge remembers a MAC address, in seconds."),
    key("priority", INT).doc("The priority of the bridge; the lowest becomes the root."),
    key("forward-delay", INT).doc("How long a port waits before it forwards packets, in seconds."),
    key("hello-time", INT).doc("The interval between hello packets, in seconds."),
    key("max-age", INT).doc("How long the bridge waits for a hello packet, in seconds."),
    key("path-cost", INT).doc("The cost of the ports."),
    key("stp", BOOL).doc("Whether the bridge prevents loops with STP."),
]);
