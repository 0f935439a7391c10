//! Where texts of others come from.

/// Where a text comes from, and the commands that might print it.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    /// Arguments, with `EVIL` in the place of the text.
    pub(crate) commands: &'static [&'static str],
    /// Files, with `EVIL` in names and contents, and `QUOTED` for the text as a JSON string, which YAML reads, too.
    pub(crate) files: &'static [(&'static str, &'static str)],
    pub(crate) stdin: &'static str,
}

const LINTS: &[&str] = &[
    "lint|--output-format=human|FILE",
    "lint|--output-format=concise|FILE",
    "lint|--output-format=json|FILE",
    "lint|--output-format=native|--target=cloud-init|FILE",
    "lint|--output-format=native|--target=coreos|FILE",
    "lint|--target=flatcar|FILE",
    "lint|--diff|--unsafe-fixes|--target=flatcar|FILE",
    "lint|--diff|--unsafe-fixes|--target=coreos|FILE",
];

const PREVIEWS: &[&str] = &[
    "preview|FILE",
    "preview|--output-format=json|FILE",
    "preview|--output-format=dot|FILE",
    "preview|--platform=ec2|FILE",
    "preview|--platform=ec2|--output-format=json|FILE",
    "preview|--platform=ec2|--output-format=dot|--target=flatcar|FILE",
    "preview|--target=cloud-init|FILE",
    "preview|--target=cloud-init|--output-format=json|FILE",
    "preview|--target=debian-12|--platform=ec2|--second-boot|FILE",
];

const FOR_CLOUD_INIT: &str = "#cloud-config
fqdn: QUOTED
users: [default, {name: ops, gecos: QUOTED, groups: [QUOTED], sudo: QUOTED, ssh_authorized_keys: [QUOTED]}]
write_files: [{path: /opt/EVIL, content: QUOTED}, {path: QUOTED, owner: QUOTED}]
packages: [QUOTED]
bootcmd: [QUOTED]
runcmd: [[echo, QUOTED]]
mounts: [[QUOTED, QUOTED]]
ntp: {servers: [QUOTED]}
final_message: QUOTED
QUOTED: QUOTED
";

