//! The table of platforms.
//!
//! Paths, addresses and versions are those of coreos-cloudinit v1.14.0 (`datasource/`) and, for
//! `ec2` and `rackspace`, of the CoreOS images of 2014. `vagrant` is `coreos-base/oem-vagrant` 0.0.3
//! (coreos/coreos-overlay) with the Vagrantfile of coreos/coreos-vagrant.

use dryboot_lint::provider;

use super::{Datasource, Field, Form, ImageProgram, Platform, Retries, Start};
use crate::Target;

const BOTH: &[Target] = &Target::ALL;
const COREOS: &[Target] = &[Target::CoreOs];

/// The HTTP client of every datasource.
const HTTP: Option<Retries> =
    Some(Retries { timeout_seconds: 10, attempts: 15, first_wait_ms: 100, longest_wait_ms: 5000 });

/// What other datasources differ from.
const LOCAL: Datasource = Datasource {
    name: "",
    available: "",
    user_data: "",
    metadata: None,
    yields: &[],
    form: None,
    api: None,
    retries: None,
    probed_again: true,
    text_only: false,
};

const CONFIG_DRIVE: Datasource = Datasource {
    name: "config drive",
    available: "the directory /media/configdrive exists",
    user_data: "/media/configdrive/openstack/latest/user_data",
    metadata: Some("/media/configdrive/openstack/latest/meta_data.json"),
    yields: &[Field::Hostname, Field::SshKeys],
    form: Some(Form::ConfigDrive),
    api: Some("latest"),
    ..LOCAL
};

const EC2: Datasource = Datasource {
    name: "ec2",
    available: "http://169.254.169.254/2009-04-04/ answers with 2xx",
    user_data: "http://169.254.169.254/2009-04-04/user-data",
    metadata: Some("http://169.254.169.254/2009-04-04/meta-data"),
    yields: &[Field::Hostname, Field::SshKeys, Field::PublicIpv4, Field::PrivateIpv4],
    form: Some(Form::Ec2),
    api: Some("2009-04-04"),
    retries: HTTP,
    ..LOCAL
};

const SETUP_ENVIRONMENT: ImageProgram = ImageProgram {
    unit: "coreos-setup-environment.service",
    path: "/usr/share/oem/bin/coreos-setup-environment",
    does: "",
    reads: "",
    gives: &[Field::PublicIpv4, Field::PrivateIpv4],
    waits_for: None,
    address_without: "",
};

/// What other platforms differ from.
const PLAIN: Platform = Platform {
    name: "",
    summary: "",
    datasources: &[],
    programs: &[],
    reads_environment: false,
    user_data_limit: None,
    oem_preset: None,
    targets: BOTH,
    start: Start::Oem,
    bare_metal: false,
};

