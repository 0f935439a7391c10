//! Commands, and what those do that a boot depends on: accounts, host keys, packages. All others do nothing and work.

use std::collections::BTreeMap;

use dryboot_machine::{Mode, Node};

use crate::accounts::{Group, User};
use crate::input::CommandResult;
use crate::journal::Run;
use crate::packages;
use crate::system::{System, USERS, whole_disk};

/// What a command ends with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Output {
    /// The exit status.
    pub(crate) exit: i32,
    /// What it prints.
    pub(crate) stdout: String,
    /// What it complains about.
    pub(crate) stderr: String,
}

impl Output {
    fn printing(stdout: impl Into<String>) -> Self {
        Self { stdout: stdout.into(), ..Self::default() }
    }

    fn failing(exit: i32, stderr: impl Into<String>) -> Self {
        Self { exit, stderr: stderr.into(), ..Self::default() }
    }
}

/// What a program does: the words after its name, what it reads, and the effect on whose account it happens.
type Program = fn(&mut System, &Call<'_>) -> Output;

/// A command that is carried out.
struct Call<'c> {
    words: Vec<&'c str>,
    stdin: &'c str,
    effect: usize,
}

const PROGRAMS: [(&str, Program); 18] = [
    ("useradd", useradd),
    ("groupadd", groupadd),
    ("usermod", usermod),
    ("passwd", passwd),
    ("chpasswd", chpasswd),
    ("hostname", hostname),
    ("hostnamectl", hostnamectl),
    ("ssh-keygen", ssh_keygen),
    ("apt-get", apt_get),
    ("eatmydata", apt_get),
    ("dnf", dnf),
    ("snap", snap),
    ("lsblk", lsblk),
    ("blkid", blkid),
    ("blockdev", blockdev),
    ("sgdisk", sgdisk),
    ("gpg", gpg),
    ("puppet", puppet),
];

impl Run {
    /// All that it consists of, in which [`CommandResult::words`](crate::CommandResult::words) are looked for. It may hold
    /// secrets.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = self.argv.join(" ");
        words.extend(self.shell.iter().chain(&self.script).map(String::as_str));
        words
    }
}

impl System {
    /// Why a command cannot start, and what would read it if it is a script.
    pub(crate) fn start(&self, run: &Run) -> Result<Option<String>, &'static str> {
        let Some(program) = run.argv.first() else { return Ok(None) };
        if program.starts_with('/')
            && let Some(content) = self.files.read(program)
        {
            let first = content.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let line = String::from_utf8_lossy(first).into_owned();
            let Some(interpreter) = line.strip_prefix("#!").map(str::trim) else {
                return if self.is_program(program) { Ok(None) } else { Err("Exec format error") };
            };
            let exists = interpreter.split_whitespace().next().is_some_and(|path| self.is_program(path));
            return if exists { Ok(Some(interpreter.to_owned())) } else { Err("No such file or directory") };
        }
        if self.is_program(program) { Ok(None) } else { Err("No such file or directory") }
    }

    fn is_program(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        path.contains("/cloud-init/") || self.programs.contains(name)
    }

    /// What the description of the machine says that a command ends with, if it does.
    fn result_of(&self, run: &Run) -> Option<&CommandResult> {
        if self.results.is_empty() {
            return None;
        }
        let words = run.words();
        self.results.iter().find(|result| words.contains(&result.words))
    }

    /// Carries out a command that has started; `effect` is its number in the journal.
    pub(crate) fn carry_out(&mut self, run: &Run, effect: usize) -> Output {
        if let Some(result) = self.result_of(run) {
            return Output {
                exit: result.exit,
                stdout: result.stdout.clone(),
                stderr: result.stderr.clone(),
            };
        }
        let Some((program, words)) = run.argv.split_first() else { return Output::default() };
        let name = program.rsplit('/').next().unwrap_or(program);
        let call = Call {
            words: words.iter().map(String::as_str).collect(),
            stdin: run.stdin.as_deref().unwrap_or_default(),
            effect,
        };
        match PROGRAMS.iter().find(|(known, _)| *known == name) {
            Some((_, carry_out)) => carry_out(self, &call),
            None if name == "systemd-detect-virt" && self.is_container => Output::default(),
            None => Self::plain(name, &call),
        }
    }

    /// Programs that change nothing: what they answer.
    fn plain(name: &str, call: &Call<'_>) -> Output {
        match (name, call.words.as_slice()) {
            ("systemd-detect-virt", _) => Output::failing(1, ""),
            ("systemctl", ["is-enabled", ..]) => Output::failing(1, ""),
            ("dpkg", ["--print-architecture"]) => Output::printing("amd64\n"),
            ("landscape-config", _) => Output::default(),
            ("subscription-manager", ["identity"]) => Output::failing(1, "not registered"),
            ("subscription-manager", ["list", "--available", ..]) => Output::printing("a\nb\n"),
            ("subscription-manager", ["list", "--consumed", ..]) => Output::printing("\n"),
            ("subscription-manager", ["repos", "--list-enabled"]) => Output::printing("Repo ID: r1\n"),
            ("subscription-manager", ["repos", "--list-disabled"]) => Output::printing("Repo ID: r2\n"),
            _ => Output::default(),
        }
    }

    fn install<'p>(&mut self, packages: impl Iterator<Item = &'p str>, effect: usize) {
        for package in packages {
            self.programs.extend(packages::programs(package).map(str::to_owned));
            for (path, content) in packages::files(package) {
                if self.files.stat(path).is_err() {
                    self.place(path, content, 0o644, None, effect);
                    self.before.place_stock(path, Node::File(content.into()), Mode::DEFAULT, None);
                }
            }
        }
    }

    fn place(&mut self, path: &str, content: &str, bits: u32, owner: Option<&str>, effect: usize) {
        let _ = self.files.make_directories(&dryboot_machine::path::dir(path));
        let mode = Mode { bits, setuid: false };
        let _ = self.files.replace(path, content.as_bytes().to_vec(), mode, owner, effect);
    }
}