const CONFIG: &str = "#cloud-config
# EVIL
QUOTED: 1
hostname: QUOTED
ssh-authorized-keys: [QUOTED]
users: [{name: QUOTED, QUOTED: QUOTED}]
write_files: [{path: QUOTED, content: QUOTED, permissions: QUOTED, owner: QUOTED}]
coreos:
  update: {reboot-strategy: QUOTED}
  units:
    - {name: QUOTED, command: QUOTED, content: QUOTED}
    - {name: a.service, command: start, content: \"[Unit]\\nAfter=QUOTED\"}
    - {name: b.service, command: start, drop-ins: [{name: QUOTED, content: QUOTED}]}
";

const BOOTING: &str = "#cloud-config
hostname: QUOTED
write_files: [{path: /opt/EVIL, content: QUOTED}, {path: /etc/x, content: QUOTED}]
coreos:
  units: [{name: a.service, command: start, content: QUOTED}]
";

pub(crate) const PLACES: &[Place] = &[
    Place { name: "the text, linted", commands: LINTS, files: &[("FILE", CONFIG)], stdin: "" },
    Place { name: "the text, previewed", commands: PREVIEWS, files: &[("FILE", CONFIG)], stdin: "" },
    Place {
        name: "a text for cloud-init",
        commands: PREVIEWS,
        files: &[("FILE", FOR_CLOUD_INIT)],
        stdin: "",
    },
    Place { name: "a text that boots", commands: PREVIEWS, files: &[("FILE", BOOTING)], stdin: "" },
    Place {
        name: "the header",
        commands: LINTS,
        files: &[("FILE", "#cloud-config EVIL\nhostname: a\n")],
        stdin: "",
    },
    Place {
        name: "a syntax error",
        commands: LINTS,
        files: &[("FILE", "#cloud-config\nhostname: [EVIL\nusers: }EVIL\n\tEVIL: EVIL\n")],
        stdin: "",
    },
    Place {
        name: "the name of a file",
        commands: &[
            "lint|EVIL",
            "lint|--output-format=concise|EVIL",
            "lint|--output-format=json|EVIL",
            "lint|--output-format=coreos-cloudinit|EVIL|other",
            "lint|--diff|--target=flatcar|EVIL",
            "lint|--fix|--target=flatcar|EVIL",
            "preview|--out=EVIL|EVIL",
            "netconf|--from=debian|EVIL",
            "verify|--keyring=EVIL|EVIL",
        ],
        files: &[
            ("EVIL", "#cloud-config\nssh-authorized-keys: [a]\nhostnme: x\n"),
            ("other", "#cloud-config\nhostnme: x\n"),
        ],
        stdin: "",
    },
    Place {
        name: "the name of a file that is not there",
        commands: &[
            "lint|EVIL",
            "preview|EVIL",
            "preview|--machine=EVIL|-",
            "preview|--platform=ec2|--metadata=EVIL|-",
            "netconf|--from=vmware|EVIL",
            "verify|--keyring=EVIL|EVIL",
            "image|fetch|--keyring=EVIL|--channel=stable|--file=a|--directory=EVIL",
        ],
        files: &[],
        stdin: "",
    },
    Place {
        name: "the name of standard input",
        commands: &[
            "lint|--stdin-filename=EVIL|-",
            "lint|--stdin-filename=EVIL|--output-format=concise|-",
            "lint|--stdin-filename=EVIL|--output-format=json|-",
            "lint|--stdin-filename=EVIL|--diff|--target=flatcar|-",
        ],
        files: &[],
        stdin: "#cloud-config\nssh-authorized-keys: [a]\nhostnme: x\n",
    },
    Place {
        name: "an argument",
        commands: &[
            "EVIL",
            "lint|--EVIL",
            "lint|--target=EVIL",
            "lint|--platform=EVIL",
            "lint|--select=EVIL",
            "lint|--fail-on=EVIL",
            "explain|EVIL",
            "rules|--output-format=EVIL",
            "platforms|EVIL",
            "preview|--target=flatcar|--platform=ec2|--datasource=EVIL|-",
            "verify|--keyring=a|--fingerprint=EVIL|a",
            "verify|--keyring=a|--at-time=EVIL|a",
            "image|EVIL",
            "image|urls|--channel=EVIL|--file=EVIL",
            "image|urls|--channel=stable|--file=EVIL|--base-url=EVIL",
        ],
        files: &[],
        stdin: "",
    },
    Place {
        name: "the machine",
        commands: &[
            "preview|--machine=machine.json|-",
            "preview|--target=flatcar|--machine=machine.json|-",
            "preview|--machine=no.json|-",
        ],
        files: &[("machine.json", "{QUOTED: 1, \"users\": [QUOTED]}"), ("no.json", "{QUOTED")],
        stdin: "#cloud-config\n",
    },
    Place {
        name: "metadata",
        commands: &[
            "preview|--platform=openstack|--metadata=meta.json|-",
            "preview|--target=flatcar|--platform=openstack|--metadata=meta.json|-",
            "preview|--platform=openstack|--metadata=meta.json|--output-format=json|-",
        ],
        files: &[("meta.json", "{\"hostname\": QUOTED, \"public_keys\": {QUOTED: QUOTED}}")],
        stdin: "#cloud-config\n",
    },
    Place {
        name: "a network configuration",
        commands: &[
            "netconf|--from=debian|debian",
            "netconf|--from=debian|--output-format=json|debian",
            "netconf|--from=vmware|vmware",
            "netconf|--from=vmware|--output-format=json|vmware",
        ],
        files: &[
            ("debian", "auto EVIL\niface eEVIL inet static\n address EVIL\n"),
            ("vmware", "{\"guestinfo.interface.0.name\": QUOTED, \"guestinfo.interface.0.dhcp\": \"no\"}"),
        ],
        stdin: "",
    },
];
