use dryboot_config::Target;
use dryboot_config::schema::Section;

use crate::Severity;
use crate::context::Context;
use crate::rule::{Rule, Scope};

pub(crate) static RULE: Rule = Rule {
    name: "wrong-dialect",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("wrong_dialect.md"),
    scope: Scope::Written,
    check,
};

/// A format that people mistake for this one, and the top-level keys that give it away.
struct Dialect {
    name: &'static str,
    remedy: &'static str,
    keys: &'static [&'static str],
}

const DIALECTS: [Dialect; 4] = [
    Dialect {
        name: "cloud-init",
        remedy: "cloud-init's own modules do not exist here; use `coreos.units` for commands and \
                 `write_files` for files",
        keys: &[
            "runcmd",
            "bootcmd",
            "packages",
            "package_update",
            "package_upgrade",
            "apt",
            "yum_repos",
            "chpasswd",
            "ssh_pwauth",
            "disable_root",
            "locale",
            "timezone",
            "ntp",
            "mounts",
            "swap",
            "disk_setup",
            "fs_setup",
            "growpart",
            "resize_rootfs",
            "power_state",
            "phone_home",
            "final_message",
            "ca_certs",
            "fqdn",
            "prefer_fqdn_over_hostname",
            "preserve_hostname",
            "ssh_keys",
            "ssh_import_id",
            "groups",
            "bootstrap",
            "snap",
            "merge_how",
            "merge_type",
            "output",
            "password",
            "user",
            "autoinstall",
            "resolv_conf",
            "manage_resolv_conf",
            "cloud_init_modules",
            "cloud_config_modules",
            "cloud_final_modules",
            "datasource",
            "system_info",
            "apt_sources",
            "apt_update",
            "apt_upgrade",
            "puppet",
            "chef",
            "salt_minion",
            "ansible",
        ],
    },
    Dialect {
        name: "Butane",
        remedy: "translate it with `butane` and give the machine the Ignition config that comes out",
        keys: &["variant", "passwd", "storage", "systemd", "kernel_arguments", "boot_device", "ignition"],
    },
    Dialect {
        name: "netplan",
        remedy: "write systemd-networkd units: `coreos.units` with names such as `10-eth0.network`",
        keys: &["network", "ethernets", "renderer"],
    },
    Dialect {
        name: "Docker Compose",
        remedy: "write a unit that runs the container",
        keys: &["services", "volumes"],
    },
];

/// cloud-init's keys of a list element that coreos-cloudinit does not have.
const ELEMENT_KEYS: [(&str, &[&str]); 2] = [
    (
        "users[]",
        &[
            "sudo",
            "lock_passwd",
            "plain_text_passwd",
            "hashed_passwd",
            "ssh_import_id",
            "ssh_redirect_user",
            "uid",
            "expiredate",
            "inactive",
            "selinux_user",
            "doas",
            "snapuser",
            "create_groups",
        ],
    ),
    ("write_files[]", &["append", "defer", "source"]),
];

/// Whether a key that the target does not know gives another format away.
pub(crate) fn names(section: &Section, name: &str) -> bool {
    dialect_of(section, name).is_some()
}

fn dialect_of(section: &Section, name: &str) -> Option<(&'static str, &'static str)> {
    if section.path.is_empty() {
        let dialect = DIALECTS.iter().find(|dialect| dialect.keys.contains(&name))?;
        return Some((dialect.name, dialect.remedy));
    }
    let (_, keys) = ELEMENT_KEYS.iter().find(|(path, _)| *path == section.path)?;
    let remedy = "remove it, or do the same in a unit or a file";
    keys.contains(&name).then_some(("cloud-init", remedy))
}

fn check(context: &mut Context<'_>) {
    let places = context.places;
    for key in places.keys().filter(|key| key.known.is_none()) {
        let Some((dialect, remedy)) = dialect_of(key.section, &key.name()) else { continue };
        let program = context.document.target.program();
        let message = format!("`{}` is a key of {dialect}: {program} ignores it", key.written);
        context.report(key.key_span(context.tree()), message).at(key.id).help(remedy);
    }
}