/// Whether the system takes a word for the name of an account or a group.
fn is_name(name: &str) -> bool {
    let is_first = |char: char| char.is_ascii_lowercase() || char == '_';
    let is_other = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || "_-.".contains(char);
    name.len() <= 32
        && name.starts_with(|char: char| is_first(char) || char.is_ascii_uppercase())
        && name.trim_end_matches('$').chars().all(|char| is_other(char) || char.is_ascii_uppercase())
}

/// The options of `useradd` that take a value.
const USERADD_VALUES: [&str; 9] = [
    "--comment",
    "--home",
    "--gid",
    "--uid",
    "--groups",
    "--password",
    "--shell",
    "--expiredate",
    "--inactive",
];

fn useradd(system: &mut System, call: &Call<'_>) -> Output {
    let Some((&name, words)) = call.words.split_first() else { return Output::failing(2, "usage") };
    let (mut values, mut flags) = (BTreeMap::new(), Vec::new());
    let mut rest = words.iter();
    while let Some(&word) = rest.next() {
        if USERADD_VALUES.contains(&word) || word == "--selinux-user" {
            values.insert(word, rest.next().copied().unwrap_or_default());
        } else {
            flags.push(word);
        }
    }
    if !is_name(name) {
        return Output::failing(3, format!("useradd: invalid user name '{name}'"));
    }
    if system.user(name).is_some() {
        return Output::failing(9, format!("useradd: user '{name}' already exists"));
    }
    let groups: Vec<&str> = values.get("--groups").map_or(Vec::new(), |groups| groups.split(',').collect());
    for group in groups.iter().copied().chain(values.get("--gid").copied()) {
        let is_number = group.parse::<u32>().is_ok_and(|gid| system.groups.with_id(gid).is_some());
        if !system.has_group(group) && !is_number {
            return Output::failing(6, format!("useradd: group '{group}' does not exist"));
        }
    }
    let uid = match values.get("--uid").map(|uid| uid.parse::<u32>()) {
        Some(Ok(uid)) if system.users.with_id(uid).is_some() => {
            return Output::failing(4, format!("useradd: UID {uid} is not unique"));
        }
        Some(Ok(uid)) => uid,
        Some(Err(_)) => return Output::failing(3, "useradd: invalid user ID"),
        None => system.users.next_id(),
    };
    let gid = match values.get("--gid") {
        Some(group) => {
            let by_number = || system.groups.with_id(group.parse().ok()?);
            system.groups.named(group).or_else(by_number).map_or(USERS, |group| group.gid)
        }
        None if flags.contains(&"--no-user-group") => USERS,
        None if system.has_group(name) => {
            return Output::failing(9, format!("useradd: group {name} exists"));
        }
        None => {
            let gid = if system.groups.with_id(uid).is_some() {
                system.groups.next_id()
            } else {
                uid.max(system.groups.next_id())
            };
            let group = Group { name: name.to_owned(), gid, members: Vec::new(), is_changed: true };
            system.groups.add(group);
            gid
        }
    };
    for group in &groups {
        if let Some(group) = system.groups.named_mut(group) {
            group.members.push(name.to_owned());
            group.is_changed = true;
        }
    }
    let home = values.get("--home").map_or_else(|| format!("/home/{name}"), |home| (*home).to_owned());
    if flags.contains(&"-m") && system.files.stat(&home).is_err() {
        let _ = system.files.make_directories(&home);
        let _ = system.files.change_mode(&home, Mode { bits: 0o750, setuid: false });
        let _ =
            system.files.change_owner(&home, Some(&format!("{name}:{}", system.group_name(gid).to_owned())));
    }
    let shell = values.get("--shell").copied().unwrap_or(system.image.shell).to_owned();
    system.users.add(User {
        name: name.to_owned(),
        uid,
        gid,
        gecos: values.get("--comment").copied().unwrap_or_default().to_owned(),
        home,
        shell,
        has_password: values.contains_key("--password"),
        is_stock: false,
    });
    Output::default()
}

