//! Formats that are handed to cloud-init by mistake, and what gives them away.

/// A format that is not cloud-init's user-data.
#[derive(Debug)]
pub(crate) struct Dialect {
    /// What a file of it is, behind "this looks like".
    pub(crate) what: &'static str,
    /// What to do instead.
    pub(crate) remedy: &'static str,
    /// Keys of the top level, each of which gives it away.
    pub(crate) keys: &'static [&'static str],
    /// Keys of the top level that give it away only together.
    pub(crate) together: &'static [&'static str],
    /// Further keys of its top level, which other formats have as well.
    pub(crate) others: &'static [&'static str],
    /// Keys of mappings in a list at the top.
    pub(crate) item_keys: &'static [&'static str],
    /// Beginnings of the first line that is not blank.
    pub(crate) starts: &'static [&'static str],
}

const NONE: Dialect =
    Dialect { what: "", remedy: "", keys: &[], together: &[], others: &[], item_keys: &[], starts: &[] };

/// The first that fits counts.
pub(crate) static DIALECTS: &[Dialect] = &[
    Dialect {
        what: "a cloud-config for CoreOS or Flatcar",
        remedy: "check it with `--target flatcar`; for cloud-init, write units with `write_files` and start them in \
                 `runcmd`",
        keys: &["coreos"],
        ..NONE
    },
    Dialect {
        what: "a Butane config",
        remedy: "convert it with `butane`; only Ignition reads the result",
        together: &["variant", "version"],
        others: &["passwd", "storage", "systemd", "ignition", "kernel_arguments", "boot_device"],
        ..NONE
    },
    Dialect {
        what: "an Ignition config",
        remedy: "only systems such as Fedora CoreOS and Flatcar read it, and they do not run cloud-init",
        keys: &["ignition"],
        others: &["passwd", "storage", "systemd", "kernelArguments"],
        ..NONE
    },
    Dialect {
        what: "a Kubernetes manifest",
        remedy: "give cloud-init only the text in `userData`",
        together: &["apiVersion", "kind"],
        others: &["metadata", "spec", "data", "stringData", "status"],
        ..NONE
    },
    Dialect {
        what: "part of a KubeVirt manifest",
        remedy: "write the cloud-config as text below `userData: |`, beginning with the line `#cloud-config`",
        keys: &["cloudInitNoCloud", "cloudInitConfigDrive"],
        ..NONE
    },
    Dialect {
        what: "an LXD profile",
        remedy: "give cloud-init only the text in `cloud-init.user-data`",
        together: &["config", "devices"],
        others: &["name", "description", "used_by", "profiles"],
        ..NONE
    },
    Dialect {
        what: "a Talos config",
        remedy: "Talos does not run cloud-init: give it to `talosctl`",
        together: &["machine", "cluster"],
        ..NONE
    },
    Dialect {
        what: "a config for Kairos or Elemental",
        remedy: "only these systems read it; cloud-init has `runcmd` and `write_files`",
        together: &["stages", "name"],
        others: &["install", "p2p", "kairos", "k3s"],
        ..NONE
    },
    Dialect {
        what: "a network configuration",
        remedy: "give it to the datasource as `network-config`, or write a file for netplan with \
            `write_files`",
        keys: &["ethernets", "bonds", "bridges", "vlans", "wifis"],
        others: &["renderer", "version"],
        ..NONE
    },
    Dialect {
        what: "a Docker Compose file",
        remedy: "write it to a file with `write_files`, and run `docker compose` in `runcmd`",
        together: &["services", "volumes"],
        others: &["networks", "version", "configs", "secrets"],
        ..NONE
    },
    Dialect {
        what: "a Docker Compose file",
        remedy: "write it to a file with `write_files`, and run `docker compose` in `runcmd`",
        together: &["services", "version"],
        others: &["networks"],
        ..NONE
    },
    Dialect {
        what: "a Docker Compose file",
        remedy: "write it to a file with `write_files`, and run `docker compose` in `runcmd`",
        together: &["services", "networks"],
        ..NONE
    },
    Dialect {
        what: "an Ansible playbook",
        remedy: "run it with the key `ansible`, or write it to a file and run `ansible-playbook`",
        item_keys: &["hosts", "tasks", "roles", "import_playbook"],
        ..NONE
    },
    Dialect {
        what: "a kickstart file",
        remedy: "only the installer of Red Hat's distributions reads it",
        starts: &["#version=RHEL", "#version=DEVEL", "%packages", "%post", "%pre"],
        ..NONE
    },
    Dialect { what: "a preseed file", remedy: "only Debian's installer reads it", starts: &["d-i "], ..NONE },
    Dialect {
        what: "a PowerShell script",
        remedy: "only cloudbase-init and EC2Launch on Windows read it",
        starts: &["<powershell>", "#ps1"],
        ..NONE
    },
    Dialect {
        what: "a Dockerfile",
        remedy: "build the image elsewhere, and run it in `runcmd`",
        starts: &["FROM "],
        ..NONE
    },
    Dialect {
        what: "a systemd unit",
        remedy: "write it to `/etc/systemd/system` with `write_files`, and start it in `runcmd`",
        starts: &["[Unit]", "[Service]", "[Timer]", "[Socket]", "[Mount]"],
        ..NONE
    },
    Dialect {
        what: "a web page or XML",
        remedy: "if this file was downloaded, the URL is wrong",
        starts: &["<!DOCTYPE", "<!doctype", "<html", "<?xml"],
        ..NONE
    },
    Dialect {
        what: "a certificate or a key in PEM format",
        remedy: "write it to a file with `write_files`",
        starts: &["-----BEGIN "],
        ..NONE
    },
    Dialect {
        what: "Markdown",
        remedy: "remove the line with the code fence: the first line must be `#cloud-config`",
        starts: &["```"],
        ..NONE
    },
    Dialect {
        what: "a Terraform template",
        remedy: "render it with `templatefile` first, or check it with `--template terraform`",
        starts: &["%{", "${"],
        ..NONE
    },
    Dialect {
        what: "a template",
        remedy: "render it first, or check it with `--template jinja` or `go`; a cloud-init template \
            begins with `## template: jinja`",
        starts: &["{{", "{%", "{#", "<%"],
        ..NONE
    },
];

