//! What the boot of one config is on each distribution and release.

#![expect(clippy::panic, reason = "a test may fail")]

use dryboot_cloud_init::target::{DISTRIBUTIONS, Target};
use dryboot_cloud_init_boot::{Action, Machine, ModuleResult, Preview, Status, preview};

const TEXT: &str = "#cloud-config\npackages: [nginx]\npackage_upgrade: true\nhostname: web\ntimezone: Europe/Paris\n\
                    ssh_pwauth: true\nca_certs: {trusted: [x]}\n";

/// The target; its default user; a file of its network; the command that installs; and a service or file besides.
const DISTROS: [(&str, &str, &str, &str); 17] = [
    ("ubuntu-20.04", "ubuntu", "/etc/netplan/50-cloud-init.yaml", "--quiet install nginx"),
    ("ubuntu-26.04", "ubuntu", "/etc/netplan/50-cloud-init.yaml", "--quiet install nginx"),
    ("debian-11", "debian", "/etc/network/interfaces.d/50-cloud-init", "--quiet install nginx"),
    ("debian-13", "debian", "/etc/netplan/50-cloud-init.yaml", "--quiet install nginx"),
    ("rhel-8", "cloud-user", "/etc/sysconfig/network-scripts/ifcfg-eth0", "dnf -y install nginx"),
    ("rhel-9.4", "cloud-user", "/etc/sysconfig/network-scripts/ifcfg-eth0", "dnf -y install nginx"),
    (
        "rhel-10",
        "cloud-user",
        "/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection",
        "dnf -y install nginx",
    ),
    ("centos-7", "cloud-user", "/etc/sysconfig/network-scripts/ifcfg-eth0", "yum -t -y install nginx"),
    ("almalinux-9", "almalinux", "/etc/sysconfig/network-scripts/ifcfg-eth0", "dnf -y install nginx"),
    (
        "rocky-10",
        "rocky",
        "/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection",
        "dnf -y install nginx",
    ),
    ("amazon-2", "ec2-user", "/etc/sysconfig/network-scripts/ifcfg-eth0", "yum -t -y install nginx"),
    ("amazon-2023", "ec2-user", "/etc/systemd/network/10-cloud-init-eth0.network", "dnf -y install nginx"),
    (
        "fedora-43",
        "fedora",
        "/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection",
        "dnf -y install nginx",
    ),
    (
        "sles-15",
        "suse",
        "/etc/sysconfig/network/ifcfg-eth0",
        "zypper --non-interactive install --auto-agree-with-licenses nginx",
    ),
    (
        "sles-16",
        "suse",
        "/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection",
        "zypper --non-interactive install --auto-agree-with-licenses nginx",
    ),
    ("alpine-3.22", "alpine", "/etc/network/interfaces", "apk --quiet add nginx"),
    (
        "arch",
        "arch",
        "/etc/systemd/network/10-cloud-init-eth0.network",
        "pacman -Sy --quiet --noconfirm nginx",
    ),
];