fn groupadd(system: &mut System, call: &Call<'_>) -> Output {
    let Some(&name) = call.words.first() else { return Output::failing(2, "usage") };
    if !is_name(name) {
        return Output::failing(3, format!("groupadd: '{name}' is not a valid group name"));
    }
    if system.has_group(name) {
        return Output::failing(9, format!("groupadd: group '{name}' already exists"));
    }
    let gid = system.groups.next_id();
    system.groups.add(Group { name: name.to_owned(), gid, members: Vec::new(), is_changed: true });
    Output::default()
}

fn usermod(system: &mut System, call: &Call<'_>) -> Output {
    let ["-a", "-G", group, user] = call.words.as_slice() else { return Output::default() };
    match system.groups.named_mut(group) {
        Some(group) => {
            group.members.push((*user).to_owned());
            group.is_changed = true;
            Output::default()
        }
        None => Output::failing(6, format!("usermod: group '{group}' does not exist")),
    }
}

fn passwd(system: &mut System, call: &Call<'_>) -> Output {
    match call.words.last().map(|name| system.user(name)) {
        Some(Some(_)) => Output::default(),
        _ => Output::failing(1, "passwd: user does not exist"),
    }
}

fn chpasswd(system: &mut System, call: &Call<'_>) -> Output {
    let mut wrong = Vec::new();
    for (number, line) in call.stdin.lines().enumerate() {
        let name = line.split(':').next().unwrap_or_default();
        match system.users.named_mut(name) {
            Some(user) => user.has_password = true,
            None => wrong.push(format!("chpasswd: (line {}, user {name}) password not changed", number + 1)),
        }
    }
    if wrong.is_empty() { Output::default() } else { Output::failing(1, wrong.join("\n")) }
}

fn hostname(system: &mut System, call: &Call<'_>) -> Output {
    match call.words.first() {
        Some(name) => {
            system.hostname = (*name).to_owned();
            Output::default()
        }
        None => Output::printing(format!("{}\n", system.hostname)),
    }
}

fn hostnamectl(system: &mut System, call: &Call<'_>) -> Output {
    let ["set-hostname", words @ ..] = call.words.as_slice() else { return Output::default() };
    if let Some(name) = words.last() {
        system.hostname = (*name).to_owned();
        if !words.contains(&"--transient") {
            system.place("/etc/hostname", &format!("{name}\n"), 0o644, None, call.effect);
        }
    }
    Output::default()
}

fn ssh_keygen(system: &mut System, call: &Call<'_>) -> Output {
    let ["-t", kind, .., "-f", path] = call.words.as_slice() else { return Output::default() };
    if *kind == "dsa" && !system.makes_dsa_keys {
        return Output::failing(1, "unknown key type dsa");
    }
    let host = system.hostname.clone();
    let name = match *kind {
        "ecdsa" => "ecdsa-sha2-nistp256".to_owned(),
        kind => format!("ssh-{kind}"),
    };
    system.place(path, "PRIVATE KEY\n", 0o600, None, call.effect);
    let public = format!("{name} AAAAGENERATED{kind} root@{host}\n");
    system.place(&format!("{path}.pub"), &public, 0o644, None, call.effect);
    Output::default()
}

