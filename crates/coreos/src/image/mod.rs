//! The images: what is on their disks before the program runs.

use dryboot_machine::{Image, ImageUnits};
use dryboot_systemd::Release;

use crate::Target;

/// Where the addresses of the machine are, for the program and for users.
pub const ENVIRONMENT: &str = "/etc/environment";

/// The last image of CoreOS.
pub static COREOS: Image = image(
    ImageUnits {
        release: Release::COREOS,
        files: include_str!("coreos.units"),
        others: OTHERS,
        gone: GONE,
        backbone: BACKBONE,
        devices: DEVICES,
    },
    COREOS_ACCOUNTS,
);

/// An image of Flatcar.
pub static FLATCAR: Image = image(
    ImageUnits {
        release: Release::FLATCAR,
        files: include_str!("flatcar.units"),
        others: OTHERS,
        gone: GONE,
        backbone: BACKBONE,
        devices: DEVICES,
    },
    FLATCAR_ACCOUNTS,
);

/// The image that runs a target.
#[must_use]
pub fn of(target: Target) -> &'static Image {
    match target {
        Target::CoreOs => &COREOS,
        Target::Flatcar => &FLATCAR,
    }
}

/// Units of which nothing matters but that images, or those of a cloud, have them.
///
/// Source: the unit files in coreos/coreos-overlay and flatcar/scripts, and those of systemd.
const OTHERS: &str = include_str!("others.txt");

/// Units that images had until early 2018. coreos-cloudinit 1.14.0 says of their sections that they are no longer
/// shipped.
const GONE: &[&str] = &["etcd.service", "etcd2.service", "fleet.service", "fleet.socket"];

/// Source: `baselayout/passwd` in coreos/baselayout.
const COREOS_ACCOUNTS: &[&str] = &[
    "root",
    "bin",
    "daemon",
    "adm",
    "lp",
    "sync",
    "shutdown",
    "halt",
    "news",
    "uucp",
    "operator",
    "man",
    "messagebus",
    "syslog",
    "ntp",
    "sshd",
    "tcpdump",
    "dhcp",
    "etcd",
    "docker",
    "tlsdate",
    "polkitd",
    "systemd-timesync",
    "systemd-network",
    "systemd-resolve",
    "systemd-bus-proxy",
    "systemd-journal-gateway",
    "portage",
    "core",
    "nobody",
];

/// Source: `share/baselayout/passwd` in flatcar/baselayout.
const FLATCAR_ACCOUNTS: &[&str] = &[
    "root",
    "bin",
    "daemon",
    "adm",
    "lp",
    "sync",
    "shutdown",
    "halt",
    "news",
    "uucp",
    "operator",
    "man",
    "netperf",
    "messagebus",
    "syslog",
    "ntp",
    "sshd",
    "tcpdump",
    "dhcp",
    "etcd",
    "docker",
    "tlsdate",
    "polkitd",
    "tss",
    "systemd-journal-remote",
    "systemd-network",
    "systemd-resolve",
    "systemd-bus-proxy",
    "portage",
    "core",
    "nobody",
];

/// What holds the flow of the boot together.
const BACKBONE: &[&str] = &["system-config.target", "user-config.target", "multi-user.target"];

/// The config drive is there where something mounts it.
const DEVICES: &[&str] = &[r"dev-disk-by\x2dlabel-config\x2d2.device"];

/// The disks of both are alike, as far as boots depend on them.
const fn image(units: ImageUnits, accounts: &'static [&'static str]) -> Image {
    Image {
        directories: &[
            "/",
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/etc/systemd",
            "/etc/systemd/network",
            "/etc/systemd/system",
            "/home",
            "/home/core",
            "/lib",
            "/lib64",
            "/media",
            "/mnt",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/run/systemd",
            "/sbin",
            "/srv",
            "/sys",
            "/tmp",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/lib64",
            "/usr/sbin",
            "/usr/share",
            "/usr/share/coreos",
            "/var",
            "/var/lib",
            "/var/log",
            "/var/tmp",
        ],
        devices: &[
            "/dev/null",
            "/dev/zero",
            "/dev/full",
            "/dev/random",
            "/dev/urandom",
            "/dev/tty",
            "/dev/console",
        ],
        files: &[("/usr/share/coreos/update.conf", "GROUP=stable\n")],
        read_only: &["/usr"],
        accounts,
        units,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_the_images_is_loaded() {
        for (name, image) in [("coreos", &COREOS), ("flatcar", &FLATCAR)] {
            let units = &image.units;
            let catalog = units.catalog();
            let names: Vec<String> = catalog
                .iter()
                .filter_map(|(path, _)| path.strip_prefix("/usr/lib/systemd/system/").map(str::to_owned))
                .filter(|name| !name.contains('/') && !name.contains("@."))
                .collect();
            assert!(names.len() > 40, "{name}: {}", names.len());
            for unit in names {
                let loaded = catalog.load(&unit, units.release);
                assert!(loaded.is_loaded(), "{name}: {unit}: {:?}", loaded.state);
            }
        }
    }
}
