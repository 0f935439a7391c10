//! Formats that people hand to these programs by mistake, and what gives them away.

use dryboot_yaml::{Content, NodeId, Tree};

use crate::HEADER;
use crate::schema::{CLOUD_CONFIG, NAMES};

/// A format that is not this one.
#[derive(Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its name, for "a key of NAME".
    pub name: &'static str,
    /// What a text of it is, for "this looks like A NAME FILE".
    pub what: &'static str,
    /// What to do instead.
    pub remedy: &'static str,
    /// Beginnings of its first line that is neither blank nor, unless the mark is a comment
    /// itself, a comment.
    starts: &'static [&'static str],
    /// Keys at the top, each of which gives it away.
    keys: &'static [&'static str],
    /// Keys at the top that give it away together.
    together: &'static [&'static str],
    /// Keys in the elements of a list at the top.
    item_keys: &'static [&'static str],
    /// Its texts begin with the same header: a lack of that says nothing.
    same_header: bool,
}

/// What a row of the table does not say.
const NONE: Foreign = Foreign {
    name: "",
    what: "",
    remedy: "",
    starts: &[],
    keys: &[],
    together: &[],
    item_keys: &[],
    same_header: false,
};

const FOR_CLOUD_INIT: &str = "only cloud-init reads this; write a cloud-config or a script";
const FOR_WINDOWS: &str = "only Windows runs this; write a cloud-config or a script for bash";

/// Where two formats fit equally well, the first one counts.
static FORMATS: &[Foreign] = &[
    Foreign {
        name: "templates",
        what: "a template that has not been rendered yet",
        remedy: "render the template, and check the result",
        starts: &["{{", "{%", "{#", "%{", "${", "<%", "@@"],
        ..NONE
    },
    Foreign {
        name: "MIME",
        what: "a MIME message",
        remedy: "Flatcar only reads `multipart/mixed`, and CoreOS does not read MIME: use the cloud-config \
            in it",
        starts: &["MIME-Version:", "Content-Type:"],
        ..NONE
    },
    Foreign {
        name: "cloud-init's templates",
        what: "a cloud-init template",
        remedy: FOR_CLOUD_INIT,
        starts: &["## template:"],
        ..NONE
    },
    Foreign {
        name: "cloud-init's archives",
        what: "a cloud-init archive",
        remedy: FOR_CLOUD_INIT,
        starts: &["#cloud-config-archive"],
        ..NONE
    },
    Foreign {
        name: "cloud-init's boot hooks",
        what: "a cloud-init boot hook",
        remedy: FOR_CLOUD_INIT,
        starts: &["#cloud-boothook"],
        ..NONE
    },
    Foreign {
        name: "cloud-init's include lists",
        what: "a cloud-init include list",
        remedy: FOR_CLOUD_INIT,
        starts: &["#include"],
        ..NONE
    },
    Foreign {
        name: "cloud-init's part handlers",
        what: "a cloud-init part handler",
        remedy: FOR_CLOUD_INIT,
        starts: &["#part-handler"],
        ..NONE
    },
    Foreign {
        name: "Upstart",
        what: "an Upstart job for cloud-init",
        remedy: FOR_CLOUD_INIT,
        starts: &["#upstart-job"],
        ..NONE
    },
    Foreign {
        name: "PowerShell",
        what: "a PowerShell script",
        remedy: FOR_WINDOWS,
        starts: &["<powershell>", "#ps1"],
        ..NONE
    },
    Foreign {
        name: "HTML or XML",
        what: "a web page or XML",
        remedy: "if this file was downloaded, the URL is wrong",
        starts: &["<!DOCTYPE", "<!doctype", "<html", "<?xml"],
        ..NONE
    },
    Foreign {
        name: "PEM",
        what: "a certificate or a key in PEM",
        remedy: "write it with `write_files`",
        starts: &["-----BEGIN "],
        ..NONE
    },
    Foreign {
        name: "systemd units",
        what: "a systemd unit",
        remedy: "put it into `coreos.units`, as the `content` of a unit",
        starts: &[
            "[Unit]",
            "[Service]",
            "[Socket]",
            "[Timer]",
            "[Path]",
            "[Mount]",
            "[Install]",
            "[Match]",
            "[Network]",
            "[NetDev]",
            "[Link]",
            "[Container]",
        ],
        ..NONE
    },
    Foreign {
        name: "Dockerfiles",
        what: "a Dockerfile",
        remedy: "build the image elsewhere, and write a unit that runs it",
        starts: &["FROM ", "ARG "],
        ..NONE
    },
    Foreign {
        name: "shell scripts",
        what: "a shell script without its first line",
        remedy: "a script begins with `#!/bin/bash`",
        starts: &[
            "set -",
            "export ",
            "sudo ",
            "apt ",
            "apt-get ",
            "yum ",
            "dnf ",
            "echo ",
            "cat ",
            "cd ",
            "mkdir ",
            "curl ",
            "wget ",
            "docker ",
            "systemctl ",
            "hostnamectl ",
            "useradd ",
            "if [",
            "function ",
        ],
        ..NONE
    },
    Foreign {
        name: "cloud-init",
        what: "a cloud-config for cloud-init",
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
        same_header: true,
        ..NONE
    },
    Foreign {
        name: "Butane",
        what: "a Butane config",
        remedy: "convert it with `butane` and give the machine the resulting Ignition config",
        keys: &["variant", "passwd", "storage", "systemd", "kernel_arguments", "boot_device"],
        ..NONE
    },
    Foreign {
        name: "Ignition",
        what: "an Ignition config, but not one that Ignition reads",
        remedy: "Ignition reads JSON with a string as `ignition.version`",
        keys: &["ignition", "ignitionVersion"],
        ..NONE
    },
    Foreign {
        name: "netplan",
        what: "a network configuration of netplan or cloud-init",
        remedy: "write systemd-networkd units: `coreos.units` with names such as `10-eth0.network`",
        keys: &["network", "ethernets", "renderer"],
        together: &["version", "config"],
        ..NONE
    },
    Foreign {
        name: "Docker Compose",
        what: "a Docker Compose file",
        remedy: "write a unit that runs the container",
        keys: &["services", "volumes"],
        ..NONE
    },
    Foreign {
        name: "Kubernetes",
        what: "a Kubernetes manifest",
        remedy: "write it with `write_files`, for a kubelet to read",
        keys: &["apiVersion"],
        together: &["apiVersion", "kind"],
        ..NONE
    },
    Foreign {
        name: "Ansible",
        what: "an Ansible playbook",
        remedy: "run `ansible-playbook` once the machine is up",
        item_keys: &["hosts", "tasks", "roles", "import_playbook"],
        ..NONE
    },
    Foreign {
        name: "CloudFormation",
        what: "a CloudFormation template",
        remedy: "user-data is only the text in its `UserData`",
        starts: &["AWSTemplateFormatVersion:"],
        keys: &["AWSTemplateFormatVersion", "Resources"],
        ..NONE
    },
    Foreign {
        name: "GitHub Actions",
        what: "a GitHub Actions workflow",
        remedy: "GitHub reads it from `.github/workflows`; a machine never reads it at boot",
        together: &["on", "jobs"],
        ..NONE
    },
];

