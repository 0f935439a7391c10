//! Version 1: a list of interfaces, name servers and routes, each with its `type`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Literal, Node, Object};

use crate::keys::forms::{STRINGS, having};
use crate::keys::v;

pub(super) static ROOT: Object = closed(&[
    key("version", one(&[Literal::Int(1)])).doc("The version of the format, which is `1`."),
    key("config", list(&items(ENTRY))).doc("Interfaces, name servers and routes."),
])
.required(&["config", "version"]);

/// That they are named is what makes the `type` of an entry choose between them.
static ENTRY: Node = any_of(&[
    same_as(&BOND),
    same_as(&BRIDGE),
    same_as(&PHYSICAL),
    same_as(&NAMESERVER).since(v(24, 1)),
    same_as(&NAMESERVER_WITH_SEARCH).until(v(24, 1)),
    same_as(&ROUTE),
    same_as(&VLAN),
]);

static BOND: Node = map(&closed(&[
    key("type", words(&["bond"])).doc("Several interfaces that act as one."),
    key("name", STR).doc("The name of the bond."),
    key("mac_address", STR).doc("The MAC address of the bond."),
    key("bond_interfaces", STRINGS).doc("The interfaces of the bond."),
    key("mtu", INT).doc(MTU),
    key("accept-ra", BOOL).since(v(26, 1)).doc(ACCEPT_RA),
    key("params", map(&BOND_PARAMETERS)).doc("How the bond works."),
    key("subnets", SUBNETS).doc("The addresses of the bond."),
])
.required(&["type", "name"]));

static BRIDGE: Node = map(&closed(&[
    key("type", words(&["bridge"])).doc("A bridge, which connects interfaces as a switch does."),
    key("name", STR).doc("The name of the bridge."),
    key("bridge_interfaces", STRINGS).doc("The interfaces that the bridge connects."),
    key("accept-ra", BOOL).since(v(26, 1)).doc(ACCEPT_RA),
    key("params", map(&BRIDGE_PARAMETERS)).doc("How the bridge works."),
    key("subnets", SUBNETS).doc("The addresses of the bridge."),
])
.required(&["type", "name", "bridge_interfaces", "params"]));

static PHYSICAL: Node = map(&closed(&[
    key("type", words(&["physical"])).doc("A network card."),
    key("name", STR).doc("The name that the interface gets."),
    key("mac_address", STR).doc("The MAC address by which the interface is found."),
    key("mtu", changed(&[(v(24, 1), types(&[INT, NULL])), (v(23, 3), INT)])).doc(MTU),
    key("subnets", SUBNETS).doc("The addresses of the interface."),
    key("accept-ra", BOOL).since(v(24, 1).patch(2)).doc(ACCEPT_RA),
    key("keep_configuration", BOOL)
        .since(v(25, 2))
        .doc("Keeps the addresses when the network service stops."),
])
.required(&["type", "name"]));

static NAMESERVER: Node = map(&closed(NAMESERVER_KEYS).required(&["type", "address"]));

/// Before 24.1, `search` must be there.
static NAMESERVER_WITH_SEARCH: Node = map(&closed(NAMESERVER_KEYS).required(&["type", "address", "search"]));

static NAMESERVER_KEYS: &[Key] = &[
    key("type", words(&["nameserver"])).doc("Name servers."),
    key("address", changed(&[(v(24, 1), types(&[STRINGS, STR])), (v(23, 3), STRINGS)]))
        .doc("The addresses of the name servers."),
    key("search", STRINGS).doc("Domains in which short names are looked up."),
    key("interface", STR).doc("The interface to use these name servers for, instead of all."),
];

static VLAN: Node = map(&closed(&[
    key("type", words(&["vlan"])).doc("A VLAN."),
    key("name", STR).doc("The name of the interface for the VLAN."),
    key("vlan_link", STR).doc("The interface that carries the VLAN."),
    key("vlan_id", INT).doc("The number of the VLAN."),
    key("mtu", INT).doc(MTU),
    key("subnets", SUBNETS).doc("The addresses in the VLAN."),
    key("mac_address", STR).since(v(25, 1).patch(1)).doc("The MAC address of the interface for the VLAN."),
    key("accept-ra", BOOL).since(v(26, 1)).doc(ACCEPT_RA),
])
.required(&["type", "name", "vlan_link", "vlan_id"]));

