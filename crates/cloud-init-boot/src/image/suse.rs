//! openSUSE Leap and SUSE Linux Enterprise.

use super::{DefaultUser, Image, NETWORK_MODULES, Renderer, RootFs, SSHD_WITH_INCLUDE, SUDOERS};
use crate::family::{self, Family};
use crate::identify::ORDER;
use crate::network::sysconfig;

/// openSUSE Leap 15 and SUSE Linux Enterprise 15, with wicked.
pub(super) const SUSE: Image = Image {
    name: "suse",
    release: "",
    family: Family::Suse,
    codename: "",
    packages: Some(&family::ZYPPER),
    renderer: Renderer::Sysconfig(&sysconfig::SUSE),
    root: RootFs::Xfs,
    hostname: "localhost",
    programs: "chronyc chronyd cloud-init locale localedef parted rpm sgdisk update-ca-certificates xfs_growfs zypper",
    default_user: DefaultUser {
        name: "suse",
        gecos: "suse Cloud User",
        groups: &["cdrom", "users"],
        shell: "/bin/bash",
        doas: &[],
    },
    settings: r#"{"disable_root": true, "preserve_hostname": false, "syslog_fix_perms": "root:root"}"#,
    modules: [
        NETWORK_MODULES,
        "ssh_import_id keyboard locale zypper_add_repo ntp timezone disable_ec2_metadata runcmd",
        "package_update_upgrade_install write_files_deferred puppet chef ansible mcollective salt_minion reset_rmc scripts_vendor \
         scripts_per_once scripts_per_boot scripts_per_instance scripts_user ssh_authkey_fingerprints keys_to_console \
         install_hotplug phone_home final_message power_state_change",
    ],
    groups: &["wheel", "systemd-journal"],
    shell: "/bin/bash",
    files: &[
        ("/etc/hostname", "localhost\n"),
        ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
        ("/etc/fstab", "LABEL=root / xfs defaults 0 0\n"),
        ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
        ("/etc/ssh/sshd_config.d/README", ""),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/locale.conf", "LANG=C.UTF-8\n"),
        ("/etc/chrony.conf", "pool 2.opensuse.pool.ntp.org iburst\n"),
        ("/etc/zypp/repos.d/README", ""),
        ("/etc/rsyslog.d/README", ""),
        ("/usr/share/pki/trust/anchors/README", ""),
    ],
    directories: "/etc/NetworkManager/conf.d /etc/sysconfig/network /etc/udev/rules.d",
    libexec: "/usr/lib",
    has_deb822: false,
    datasource_list: ORDER,
};

/// openSUSE Leap 16 and SUSE Linux Enterprise 16, which have NetworkManager instead of wicked. cloud-init takes it where
/// `ifup` is missing and `nmcli` is there.
pub(super) const SUSE_16: Image = Image {
    release: "16",
    renderer: Renderer::NetworkManager,
    programs: "chronyc chronyd cloud-init locale localedef nmcli parted rpm sgdisk update-ca-certificates xfs_growfs \
        zypper",
    directories: "/etc/NetworkManager/conf.d /etc/NetworkManager/system-connections /etc/udev/rules.d",
    ..SUSE
};
