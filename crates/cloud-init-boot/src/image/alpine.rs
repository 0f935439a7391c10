//! Alpine.

use super::{DefaultUser, Image, Renderer, RootFs, SSHD_WITH_INCLUDE, SUDOERS};
use crate::family::{self, Family};
use crate::identify::ORDER;

/// Alpine, whose default user may use doas.
pub(super) const ALPINE: Image = Image {
    name: "alpine",
    release: "",
    family: Family::Alpine,
    codename: "",
    packages: Some(&family::APK),
    renderer: Renderer::Eni("/etc/network/interfaces"),
    root: RootFs::Ext4,
    hostname: "localhost",
    programs: "apk addgroup adduser cloud-init doas ifup ifdown ifquery parted rc-service rc-update setup-keymap sgdisk \
        update-ca-certificates",
    default_user: DefaultUser {
        name: "alpine",
        gecos: "alpine Cloud User",
        groups: &["adm", "wheel"],
        shell: "/bin/ash",
        doas: &["permit nopass alpine"],
    },
    settings: r#"{"disable_root": true, "mount_default_fields": [null, null, "auto", "defaults,nofail", "0", "2"], "ssh_pwauth": false, "preserve_hostname": false}"#,
    modules: [
        "seed_random bootcmd write_files growpart resizefs disk_setup mounts set_hostname update_hostname \
         update_etc_hosts resolv_conf ca_certs rsyslog users_groups ssh set_passwords",
        "ssh_import_id keyboard locale apk_configure ntp timezone disable_ec2_metadata runcmd",
        "package_update_upgrade_install write_files_deferred puppet chef ansible mcollective salt_minion scripts_vendor \
         scripts_per_once scripts_per_boot scripts_per_instance scripts_user ssh_authkey_fingerprints keys_to_console \
         install_hotplug phone_home final_message power_state_change",
    ],
    groups: &["wheel", "netdev"],
    shell: "/bin/ash",
    files: &[
        ("/etc/hostname", "localhost\n"),
        ("/etc/hosts", "127.0.0.1   localhost localhost.localdomain\n"),
        ("/etc/fstab", "LABEL=root / ext4 defaults 0 0\n"),
        ("/etc/ssh/sshd_config", SSHD_WITH_INCLUDE),
        ("/etc/ssh/sshd_config.d/README", ""),
        ("/etc/sudoers", SUDOERS),
        ("/etc/sudoers.d/README", ""),
        ("/etc/apk/repositories", "https://dl-cdn.alpinelinux.org/alpine/v3.22/main\n"),
        ("/etc/network/interfaces", "auto lo\niface lo inet loopback\n"),
        ("/etc/chrony/chrony.conf", "pool pool.ntp.org iburst\n"),
        ("/etc/ca-certificates.conf", "mozilla/CA_One.crt\n"),
        ("/usr/local/share/ca-certificates/README", ""),
    ],
    directories: "/etc/profile.d /etc/udev/rules.d",
    libexec: "/usr/lib",
    has_deb822: false,
    datasource_list: ORDER,
};
