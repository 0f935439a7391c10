//! What a machine is told on each platform, with the example that the preview has of it.

#![expect(clippy::panic, reason = "a test may fail")]

use dryboot_cloud_init::platform::PLATFORMS;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Machine, Preview, SOURCES, Source, Status, preview};

/// What is asked of the data source, as a template asks it.
const TEXT: &str = "## template: jinja\n#cloud-config\nwrite_files:\n- path: /x\n  content: \"{{ v1.cloud_id }} \
    {{ v1.instance_id }} {{ v1.local_hostname }} {{ v1.region }} {{ v1.availability_zone }} {{ v1.public_ssh_keys | length }}\"\n";

/// The platform; its cloud, id, host, region, zone and the number of keys; and lines of its network configuration.
const PLATFORM: [(&str, &str, &[&str]); 13] = [
    ("ec2", "aws i-0123456789abcdef0 ip-172-31-5-6 us-east-1 us-east-1a 1", &["dhcp4: true"]),
    (
        "azure",
        "azure 02aab8a4-74ef-476e-8182-f6d2ba4166a6 web-1 westeurope 0 1",
        &["route-metric: 100", "driver: hv_netvsc"],
    ),
    ("gce", "gce 4520031799277581759 web-1 europe-west1 europe-west1-b 1", &["dhcp4: true"]),
    ("openstack", "openstack d8e02d56-2648-49a3-bf97-6be8f1204f38 server-1 None nova 1", &["dhcp4: true"]),
    (
        "rackspace",
        "configdrive d8e02d56-2648-49a3-bf97-6be8f1204f38 web-1 None None 1",
        &["- 203.0.113.20/24", "to: 10.176.0.0/12"],
    ),
    (
        "digitalocean",
        "digitalocean 412345678 web-1 None fra1 1",
        &["- 10.19.0.5/16", "via: 203.0.113.1", "set-name: eth1"],
    ),
    ("hetzner", "hetzner 42424242 web-1 None None 1", &["on-link: true", "via: fe80::1", "set-name: eth1"]),
    (
        "oracle",
        "oracle ocid1.instance.oc1.eu-frankfurt-1.antheljsexample web-1 None eu-frankfurt-1-ad-1 1",
        &["mtu: 9000"],
    ),
    (
        "vultr",
        "vultr 29bea708-2e6e-480a-90ad-0e6b5d5ad62f web-1 nl None 1",
        &["accept-ra: true", "- 10.1.96.3/20"],
    ),
    ("lxd", "lxd 0f8a2f0c-7f3d-4f9e-9c39-3c4b6a1f2d11 web-1 None None 0", &["dhcp4: true"]),
    ("vmware", "vmware web-1 web-1 None None 1", &["id0:", "- 192.0.2.10/24"]),
    (
        "proxmox",
        "nocloud 5a0b2b1d4e6f7c8d9a0b1c2d3e4f5a6b7c8d9e0f ubuntu None None 0",
        &["- 192.168.1.50/24", "- example.lan", "to: default"],
    ),
    ("none", "none iid-datasource-none ubuntu None None 0", &["dhcp4: true"]),
];

fn machine(name: &str) -> Machine {
    let platform = PLATFORMS.iter().find(|platform| platform.name == name);
    let source = platform.and_then(|platform| Source::named(platform.datasource));
    source.unwrap_or_else(|| panic!("no platform {name}")).example(name)
}

fn boot(text: &str, machine: &Machine) -> Preview {
    preview(text.as_bytes(), &Target::NEWEST, machine).unwrap_or_else(|error| panic!("{error}"))
}

fn file(preview: &Preview, path: &str) -> String {
    preview.files.read(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

#[test]
fn each_platform_says_who_the_machine_is_and_what_its_network_is() {
    for (name, told, lines) in PLATFORM {
        let preview = boot(TEXT, &machine(name));
        assert_eq!(file(&preview, "/x"), told, "{name}");
        let network = file(&preview, "/etc/netplan/50-cloud-init.yaml");
        for line in lines {
            assert!(
                network.lines().any(|own| own.trim().trim_start_matches("-   ") == *line),
                "{name}: {network}"
            );
        }
    }
}

#[test]
fn a_platform_that_does_not_answer_leaves_the_fallback() {
    for source in &SOURCES {
        for platform in PLATFORMS.iter().filter(|platform| platform.datasource == source.name) {
            let example = source.example(platform.name);
            if example.hardware.is_none() {
                continue;
            }
            let preview = boot("#cloud-config\nhostname: a\n", &Machine { unreachable: true, ..example });
            assert_eq!(preview.status, Status::Degraded, "{}", platform.name);
            assert_eq!(preview.source, "DataSourceNone", "{}", platform.name);
            assert_eq!(preview.hostname, "ubuntu", "{}", platform.name);
        }
    }
}

#[test]
fn hardware_that_nothing_recognises_runs_no_cloud_init() {
    let machine = Machine::parse(br#"{"hardware": {"dmi": {"sys_vendor": "QEMU"}}}"#);
    let preview = boot("#cloud-config\nhostname: a\n", &machine.unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(preview.status, Status::Disabled);
    assert!(preview.journal.effects.is_empty());
    assert_eq!(preview.story().len(), 1);
}

#[test]
fn a_release_older_than_the_data_source_runs_nothing() {
    let of = |target: &str| {
        let target = Target::parse(target).unwrap_or_else(|error| panic!("{error}"));
        let preview = preview(b"#cloud-config\n{}\n", &target, &machine("vmware"));
        preview.unwrap_or_else(|error| panic!("{error}")).status
    };
    assert_eq!(of("debian-11"), Status::Disabled);
    assert_eq!(of("debian-12"), Status::Done);
}

#[test]
fn base64_is_decoded_where_the_platform_says_so() {
    let text = "I2Nsb3VkLWNvbmZpZwpob3N0bmFtZTogYQo=";
    assert_eq!(boot(text, &machine("hetzner")).hostname, "a");
    assert_ne!(boot(text, &machine("digitalocean")).hostname, "a");
    let mut gce = machine("gce");
    assert_ne!(boot(text, &gce).hostname, "a");
    if let Some(attributes) = gce.metadata.as_mut().and_then(|tree| tree.pointer_mut("/instance/attributes"))
    {
        attributes["user-data-encoding"] = "base64".into();
    }
    assert_eq!(boot(text, &gce).hostname, "a");
}

#[test]
fn azures_administrator_is_the_default_user_and_has_the_keys() {
    let preview = boot("#cloud-config\n{}\n", &machine("azure"));
    assert!(preview.users.iter().any(|user| user.name == "azureuser"));
    assert!(!preview.users.iter().any(|user| user.name == "ubuntu"));
    assert!(file(&preview, "/home/azureuser/.ssh/authorized_keys").contains("ssh-ed25519"));
    assert!(
        file(&preview, "/etc/ssh/sshd_config.d/50-cloud-init.conf").contains("PasswordAuthentication no")
    );
}
