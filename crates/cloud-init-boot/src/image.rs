//! Images of distributions: what is on them before cloud-init runs for the first time, as far as it matters to it.
//!
//! Source: cloud-init 26.2, `config/cloud.cfg.tmpl` as built for each distribution, and its classes in `distros/`. The
//! programs and the files are those of the distributions' cloud images, and stand-ins where only their being there
//! matters.

use crate::identify::ORDER;

/// How a distribution does things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Debian and its derivatives.
    Debian,
    /// Red Hat and its derivatives.
    RedHat,
}

/// What writes the network configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// netplan.
    Netplan,
    /// NetworkManager.
    NetworkManager,
    /// systemd-networkd.
    Networkd,
}

/// A file system that can be grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootFs {
    /// ext4.
    Ext4,
    /// XFS.
    Xfs,
}

/// An image.
#[derive(Debug)]
pub struct Image {
    /// cloud-init's name of the distribution.
    pub name: &'static str,
    /// How it does things.
    pub family: Family,
    /// Its release, where one is needed in files: `noble`.
    pub codename: &'static str,
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
    /// Where cloud-init's own programs are.
    pub libexec: &'static str,
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

const APT_PROGRAMS: &str = "addgroup adduser apt apt-cache apt-config apt-get apt-mark cloud-init debconf-communicate \
     debconf-set-selections deluser dpkg dpkg-query dpkg-reconfigure grub-probe invoke-rc.d locale-gen lsb_release \
     netplan networkctl service sgdisk update-ca-certificates update-grub update-locale update-rc.d";

/// The order that the packages of Debian and Ubuntu write to `/etc/cloud/cloud.cfg.d/90_dpkg.cfg`.
const DEBIAN_SOURCES: &str = "NoCloud ConfigDrive OpenNebula DigitalOcean Azure AltCloud OVF MAAS GCE OpenStack \
     CloudSigma SmartOS Bigstep Scaleway AliYun Ec2 CloudStack Hetzner IBMCloud Oracle Exoscale RbxCloud UpCloud VMware \
     Vultr LXD NWCS Akamai WSL CloudCIX None";

const NETWORK_MODULES: &str = "seed_random bootcmd write_files growpart resizefs disk_setup mounts set_hostname \
     update_hostname update_etc_hosts ca_certs rsyslog users_groups ssh set_passwords";

const RHEL_FINAL: &str = "package_update_upgrade_install write_files_deferred puppet chef ansible mcollective \
     salt_minion reset_rmc scripts_vendor scripts_per_once scripts_per_boot scripts_per_instance scripts_user \
     ssh_authkey_fingerprints keys_to_console install_hotplug phone_home final_message power_state_change";

const DEBIAN_HOSTS: &str = "127.0.0.1\tlocalhost\n\n::1\tip6-localhost\tip6-loopback\nfe00::0\tip6-localnet\n\
    ff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";
const CERTIFICATES: &str = "# comment\nmozilla/CA_One.crt\nmozilla/CA_Two.crt\n!mozilla/CA_Old.crt\n";
const SUDOERS: &str = "root ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n";
const SSHD_WITH_INCLUDE: &str = "Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n";

/// The images.
pub static IMAGES: [Image; 4] = [
    Image {
        name: "ubuntu",
        family: Family::Debian,
        codename: "noble",
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
        libexec: "/usr/lib",
        datasource_list: DEBIAN_SOURCES,
    },
    Image {
        name: "debian",
        family: Family::Debian,
        codename: "bookworm",
        renderer: Renderer::Netplan,
        root: RootFs::Ext4,
        hostname: "localhost",
        programs: APT_PROGRAMS,
        default_user: DefaultUser {
            name: "debian",
            gecos: "Debian",
            groups: &[
                "adm", "audio", "cdrom", "dialout", "dip", "floppy", "netdev", "plugdev", "sudo", "video",
            ],
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
        libexec: "/usr/lib",
        datasource_list: DEBIAN_SOURCES,
    },
    Image {
        name: "rhel",
        family: Family::RedHat,
        codename: "",
        renderer: Renderer::NetworkManager,
        root: RootFs::Xfs,
        hostname: "localhost.localdomain",
        programs: "chronyc chronyd cloud-init cryptsetup dnf getenforce grub2-probe locale localedef nmcli parted \
            restorecon rpm semanage setenforce sgdisk subscription-manager update-ca-trust xfs_growfs yum",
        default_user: DefaultUser {
            name: "cloud-user",
            gecos: "Cloud User",
            groups: &["adm", "systemd-journal"],
        },
        settings: r#"{"disable_root": true, "mount_default_fields": [null, null, "auto", "defaults,nofail,x-systemd.after=cloud-init-network.service,_netdev", "0", "2"], "ssh_pwauth": false, "preserve_hostname": false, "ssh_deletekeys": true, "ssh_genkeytypes": ["rsa", "ecdsa", "ed25519"], "syslog_fix_perms": null, "disable_vmware_customization": false}"#,
        modules: [
            NETWORK_MODULES,
            "ssh_import_id locale rh_subscription spacewalk yum_add_repo ntp timezone disable_ec2_metadata runcmd",
            RHEL_FINAL,
        ],
        groups: &["wheel", "systemd-journal", "ssh_keys"],
        shell: "/bin/bash",
        files: &[
            ("/etc/hostname", "localhost.localdomain\n"),
            ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
            ("/etc/fstab", "UUID=0ab1 / xfs defaults 0 0\n"),
            ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
            ("/etc/ssh/sshd_config.d/50-redhat.conf", "UsePAM yes\n"),
            ("/etc/sudoers", SUDOERS),
            ("/etc/sudoers.d/README", ""),
            ("/etc/locale.conf", "LANG=en_US.UTF-8\n"),
            ("/etc/chrony.conf", "pool 2.rhel.pool.ntp.org iburst\n"),
            ("/etc/yum.repos.d/redhat.repo", ""),
            ("/etc/rsyslog.d/README", ""),
            ("/usr/share/pki/ca-trust-source/anchors/README", ""),
            ("/etc/NetworkManager/system-connections/README", ""),
        ],
        libexec: "/usr/libexec",
        datasource_list: ORDER,
    },
    Image {
        name: "amazon",
        family: Family::RedHat,
        codename: "",
        renderer: Renderer::Networkd,
        root: RootFs::Xfs,
        hostname: "localhost",
        programs: "chronyc chronyd cloud-init dnf locale localedef networkctl resolvectl restorecon rpm sgdisk \
            update-ca-trust xfs_growfs yum",
        default_user: DefaultUser {
            name: "ec2-user",
            gecos: "EC2 Default User",
            groups: &["wheel", "adm", "systemd-journal"],
        },
        settings: r#"{"disable_root": true, "mount_default_fields": [null, null, "auto", "defaults,nofail", "0", "2"], "resize_rootfs": "noblock", "ssh_pwauth": false, "preserve_hostname": false}"#,
        modules: [
            NETWORK_MODULES,
            "ssh_import_id keyboard locale yum_add_repo ntp timezone disable_ec2_metadata runcmd",
            RHEL_FINAL,
        ],
        groups: &["wheel", "systemd-journal", "ssh_keys"],
        shell: "/bin/bash",
        files: &[
            ("/etc/hostname", "localhost\n"),
            ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
            ("/etc/fstab", "UUID=0ab1 / xfs defaults,noatime 1 1\n"),
            ("/etc/ssh/sshd_config", "UsePAM yes\nPasswordAuthentication no\n"),
            ("/etc/sudoers", SUDOERS),
            ("/etc/sudoers.d/README", ""),
            ("/etc/locale.conf", "LANG=en_US.UTF-8\n"),
            ("/etc/chrony.conf", "pool 2.amazon.pool.ntp.org iburst\n"),
            ("/etc/yum.repos.d/amazonlinux.repo", ""),
            ("/etc/systemd/network/80-ec2.network", ""),
            ("/etc/rsyslog.d/README", ""),
            ("/usr/share/pki/ca-trust-source/anchors/README", ""),
        ],
        libexec: "/usr/libexec",
        datasource_list: ORDER,
    },
];

impl Image {
    /// The image with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        IMAGES.iter().find(|image| image.name == name)
    }
}