fn apt_get(system: &mut System, call: &Call<'_>) -> Output {
    if let Some(at) = call.words.iter().position(|word| *word == "install") {
        system.install(call.words[at + 1..].iter().copied(), call.effect);
    }
    Output::default()
}

fn dnf(system: &mut System, call: &Call<'_>) -> Output {
    if let ["-y", "install", packages @ ..] = call.words.as_slice() {
        system.install(packages.iter().copied(), call.effect);
    }
    Output::default()
}

fn snap(system: &mut System, call: &Call<'_>) -> Output {
    match call.words.as_slice() {
        ["list"] => Output::default(),
        ["list", ..] => Output::failing(1, "error: no matching snaps installed"),
        ["install", name, ..] if !packages::SNAPS.contains(name) => {
            Output::failing(1, format!("error: snap \"{name}\" not found"))
        }
        ["install", name, ..] => {
            system.install([*name].into_iter(), call.effect);
            Output::default()
        }
        ["get", ..] => Output::printing("{}"),
        ["create-user", ..] => Output::printing("{\"username\": \"snapuser\"}"),
        _ => Output::default(),
    }
}

fn lsblk(system: &mut System, call: &Call<'_>) -> Output {
    let Some(device) = call.words.iter().find_map(|word| word.strip_prefix("/dev/")) else {
        return Output::default();
    };
    if !system.is_device(&format!("/dev/{device}")) {
        return Output::failing(32, format!("lsblk: {device}: not a block device"));
    }
    let line = |name: &str| {
        let kind = if whole_disk(name) == name { "disk" } else { "part" };
        format!("NAME=\"{name}\" TYPE=\"{kind}\" FSTYPE=\"\" LABEL=\"\"\n")
    };
    let mut printed = line(device);
    if !call.words.contains(&"--nodeps") && whole_disk(device) == device {
        let parts = system.disks.iter().filter(|disk| *disk != device && whole_disk(disk) == device);
        printed.extend(parts.map(|part| line(part)));
    }
    Output::printing(printed)
}

fn blkid(_: &mut System, _: &Call<'_>) -> Output {
    Output::failing(2, "")
}

fn blockdev(_: &mut System, call: &Call<'_>) -> Output {
    match call.words.first() {
        Some(&"--getsize64") => Output::printing(format!("{}\n", 10_u64 << 30)),
        Some(&"--getss") => Output::printing("512\n"),
        _ => Output::default(),
    }
}

fn sgdisk(system: &mut System, call: &Call<'_>) -> Output {
    match call.words.as_slice() {
        ["-p", device] => {
            let device = device.trim_start_matches("/dev/");
            let parts = system.disks.iter().filter(|disk| *disk != device && whole_disk(disk) == device);
            let lines = parts
                .enumerate()
                .map(|(number, _)| format!("   {}  2048  4096  1.0  MiB  8300  Linux\n", number + 1));
            Output::printing(format!("Number  Start  End  Size  Code  Name\n{}", lines.collect::<String>()))
        }
        ["-n", definition, device] => {
            let number = definition.split(':').next().unwrap_or("1");
            let part = format!("{}{number}", device.trim_start_matches("/dev/"));
            if !system.disks.contains(&part) {
                system.disks.push(part);
            }
            Output::default()
        }
        _ => Output::default(),
    }
}

fn gpg(_: &mut System, call: &Call<'_>) -> Output {
    match call.words.as_slice() {
        ["--dearmor"] => Output::printing(format!("DEARMORED:{}", call.stdin)),
        _ => Output::default(),
    }
}

fn puppet(_: &mut System, call: &Call<'_>) -> Output {
    match call.words.as_slice() {
        ["config", "print", "config"] => Output::printing("/etc/puppet/puppet.conf\n"),
        ["config", "print", "ssldir"] => Output::printing("/var/lib/puppet/ssl\n"),
        ["config", "print", "csr_attributes"] => Output::printing("/etc/puppet/csr_attributes.yaml\n"),
        _ => Output::default(),
    }
}
