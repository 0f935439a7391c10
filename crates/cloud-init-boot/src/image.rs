//! Images of distributions: what is on them before cloud-init runs for the first time, as far as it matters to it.
//!
//! Source: cloud-init 26.2, `config/cloud.cfg.tmpl` as built for each distribution, and its classes in `distros/`. The
//! programs and the files are those of the distributions' cloud images, and stand-ins where only their being there
//! matters.

mod alpine;
mod arch;
mod debian;
mod redhat;
mod suse;

use dryboot_cloud_init::target::Distribution;

use crate::family::{Family, Manager};
use crate::network::sysconfig::Flavor;

/// What writes the network configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// netplan.
    Netplan,
    /// NetworkManager.
    NetworkManager,
    /// systemd-networkd.
    Networkd,
    /// Files below `/etc/sysconfig`.
    Sysconfig(&'static Flavor),
    /// ifupdown, with this file.
    Eni(&'static str),
}

/// A file system that can be grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootFs {
    /// ext4.
    Ext4,
    /// XFS.
    Xfs,
    /// Btrfs.
    Btrfs,
}

/// An image.
#[derive(Debug)]
pub struct Image {
    /// cloud-init's name of the distribution.
    pub name: &'static str,
    /// How it does things.
    pub family: Family,
    /// The release that it is for: `20.04`, `9`; none for the one that stands for all others.
    pub release: &'static str,
    /// Its release, where one is needed in files: `noble`.
    pub codename: &'static str,
    /// What installs packages, unless it is apt.
    pub packages: Option<&'static Manager>,
    /// What writes the network configuration.
    pub renderer: Renderer,
    /// The root file system.
    pub root: RootFs,
    /// The name of the machine before anybody sets one.
    pub hostname: &'static str,
    /// The programs, besides those that all have.
    pub programs: &'static str,
    /// The account that is made at the first boot.
    pub default_user: DefaultUser,
    /// The settings in its cloud.cfg, as JSON.
    pub settings: &'static str,
    /// The modules of the network, config and final stages.
    pub modules: [&'static str; 3],
    /// The groups, besides those that all have.
    pub groups: &'static [&'static str],
    /// The shell of accounts that name none.
    pub shell: &'static str,
    /// The files that matter.
    pub files: &'static [(&'static str, &'static str)],
    /// The directories that matter, besides those that all have and those of the files.
    pub directories: &'static str,
    /// Where cloud-init's own programs are.
    pub libexec: &'static str,
    /// Whether its sources of apt are in deb822's form.
    pub has_deb822: bool,
    /// The data sources that it asks, in this order.
    pub datasource_list: &'static str,
}

/// The account that an image makes at the first boot.
#[derive(Clone, Copy, Debug)]
pub struct DefaultUser {
    /// Its name.
    pub name: &'static str,
    /// Its description.
    pub gecos: &'static str,
    /// Its groups.
    pub groups: &'static [&'static str],
    /// Its shell.
    pub shell: &'static str,
    /// Its rules for doas.
    pub doas: &'static [&'static str],
}

/// Programs that every image has.
pub(crate) const PROGRAMS: &str = "awk bash blkid blockdev cat chage chattr chgrp chmod chown chpasswd cp curl dash date dd \
     dmsetup echo env fallocate false findmnt getent gpasswd gpg gpgconf grep groupadd groupdel groupmod growpart gzip \
     halt hostname hostnamectl id install ip journalctl kill ln localectl logger ls lsattr lsblk lsmod mkdir mke2fs \
     mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.vfat mkfs.xfs mkswap modprobe mount mv openssl partprobe passwd perl \
     poweroff ps python3 reboot resize2fs rm rmdir rsyslogd sed sfdisk sh shutdown sleep ss ssh ssh-keygen sshd stat \
     su sudo swapoff swapon sysctl systemctl systemd-detect-virt systemd-notify tar tee timedatectl touch true \
     truncate udevadm umount useradd userdel usermod visudo wipefs";

/// Accounts that every image has: name, id, home, shell.
pub(crate) const ACCOUNTS: [(&str, u32, &str, &str); 6] = [
    ("root", 0, "/root", "/bin/bash"),
    ("daemon", 1, "/usr/sbin", "/usr/sbin/nologin"),
    ("www-data", 33, "/var/www", "/usr/sbin/nologin"),
    ("systemd-network", 998, "/", "/usr/sbin/nologin"),
    ("nobody", 65_534, "/nonexistent", "/usr/sbin/nologin"),
    ("sshd", 74, "/run/sshd", "/usr/sbin/nologin"),
];

