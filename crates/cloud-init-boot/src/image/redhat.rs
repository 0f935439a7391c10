//! Red Hat, its rebuilds, Fedora and Amazon.

use super::{DefaultUser, Image, NETWORK_MODULES, Renderer, RootFs, SSHD_WITH_INCLUDE, SUDOERS};
use crate::family::{self, Family};
use crate::identify::ORDER;
use crate::network::sysconfig::RED_HAT;

const RHEL_FINAL: &str = "package_update_upgrade_install write_files_deferred puppet chef ansible mcollective \
     salt_minion reset_rmc scripts_vendor scripts_per_once scripts_per_boot scripts_per_instance scripts_user \
     ssh_authkey_fingerprints keys_to_console install_hotplug phone_home final_message power_state_change";

/// The directories of the network scripts, and of what comes with them.
const SCRIPTS: &str = "/etc/NetworkManager/conf.d /etc/sysconfig/network-scripts /etc/udev/rules.d";

/// The file of an SSH server that reads no others.
const SSHD: &str = "UsePAM yes\nPasswordAuthentication no\n";

/// Red Hat Enterprise Linux: 10, and what is newer.
pub(super) const RHEL: Image = Image {
    name: "rhel",
    family: Family::RedHat,
    release: "",
    codename: "",
    packages: Some(&family::DNF),
    renderer: Renderer::NetworkManager,
    root: RootFs::Xfs,
    hostname: "localhost.localdomain",
    programs: "chronyc chronyd cloud-init cryptsetup dnf getenforce grub2-probe locale localedef nmcli parted \
        restorecon rpm semanage setenforce sgdisk subscription-manager update-ca-trust xfs_growfs yum",
    default_user: DefaultUser {
        name: "cloud-user",
        gecos: "Cloud User",
        groups: &["adm", "systemd-journal"],
        shell: "/bin/bash",
        doas: &[],
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
    directories: "",
    libexec: "/usr/libexec",
    has_deb822: false,
    datasource_list: ORDER,
};

/// Files of the network scripts are what the package of RHEL 9 asks for.
pub(super) const RHEL_9: Image =
    Image { release: "9", renderer: Renderer::Sysconfig(&RED_HAT), directories: SCRIPTS, ..RHEL };

pub(super) const RHEL_8: Image = Image {
    release: "8",
    settings: r#"{"disable_root": true, "mount_default_fields": [null, null, "auto", "defaults,nofail,x-systemd.requires=cloud-init.service,_netdev", "0", "2"], "ssh_pwauth": false, "preserve_hostname": false, "ssh_deletekeys": true, "ssh_genkeytypes": ["rsa", "ecdsa", "ed25519"], "syslog_fix_perms": null, "disable_vmware_customization": false}"#,
    files: &[
        ("/etc/hostname", "localhost.localdomain\n"),
        ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
        ("/etc/fstab", "UUID=0ab1 / xfs defaults 0 0\n"),
        ("/etc/ssh/sshd_config", SSHD),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/locale.conf", "LANG=en_US.UTF-8\n"),
        ("/etc/chrony.conf", "pool 2.rhel.pool.ntp.org iburst\n"),
        ("/etc/yum.repos.d/redhat.repo", ""),
        ("/etc/rsyslog.d/README", ""),
        ("/usr/share/pki/ca-trust-source/anchors/README", ""),
    ],
    ..RHEL_9
};

pub(super) const RHEL_7: Image = Image {
    release: "7",
    packages: Some(&family::YUM),
    programs: "chronyc chronyd cloud-init cryptsetup getenforce grub2-probe locale localedef nmcli parted restorecon rpm \
        semanage setenforce sgdisk subscription-manager update-ca-trust xfs_growfs yum",
    ..RHEL_8
};

const ALMA_USER: DefaultUser =
    DefaultUser { name: "almalinux", gecos: "almalinux Cloud User", ..RHEL.default_user };
pub(super) const ALMALINUX: Image = Image { name: "almalinux", default_user: ALMA_USER, ..RHEL };
pub(super) const ALMALINUX_8: Image = Image { name: "almalinux", default_user: ALMA_USER, ..RHEL_8 };
pub(super) const ALMALINUX_9: Image = Image { name: "almalinux", default_user: ALMA_USER, ..RHEL_9 };

const ROCKY_USER: DefaultUser = DefaultUser { name: "rocky", gecos: "rocky Cloud User", ..RHEL.default_user };
pub(super) const ROCKY: Image = Image { name: "rocky", default_user: ROCKY_USER, ..RHEL };
pub(super) const ROCKY_8: Image = Image { name: "rocky", default_user: ROCKY_USER, ..RHEL_8 };
pub(super) const ROCKY_9: Image = Image { name: "rocky", default_user: ROCKY_USER, ..RHEL_9 };

pub(super) const FEDORA: Image = Image {
    name: "fedora",
    directories: "/etc/NetworkManager/conf.d /etc/udev/rules.d",
    root: RootFs::Btrfs,
    programs: "btrfs chronyc chronyd cloud-init cryptsetup dnf getenforce grub2-probe locale localedef networkctl nmcli \
        parted resolvectl restorecon rpm sgdisk update-ca-trust",
    default_user: DefaultUser {
        name: "fedora",
        gecos: "fedora Cloud User",
        groups: &["wheel", "adm", "systemd-journal"],
        ..RHEL.default_user
    },
    settings: r#"{"disable_root": true, "mount_default_fields": [null, null, "auto", "defaults,nofail", "0", "2"], "ssh_pwauth": false, "preserve_hostname": false}"#,
    modules: [
        NETWORK_MODULES,
        "ssh_import_id keyboard locale spacewalk yum_add_repo ntp timezone disable_ec2_metadata runcmd",
        RHEL_FINAL,
    ],
    ..RHEL
};

/// Amazon Linux 2023, and what is newer.
pub(super) const AMAZON: Image = Image {
    name: "amazon",
    family: Family::RedHat,
    release: "",
    codename: "",
    packages: Some(&family::AMAZON_DNF),
    renderer: Renderer::Networkd,
    root: RootFs::Xfs,
    hostname: "localhost",
    programs: "chronyc chronyd cloud-init dnf locale localedef networkctl resolvectl restorecon rpm sgdisk \
        update-ca-trust xfs_growfs yum",
    default_user: DefaultUser {
        name: "ec2-user",
        gecos: "EC2 Default User",
        groups: &["wheel", "adm", "systemd-journal"],
        shell: "/bin/bash",
        doas: &[],
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
    directories: "",
    libexec: "/usr/libexec",
    has_deb822: false,
    datasource_list: ORDER,
};

pub(super) const AMAZON_2: Image = Image {
    release: "2",
    directories: SCRIPTS,
    packages: Some(&family::AMAZON_YUM),
    renderer: Renderer::Sysconfig(&RED_HAT),
    programs: "chronyc chronyd cloud-init locale localedef restorecon rpm sgdisk update-ca-trust xfs_growfs yum",
    ..AMAZON
};
