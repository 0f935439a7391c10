//! Distributions, and the releases of cloud-init that their images bring.
//!
//! Source: the packages of each distribution, their change logs, and the release notes of their images.

use dryboot_schema::Release;

/// A release of a distribution.
#[derive(Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The name that users type: `debian-12`.
    pub name: &'static str,
    /// The name for people: `Debian 12`.
    pub title: &'static str,
    /// Other names that people type for it.
    pub aliases: &'static [&'static str],
    /// The release of cloud-init in its first images.
    pub oldest: Release,
    /// The newest release of cloud-init that it has had.
    pub newest: Release,
    /// Whether both were seen in its packages; otherwise they are likely.
    pub confirmed: bool,
}

impl Distribution {
    /// The distribution without its release: `debian`, `rhel`, `opensuse-leap`.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.rsplit_once('-').map_or(self.name, |(family, _)| family)
    }

    /// Whether it is one of these families.
    #[must_use]
    pub fn is_of(&self, families: &[&str]) -> bool {
        families.contains(&self.family())
    }

    /// The account that its images make at the first boot.
    #[must_use]
    pub fn default_user(&self) -> Option<&'static str> {
        DEFAULT_USERS.iter().find(|(family, _)| *family == self.family()).map(|(_, user)| *user)
    }

    /// The programs that install packages there, the usual one first.
    #[must_use]
    pub fn package_managers(&self) -> &'static [&'static str] {
        let rows = || PACKAGE_MANAGERS.iter();
        // A row for one release comes before that of its family.
        let row = rows()
            .find(|(name, _)| *name == self.name)
            .or_else(|| rows().find(|(name, _)| *name == self.family()));
        row.map_or(&[], |(_, managers)| managers)
    }

    /// Whether all of its images have the same release.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.oldest == self.newest
    }
}

/// The distribution that users call `name`, whatever the case of its letters.
#[must_use]
pub fn distribution(name: &str) -> Option<&'static Distribution> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    DISTRIBUTIONS.iter().find(|row| is(row.name) || row.aliases.iter().any(|alias| is(alias)))
}

/// The default users of families, as cloud-init's configuration for them has it.
const DEFAULT_USERS: [(&str, &str); 11] = [
    ("ubuntu", "ubuntu"),
    ("debian", "debian"),
    ("rhel", "cloud-user"),
    ("centos-stream", "cloud-user"),
    ("almalinux", "almalinux"),
    ("rocky", "rocky"),
    ("amazon", "ec2-user"),
    ("fedora", "fedora"),
    ("alpine", "alpine"),
    ("arch", "arch"),
    ("freebsd", "freebsd"),
];

const APT: &[&str] = &["apt-get", "apt", "aptitude", "dpkg", "add-apt-repository", "apt-key"];
const DNF: &[&str] = &["dnf", "yum", "rpm", "microdnf"];
const YUM: &[&str] = &["yum", "rpm"];
const TDNF: &[&str] = &["tdnf", "dnf", "yum", "rpm"];
const ZYPPER: &[&str] = &["zypper", "rpm"];

/// What each family, or a release that differs, has to install packages with.
const PACKAGE_MANAGERS: [(&str, &[&str]); 21] = [
    ("rhel-7", YUM),
    ("centos-7", YUM),
    ("oracle-7", YUM),
    ("amazon-2", YUM),
    ("ubuntu", APT),
    ("debian", APT),
    ("rhel", DNF),
    ("almalinux", DNF),
    ("rocky", DNF),
    ("oracle", DNF),
    ("centos", DNF),
    ("centos-stream", DNF),
    ("amazon", DNF),
    ("fedora", DNF),
    ("azurelinux", TDNF),
    ("photon", TDNF),
    ("opensuse-leap", ZYPPER),
    ("sles", ZYPPER),
    ("alpine", &["apk"]),
    ("arch", &["pacman"]),
    ("freebsd", &["pkg"]),
];

/// Modules that older releases skip on some families, with the first release that runs them there. Amazon's packages have
/// changes of their own, so nothing is said of them.
///
/// Source: cloud-init, the lists of distributions in `config/cc_ca_certs.py` and `config/cc_yum_add_repo.py` at the tags.
const RUNS_SINCE: [(&str, &[&str], Release); 7] = [
    ("ca_certs", &["alpine"], v(20, 3)),
    ("ca_certs", &["rhel"], v(21, 1)),
    ("ca_certs", &["fedora", "suse", "opensuse-leap", "sles"], v(23, 2)),
    ("ca_certs", &["almalinux"], v(24, 2)),
    ("ca_certs", &["centos", "centos-stream"], v(25, 2)),
    ("ca_certs", &["rocky"], v(26, 1)),
    ("yum_add_repo", &["almalinux", "rocky"], v(21, 3)),
];