/// Groups that every image has.
pub(crate) const GROUPS: [&str; 13] = [
    "root",
    "daemon",
    "adm",
    "tty",
    "disk",
    "cdrom",
    "audio",
    "video",
    "users",
    "www-data",
    "systemd-network",
    "sshd",
    "nogroup",
];

pub(super) const NETWORK_MODULES: &str = "seed_random bootcmd write_files growpart resizefs disk_setup mounts set_hostname \
     update_hostname update_etc_hosts ca_certs rsyslog users_groups ssh set_passwords";
pub(super) const SUDOERS: &str = "root ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n";
pub(super) const SSHD_WITH_INCLUDE: &str = "Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n";

/// The images, those of one distribution side by side: the first one stands for its other releases.
pub static IMAGES: [Image; 25] = [
    debian::UBUNTU,
    debian::UBUNTU_20,
    debian::UBUNTU_22,
    debian::UBUNTU_25_10,
    debian::UBUNTU_26,
    debian::DEBIAN,
    debian::DEBIAN_11,
    debian::DEBIAN_13,
    redhat::RHEL,
    redhat::RHEL_7,
    redhat::RHEL_8,
    redhat::RHEL_9,
    redhat::ALMALINUX,
    redhat::ALMALINUX_8,
    redhat::ALMALINUX_9,
    redhat::ROCKY,
    redhat::ROCKY_8,
    redhat::ROCKY_9,
    redhat::AMAZON,
    redhat::AMAZON_2,
    redhat::FEDORA,
    suse::SUSE,
    suse::SUSE_16,
    alpine::ALPINE,
    arch::ARCH,
];

/// Distributions whose images are those of another in all that matters here.
const ALIKE: [(&str, &str); 6] = [
    ("centos", "rhel"),
    ("centos-stream", "rhel"),
    ("oracle", "rhel"),
    ("opensuse-leap", "suse"),
    ("opensuse", "suse"),
    ("sles", "suse"),
];

/// The releases of the images that stand for all others.
const VERSIONS: [(&str, &str); 3] = [("amazon", "2023"), ("debian", "12"), ("ubuntu", "24.04")];

impl Image {
    /// The image of a distribution, by its name, and of its release, if that is known: `ubuntu` and `20.04`, `rhel` and
    /// `9.4`. An image for a release is for its minor releases too.
    #[must_use]
    pub fn named(name: &str, release: &str) -> Option<&'static Self> {
        let name = ALIKE.iter().find(|(known, _)| *known == name).map_or(name, |(_, like)| like);
        let rows = || IMAGES.iter().filter(|image| image.name == name);
        let is_for = |image: &&Self| {
            let rest = release.strip_prefix(image.release).filter(|_| !image.release.is_empty());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        rows().find(is_for).or_else(|| rows().next())
    }

    /// The image of a distribution.
    #[must_use]
    pub fn of(distribution: &Distribution) -> Option<&'static Self> {
        let release = distribution.name.rsplit_once('-').map_or("", |(_, release)| release);
        Self::named(distribution.family(), release)
    }

    /// The release as templates see it.
    #[must_use]
    pub fn version(&self) -> &'static str {
        if !self.release.is_empty() {
            return self.release;
        }
        VERSIONS.iter().find(|(name, _)| *name == self.name).map_or("", |(_, version)| version)
    }

    /// The names of the distributions, each once.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> = IMAGES.iter().map(|image| image.name).collect();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_that_of_the_release_or_of_all_others() {
        let codename = |name: &str, release: &str| Image::named(name, release).map(|image| image.codename);
        assert_eq!(codename("ubuntu", "20.04"), Some("focal"));
        assert_eq!(codename("ubuntu", "24.04"), Some("noble"));
        assert_eq!(codename("debian", ""), Some("bookworm"));
        let release = |name: &str, release: &str| Image::named(name, release).map(|image| image.release);
        assert_eq!(release("rhel", "9.4"), Some("9"));
        assert_eq!(release("rhel", "10"), Some(""));
        assert_eq!(release("centos", "7"), Some("7"));
        assert_eq!(release("plan9", ""), None);
    }

    #[test]
    fn settings_are_json() {
        for image in &IMAGES {
            assert!(serde_json::from_str::<serde_json::Value>(image.settings).is_ok(), "{}", image.name);
        }
    }
}
