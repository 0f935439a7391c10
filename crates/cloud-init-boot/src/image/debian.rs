//! Ubuntu and Debian.

use super::{DefaultUser, Image, NETWORK_MODULES, Renderer, RootFs, SSHD_WITH_INCLUDE, SUDOERS};
use crate::family::Family;

/// The order that the packages of Debian and Ubuntu write to `/etc/cloud/cloud.cfg.d/90_dpkg.cfg`.
const DEBIAN_SOURCES: &str = "NoCloud ConfigDrive OpenNebula DigitalOcean Azure AltCloud OVF MAAS GCE OpenStack \
     CloudSigma SmartOS Bigstep Scaleway AliYun Ec2 CloudStack Hetzner IBMCloud Oracle Exoscale RbxCloud UpCloud VMware \
     Vultr LXD NWCS Akamai WSL CloudCIX None";

const APT_PROGRAMS: &str = "addgroup adduser apt apt-cache apt-config apt-get apt-mark cloud-init debconf-communicate \
     debconf-set-selections deluser dpkg dpkg-query dpkg-reconfigure grub-probe invoke-rc.d locale-gen lsb_release \
     netplan networkctl service sgdisk update-ca-certificates update-grub update-locale update-rc.d";

const DEBIAN_HOSTS: &str = "127.0.0.1\tlocalhost\n\n::1\tip6-localhost\tip6-loopback\nfe00::0\tip6-localnet\n\
    ff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";
const CERTIFICATES: &str = "# comment\nmozilla/CA_One.crt\nmozilla/CA_Two.crt\n!mozilla/CA_Old.crt\n";

/// The groups of the default user in older releases of Ubuntu, which keep them.
const OLD_GROUPS: &[&str] =
    &["adm", "audio", "cdrom", "dialout", "dip", "floppy", "lxd", "netdev", "plugdev", "sudo", "video"];

/// The file of ifupdown on Debian.
const INTERFACES: &str = "/etc/network/interfaces.d/50-cloud-init";

/// Ubuntu: 24.04, and the others as far as they do not differ.
pub(super) const UBUNTU: Image = Image {
    name: "ubuntu",
    family: Family::Debian,
    release: "",
    codename: "noble",
    packages: None,
    renderer: Renderer::Netplan,
    root: RootFs::Ext4,
    hostname: "ubuntu",
    programs: "add-apt-repository addgroup adduser apt apt-add-repository apt-cache apt-config apt-get apt-key \
        apt-mark btrfs byobu byobu-launcher byobu-launcher-install byobu-launcher-uninstall cloud-init cryptsetup \
        debconf-communicate debconf-set-selections deluser dpkg dpkg-query dpkg-reconfigure eatmydata eject git \
        grub-probe invoke-rc.d locale-gen lsb_release lxd-installer mkfs.btrfs netplan networkctl parted pro \
        resolvectl service sgdisk snap ssh-import-id ubuntu-drivers update-ca-certificates update-grub \
        update-locale update-rc.d wget",
    default_user: DefaultUser {
        name: "ubuntu",
        gecos: "Ubuntu",
        groups: &["adm", "cdrom", "dip", "lxd", "sudo"],
        shell: "/bin/bash",
        doas: &[],
    },
    settings: r#"{"disable_root": true, "preserve_hostname": false}"#,
    modules: [
        NETWORK_MODULES,
        "wireguard snap ubuntu_autoinstall ssh_import_id keyboard locale grub_dpkg apt_pipelining apt_configure \
         ubuntu_pro ntp timezone disable_ec2_metadata runcmd byobu",
        "package_update_upgrade_install fan landscape lxd ubuntu_drivers write_files_deferred puppet chef ansible \
         mcollective salt_minion reset_rmc scripts_vendor scripts_per_once scripts_per_boot scripts_per_instance \
         scripts_user ssh_authkey_fingerprints keys_to_console install_hotplug phone_home final_message \
         power_state_change",
    ],
    groups: &["sudo", "dip", "plugdev", "netdev", "lxd", "systemd-journal"],
    shell: "/bin/sh",
    files: &[
        ("/etc/hostname", "ubuntu\n"),
        ("/etc/hosts", DEBIAN_HOSTS),
        (
            "/etc/fstab",
            "LABEL=cloudimg-rootfs\t/\text4\tdiscard,commit=30,errors=remount-ro\t0 1\n\
             LABEL=UEFI\t/boot/efi\tvfat\tumask=0077\t0 1\n",
        ),
        ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
        ("/etc/ssh/sshd_config.d/60-cloudimg-settings.conf", "PasswordAuthentication no\n"),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/default/locale", "LANG=C.UTF-8\n"),
        ("/etc/default/keyboard", "XKBLAYOUT=\"us\"\n"),
        ("/etc/timezone", "Etc/UTC\n"),
        ("/etc/ca-certificates.conf", CERTIFICATES),
        ("/etc/apt/sources.list.d/ubuntu.sources", "Types: deb\n"),
        ("/etc/apt/apt.conf.d/01autoremove", ""),
        ("/etc/apt/trusted.gpg.d/ubuntu-keyring-2018-archive.gpg", ""),
        ("/usr/lib/systemd/systemd-timesyncd", ""),
        ("/etc/rsyslog.d/50-default.conf", ""),
        ("/usr/local/share/ca-certificates/README", ""),
    ],
    directories: "",
    libexec: "/usr/lib",
    has_deb822: true,
    datasource_list: DEBIAN_SOURCES,
};