fn boot(target: &str) -> Preview {
    let target = Target::parse(target).unwrap_or_else(|error| panic!("{error}"));
    preview(TEXT.as_bytes(), &target, &Machine::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn lines(preview: &Preview) -> Vec<String> {
    let runs = preview.journal.effects.iter().filter_map(|effect| match &effect.action {
        Action::Run(run) => Some(run.line()),
        _ => None,
    });
    runs.collect()
}

#[test]
fn each_distribution_has_its_user_its_network_and_its_package_manager() {
    for (name, user, network, installs) in DISTROS {
        let preview = boot(name);
        assert_ne!(preview.status, Status::Error, "{name}: {:?}", preview.journal.stages);
        assert!(preview.users.iter().any(|own| own.name == user), "{name}");
        assert!(preview.files.entry(network).is_some(), "{name}: no {network}");
        let lines = lines(&preview);
        assert!(lines.iter().any(|line| line.ends_with(installs)), "{name}: {lines:?}");
    }
}

#[test]
fn every_linux_distribution_with_an_image_boots() {
    for distribution in DISTRIBUTIONS {
        let target = Target::parse(distribution.name).unwrap_or_else(|error| panic!("{error}"));
        match preview(TEXT.as_bytes(), &target, &Machine::default()) {
            Ok(preview) => assert_ne!(preview.status, Status::Error, "{}", distribution.name),
            Err(error) => {
                let without = ["freebsd", "azurelinux", "photon"];
                assert!(without.contains(&distribution.family()), "{error}");
            }
        }
    }
}

#[test]
fn alpine_has_doas_and_openrc_and_no_systemd() {
    let preview = boot("alpine-3.22");
    let lines = lines(&preview);
    assert!(lines.iter().any(|line| line == "rc-service --nocolor sshd restart"), "{lines:?}");
    assert!(preview.files.entry("/etc/doas.conf").is_some());
    assert!(!lines.iter().any(|line| line.starts_with("systemctl")), "{lines:?}");
}

#[test]
fn repositories_are_added_where_their_package_manager_is() {
    let text = "#cloud-config\napk_repos: {alpine_repo: {version: v3.22, community_enabled: true}}\n\
                zypper: {repos: [{id: a b, baseurl: http://a.example/}]}\n";
    let file = |target: &str, path: &str| {
        let target = Target::parse(target).unwrap_or_else(|error| panic!("{error}"));
        let preview =
            preview(text.as_bytes(), &target, &Machine::default()).unwrap_or_else(|error| panic!("{error}"));
        preview.files.read(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let apk = file("alpine-3.22", "/etc/apk/repositories").unwrap_or_default();
    assert!(
        apk.ends_with("/v3.22/main\nhttps://alpine.global.ssl.fastly.net/alpine/v3.22/community\n"),
        "{apk}"
    );
    let zypper = file("sles-15", "/etc/zypp/repos.d/a_b.repo");
    assert_eq!(zypper.as_deref(), Some("[a b]\nbaseurl = http://a.example/\nenabled = 1\nautorefresh = 1"));
    assert_eq!(file("arch", "/etc/zypp/repos.d/a_b.repo"), None);
}

#[test]
fn the_sources_of_apt_have_the_form_of_the_release() {
    let path = |target: &str| {
        let preview = boot(target);
        ["/etc/apt/sources.list", "/etc/apt/sources.list.d/ubuntu.sources"]
            .into_iter()
            .find(|path| preview.files.entry(path).is_some_and(|entry| entry.written_by.is_some()))
    };
    assert_eq!(path("ubuntu-20.04"), Some("/etc/apt/sources.list"));
    assert_eq!(path("ubuntu-22.04"), Some("/etc/apt/sources.list"));
    assert_eq!(path("ubuntu-24.04"), Some("/etc/apt/sources.list.d/ubuntu.sources"));
}

/// The stage that has a module, and the module's result.
fn module(preview: &Preview, name: &str) -> Option<(&'static str, ModuleResult)> {
    preview.journal.stages.iter().find_map(|stage| {
        let (_, result) = stage.modules.as_ref()?.iter().find(|(module, _)| module == name)?;
        Some((stage.name, *result))
    })
}

#[test]
fn older_releases_run_modules_elsewhere_and_on_fewer_distributions() {
    let (passwords, certificates) = ("set_passwords", "ca_certs");
    for (target, stage) in
        [("debian-12", "config"), ("debian-13", "network"), ("rhel-8", "config"), ("alpine-3.22", "network")]
    {
        assert_eq!(module(&boot(target), passwords), Some((stage, ModuleResult::Ran)), "{target}");
    }
    for (target, result) in [
        ("rocky-9", ModuleResult::OtherDistro),
        ("almalinux-8", ModuleResult::OtherDistro),
        ("rhel-8", ModuleResult::Ran),
        ("fedora-43", ModuleResult::Ran),
        ("debian-12", ModuleResult::Ran),
    ] {
        assert_eq!(module(&boot(target), certificates).map(|(_, result)| result), Some(result), "{target}");
    }
    assert_eq!(module(&boot("debian-12"), "ansible"), None);
    assert_eq!(module(&boot("debian-13"), "ansible"), Some(("final", ModuleResult::NoConfig)));
}