const MTU: &str = "The size of the largest packet, in bytes.";

const ACCEPT_RA: &str = "Whether IPv6 routers may configure the interface by their advertisements.";

static ROUTE: Node = all_of(&[
    map(&ROUTE_KEYS),
    one_of(&[map(&having(&["network", "gateway"])), map(&having(&["destination", "gateway"]))]),
]);

static ROUTE_KEYS: Object = closed(&[
    key("type", words(&["route"])).doc("A route."),
    key("network", STR).doc("The network that the route leads to, an older name of `destination`."),
    key("destination", STR).doc("The network that the route leads to, such as `10.0.0.0/8`."),
    key("netmask", STR).doc("The netmask of the network, if it is not part of its address."),
    key("gateway", STR).doc("The router to send packets to."),
    key("metric", INT).doc("The cost of the route; of several, the cheapest is used."),
]);

static SUBNETS: Node = list(&items(map(&SUBNET)));

static SUBNET: Object = closed(&[
    key(
        "type",
        dated(&[
            word("dhcp4"),
            word("dhcp"),
            word("dhcp6"),
            word("static"),
            word("static6"),
            word("ipv6_dhcpv6-stateful"),
            word("ipv6_dhcpv6-stateless"),
            word("ipv6_slaac"),
            word("manual").since(v(25, 1)),
        ]),
    )
    .doc("Where the address comes from."),
    key("control", words(&["manual", "auto", "hotplug"]))
        .doc("When the interface is brought up: at boot (`auto`), when it appears, or by hand."),
    key("address", STR).doc("The address, with the length of its prefix, such as `10.0.0.5/24`."),
    key("netmask", STR).doc("The netmask, if it is not part of the address."),
    key("broadcast", STR).since(v(24, 1).patch(1)).doc("The broadcast address."),
    key("gateway", STR).doc("The default router."),
    key("dns_nameservers", STRINGS).doc("Addresses of name servers."),
    key("dns_search", STRINGS).doc("Domains in which short names are looked up."),
    key("routes", list(&items(same_as(&ROUTE)))).doc("Additional routes through the interface."),
    key("ipv4", BOOL).since(v(24, 2)).doc("Whether the subnet is an IPv4 subnet."),
    key("ipv6", BOOL).since(v(24, 2)).doc("Whether the subnet is an IPv6 subnet."),
    key("metric", INT).doc("The cost of the routes; of several, the cheapest is used."),
]);