/// The first release that runs a module on a family; none where all do, or none does.
#[must_use]
pub fn runs_since(module: &str, family: &str) -> Option<Release> {
    let is_it =
        |&&(name, families, _): &&(&str, &[&str], Release)| name == module && families.contains(&family);
    RUNS_SINCE.iter().find(is_it).map(|&(.., since)| since)
}

const fn v(major: u8, minor: u8) -> Release {
    Release::new(major, minor)
}

const fn row(name: &'static str, title: &'static str, oldest: Release, newest: Release) -> Distribution {
    Distribution { name, title, aliases: &[], oldest, newest, confirmed: true }
}

impl Distribution {
    const fn or(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    const fn likely(self) -> Self {
        Self { confirmed: false, ..self }
    }
}

/// Every distribution, by family and then by release.
pub static DISTRIBUTIONS: &[Distribution] = &[
    row("ubuntu-18.04", "Ubuntu 18.04", v(18, 2), v(23, 1).patch(2)).or(&["bionic"]),
    row("ubuntu-20.04", "Ubuntu 20.04", v(20, 1), v(24, 4).patch(1)).or(&["focal"]),
    row("ubuntu-22.04", "Ubuntu 22.04", v(22, 1), v(26, 1)).or(&["jammy"]),
    row("ubuntu-24.04", "Ubuntu 24.04", v(24, 1).patch(3), v(26, 1)).or(&["noble"]),
    row("ubuntu-24.10", "Ubuntu 24.10", v(24, 4), v(25, 1).patch(3)).or(&["oracular"]).likely(),
    row("ubuntu-25.04", "Ubuntu 25.04", v(25, 1).patch(1), v(25, 3)).or(&["plucky"]),
    row("ubuntu-25.10", "Ubuntu 25.10", v(25, 3), v(26, 1)).or(&["questing"]).likely(),
    row("ubuntu-26.04", "Ubuntu 26.04", v(26, 1), v(26, 1)).or(&["resolute"]),
    row("debian-10", "Debian 10", v(18, 3), v(20, 2)).or(&["buster"]).likely(),
    row("debian-11", "Debian 11", v(20, 4).patch(1), v(20, 4).patch(1)).or(&["bullseye"]),
    row("debian-12", "Debian 12", v(22, 4).patch(2), v(22, 4).patch(2)).or(&["bookworm"]),
    row("debian-13", "Debian 13", v(25, 1).patch(4), v(25, 1).patch(4)).or(&["trixie"]),
    row("rhel-7", "RHEL 7", v(18, 2), v(19, 4)),
    row("rhel-8", "RHEL 8", v(20, 3), v(23, 4)),
    row("rhel-8.4", "RHEL 8.4", v(20, 3), v(20, 3)),
    row("rhel-8.5", "RHEL 8.5", v(21, 1), v(21, 1)),
    row("rhel-8.6", "RHEL 8.6", v(21, 1), v(21, 1)),
    row("rhel-8.7", "RHEL 8.7", v(22, 1), v(22, 1)),
    row("rhel-8.8", "RHEL 8.8", v(22, 1), v(22, 1)),
    row("rhel-8.9", "RHEL 8.9", v(23, 1).patch(1), v(23, 1).patch(1)),
    row("rhel-8.10", "RHEL 8.10", v(23, 4), v(23, 4)),
    row("rhel-9", "RHEL 9", v(21, 1), v(24, 4)),
    row("rhel-9.0", "RHEL 9.0", v(21, 1), v(21, 1)).likely(),
    row("rhel-9.1", "RHEL 9.1", v(22, 1), v(22, 1)).likely(),
    row("rhel-9.2", "RHEL 9.2", v(22, 1), v(22, 1)).likely(),
    row("rhel-9.3", "RHEL 9.3", v(23, 1).patch(1), v(23, 1).patch(1)),
    row("rhel-9.4", "RHEL 9.4", v(23, 4), v(23, 4)),
    row("rhel-9.5", "RHEL 9.5", v(23, 4), v(23, 4)),
    row("rhel-9.6", "RHEL 9.6", v(24, 4), v(24, 4)).likely(),
    row("rhel-9.7", "RHEL 9.7", v(24, 4), v(24, 4)),
    row("rhel-9.8", "RHEL 9.8", v(24, 4), v(24, 4)).likely(),
    row("rhel-10", "RHEL 10", v(24, 4), v(24, 4)),
    // Rebuilds of RHEL keep its release of cloud-init.
    row("almalinux-8", "AlmaLinux 8", v(20, 3), v(23, 4)).or(&["alma-8"]),
    row("almalinux-9", "AlmaLinux 9", v(21, 1), v(24, 4)).or(&["alma-9"]),
    row("almalinux-10", "AlmaLinux 10", v(24, 4), v(24, 4)).or(&["alma-10"]),
    row("rocky-8", "Rocky Linux 8", v(20, 3), v(23, 4)).or(&["rockylinux-8"]),
    row("rocky-9", "Rocky Linux 9", v(21, 1), v(24, 4)).or(&["rockylinux-9"]),
    row("rocky-10", "Rocky Linux 10", v(24, 4), v(24, 4)).or(&["rockylinux-10"]),
    row("oracle-7", "Oracle Linux 7", v(18, 2), v(19, 4)).or(&["ol-7", "oraclelinux-7"]),
    row("oracle-8", "Oracle Linux 8", v(20, 3), v(23, 4)).or(&["ol-8", "oraclelinux-8"]),
    row("oracle-9", "Oracle Linux 9", v(21, 1), v(24, 4)).or(&["ol-9", "oraclelinux-9"]),
    row("oracle-10", "Oracle Linux 10", v(24, 4), v(24, 4)).or(&["ol-10", "oraclelinux-10"]),
    row("centos-7", "CentOS 7", v(18, 2), v(19, 4)),
    row("centos-stream-10", "CentOS Stream 10", v(24, 1).patch(4), v(24, 4)).likely(),
    row("amazon-2", "Amazon Linux 2", v(18, 2), v(19, 3)).or(&["al2", "amazonlinux-2", "amazon-linux-2"]),
    row("amazon-2023", "Amazon Linux 2023", v(22, 2).patch(2), v(22, 2).patch(2)).or(&[
        "al2023",
        "amazonlinux-2023",
        "amazon-linux-2023",
    ]),
    row("fedora-39", "Fedora 39", v(23, 2).patch(1), v(23, 2).patch(2)).likely(),
    row("fedora-40", "Fedora 40", v(23, 4).patch(4), v(23, 4).patch(4)),
    row("fedora-41", "Fedora 41", v(24, 1), v(24, 2)).likely(),
    row("fedora-42", "Fedora 42", v(24, 2), v(24, 2)).likely(),
    row("fedora-43", "Fedora 43", v(25, 2), v(25, 2)),
    row("opensuse-leap-15.6", "openSUSE Leap 15.6", v(23, 3), v(23, 3)).or(&["leap-15.6"]),
    row("opensuse-leap-16.0", "openSUSE Leap 16.0", v(25, 1).patch(3), v(25, 1).patch(3))
        .or(&["leap-16.0"])
        .likely(),
    row("sles-15", "SLES 15", v(21, 4), v(23, 3)).likely(),
    row("sles-16", "SLES 16", v(25, 1).patch(3), v(25, 1).patch(3)).likely(),
    row("alpine-3.16", "Alpine 3.16", v(22, 2).patch(2), v(22, 2).patch(2)),
    row("alpine-3.17", "Alpine 3.17", v(22, 4), v(22, 4)),
    row("alpine-3.18", "Alpine 3.18", v(23, 1).patch(2), v(23, 1).patch(2)),
    row("alpine-3.19", "Alpine 3.19", v(23, 4).patch(4), v(23, 4).patch(4)),
    row("alpine-3.20", "Alpine 3.20", v(24, 1).patch(3), v(24, 1).patch(3)),
    row("alpine-3.21", "Alpine 3.21", v(24, 3).patch(1), v(24, 3).patch(1)).likely(),
    row("alpine-3.22", "Alpine 3.22", v(24, 3).patch(1), v(24, 3).patch(1)),
    row("alpine-3.24", "Alpine 3.24", v(26, 1), v(26, 1)),
    // Rolling: what its package had last.
    row("arch", "Arch Linux", v(25, 3), v(25, 3)).or(&["archlinux"]),
    row("freebsd", "FreeBSD", v(25, 2), v(25, 2)),
    row("azurelinux-2", "Azure Linux 2", v(21, 4), v(23, 3)).or(&["mariner-2"]).likely(),
    row("azurelinux-3", "Azure Linux 3", v(24, 3).patch(1), v(24, 4).patch(1)).likely(),
    row("photon-4", "Photon OS 4", v(20, 3), v(24, 2)),
    row("photon-5", "Photon OS 5", v(24, 2), v(25, 1).patch(3)).likely(),
];