static JSON: Foreign = Foreign {
    name: "JSON",
    what: "JSON, but not an Ignition config",
    remedy: "an Ignition config needs a string as `ignition.version`; a cloud-config in JSON also needs the header",
    ..NONE
};

/// The format that a key at the top of a config gives away.
#[must_use]
pub fn of_key(key: &str) -> Option<&'static Foreign> {
    FORMATS.iter().find(|format| format.keys.contains(&key))
}

/// The format that the first line of a text gives away, before anything is parsed.
pub(crate) fn of_beginning(text: &str) -> Option<&'static Foreign> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    for (comments, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        let begins = |start: &&str| begins_with(line, start) && (comments == 0 || !start.starts_with('#'));
        let found = FORMATS.iter().find(|format| format.starts.iter().any(begins));
        // A line that is a comment to most may still be a header to the target.
        if found.is_some() || !line.starts_with('#') || line.trim_end().eq_ignore_ascii_case(HEADER) {
            return found;
        }
    }
    None
}

/// Whether a line begins with `start` and, if that ends in a word, the word ends there, too.
fn begins_with(line: &str, start: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(char::is_alphanumeric);
    line.strip_prefix(start).is_some_and(|rest| !start.ends_with(char::is_alphanumeric) || !goes_on(rest))
}

/// The format that the keys of a text without a header give away: the one that has most of them,
/// and more than a cloud-config has.
pub(crate) fn of_tree(tree: &Tree) -> Option<&'static Foreign> {
    let root = tree.resolve(tree.root()?)?;
    if let Content::Sequence(items) = &tree.node(root).content {
        let first = tree.resolve(items.first()?.value)?;
        let keys = keys(tree, first);
        return FORMATS.iter().find(|format| format.item_keys.iter().any(|key| keys.contains(key)));
    }
    let keys = keys(tree, root);
    let own = |key: &&str| {
        CLOUD_CONFIG.position(key, NAMES).is_some() || of_key(key).is_some_and(|format| format.same_header)
    };
    let mut best = (keys.iter().filter(|key| own(key)).count(), None);
    for format in FORMATS.iter().filter(|format| !format.same_header) {
        let together = format.together.iter().all(|key| keys.contains(key));
        let alone = keys.iter().filter(|key| format.keys.contains(key)).count();
        let count = alone + if together { format.together.len() } else { 0 };
        if count > best.0 {
            best = (count, Some(format));
        }
    }
    best.1
}

