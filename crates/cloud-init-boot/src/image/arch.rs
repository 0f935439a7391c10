//! Arch.

use super::{DefaultUser, Image, NETWORK_MODULES, Renderer, RootFs, SSHD_WITH_INCLUDE, SUDOERS};
use crate::family::{self, Family};
use crate::identify::ORDER;

/// Arch, with systemd-networkd.
pub(super) const ARCH: Image = Image {
    name: "arch",
    release: "",
    family: Family::Arch,
    codename: "",
    packages: Some(&family::PACMAN),
    renderer: Renderer::Networkd,
    root: RootFs::Btrfs,
    hostname: "archlinux",
    programs: "btrfs cloud-init locale locale-gen localedef networkctl pacman parted resolvectl sgdisk trust",
    default_user: DefaultUser {
        name: "arch",
        gecos: "arch Cloud User",
        groups: &["wheel", "users"],
        shell: "/bin/bash",
        doas: &[],
    },
    settings: r#"{"disable_root": true, "preserve_hostname": false}"#,
    modules: [
        NETWORK_MODULES,
        "ssh_import_id keyboard locale ntp timezone disable_ec2_metadata runcmd",
        "package_update_upgrade_install write_files_deferred puppet chef ansible mcollective salt_minion reset_rmc scripts_vendor \
         scripts_per_once scripts_per_boot scripts_per_instance scripts_user ssh_authkey_fingerprints keys_to_console \
         install_hotplug phone_home final_message power_state_change",
    ],
    groups: &["wheel", "systemd-journal"],
    shell: "/bin/bash",
    files: &[
        ("/etc/hostname", "archlinux\n"),
        ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
        ("/etc/fstab", "LABEL=root / btrfs defaults 0 0\n"),
        ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
        ("/etc/ssh/sshd_config.d/README", ""),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/locale.conf", "LANG=C.UTF-8\n"),
        ("/usr/lib/systemd/systemd-timesyncd", ""),
    ],
    directories: "/etc/systemd/network /etc/udev/rules.d",
    libexec: "/usr/lib",
    has_deb822: false,
    datasource_list: ORDER,
};
