//! The network configuration: version 1 is cloud-init's own, version 2 is netplan's.

use dryboot_schema::build::*;
use dryboot_schema::{Literal, Node, Object};

use super::v;

/// Version 1.
pub static VERSION_1: Node =
    one_of(&[map(&V1), map(&closed(&[key("network", map(&V1))]).required(&["network"]).partial())]);

/// Version 2, and what names no version that there is.
pub static VERSION_2: Node =
    one_of(&[map(&V2), map(&closed(&[key("network", map(&V2))]).required(&["network"]).partial())]);

static V1: Object = closed(&[
    key("version", one(&[Literal::Int(1)])),
    key(
        "config",
        list(&items(any_of(&[
            same_as(&BOND),
            same_as(&BRIDGE),
            same_as(&PHYSICAL),
            same_as(&NAMESERVER),
            same_as(&ROUTE),
            same_as(&VLAN),
        ]))),
    ),
])
.required(&["config", "version"]);

static BOND: Node = map(&closed(&[
    key("type", words(&["bond"])),
    key("name", STR),
    key("mac_address", STR),
    key("bond_interfaces", list(&items(STR))),
    key("mtu", INT),
    key("accept-ra", BOOL),
    key("params", map(&BOND_PARAMS)),
    key("subnets", list(&items(map(&SUBNET)))),
])
.required(&["type", "name"]));

static BRIDGE: Node = map(&closed(&[
    key("type", words(&["bridge"])),
    key("name", STR),
    key("bridge_interfaces", list(&items(STR))),
    key("accept-ra", BOOL),
    key("params", map(&BRIDGE_PARAMS)),
    key("subnets", list(&items(map(&SUBNET)))),
])
.required(&["type", "name", "bridge_interfaces", "params"]));

static PHYSICAL: Node = map(&closed(&[
    key("type", words(&["physical"])),
    key("name", STR),
    key("mac_address", STR),
    key("mtu", types(&[INT, NULL])),
    key("subnets", list(&items(map(&SUBNET)))),
    key("accept-ra", BOOL),
    key("keep_configuration", BOOL),
])
.required(&["type", "name"]));

static NAMESERVER: Node = map(&closed(&[
    key("type", words(&["nameserver"])),
    key("address", types(&[list(&items(STR)), STR])),
    key("search", list(&items(STR))),
    key("interface", STR),
])
.required(&["type", "address"]));

static VLAN: Node = map(&closed(&[
    key("type", words(&["vlan"])),
    key("name", STR),
    key("vlan_link", STR),
    key("vlan_id", INT),
    key("mtu", INT),
    key("subnets", list(&items(map(&SUBNET)))),
    key("mac_address", STR),
    key("accept-ra", BOOL),
])
.required(&["type", "name", "vlan_link", "vlan_id"]));

static ROUTE: Node = all_of(&[
    map(&ROUTE_KEYS),
    one_of(&[
        map(&open(&[]).required(&["network", "gateway"]).partial()),
        map(&open(&[]).required(&["destination", "gateway"]).partial()),
    ]),
]);

static ROUTE_KEYS: Object = closed(&[
    key("type", words(&["route"])),
    key("network", STR),
    key("destination", STR),
    key("netmask", STR),
    key("gateway", STR),
    key("metric", INT),
]);

static SUBNET: Object = closed(&[
    key(
        "type",
        words(&[
            "dhcp4",
            "dhcp",
            "dhcp6",
            "static",
            "static6",
            "ipv6_dhcpv6-stateful",
            "ipv6_dhcpv6-stateless",
            "ipv6_slaac",
            "manual",
        ]),
    ),
    key("control", words(&["manual", "auto", "hotplug"])),
    key("address", STR),
    key("netmask", STR),
    key("broadcast", STR),
    key("gateway", STR),
    key("dns_nameservers", list(&items(STR))),
    key("dns_search", list(&items(STR))),
    key("routes", list(&items(same_as(&ROUTE)))),
    key("ipv4", BOOL),
    key("ipv6", BOOL),
    key("metric", INT),
]);

static BOND_PARAMS: Object = closed(&[
    key("bond-active_slave", STR),
    key("bond-ad_actor_key", STR),
    key("bond-ad_actor_sys_prio", INT),
    key("bond-ad_actor_system", STR),
    key("bond-ad_aggregator", STR),
    key("bond-ad_num_ports", INT),
    key("bond-ad_partner_key", STR),
    key("bond-ad_partner_mac", STR),
    key("bond-ad_select", STR),
    key("bond-ad_user_port_key", STR),
    key("bond-all_slaves_active", STR),
    key("bond-arp_all_targets", STR),
    key("bond-arp_interval", INT),
    key("bond-arp_ip_target", STR),
    key("bond-arp_validate", BOOL),
    key("bond-downdelay", INT),
    key("bond-fail_over_mac", STR),
    key("bond-lacp_rate", STR),
    key("bond-lp_interval", INT),
    key("bond-miimon", INT),
    key("bond-mii_status", STR),
    key("bond-min_links", INT),
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
    ),
    key("bond-num_grat_arp", int_between(0, 255)),
    key("bond-num_unsol_na", int_between(0, 255)),
    key("bond-packets_per_slave", int_between(0, 65535)),
    key("bond-peer_notif_delay", INT),
    key("bond-primary", STR),
    key("bond-primary_reselect", words(&["always", "better", "failure"])),
    key("bond-queue_id", STR),
    key("bond-resend_igmp", STR),
    key("bond-slaves", STR),
    key("bond-tlb_dynamic_lb", STR),
    key("bond-updelay", STR),
    key("bond-use_carrier", STR),
    key("bond-xmit_hash_policy", STR),
])
.partial();

