//! Certificates, random numbers, drivers, boards, containers and the installer.
//!
//! Read by the modules `ca_certs`, `seed_random`, `ubuntu_drivers`, `raspberry_pi`, `lxd`, `byobu` and
//! `ubuntu_autoinstall`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::forms::{SOME_STRINGS, STRINGS};
use super::{gone, v};

pub(super) static KEYS: [Key; 8] = [
    // Module `ca_certs`
    key("ca_certs", map(&CA_CERTS))
        .since(v(22, 1))
        .works_since(v(22, 1))
        .doc("Adds certificate authorities that the machine trusts, or removes those of the distribution."),
    key("ca-certs", map(&CA_CERTS))
        .since(v(22, 1))
        .deprecated(&gone(v(22, 3), v(22, 3), "`ca_certs`"))
        .doc("The old spelling of `ca_certs`."),
    // Module `seed_random`
    key("random_seed", map(&RANDOM_SEED))
        .since(v(22, 2))
        .doc("Seeds the random number generator before keys are generated."),
    // Module `ubuntu_drivers`
    key("drivers", map(&closed(&[key("nvidia", map(&NVIDIA)).doc("The drivers for NVIDIA GPUs.")])))
        .since(v(19, 1))
        .works_since(v(19, 1))
        .doc("Installs third-party drivers on Ubuntu."),
    // Module `raspberry_pi`
    key("rpi", map(&RPI))
        .since(v(25, 2))
        .works_since(v(25, 2))
        .doc("Enables or disables interfaces of a Raspberry Pi, on Raspberry Pi OS."),
    // Module `lxd`
    key("lxd", map(&LXD)).since(v(22, 2)).doc("Installs and initialises LXD, on Ubuntu."),
    // Module `byobu`
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
    .since(v(22, 1))
    .doc(
        "Enables or disables the terminal multiplexer Byobu at login, for the default user or for everyone.",
    ),
    // Module `ubuntu_autoinstall`
    // The installer acts on it, whatever the release.
    key("autoinstall", map(&AUTOINSTALL))
        .since(v(22, 3))
        .doc("Answers for the Ubuntu installer; cloud-init itself only checks `version`."),
];

static CA_CERTS: Object = closed(&[
    key("remove-defaults", BOOL)
        .deprecated(&gone(v(22, 3), v(22, 3), "`remove_defaults`"))
        .doc("The old spelling of `remove_defaults`."),
    key("remove_defaults", BOOL)
        .works_since(v(22, 1))
        .default("false")
        .doc("Stops trusting the distribution's certificate authorities."),
    key("trusted", SOME_STRINGS).doc("Certificates to trust, each in PEM format."),
])
.min(1);

static RANDOM_SEED: Object = closed(&[
    key("file", STR).default("/dev/urandom").doc("The file to write the seed to."),
    key("data", STR).doc("The seed, encoded as `encoding` says; a seed from the cloud is added to it."),
    key("encoding", words(&["raw", "base64", "b64", "gzip", "gz"]))
        .default("raw")
        .doc("How `data` is encoded."),
    key("command", STRINGS).doc("A command to run for more randomness, with its arguments."),
    key("command_required", BOOL)
        .default("false")
        .doc("Whether it is an error if the command is missing or fails."),
]);

static NVIDIA: Object = closed(&[
    key("license-accepted", BOOL).doc("Whether you accept the licence; nothing is installed otherwise."),
    key("version", STR).doc("The version to install, instead of the newest."),
])
.required(&["license-accepted"]);

static RPI: Object = open(&[
    key("interfaces", map(&RPI_INTERFACES)).doc("Interfaces of the board to switch on."),
    key("enable_usb_gadget", BOOL)
        .since(v(26, 1))
        .works_since(v(26, 1))
        .default("false")
        .doc("Lets the board be a network device on the USB port of another computer."),
    key("enable_rpi_connect", BOOL)
        .until(v(26, 1))
        .doc("Switches on Raspberry Pi Connect, for access from a browser."),
]);

