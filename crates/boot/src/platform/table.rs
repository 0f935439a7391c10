//! The table of platforms.

use dryboot_config::Target;

use super::{Addresses, Datasource, Entry, Field, Form, Limit, Platform, Retries};

const BOTH: &[Target] = &Target::ALL;
const COREOS: &[Target] = &[Target::CoreOs];

/// The HTTP client of every datasource.
const HTTP: Option<Retries> =
    Some(Retries { timeout_seconds: 10, attempts: 15, first_wait_ms: 100, longest_wait_ms: 5000 });

const CONFIG_DRIVE: Datasource = Datasource {
    name: "config drive",
    available: "the directory /media/configdrive exists",
    user_data: "/media/configdrive/openstack/latest/user_data",
    metadata: Some("/media/configdrive/openstack/latest/meta_data.json"),
    api: Some("latest"),
    retries: None,
    probed_again: true,
};

const EC2: Datasource = Datasource {
    name: "ec2",
    available: "http://169.254.169.254/2009-04-04/ answers with 2xx",
    user_data: "http://169.254.169.254/2009-04-04/user-data",
    metadata: Some("http://169.254.169.254/2009-04-04/meta-data"),
    api: Some("2009-04-04"),
    retries: HTTP,
    probed_again: true,
};

const EC2_LIMIT: Option<Limit> = Some(Limit {
    bytes: 16_384,
    of_base64: false,
    source: "EC2 User Guide: instance user data is limited to 16 KB before base64",
});

const NOVA_LIMIT: Option<Limit> =
    Some(Limit { bytes: 65_535, of_base64: true, source: "OpenStack Nova: user data of a server" });

const DRIVE_FIELDS: &[Field] = &[Field::Hostname, Field::SshKeys];
const IPV4: [Field; 2] = [Field::PublicIpv4, Field::PrivateIpv4];

/// What other platforms differ from.
const PLAIN: Platform = Platform {
    name: "",
    summary: "",
    datasources: &[],
    yields: &[],
    addresses: Addresses::MetadataAlone,
    user_data_limit: None,
    oem_preset: None,
    flags: &[],
    targets: BOTH,
    metadata_form: None,
    entry: Entry::Oem,
};

/// Every platform, in the order in which they are listed.
pub static PLATFORMS: &[Platform] = &[
    Platform {
        name: "ec2-compat",
        summary: "Amazon EC2 and its likes, with the preset `--oem=ec2-compat` (from 2014-07)",
        datasources: &[EC2, CONFIG_DRIVE],
        yields: &[Field::Hostname, Field::SshKeys, IPV4[0], IPV4[1]],
        user_data_limit: EC2_LIMIT,
        oem_preset: Some("ec2-compat"),
        flags: &["-oem=ec2-compat"],
        metadata_form: Some(Form::Ec2),
        ..PLAIN
    },
    Platform {
        name: "config-drive",
        summary: "A virtual machine with a disk labelled config-2",
        datasources: &[CONFIG_DRIVE],
        yields: DRIVE_FIELDS,
        addresses: Addresses::Environment,
        metadata_form: Some(Form::ConfigDrive),
        entry: Entry::ConfigDrive,
        ..PLAIN
    },
    Platform {
        name: "openstack",
        summary: "OpenStack with a config drive",
        datasources: &[CONFIG_DRIVE],
        yields: DRIVE_FIELDS,
        addresses: Addresses::Environment,
        user_data_limit: NOVA_LIMIT,
        // The fork's unit for the drive is skipped on OpenStack, where it has another way.
        targets: COREOS,
        metadata_form: Some(Form::ConfigDrive),
        entry: Entry::ConfigDrive,
        ..PLAIN
    },
    Platform {
        name: "file",
        summary: "A disk on which coreos-install has put the user-data",
        datasources: &[Datasource {
            name: "file",
            available: "the file exists",
            user_data: "/var/lib/coreos-install/user_data (Flatcar: /var/lib/flatcar-install/user_data)",
            metadata: None,
            api: None,
            retries: None,
            probed_again: true,
        }],
        addresses: Addresses::Environment,
        entry: Entry::File,
        ..PLAIN
    },
    Platform {
        name: "url",
        summary: "A machine with `cloud-config-url=` on the kernel's command line, as with PXE",
        datasources: &[Datasource {
            name: "proc-cmdline",
            available: "/proc/cmdline has a word cloud-config-url=URL",
            user_data: "the URL; the last one counts",
            metadata: None,
            api: None,
            retries: HTTP,
            probed_again: false,
        }],
        addresses: Addresses::Environment,
        entry: Entry::Url,
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
            api: Some("v1"),
            retries: HTTP,
            probed_again: true,
        }],
        yields: &[Field::Hostname, Field::SshKeys, IPV4[0], IPV4[1], Field::PublicIpv6, Field::PrivateIpv6],
        user_data_limit: Some(Limit {
            bytes: 65_536,
            of_base64: false,
            source: "DigitalOcean API: user_data of a droplet, plain text up to 64 KiB",
        }),
        oem_preset: Some("digitalocean"),
        flags: &["-oem=digitalocean"],
        metadata_form: Some(Form::DigitalOcean),
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
            api: Some("v1"),
            retries: HTTP,
            probed_again: true,
        }],
        yields: &[Field::Hostname, IPV4[0], IPV4[1]],
        user_data_limit: Some(Limit {
            bytes: 262_144,
            of_base64: false,
            source: "Compute Engine API: the value of a metadata item",
        }),
        oem_preset: Some("gce"),
        flags: &["-oem=gce"],
        metadata_form: Some(Form::Gce),
        ..PLAIN
    },
    Platform {
        name: "rackspace-onmetal",
        summary: "Rackspace OnMetal: the config drive of a real machine, whose network is converted",
        datasources: &[CONFIG_DRIVE],
        yields: &[Field::Hostname, Field::SshKeys, Field::Network],
        addresses: Addresses::Environment,
        oem_preset: Some("rackspace-onmetal"),
        flags: &["-oem=rackspace-onmetal"],
        targets: COREOS,
        metadata_form: Some(Form::ConfigDrive),
        entry: Entry::OnMetal,
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
            api: None,
            retries: HTTP,
            probed_again: true,
        }],
        yields: &[Field::Hostname, Field::SshKeys, IPV4[0], IPV4[1], Field::PublicIpv6],
        oem_preset: Some("packet"),
        flags: &["-oem=packet"],
        targets: COREOS,
        metadata_form: Some(Form::Packet),
        ..PLAIN
    },
];
