//! Which module of cloud-init reads which key of the top level.

/// What reads some keys of the top level.
#[derive(Debug)]
pub struct Reader {
    /// The modules; none for cloud-init itself.
    pub modules: &'static [&'static str],
    /// The keys.
    pub keys: &'static [&'static str],
}

const fn row(modules: &'static [&'static str], keys: &'static [&'static str]) -> Reader {
    Reader { modules, keys }
}

/// What reads the keys, by subject.
pub static READERS: [Reader; 56] = [
    row(&["set_passwords"], &["ssh_pwauth", "chpasswd", "password"]),
    row(&["users_groups"], &["groups", "user", "users"]),
    row(
        &["ssh"],
        &[
            "ssh_keys",
            "ssh_authorized_keys",
            "ssh_deletekeys",
            "ssh_genkeytypes",
            "disable_root",
            "disable_root_opts",
            "allow_public_ssh_keys",
            "ssh_quiet_keygen",
            "ssh_publish_hostkeys",
        ],
    ),
    row(&["ssh_import_id"], &["ssh_import_id"]),
    row(&["ssh_authkey_fingerprints"], &["no_ssh_fingerprints", "authkey_hash"]),
    row(&["keys_to_console"], &["ssh", "ssh_key_console_blacklist", "ssh_fp_console_blacklist"]),
    row(&["write_files", "write_files_deferred"], &["write_files"]),
    row(
        &["package_update_upgrade_install"],
        &[
            "packages",
            "package_update",
            "package_upgrade",
            "package_reboot_if_required",
            "apt_update",
            "apt_upgrade",
            "apt_reboot_if_required",
        ],
    ),
    row(&["snap"], &["snap", "snappy"]),
    row(&["apk_configure"], &["apk_repos"]),
    row(&["yum_add_repo"], &["yum_repos", "yum_repo_dir"]),
    row(&["zypper_add_repo"], &["zypper"]),
    row(&["apt_configure"], &["apt"]),
    row(&["apt_pipelining"], &["apt_pipelining"]),
    row(&["grub_dpkg"], &["grub_dpkg", "grub-dpkg"]),
    row(&["bootcmd"], &["bootcmd"]),
    row(&["runcmd"], &["runcmd"]),
    row(&["final_message"], &["final_message"]),
    row(&["phone_home"], &["phone_home"]),
    row(&["power_state_change"], &["power_state"]),
    row(
        &["set_hostname", "update_hostname"],
        &["hostname", "fqdn", "prefer_fqdn_over_hostname", "preserve_hostname", "create_hostname_file"],
    ),
    row(&["update_etc_hosts"], &["manage_etc_hosts"]),
    row(&["locale"], &["locale", "locale_configfile"]),
    row(&["keyboard"], &["keyboard"]),
    row(&["timezone"], &["timezone"]),
    row(&["growpart"], &["growpart"]),
    row(&["resizefs"], &["resize_rootfs"]),
    row(&["disk_setup"], &["device_aliases", "disk_setup", "fs_setup"]),
    row(&["mounts"], &["mounts", "mount_default_fields", "swap"]),
    row(&["resolv_conf"], &["manage_resolv_conf", "resolv_conf"]),
    row(&["ntp"], &["ntp"]),
    row(&["wireguard"], &["wireguard"]),
    row(&["fan"], &["fan"]),
    row(&["disable_ec2_metadata"], &["disable_ec2_metadata"]),
    row(&["ca_certs"], &["ca_certs", "ca-certs"]),
    row(&["seed_random"], &["random_seed"]),
    row(&["ubuntu_drivers"], &["drivers"]),
    row(&["raspberry_pi"], &["rpi"]),
    row(&["lxd"], &["lxd"]),
    row(&["byobu"], &["byobu_by_default"]),
    row(&["ubuntu_autoinstall"], &["autoinstall"]),
    row(&["ansible"], &["ansible"]),
    row(&["chef"], &["chef"]),
    row(&["puppet"], &["puppet"]),
    row(&["salt_minion"], &["salt_minion"]),
    row(&["mcollective"], &["mcollective"]),
    row(&["rh_subscription"], &["rh_subscription"]),
    row(&["ubuntu_pro"], &["ubuntu_pro", "ubuntu_advantage", "ubuntu-advantage"]),
    row(&["landscape"], &["landscape"]),
    row(&["spacewalk"], &["spacewalk"]),
    row(
        &[],
        &[
            "output",
            "reporting",
            "cloud_init_modules",
            "cloud_config_modules",
            "cloud_final_modules",
            "launch-index",
            "merge_how",
            "merge_type",
            "system_info",
            "version",
        ],
    ),
    row(&["rsyslog"], &["rsyslog"]),
    row(&["install_hotplug"], &["updates"]),
    row(&["scripts_vendor"], &["vendor_data"]),
    row(&["migrator"], &["migrate"]),
    row(&["debug"], &["debug"]),
];

/// What reads a key of the top level.
#[must_use]
pub fn reader(key: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.keys.contains(&key))
}