static BRIDGE_PARAMS: Object = closed(&[
    key("bridge_ageing", INT),
    key("bridge_bridgeprio", INT),
    key("bridge_fd", INT),
    key("bridge_hello", INT),
    key("bridge_hw", STR),
    key("bridge_maxage", INT),
    key("bridge_maxwait", INT),
    key("bridge_pathcost", list(&items(STR))),
    key("bridge_portprio", list(&items(STR))),
    key("bridge_ports", list(&items(STR))),
    key("bridge_stp", words(&["on", "off"])),
    key("bridge_waitport", list(&items(STR))),
]);

static DHCP_OVERRIDES: Object = closed(&[
    key("hostname", STR),
    key("route-metric", INT),
    key("send-hostname", BOOL),
    key("use-dns", BOOL),
    key("use-domains", STR),
    key("use-hostname", BOOL),
    key("use-mtu", BOOL),
    key("use-ntp", BOOL),
    key("use-routes", BOOL),
]);

static MAPPING: Object = open(&[
    key("renderer", words(&["networkd", "NetworkManager"])),
    key("dhcp4", one(&[Literal::Str("yes"), Literal::Str("no"), Literal::Bool(true), Literal::Bool(false)])),
    key("dhcp6", one(&[Literal::Str("yes"), Literal::Str("no"), Literal::Bool(true), Literal::Bool(false)])),
    key("dhcp4-overrides", map(&DHCP_OVERRIDES)),
    key("dhcp6-overrides", map(&DHCP_OVERRIDES)),
    key("addresses", list(&items(STR))),
    key("gateway4", STR),
    key("gateway6", STR),
    key("optional", BOOL).since(v(24, 4)),
    key("mtu", INT),
    key(
        "nameservers",
        map(&closed(&[key("search", list(&items(STR))), key("addresses", list(&items(STR)))])),
    ),
    key(
        "routes",
        list(&items(map(&closed(&[key("to", STR), key("via", STR), key("metric", INT)]).required(&["to"])))),
    ),
]);

static ETHERNETS: Object = open(&[]).each(&all_of(&[
    map(&open(&[
        key("match", map(&closed(&[key("name", STR), key("macaddress", STR), key("driver", STR)]))),
        key("set-name", STR),
        key("wakeonlan", BOOL),
    ])
    .partial()),
    map(&MAPPING),
]));

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
    ),
    key("lacp-rate", words(&["fast", "slow"])),
    key("mii-monitor-interval", STR),
    key("min-links", INT),
    key("transmit-hash-policy", words(&["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4"])),
    key("ad-select", words(&["stable", "bandwidth", "count"])),
    key("all-slaves-active", BOOL),
    key("arp-interval", INT),
    key("arp-ip-targets", list(&items(STR))),
    key("arp-validate", words(&["none", "active", "backup", "all"])),
    key("arp-all-targets", words(&["any", "all"])),
    key("up-delay", INT),
    key("down-delay", INT),
    key("fail-over-mac-policy", words(&["none", "active", "follow"])),
    key("gratuitous-arp", INT),
    key("packets-per-slave", INT),
    key("primary-reselect-policy", words(&["always", "better", "failure"])),
    key("learn-packet-interval", STR),
]);

static BRIDGE_PARAMETERS: Object = open(&[
    key("ageing-time", INT),
    key("priority", INT),
    key("forward-delay", INT),
    key("hello-time", INT),
    key("max-age", INT),
    key("path-cost", INT),
    key("stp", BOOL),
]);

static V2: Object = closed(&[
    key("version", one(&[Literal::Int(2)])),
    key("renderer", words(&["networkd", "NetworkManager"])),
    key("ethernets", map(&ETHERNETS)),
    key(
        "bonds",
        map(&open(&[]).each(&all_of(&[
            map(&open(&[key("interfaces", list(&items(STR))), key("parameters", map(&BOND_PARAMETERS))])
                .partial()),
            map(&MAPPING),
        ]))),
    ),
    key(
        "bridges",
        map(&open(&[]).each(&all_of(&[
            map(&open(&[key("interfaces", list(&items(STR))), key("parameters", map(&BRIDGE_PARAMETERS))])
                .partial()),
            map(&MAPPING),
        ]))),
    ),
    key(
        "vlans",
        map(&open(&[])
            .each(&all_of(&[map(&open(&[key("id", INT), key("link", STR)]).partial()), map(&MAPPING)]))),
    ),
])
.required(&["version"]);