/// Keys of the top level that belong elsewhere, one by one.
#[derive(Debug)]
pub(crate) struct Misplaced {
    /// The keys.
    pub(crate) keys: &'static [&'static str],
    /// What they are, behind "`key` is".
    pub(crate) what: &'static str,
    /// What becomes of it.
    pub(crate) outcome: &'static str,
    /// What to do instead.
    pub(crate) remedy: &'static str,
}

/// The keys that other readers of user-data and its neighbours have.
pub(crate) static MISPLACED: &[Misplaced] = &[
    Misplaced {
        keys: &["network"],
        what: "a key that does not belong in user-data",
        outcome: "cloud-init gets the network configuration from the datasource and ignores this",
        remedy: "give it to the datasource as `network-config`, or write a file for netplan with \
            `write_files`",
    },
    Misplaced {
        keys: &[
            "instance-id",
            "local-hostname",
            "instance_id",
            "local_hostname",
            "public-keys",
            "network-interfaces",
        ],
        what: "a key of `meta-data`",
        outcome: "cloud-init ignores it in user-data",
        remedy: "put it into the file `meta-data`; the host name is `hostname` here",
    },
    Misplaced {
        keys: &[
            "identity",
            "early-commands",
            "late-commands",
            "error-commands",
            "refresh-installer",
            "interactive-sections",
            "user-data",
            "kernel-crash-dumps",
            "active-directory",
            "debconf-selections",
        ],
        what: "a key of Ubuntu's installer",
        outcome: "cloud-init ignores it, and the installer does not find it here",
        remedy: "indent it below `autoinstall`",
    },
];

impl Dialect {
    /// Whether keys of the top level give it away.
    pub(crate) fn fits(&self, has: impl Fn(&str) -> bool) -> bool {
        let together = !self.together.is_empty() && self.together.iter().all(|key| has(key));
        together || self.keys.iter().any(|key| has(key))
    }

    /// Whether a key of the top level is one of its keys.
    pub(crate) fn has(&self, name: &str) -> bool {
        [self.keys, self.together, self.others].iter().any(|keys| keys.contains(&name))
    }
}
