//! The machine that a boot changes: its files, accounts, programs and what answers it.

use std::collections::{BTreeMap, BTreeSet};

use dryboot_machine::{FileTree, Mode, Node};

use crate::accounts::{Directory, Group, User};
use crate::image::{ACCOUNTS, GROUPS, Image, PROGRAMS};
use crate::input::{Answer, CommandResult, Hardware, ImageFile, Machine};
use crate::packages;

/// The machine.
#[derive(Debug)]
pub(crate) struct System {
    /// The image that it boots.
    pub(crate) image: &'static Image,
    /// Its files.
    pub(crate) files: FileTree,
    /// Its files before the first boot.
    pub(crate) before: FileTree,
    /// Its accounts.
    pub(crate) users: Directory<User>,
    /// Its groups.
    pub(crate) groups: Directory<Group>,
    /// Its programs.
    pub(crate) programs: BTreeSet<String>,
    /// Its name.
    pub(crate) hostname: String,
    /// Its block devices.
    pub(crate) disks: Vec<String>,
    /// Its memory, in MiB.
    pub(crate) memory: u32,
    /// The packages that its package manager knows.
    pub(crate) packages: BTreeSet<String>,
    /// The domains that resolve.
    pub(crate) dns: Vec<String>,
    /// The machine is a container.
    pub(crate) is_container: bool,
    /// Its OpenSSH makes keys of type DSA.
    pub(crate) makes_dsa_keys: bool,
    /// What web servers answer.
    pub(crate) urls: BTreeMap<String, Answer>,
    /// The results of commands.
    pub(crate) results: Vec<CommandResult>,
}

/// The number of the group of accounts that have none of their own: `users`.
pub(crate) const USERS: u32 = 100;

/// Directories that cloud-init makes before anything else.
const STATE: [&str; 9] = [
    "/var/lib/cloud/instance/scripts",
    "/var/lib/cloud/instance/boothooks",
    "/var/lib/cloud/instance/handlers",
    "/var/lib/cloud/scripts/per-boot",
    "/var/lib/cloud/scripts/per-instance",
    "/var/lib/cloud/scripts/per-once",
    "/var/lib/cloud/handlers",
    "/var/lib/cloud/data",
    "/run/cloud-init",
];

/// Directories that every image has.
const DIRECTORIES: [&str; 26] = [
    "/bin",
    "/boot",
    "/dev",
    "/etc/default",
    "/etc/netplan",
    "/etc/cloud",
    "/etc/systemd/system",
    "/home",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run/systemd",
    "/sbin",
    "/srv",
    "/sys",
    "/tmp",
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib",
    "/usr/libexec",
    "/usr/local/bin",
    "/usr/share/zoneinfo",
    "/var/lib",
    "/var/log",
];

/// Time zones that every image has.
const ZONES: [&str; 7] =
    ["UTC", "Etc/UTC", "Europe/Paris", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "US/Pacific"];

impl System {
    /// The machine before its first boot.
    #[must_use]
    pub(crate) fn new(image: &'static Image, machine: &Machine) -> Self {
        let mut files = FileTree::empty();
        for path in DIRECTORIES.iter().chain(&STATE) {
            files.place_stock(path, Node::Directory, Mode::DIRECTORY, None);
        }
        for path in image.directories.split_whitespace() {
            files.place_stock(path, Node::Directory, Mode::DIRECTORY, None);
        }
        for (path, content) in image.files {
            files.place_stock(path, Node::File(content.as_bytes().to_vec()), Mode::DEFAULT, None);
        }
        for zone in ZONES {
            let path = format!("/usr/share/zoneinfo/{zone}");
            files.place_stock(&path, Node::File(Vec::new()), Mode::DEFAULT, None);
        }
        let zone = Node::Symlink("/usr/share/zoneinfo/Etc/UTC".to_owned());
        files.place_stock("/etc/localtime", zone, Mode::DEFAULT, None);
        for (path, file) in &machine.image_files {
            let (content, bits) = match file {
                ImageFile::Content(content) => (content, Some(0o644)),
                ImageFile::WithMode { content, mode } => (content, u32::from_str_radix(mode, 8).ok()),
            };
            let mode = Mode { bits: bits.unwrap_or(0o644), setuid: false };
            files.place_stock(path, Node::File(content.clone().into_bytes()), mode, None);
        }
        let mut programs: BTreeSet<String> =
            PROGRAMS.split_whitespace().chain(image.programs.split_whitespace()).map(str::to_owned).collect();
        programs.extend(machine.programs.iter().cloned());
        for name in &machine.missing_programs {
            programs.remove(name);
        }
        let user = |(name, uid, home, shell): (&str, u32, &str, &str)| User {
            name: name.to_owned(),
            uid,
            gid: uid,
            gecos: String::new(),
            home: home.to_owned(),
            shell: shell.to_owned(),
            has_password: false,
            is_stock: true,
        };
        let mut packages: BTreeSet<String> = packages::KNOWN.split_whitespace().map(str::to_owned).collect();
        packages.extend(machine.apt_packages.iter().cloned());
        let disks = machine.disks.clone().unwrap_or_else(|| vec!["sda1".to_owned()]);
        let dns = machine
            .dns
            .clone()
            .unwrap_or_else(|| ["archive.ubuntu.com", "security.ubuntu.com"].map(str::to_owned).to_vec());
        Self {
            image,
            before: files.clone(),
            files,
            users: ACCOUNTS.map(user).into_iter().collect(),
            groups: groups(image),
            programs,
            hostname: image.hostname.to_owned(),
            disks,
            memory: machine.memory_mb.unwrap_or(2048),
            packages,
            dns,
            is_container: machine.hardware.as_ref().is_some_and(Hardware::is_container),
            makes_dsa_keys: false,
            urls: machine.urls.clone(),
            results: machine.commands.clone(),
        }
    }