static BOND_PARAMETERS: Object = closed(&[
    key("bond-active_slave", STR).doc("The interface to use first, in the modes with one active interface."),
    key("bond-ad_actor_key", STR).doc("The LACP key of the bond, which the kernel reports."),
    key("bond-ad_actor_sys_prio", INT).doc("The priority of the machine in LACP."),
    key("bond-ad_actor_system", STR).doc("The MAC address of the machine in LACP."),
    key("bond-ad_aggregator", STR).doc("The number of the active aggregator, which the kernel reports."),
    key("bond-ad_num_ports", INT).doc("The ports of the active aggregator, which the kernel reports."),
    key("bond-ad_partner_key", STR).doc("The LACP key of the other side, which the kernel reports."),
    key("bond-ad_partner_mac", STR).doc("The MAC address of the other side, which the kernel reports."),
    key("bond-ad_select", STR).doc("How an aggregator is chosen in LACP."),
    key("bond-ad_user_port_key", STR).doc("The upper ten bits of the port key in LACP."),
    key("bond-all_slaves_active", STR).doc("Whether inactive interfaces also accept packets."),
    key("bond-arp_all_targets", STR).doc("Whether all of the ARP targets must answer, or any."),
    key("bond-arp_interval", INT)
        .doc("The interval between ARP requests that monitor the link, in milliseconds."),
    key("bond-arp_ip_target", STR).doc("The addresses to send these ARP requests to."),
    key("bond-arp_validate", BOOL).doc("Whether the answers to these ARP requests are validated."),
    key("bond-downdelay", INT).doc("How long a link must be down before it is disabled, in milliseconds."),
    key("bond-fail_over_mac", STR).doc("How MAC addresses change when another interface becomes active."),
    key("bond-lacp_rate", STR).doc("How often LACP packets are requested: `slow` or `fast`."),
    key("bond-lp_interval", INT).doc("The interval between learning packets to the switches, in seconds."),
    key("bond-miimon", INT).doc("The interval between checks of the links, in milliseconds."),
    key("bond-mii_status", STR).doc("The state of the link, which the kernel reports."),
    key("bond-min_links", INT).doc("How many links must be up for the bond to be up."),
    key(
        "bond-mode",
        words(&[
            "balance-rr",
            "active-backup",
            "balance-alb",
            "balance-tcp",
            "balance-tlb",
            "balance-slb",
            "balance-xor",
            "broadcast",
            "802.3ad",
        ]),
    )
    .doc("How the interfaces share the traffic."),
    key("bond-num_grat_arp", int_between(0, 255)).doc(PEER_NOTIFICATIONS),
    key("bond-num_unsol_na", int_between(0, 255)).doc(PEER_NOTIFICATIONS),
    key("bond-packets_per_slave", int_between(0, 65535))
        .doc("How many packets an interface sends before the next one takes over."),
    key("bond-peer_notif_delay", INT).doc("The interval between these notifications, in milliseconds."),
    key("bond-primary", STR).doc("The interface that is active whenever its link is up."),
    key("bond-primary_reselect", words(&["always", "better", "failure"]))
        .doc("When the primary interface becomes active again after it failed."),
    key("bond-queue_id", STR).doc("The transmit queues that belong to interfaces."),
    key("bond-resend_igmp", STR)
        .since(v(24, 4))
        .doc("How many IGMP reports are sent when another interface becomes active."),
    key("bond-slaves", STR).doc("The interfaces of the bond, separated by spaces."),
    key("bond-tlb_dynamic_lb", STR).doc("Whether flows move between interfaces as the load changes."),
    key("bond-updelay", STR).doc("How long a link must be up before it is used, in milliseconds."),
    key("bond-use_carrier", STR).doc("Whether the driver is asked if a link is up."),
    key("bond-xmit_hash_policy", STR).doc("What decides which interface sends a packet, such as `layer3+4`."),
])
.partial();

const PEER_NOTIFICATIONS: &str = "How many notifications are sent when another interface becomes active.";

static BRIDGE_PARAMETERS: Object = closed(&[
    key("bridge_ageing", INT).doc("How long the bridge remembers a MAC address, in seconds."),
    key("bridge_bridgeprio", INT).doc("The priority of the bridge; the lowest becomes the root."),
    key("bridge_fd", INT).doc("How long a port waits before it forwards packets, in seconds."),
    key("bridge_hello", INT).doc("The interval between hello packets, in seconds."),
    key("bridge_hw", STR).doc("The MAC address of the bridge."),
    key("bridge_maxage", INT).doc("How long the bridge waits for a hello packet, in seconds."),
    key("bridge_maxwait", INT).doc("How long the boot waits for the bridge to be ready, in seconds."),
    key("bridge_pathcost", STRINGS).doc("The costs of ports, each as `PORT COST`."),
    key("bridge_portprio", STRINGS).doc("The priorities of ports, each as `PORT PRIORITY`."),
    key("bridge_ports", STRINGS).doc("The interfaces that the bridge connects."),
    key("bridge_stp", words(&["on", "off"])).doc("Whether the bridge prevents loops with STP."),
    key("bridge_waitport", STRINGS).doc("How long the boot waits for each port, as `SECONDS PORT`."),
]);