/// Every platform, in the order in which they are listed.
pub static PLATFORMS: &[Platform] = &[
    Platform {
        name: "ec2",
        summary: "Amazon EC2 as in the Notes for Distributors: the OEM config downloads the key and \
            the user-data (2014-03 to 2014-06)",
        datasources: &[Datasource {
            name: "url",
            available: "http://169.254.169.254/latest/user-data answers with 2xx",
            user_data: "http://169.254.169.254/latest/user-data",
            form: Some(Form::Ec2),
            api: Some("latest"),
            retries: HTTP,
            ..LOCAL
        }],
        programs: &[
            ImageProgram {
                does: "wait for the metadata service and write the addresses to `/etc/environment`",
                reads: "http://169.254.169.254/latest/meta-data/ (public-ipv4, local-ipv4)",
                ..SETUP_ENVIRONMENT
            },
            ImageProgram {
                unit: "ec2-ssh-key.service",
                path: "/usr/share/oem/bin/ec2-ssh-key",
                does: "fetch the first SSH key and authorize it for `core` as the set `ec2`",
                reads: "http://169.254.169.254/latest/meta-data/public-keys/0/openssh-key",
                gives: &[Field::SshKeys],
                waits_for: None,
                address_without: "",
            },
        ],
        reads_environment: true,
        user_data_limit: Some(provider::EC2),
        targets: COREOS,
        ..PLAIN
    },
    Platform {
        name: "ec2-compat",
        summary: "Amazon EC2 and compatible clouds, with the preset `--oem=ec2-compat` (from 2014-07)",
        datasources: &[EC2, CONFIG_DRIVE],
        user_data_limit: Some(provider::EC2),
        oem_preset: Some("ec2-compat"),
        ..PLAIN
    },
    Platform {
        name: "rackspace",
        summary: "Rackspace Cloud Servers: nova-agent provides the addresses, a config drive the rest",
        datasources: &[CONFIG_DRIVE],
        programs: &[
            ImageProgram {
                does: "wait until eth0 and eth1 have an address and write them to `/etc/environment`",
                reads: "eth0 (public), eth1 (private)",
                waits_for: Some("nova-agent-auto.service"),
                ..SETUP_ENVIRONMENT
            },
            ImageProgram {
                unit: "nova-agent-auto.service",
                path: "/usr/share/oem/nova-agent/usr/sbin/nova-agent",
                does: "take the network settings from the hypervisor",
                reads: "XenStore",
                gives: &[],
                waits_for: None,
                address_without: "",
            },
            ImageProgram {
                unit: "nova-agent-watcher.service",
                path: "/usr/share/oem/bin/nova-agent-watcher",
                does: "convert the agent's network file to systemd-networkd units",
                reads: "/usr/share/oem/nova-agent/etc/conf.d/net",
                gives: &[],
                waits_for: None,
                address_without: "",
            },
        ],
        reads_environment: true,
        user_data_limit: Some(provider::NOVA),
        targets: COREOS,
        start: Start::ConfigDrive,
        ..PLAIN
    },
    Platform {
        name: "rackspace-onmetal",
        summary: "Rackspace OnMetal: the config drive of a physical machine, with its network \
            configuration converted",
        datasources: &[Datasource {
            yields: &[Field::Hostname, Field::SshKeys, Field::Network],
            ..CONFIG_DRIVE
        }],
        reads_environment: true,
        user_data_limit: Some(provider::NOVA),
        oem_preset: Some("rackspace-onmetal"),
        bare_metal: true,
        targets: COREOS,
        start: Start::ConfigDrive,
        ..PLAIN
    },
    Platform {
        name: "config-drive",
        summary: "A virtual machine with a disk labelled config-2",
        datasources: &[CONFIG_DRIVE],
        reads_environment: true,
        start: Start::ConfigDrive,
        ..PLAIN
    },
    Platform {
        name: "openstack",
        summary: "OpenStack, with an image that queries both the metadata service and the config drive",
        datasources: &[EC2, CONFIG_DRIVE],
        user_data_limit: Some(provider::NOVA),
        oem_preset: Some("ec2-compat"),
        ..PLAIN
    },
    Platform {
        name: "file",
        summary: "A disk to which coreos-install has written the user-data",
        datasources: &[Datasource {
            name: "file",
            available: "the file exists",
            user_data: "/var/lib/coreos-install/user_data (Flatcar: /var/lib/flatcar-install/user_data)",
            ..LOCAL
        }],
        reads_environment: true,
        start: Start::File,
        ..PLAIN
    },
    Platform {
        name: "vagrant",
        summary: "Vagrant's CoreOS box: the Vagrantfile of coreos-vagrant puts the user-data into a file",
        datasources: &[Datasource {
            name: "file",
            available: "the file exists",
            user_data: "/var/lib/coreos-vagrant/vagrantfile-user-data",
            ..LOCAL
        }],
        programs: &[
            ImageProgram {
                unit: "system-cloudinit@var-tmp-hostname.yml.service",
                path: "/var/tmp/hostname.yml",
                does: "set the host name from the Vagrantfile",
                reads: "/var/tmp/hostname.yml, which Vagrant copied there over SSH",
                gives: &[Field::Hostname],
                waits_for: Some("sshd.socket"),
                address_without: "",
            },
            ImageProgram {
                does: "wait up to 60 s until Vagrant has written the addresses to `/etc/environment`",
                reads: "/var/tmp/networks.yml, which Vagrant copied there over SSH",
                waits_for: Some("system-cloudinit@var-tmp-networks.yml.service"),
                address_without: "127.0.0.1",
                ..SETUP_ENVIRONMENT
            },
        ],
        reads_environment: true,
        targets: COREOS,
        start: Start::OemPath {
            path: "coreos-cloudinit-vagrant-user.path",
            service: r"user-cloudinit@var-lib-coreos\x2dvagrant-vagrantfile\x2duser\x2ddata.service",
        },
        ..PLAIN
    },
    Platform {
        name: "url",
        summary: "A machine with `cloud-config-url=` on its kernel command line, as with PXE",
        datasources: &[Datasource {
            name: "proc-cmdline",
            available: "/proc/cmdline contains cloud-config-url=URL",
            user_data: "the URL; the last one is used",
            retries: HTTP,
            probed_again: false,
            ..LOCAL
        }],
        reads_environment: true,
        start: Start::Url,
        ..PLAIN
    },
    Platform {
        name: "digitalocean",
        summary: "DigitalOcean",
        datasources: &[Datasource {
            name: "digitalocean",
            available: "http://169.254.169.254/metadata/v1 answers with 2xx",
            user_data: "http://169.254.169.254/metadata/v1/user-data",
            metadata: Some("http://169.254.169.254/metadata/v1.json"),
            yields: &[
                Field::Hostname,
                Field::SshKeys,
                Field::PublicIpv4,
                Field::PrivateIpv4,
                Field::PublicIpv6,
                Field::PrivateIpv6,
            ],
            form: Some(Form::DigitalOcean),
            text_only: true,
            api: Some("v1"),
            retries: HTTP,
            ..LOCAL
        }],
        user_data_limit: Some(provider::DIGITALOCEAN),
        oem_preset: Some("digitalocean"),
        ..PLAIN
    },
    Platform {
        name: "gce",
        summary: "Google Compute Engine",
        datasources: &[Datasource {
            name: "gce",
            available: "http://metadata.google.internal/computeMetadata/v1/ answers with 2xx",
            user_data: "http://metadata.google.internal/computeMetadata/v1/instance/attributes/user-data",
            metadata: Some("http://metadata.google.internal/computeMetadata/v1/instance"),
            yields: &[Field::Hostname, Field::PublicIpv4, Field::PrivateIpv4],
            form: Some(Form::Gce),
            text_only: true,
            api: Some("v1"),
            retries: HTTP,
            ..LOCAL
        }],
        user_data_limit: Some(provider::GCE),
        oem_preset: Some("gce"),
        ..PLAIN
    },
    Platform {
        name: "azure",
        summary: "Microsoft Azure, through the files that its agent has downloaded",
        datasources: &[Datasource {
            name: "waagent",
            available: "the file /var/lib/waagent/provisioned exists",
            user_data: "/var/lib/waagent/CustomData",
            metadata: Some("/var/lib/waagent/SharedConfig.xml"),
            yields: &[Field::PublicIpv4, Field::PrivateIpv4],
            form: Some(Form::Waagent),
            ..LOCAL
        }],
        programs: &[ImageProgram {
            unit: "waagent.service",
            path: "/usr/share/oem/bin/waagent",
            does: "provision the machine and put Azure's data into `/var/lib/waagent`",
            reads: "Azure's fabric controller and the provisioning disk",
            gives: &[],
            waits_for: None,
            address_without: "",
        }],
        user_data_limit: Some(provider::AZURE),
        oem_preset: Some("azure"),
        ..PLAIN
    },
    Platform {
        name: "cloudsigma",
        summary: "CloudSigma, through the serial console",
        datasources: &[Datasource {
            name: "cloudsigma",
            available: "the product name begins with CloudSigma and /run/systemd/netif/leases/ has a lease",
            user_data: "/dev/ttyS1, key /meta/, field cloudinit-user-data",
            metadata: Some("/dev/ttyS1, the whole context"),
            yields: &[Field::Hostname, Field::SshKeys, Field::PublicIpv4, Field::PrivateIpv4],
            form: Some(Form::CloudSigma),
            text_only: true,
            ..LOCAL
        }],
        oem_preset: Some("cloudsigma"),
        ..PLAIN
    },
    Platform {
        name: "packet",
        summary: "Packet",
        datasources: &[Datasource {
            name: "packet",
            available: "https://metadata.packet.net/ answers with 2xx",
            user_data: "https://metadata.packet.net/userdata",
            metadata: Some("https://metadata.packet.net/metadata"),
            yields: &[
                Field::Hostname,
                Field::SshKeys,
                Field::PublicIpv4,
                Field::PrivateIpv4,
                Field::PublicIpv6,
            ],
            form: Some(Form::Packet),
            retries: HTTP,
            ..LOCAL
        }],
        oem_preset: Some("packet"),
        bare_metal: true,
        targets: COREOS,
        ..PLAIN
    },
    Platform {
        name: "vmware",
        summary: "VMware: guestinfo properties, with the network configuration converted",
        datasources: &[Datasource {
            name: "vmware",
            available: "the machine runs on VMware",
            user_data: "guestinfo coreos.config.data, or the content of coreos.config.url",
            metadata: Some("guestinfo hostname, dns.*, interface.*"),
            yields: &[
                Field::Hostname,
                Field::PublicIpv4,
                Field::PrivateIpv4,
                Field::PublicIpv6,
                Field::PrivateIpv6,
                Field::Network,
            ],
            form: Some(Form::Guestinfo),
            text_only: true,
            retries: HTTP,
            probed_again: false,
            ..LOCAL
        }],
        oem_preset: Some("vmware"),
        ..PLAIN
    },
];