    /// The account with this name.
    #[must_use]
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.users.named(name)
    }

    /// Whether there is a group with this name.
    #[must_use]
    pub(crate) fn has_group(&self, name: &str) -> bool {
        self.groups.named(name).is_some()
    }

    /// The name of a group.
    #[must_use]
    pub(crate) fn group_name(&self, gid: u32) -> &str {
        self.groups.with_id(gid).map_or("root", |group| &group.name)
    }

    /// Where a program is, if it is there.
    #[must_use]
    pub(crate) fn which(&self, program: &str) -> Option<String> {
        let is_there = |name: &str| self.programs.contains(name);
        match program.rsplit_once('/') {
            Some((_, name)) => is_there(name).then(|| program.to_owned()),
            None if is_there(program) => {
                let is_of_admins = program.starts_with("mk") || program.ends_with("add");
                Some(format!("/usr/{}/{program}", if is_of_admins { "sbin" } else { "bin" }))
            }
            None => None,
        }
    }

    /// Whether a file, a directory or a device is there.
    #[must_use]
    pub(crate) fn exists(&self, path: &str) -> bool {
        self.files.stat(path).is_ok() || self.is_device(path)
    }

    /// Whether there is a block device.
    #[must_use]
    pub(crate) fn is_device(&self, path: &str) -> bool {
        let Some(name) = path.strip_prefix("/dev/") else { return false };
        self.disks.iter().any(|disk| disk == name || whole_disk(disk) == name)
    }

    /// Whether a host name resolves.
    #[must_use]
    pub(crate) fn resolves(&self, host: &str) -> bool {
        let is_in = |domain: &String| host == domain || host.ends_with(&format!(".{domain}"));
        self.dns.iter().any(is_in)
    }

    /// What a web server answers.
    #[must_use]
    pub(crate) fn answer(&self, url: &str) -> (u16, String) {
        self.urls.get(url).map_or((404, String::new()), |answer| {
            let (status, body) = answer.parts();
            (status, body.to_owned())
        })
    }

    /// The content of a file as text.
    #[must_use]
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.files.read(path).map(lossy)
    }
}

/// Bytes as text; U+FFFD stands for what is no UTF-8.
#[must_use]
pub(crate) fn lossy(bytes: &[u8]) -> String {
    // Nearly all files are UTF-8, and checking that is faster than converting.
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The disk that a partition is on; a disk itself is returned as it is.
#[must_use]
pub(crate) fn whole_disk(device: &str) -> &str {
    let base = device.trim_end_matches(|char: char| char.is_ascii_digit());
    match base.strip_suffix('p').filter(|base| base.ends_with(|char: char| char.is_ascii_digit())) {
        Some(disk) if base.len() < device.len() => disk,
        _ if device.starts_with("nvme") || device.starts_with("mmcblk") => device,
        _ => base,
    }
}

fn groups(image: &Image) -> Directory<Group> {
    let order = image.family.ways().first_groups;
    let all = order
        .iter()
        .filter(|name| GROUPS.contains(name) || image.groups.contains(name))
        .chain(GROUPS.iter().filter(|name| !order.contains(name)))
        .chain(image.groups.iter().filter(|name| !order.contains(name)));
    let mut groups: Vec<Group> = Vec::new();
    for (number, name) in (0_u32..).zip(all) {
        let own = ACCOUNTS.iter().find(|account| account.0 == *name).map(|account| account.1);
        let gid = own.unwrap_or(if *name == "users" { USERS } else { USERS + 1 + number });
        let members =
            if *name == "adm" && image.name == "ubuntu" { vec!["syslog".to_owned()] } else { Vec::new() };
        groups.push(Group { name: (*name).to_owned(), gid, members, is_changed: false });
    }
    groups.into_iter().collect()
}
