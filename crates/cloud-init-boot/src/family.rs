//! How families of distributions do things: what of cloud-init depends on the distribution, as data.
//!
//! Source: cloud-init 26.2, `distros/`, `config/cc_ca_certs.py` and `config/cc_ntp.py`.

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Debian and its derivatives.
    Debian,
    /// Red Hat and its derivatives.
    RedHat,
    /// SUSE.
    Suse,
    /// Alpine.
    Alpine,
    /// Arch.
    Arch,
}

/// How the name of the host is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostNames {
    /// It is written to `/etc/hostname`.
    File,
    /// With `hostnamectl`.
    Hostnamectl,
}

/// How the locale is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locales {
    /// As Debian does, with `locale-gen` and `update-locale`.
    Debian,
    /// As a line in this file.
    Line(&'static str),
    /// As a shell script in `/etc/profile.d`: the distribution has no locale settings of its own.
    Profile(&'static str),
    /// With `locale-gen` and `localectl`.
    Localectl,
}

/// Where certificates go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Certificates {
    /// The directory.
    pub(crate) folder: &'static str,
    /// The command that makes them count.
    pub(crate) update: &'static str,
    /// The directories of those that can be removed; where there are none, they are deselected in a list.
    pub(crate) stock: &'static [&'static str],
}

/// How a family does things.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ways {
    /// How the name of the host is set.
    pub(crate) host_names: HostNames,
    /// The command that makes it count at once, before the name.
    pub(crate) apply_host_name: &'static [&'static str],
    /// Whether the full name of the host is stored, unless the config says otherwise.
    pub(crate) prefers_fqdn: bool,
    /// The address of the host's own name in `/etc/hosts`.
    pub(crate) own_address: &'static str,
    /// How the locale is set.
    pub(crate) locales: Locales,
    /// The locale where nobody chooses one.
    pub(crate) locale: &'static str,
    /// Whether the time zone is written to `/etc/timezone`, besides the link.
    pub(crate) names_time_zone: bool,
    /// Where certificates go.
    pub(crate) certificates: Certificates,
    /// The service of the SSH server.
    pub(crate) ssh_service: &'static str,
    /// Whether systemd starts services; otherwise OpenRC does.
    pub(crate) has_systemd: bool,
    /// The file of chrony, and its service.
    pub(crate) chrony: (&'static str, &'static str),
    /// The groups with the lowest numbers.
    pub(crate) first_groups: &'static [&'static str],
}

const DEBIAN_CERTIFICATES: Certificates =
    Certificates { folder: "/usr/local/share/ca-certificates", update: "update-ca-certificates", stock: &[] };

const DEBIAN: Ways = Ways {
    host_names: HostNames::File,
    apply_host_name: &["hostname"],
    prefers_fqdn: false,
    own_address: "127.0.1.1",
    locales: Locales::Debian,
    locale: "C.UTF-8",
    names_time_zone: true,
    certificates: DEBIAN_CERTIFICATES,
    ssh_service: "ssh",
    has_systemd: true,
    chrony: ("/etc/chrony/chrony.conf", "chrony"),
    first_groups: &["adm", "tty", "disk", "dialout", "cdrom", "floppy", "sudo"],
};

const RED_HAT: Ways = Ways {
    host_names: HostNames::Hostnamectl,
    prefers_fqdn: true,
    own_address: "127.0.0.1",
    locales: Locales::Line("/etc/locale.conf"),
    locale: "en_US.UTF-8",
    names_time_zone: false,
    certificates: Certificates {
        folder: "/usr/share/pki/ca-trust-source/anchors",
        update: "update-ca-trust",
        stock: &["/usr/share/pki/ca-trust-source/", "/usr/share/pki/ca-trust-source/anchors/"],
    },
    ssh_service: "sshd",
    chrony: ("/etc/chrony.conf", "chronyd"),
    first_groups: &["adm", "wheel"],
    ..DEBIAN
};