static RPI_INTERFACES: Object = open(&[
    key("spi", BOOL).default("false").doc("Switches on the SPI bus."),
    key("i2c", BOOL).default("false").doc("Switches on the I2C bus."),
    key("serial", one_of(&[BOOL, map(&RPI_SERIAL)]))
        .default("false")
        .doc("Switches on the serial port, with a console on it or without."),
    key("onewire", BOOL).default("false").doc("Switches on the 1-Wire bus."),
    key("remote_gpio", BOOL).until(v(25, 3)).doc("Lets other machines use the GPIO pins."),
]);

static RPI_SERIAL: Object = open(&[
    key("console", BOOL).default("false").doc("Whether logins on the serial port are possible."),
    key("hardware", BOOL).default("false").doc("Whether the serial port itself is on."),
]);

static LXD: Object = closed(&[
    key("init", changed(&[(v(22, 3), map(&closed(LXD_INIT))), (v(22, 2), map(&open(LXD_INIT)))]))
        .doc("Options for `lxd init`."),
    key(
        "bridge",
        changed(&[
            (v(22, 3), map(&closed(LXD_BRIDGE).required(&["mode"]))),
            (v(22, 2), map(&open(LXD_BRIDGE).required(&["mode"]))),
        ]),
    )
    .doc("The bridge that connects containers to the network."),
    key("preseed", STR)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .doc("The whole configuration for `lxd init --preseed`, instead of `init` and `bridge`."),
])
.min(1);

static LXD_INIT: &[Key] = &[
    key("network_address", STR).doc("The address that LXD listens on."),
    key("network_port", INT).doc("The port that LXD listens on."),
    key(
        "storage_backend",
        dated(&[word("zfs"), word("dir"), word("lvm").since(v(22, 3)), word("btrfs").since(v(22, 3))]),
    )
    .default("dir")
    .doc("How containers are stored."),
    key("storage_create_device", STR).doc("The disk or partition that containers are stored on."),
    key("storage_create_loop", INT).doc("The size in GB of a file that containers are stored in."),
    key("storage_pool", STR).doc("The name of the storage pool to use or create."),
    key("trust_password", STR).doc("The password with which clients become trusted."),
];

static LXD_BRIDGE: &[Key] = &[
    key("mode", words(&["none", "existing", "new"]))
        .doc("Whether to create a bridge, use an existing one, or use none."),
    key("name", STR).default("lxdbr0").doc("The name of the bridge."),
    key("mtu", int_from(-1))
        .since(v(22, 3))
        .works_since(v(22, 3))
        .default("-1")
        .doc("The MTU of the bridge; `-1` leaves it to LXD."),
    key("ipv4_address", STR).doc("The IPv4 address of the bridge."),
    key("ipv4_netmask", INT).doc("The length of the IPv4 prefix, such as `24`."),
    key("ipv4_dhcp_first", STR).doc("The first IPv4 address that DHCP hands out."),
    key("ipv4_dhcp_last", STR).doc("The last IPv4 address that DHCP hands out."),
    key("ipv4_dhcp_leases", INT).doc("How many IPv4 addresses DHCP hands out at most."),
    key("ipv4_nat", BOOL).default("false").doc("Whether IPv4 packets get the address of the machine (NAT)."),
    key("ipv6_address", STR).doc("The IPv6 address of the bridge."),
    key("ipv6_netmask", INT).doc("The length of the IPv6 prefix, such as `64`."),
    key("ipv6_nat", BOOL).default("false").doc("Whether IPv6 packets get the address of the machine (NAT)."),
    key("domain", STR).doc("The domain for the names of containers."),
];

static AUTOINSTALL: Object =
    open(&[key("version", INT).doc("The version of the format, which is `1`.")]).required(&["version"]);
