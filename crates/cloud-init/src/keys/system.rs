//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::{gone, v};

pub(super) static KEYS: [Key; 8] = [
    // cc_byobu
    key(
        "byobu_by_default",
        words(&[
            "enable-system",
            "enable-user",
            "disable-system",
            "disable-user",
            "enable",
            "disable",
            "user",
            "system",
        ]),
    )
    .since(v(22, 1)),
    // cc_ca_certs
    key("ca_certs", map(&CA_CERTS)).since(v(22, 1)).works_since(v(22, 1)),
    key(
        "ca-certs",
        changed(&[
            (
                v(22, 3),
                all_of(&[
                    map(&closed(&[
                        key("remove-defaults", BOOL).deprecated(&gone(v(22, 3), v(22, 3), "")),
                        key("remove_defaults", BOOL).works_since(v(22, 1)),
                        key("trusted", list(&items(STR).min(1))),
                    ])
                    .min(1)),
                    ANY.deprecated(&gone(v(22, 3), v(22, 3), "")),
                ]),
            ),
            (
                v(22, 1),
                map(&closed(&[
                    key("remove-defaults", BOOL).deprecated(&gone(v(0, 0), v(22, 2), "")),
                    key("remove_defaults", BOOL).works_since(v(22, 1)),
                    key("trusted", list(&items(STR).min(1))),
                ])
                .min(1)),
            ),
        ]),
    )
    .since(v(22, 1)),
    // cc_lxd
    key("lxd", map(&LXD)).since(v(22, 2)),
    // cc_raspberry_pi
    key("rpi", map(&RPI)).since(v(25, 2)).works_since(v(25, 2)),
    // cc_rsyslog
    key("rsyslog", map(&RSYSLOG)).since(v(22, 2)),
    // cc_seed_random
    key("random_seed", map(&RANDOM_SEED)).since(v(22, 2)),
    // cc_ubuntu_drivers
    key(
        "drivers",
        map(&closed(&[key(
            "nvidia",
            map(&closed(&[
                key("license-accepted", BOOL).works_since(v(19, 1)),
                key("version", STR).works_since(v(19, 1)),
            ])
            .required(&["license-accepted"])),
        )
        .works_since(v(19, 1))])),
    )
    .since(v(19, 1))
    .works_since(v(19, 1)),
];

static CA_CERTS: Object = closed(&[
    key("remove-defaults", BOOL).deprecated(&gone(v(22, 3), v(22, 2), "")).works_since(v(22, 1)),
    key("remove_defaults", BOOL).works_since(v(22, 1)),
    key("trusted", list(&items(STR).min(1))).works_since(v(22, 1)),
])
.min(1);

static LXD_INIT_KEYS: &[Key] = &[
    key("network_address", STR),
    key("network_port", INT),
    key(
        "storage_backend",
        dated(&[word("zfs"), word("dir"), word("lvm").since(v(22, 3)), word("btrfs").since(v(22, 3))]),
    ),
    key("storage_create_device", STR),
    key("storage_create_loop", INT),
    key("storage_pool", STR),
    key("trust_password", STR),
];

static LXD_BRIDGE_KEYS: &[Key] = &[
    key("mode", words(&["none", "existing", "new"])),
    key("name", STR),
    key("mtu", int_from(-1)).since(v(22, 3)).works_since(v(22, 3)),
    key("ipv4_address", STR),
    key("ipv4_netmask", INT),
    key("ipv4_dhcp_first", STR),
    key("ipv4_dhcp_last", STR),
    key("ipv4_dhcp_leases", INT),
    key("ipv4_nat", BOOL),
    key("ipv6_address", STR),
    key("ipv6_netmask", INT),
    key("ipv6_nat", BOOL),
    key("domain", STR),
];

static LXD: Object = closed(&[
    key("init", changed(&[(v(22, 3), map(&closed(LXD_INIT_KEYS))), (v(22, 2), map(&open(LXD_INIT_KEYS)))])),
    key(
        "bridge",
        changed(&[
            (v(22, 3), map(&closed(LXD_BRIDGE_KEYS).required(&["mode"]))),
            (v(22, 2), map(&open(LXD_BRIDGE_KEYS).required(&["mode"]))),
        ]),
    ),
    key("preseed", STR).since(v(22, 4)).works_since(v(22, 4)),
])
.min(1);

static RPI_INTERFACES: Object = open(&[
    key("spi", BOOL).works_since(v(25, 2)),
    key("i2c", BOOL).works_since(v(25, 2)),
    key(
        "serial",
        one_of(&[
            BOOL,
            map(&open(&[
                key("console", BOOL).works_since(v(25, 2)),
                key("hardware", BOOL).works_since(v(25, 2)),
            ])),
        ]),
    )
    .works_since(v(25, 2)),
    key("onewire", BOOL).works_since(v(25, 2)),
    key("remote_gpio", BOOL).until(v(25, 3)).works_since(v(25, 2)),
]);

static RPI: Object = open(&[
    key("interfaces", map(&RPI_INTERFACES)).works_since(v(25, 2)),
    key("enable_usb_gadget", BOOL).since(v(26, 1)).works_since(v(26, 1)),
    key("enable_rpi_connect", BOOL).until(v(26, 1)).works_since(v(25, 2)),
]);

static RSYSLOG: Object = closed(&[
    key("config_dir", STR),
    key("config_filename", STR),
    key(
        "configs",
        list(&items(one_of(&[
            STR,
            map(&closed(&[key("filename", STR), key("content", STR)]).required(&["content"])),
        ]))),
    ),
    key("remotes", map(&open(&[]))),
    key("service_reload_command", one_of(&[words(&["auto"]), list(&items(STR))])),
    key("install_rsyslog", BOOL).since(v(23, 3)).works_since(v(23, 3)),
    key("check_exe", STR).since(v(23, 3)).works_since(v(23, 3)),
    key("packages", list(&items(STR).unique())).since(v(23, 3)).works_since(v(23, 3)),
]);

static RANDOM_SEED: Object = closed(&[
    key("file", STR),
    key("data", STR),
    key("encoding", words(&["raw", "base64", "b64", "gzip", "gz"])),
    key("command", list(&items(STR))),
    key("command_required", BOOL),
]);