const SUSE: Ways = Ways {
    prefers_fqdn: false,
    own_address: "127.0.1.1",
    certificates: Certificates {
        folder: "/usr/share/pki/trust/anchors",
        update: "update-ca-certificates",
        stock: &["/usr/share/pki/trust/", "/usr/share/pki/trust/anchors/"],
    },
    ..RED_HAT
};

const ALPINE: Ways = Ways {
    locales: Locales::Profile("/etc/profile.d/50-cloud-init-locale.sh"),
    ssh_service: "sshd",
    has_systemd: false,
    chrony: ("/etc/chrony/chrony.conf", "chronyd"),
    first_groups: &["adm", "wheel"],
    ..DEBIAN
};

const ARCH: Ways = Ways {
    apply_host_name: &["hostnamectl", "--transient", "set-hostname"],
    own_address: "127.0.0.1",
    locales: Locales::Localectl,
    locale: "en_US.UTF-8",
    ssh_service: "sshd",
    chrony: ("/etc/chrony.conf", "chronyd"),
    first_groups: &["adm", "wheel"],
    ..DEBIAN
};

impl Family {
    /// How it does things.
    #[must_use]
    pub(crate) fn ways(self) -> &'static Ways {
        match self {
            Self::Debian => &DEBIAN,
            Self::RedHat => &RED_HAT,
            Self::Suse => &SUSE,
            Self::Alpine => &ALPINE,
            Self::Arch => &ARCH,
        }
    }
}

/// A package manager, by its commands. apt has more to it, and is not among them.
#[derive(Debug, PartialEq, Eq)]
pub struct Manager {
    /// Fetches the lists of packages; nothing where it does so by itself.
    pub(crate) refresh: &'static [&'static str],
    /// Whether the lists are fetched before the first package is installed.
    pub(crate) refreshes_first: bool,
    /// Upgrades everything.
    pub(crate) upgrade: &'static [&'static str],
    /// Installs the packages whose names follow.
    pub(crate) install: &'static [&'static str],
}

/// DNF.
pub(crate) static DNF: Manager = Manager {
    refresh: &["dnf", "-y", "makecache"],
    refreshes_first: false,
    upgrade: &["dnf", "-y", "upgrade"],
    install: &["dnf", "-y", "install"],
};

/// YUM, which goes on where a package is not known.
pub(crate) static YUM: Manager = Manager {
    refresh: &["yum", "-t", "-y", "makecache"],
    refreshes_first: false,
    upgrade: &["yum", "-t", "-y", "upgrade"],
    install: &["yum", "-t", "-y", "install"],
};

/// DNF of Amazon, whose lists cloud-init does not fetch.
pub(crate) static AMAZON_DNF: Manager =
    Manager { refresh: &[], refreshes_first: false, upgrade: DNF.upgrade, install: DNF.install };

/// YUM of Amazon, whose lists cloud-init does not fetch.
pub(crate) static AMAZON_YUM: Manager =
    Manager { refresh: &[], refreshes_first: false, upgrade: YUM.upgrade, install: YUM.install };

/// Zypper.
pub(crate) static ZYPPER: Manager = Manager {
    refresh: &["zypper", "--non-interactive", "refresh"],
    refreshes_first: false,
    upgrade: &["zypper", "--non-interactive", "update"],
    install: &["zypper", "--non-interactive", "install", "--auto-agree-with-licenses"],
};

/// apk.
pub(crate) static APK: Manager = Manager {
    refresh: &["apk", "--quiet", "update"],
    refreshes_first: true,
    upgrade: &["apk", "--quiet", "upgrade", "--update-cache", "--available"],
    install: &["apk", "--quiet", "add"],
};

/// pacman.
pub(crate) static PACMAN: Manager = Manager {
    refresh: &["pacman", "-Sy", "--quiet", "--noconfirm", "-y"],
    refreshes_first: true,
    upgrade: &["pacman", "-Sy", "--quiet", "--noconfirm", "-u"],
    install: &["pacman", "-Sy", "--quiet", "--noconfirm"],
};