/// What a text is treated as that is an object of JSON and nothing that the table knows.
pub(crate) fn json(text: &str) -> Option<&'static Foreign> {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{').then_some(&JSON)
}

fn keys(tree: &Tree, mapping: NodeId) -> Vec<&str> {
    match &tree.node(mapping).content {
        Content::Mapping(entries) => {
            entries.iter().filter_map(|entry| tree.node(tree.resolve(entry.key)?).text()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use dryboot_yaml::Limits;

    use super::FORMATS;
    use crate::envelope::open;
    use crate::{Document, Target};

    fn name(text: &str) -> Option<&'static str> {
        let envelope = open(text.as_bytes(), 10_000);
        let read =
            |target| Document::read(&envelope, target, &Limits::default()).foreign.map(|format| format.name);
        assert_eq!(read(Target::CoreOs), read(Target::Flatcar), "{text}");
        read(Target::CoreOs)
    }

    #[test]
    fn formats_are_known_by_their_first_line_or_their_keys() {
        for (text, format) in [
            ("{{ define \"node\" -}}\n#cloud-config\nhostname: {{ .Name }}\n", "templates"),
            ("%{ if ha }\nhostname: a\n", "templates"),
            ("## template: jinja\n#cloud-config\n", "cloud-init's templates"),
            ("#include\nhttps://example.org/a\n", "cloud-init's include lists"),
            ("<powershell>\n", "PowerShell"),
            ("<!DOCTYPE html>\n<title>404</title>\n", "HTML or XML"),
            ("-----BEGIN CERTIFICATE-----\n", "PEM"),
            ("# a web server\n\n[Unit]\nDescription=web\n", "systemd units"),
            ("# syntax=docker/dockerfile:1\nFROM alpine\n", "Dockerfiles"),
            ("# install\nset -e\napt-get update\n", "shell scripts"),
            ("variant: flatcar\nversion: 1.1.0\npasswd:\n  users: []\n", "Butane"),
            ("storage: {}\n", "Butane"),
            ("ignition:\n  version: 3.3.0\nstorage: {}\n", "Butane"),
            ("ignition:\n  version: 3.3.0\n", "Ignition"),
            (r#"{"ignition": {"version": 3}}"#, "Ignition"),
            ("network:\n  version: 2\n  ethernets: {}\n", "netplan"),
            ("version: 1\nconfig:\n  - type: physical\n", "netplan"),
            ("version: \"3\"\nservices:\n  web: {}\nnetworks: {}\n", "Docker Compose"),
            (r#"{"services": {"web": {}}}"#, "Docker Compose"),
            ("apiVersion: v1\nkind: Config\nusers: []\n", "Kubernetes"),
            ("- hosts: all\n  tasks: []\n", "Ansible"),
            ("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", "CloudFormation"),
            ("on: push\njobs: {}\n", "GitHub Actions"),
            (r#"{"hostname": "web1"}"#, "JSON"),
        ] {
            assert_eq!(name(text), Some(format), "{text}");
        }
        assert_eq!(name("Content-Type: text/plain\n\nhello\n"), Some("MIME"));
    }

    #[test]
    fn a_config_whose_header_is_missing_or_damaged_is_none_of_them() {
        for text in [
            "",
            "hostname: web1\n",
            "# a remark\nhostname: web1\n",
            "hostname: web1\nservices: {}\n",
            "runcmd: [ls]\nnetwork: {}\n",
            "packages: [nginx]\n",
            "#cloud-config\nservices: {}\n",
            "\u{feff}#cloud-config\nvariant: flatcar\n",
            "#Cloud-Config\nset -e: true\n",
            "#includes the users\nusers: []\n",
            "- a\n- b\n",
            "hello\n",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn each_row_says_what_it_is_known_by_and_what_to_do() {
        for format in FORMATS {
            let marks = [format.starts, format.keys, format.together, format.item_keys];
            assert!(marks.iter().any(|marks| !marks.is_empty()), "{}", format.name);
            assert!(!format.what.is_empty() && !format.remedy.is_empty(), "{}", format.name);
        }
    }
}