pub(super) const UBUNTU_20: Image = Image {
    release: "20.04",
    codename: "focal",
    has_deb822: false,
    default_user: DefaultUser { groups: OLD_GROUPS, ..UBUNTU.default_user },
    groups: &["sudo", "dip", "plugdev", "netdev", "lxd", "systemd-journal", "dialout", "floppy"],
    ..UBUNTU
};

pub(super) const UBUNTU_22: Image = Image { release: "22.04", codename: "jammy", ..UBUNTU_20 };

pub(super) const UBUNTU_25_10: Image = Image { release: "25.10", codename: "questing", ..UBUNTU };

pub(super) const UBUNTU_26: Image = Image { release: "26.04", codename: "resolute", ..UBUNTU };

/// Debian: 12, and the others as far as they do not differ.
pub(super) const DEBIAN: Image = Image {
    name: "debian",
    family: Family::Debian,
    release: "",
    codename: "bookworm",
    packages: None,
    renderer: Renderer::Netplan,
    root: RootFs::Ext4,
    hostname: "localhost",
    programs: APT_PROGRAMS,
    default_user: DefaultUser {
        name: "debian",
        gecos: "Debian",
        groups: &["adm", "audio", "cdrom", "dialout", "dip", "floppy", "netdev", "plugdev", "sudo", "video"],
        shell: "/bin/bash",
        doas: &[],
    },
    settings: r#"{"disable_root": true, "preserve_hostname": false, "apt": {"preserve_sources_list": true}}"#,
    modules: [
        NETWORK_MODULES,
        "snap ssh_import_id keyboard locale grub_dpkg apt_pipelining apt_configure ntp timezone \
         disable_ec2_metadata runcmd byobu",
        "package_update_upgrade_install fan landscape lxd write_files_deferred puppet chef ansible mcollective \
         salt_minion reset_rmc scripts_vendor scripts_per_once scripts_per_boot scripts_per_instance scripts_user \
         ssh_authkey_fingerprints keys_to_console install_hotplug phone_home final_message power_state_change",
    ],
    groups: &["dialout", "floppy", "sudo", "dip", "plugdev", "netdev", "systemd-journal"],
    shell: "/bin/sh",
    files: &[
        ("/etc/hostname", "localhost\n"),
        ("/etc/hosts", DEBIAN_HOSTS),
        ("/etc/fstab", "PARTUUID=0ab1 / ext4 rw,discard,errors=remount-ro,x-systemd.growfs 0 1\n"),
        ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
        ("/etc/ssh/sshd_config.d/README", ""),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/default/locale", "LANG=C.UTF-8\n"),
        ("/etc/default/keyboard", "XKBLAYOUT=\"us\"\n"),
        ("/etc/timezone", "Etc/UTC\n"),
        ("/etc/ca-certificates.conf", CERTIFICATES),
        ("/etc/apt/sources.list.d/debian.sources", "Types: deb\n"),
        ("/etc/apt/apt.conf.d/01autoremove", ""),
        ("/etc/apt/trusted.gpg.d/debian-archive-bookworm-stable.asc", ""),
        ("/usr/lib/systemd/systemd-timesyncd", ""),
        ("/etc/rsyslog.d/README", ""),
        ("/usr/local/share/ca-certificates/README", ""),
    ],
    directories: "",
    libexec: "/usr/lib",
    has_deb822: true,
    datasource_list: DEBIAN_SOURCES,
};

pub(super) const DEBIAN_11: Image = Image {
    release: "11",
    codename: "bullseye",
    directories: "/etc/network/interfaces.d /etc/udev/rules.d",
    has_deb822: false,
    renderer: Renderer::Eni(INTERFACES),
    ..DEBIAN
};

pub(super) const DEBIAN_13: Image = Image { release: "13", codename: "trixie", ..DEBIAN };
