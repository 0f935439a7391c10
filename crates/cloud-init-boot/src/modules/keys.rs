//! Authorized keys.
//!
//! Source: cloud-init 26.2, `ssh_util.py`.

use dryboot_machine::Node;
use dryboot_machine::path::is_below;

use crate::accounts::User;
use crate::boot::{Boot, File};
use crate::raised::Raised;

/// The options of a key that tells people to log in as somebody else.
pub(super) const FORCED: &str = "no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command=\"echo 'Please \
    login as the user \\\"$USER\\\" rather than the user \\\"$DISABLE_USER\\\".';echo;sleep 10;exit 142\"";

const TYPES: [&str; 19] = [
    "rsa",
    "ecdsa",
    "ed25519",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com",
    "sk-ssh-ed25519@openssh.com",
    "ssh-ed25519-cert-v01@openssh.com",
    "ssh-ed25519",
    "ssh-rsa-cert-v01@openssh.com",
    "ssh-rsa",
    "ssh-xmss-cert-v01@openssh.com",
    "ssh-xmss@openssh.com",
];

/// A line of a file with keys.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The line as it is, where it is no key.
    source: String,
    key: Option<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    options: String,
    kind: String,
    base64: String,
    comment: String,
}

impl Line {
    fn read(source: &str, options: &str) -> Self {
        let text = source.trim();
        let other = Self { source: source.to_owned(), key: None };
        if text.is_empty() || text.starts_with('#') {
            return other;
        }
        let of = |text: &str, options: &str| {
            let (kind, rest) = text.split_once([' ', '\t'])?;
            let rest = rest.trim_start();
            let (base64, comment) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
            let is_known = TYPES.contains(&kind) && !base64.is_empty();
            is_known.then(|| Key {
                options: options.to_owned(),
                kind: kind.to_owned(),
                base64: base64.to_owned(),
                comment: comment.trim_start().to_owned(),
            })
        };
        let key = of(text, options).or_else(|| {
            let end = options_end(text);
            let own = if options.is_empty() { &text[..end] } else { options };
            of(text[end..].trim_start(), own)
        });
        Self { key, ..other }
    }

    fn text(&self) -> String {
        match &self.key {
            None => self.source.clone(),
            Some(key) => {
                let parts = [&key.options, &key.kind, &key.base64, &key.comment];
                parts
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join(" ")
            }
        }
    }
}

/// Where the options in front of a key end.
fn options_end(text: &str) -> usize {
    let mut is_quoted = false;
    let mut before = ' ';
    for (at, char) in text.char_indices() {
        match char {
            '"' if before != '\\' => is_quoted = !is_quoted,
            ' ' | '\t' if !is_quoted => return at,
            _ => {}
        }
        before = char;
    }
    text.len()
}

/// Adds keys to those of an account.
///
/// # Errors
/// There is no such account.
pub(super) fn set_up(boot: &mut Boot, keys: &[String], name: &str, options: &str) -> Result<(), Raised> {
    let path = file_of(boot, name, &ServerSettings::read(boot))?;
    let mut new: Vec<Line> = Vec::new();
    for key in keys {
        let line = Line::read(key, options);
        if !new.contains(&line) {
            new.push(line);
        }
    }
    let before = boot.system.text(&path).unwrap_or_default();
    let mut lines: Vec<Line> = before.lines().map(|line| Line::read(line, "")).collect();
    let mut to_add: Vec<&Line> = new.iter().filter(|line| line.key.is_some()).collect();
    for line in &mut lines {
        let Some(own) = line.key.as_ref().map(|key| key.base64.clone()) else { continue };
        for given in new.iter().filter(|given| given.key.as_ref().is_some_and(|key| key.base64 == own)) {
            *line = given.clone();
            to_add.retain(|line| *line != given);
        }
    }
    let added = to_add.len();
    lines.extend(to_add.into_iter().cloned());
    let content: String = lines.iter().map(|line| format!("{}\n", line.text())).collect();
    boot.write_file(File {
        path: &path,
        content: content.as_bytes(),
        keeps_mode: true,
        lines_any_order: added > 1,
        ..File::default()
    })
}

/// The file with the keys of an account, which is made if it is not there.
///
/// # Errors
/// There is no such account.
pub(super) fn file_of(boot: &mut Boot, name: &str, settings: &ServerSettings) -> Result<String, Raised> {
    let Some(user) = boot.system.user(name).cloned() else { return Err(Raised::no_user(name)) };
    let owner = format!("{name}:{}", boot.system.group_name(user.gid));
    let owner = Some(owner).filter(|owner| owner != "root:root");
    let home = user.home.trim_end_matches('/');
    if boot.system.files.stat(home).is_err() {
        boot.make_directory(home, 0o755)?;
    }
    for pattern in settings.key_files.split_whitespace() {
        let path = expanded(pattern, home, name);
        let is_own = pattern.contains("%u") || pattern.contains("%h") || is_below(&path, home);
        if is_own && make(boot, &path, &user, owner.as_deref(), settings.is_strict)? {
            return Ok(path);
        }
    }
    let path = format!("{home}/.ssh/authorized_keys");
    make_file(boot, &path, home, owner.as_deref())?;
    Ok(path)
}

/// What the settings of the SSH server say of these files.
pub(super) struct ServerSettings {
    /// Where they are, with `%h` and `%u` for the home directory and the name of the account.
    key_files: String,
    /// Files that others may change do not count.
    is_strict: bool,
}

impl ServerSettings {
    /// Reads its main file; those that this includes are not looked at.
    pub(super) fn read(boot: &Boot) -> Self {
        let text = boot.system.text("/etc/ssh/sshd_config").unwrap_or_default();
        let last = |key: &str| {
            let mut pairs = text.lines().rev().filter_map(|line| line.trim().split_once(char::is_whitespace));
            let own = pairs.find(|(own, _)| own.eq_ignore_ascii_case(key));
            own.map(|(_, value)| value.trim().to_owned())
        };
        Self {
            key_files: last("AuthorizedKeysFile").unwrap_or_else(|| "%h/.ssh/authorized_keys".to_owned()),
            is_strict: last("StrictModes").is_none_or(|value| value == "yes"),
        }
    }
}

/// The path that stands for a pattern.
fn expanded(pattern: &str, home: &str, name: &str) -> String {
    let path = pattern.replace("%h", home).replace("%u", name).replace("%%", "%");
    if path.starts_with('/') { path } else { format!("{home}/{path}") }
}

/// Makes a file for the keys of an account, with the directories above it; says whether the SSH server would read it.
fn make(
    boot: &mut Boot,
    path: &str,
    user: &User,
    owner: Option<&str>,
    is_strict: bool,
) -> Result<bool, Raised> {
    let home = user.home.trim_end_matches('/');
    let base = home.rsplit_once('/').map_or("", |(base, _)| base);
    let folders = path.match_indices('/').skip(1).map(|(at, _)| &path[..at]);
    for folder in folders.filter(|folder| !base.starts_with(folder) && *folder != home) {
        match boot.system.files.stat(folder) {
            Ok(Node::Directory) => {}
            Ok(_) => return Ok(false),
            Err(_) if is_below(folder, home) => boot.make_directory_of(folder, 0o700, owner)?,
            Err(_) => boot.make_directory(folder, 0o755)?,
        }
        if !is_readable(boot, folder, user, 0o711, is_strict) {
            return Ok(false);
        }
    }
    match boot.system.files.stat(path) {
        Ok(Node::File(_)) => {}
        Ok(_) => return Ok(false),
        Err(_) => boot.write_file(File { path, bits: 0o600, owner, ..File::default() })?,
    }
    Ok(is_readable(boot, path, user, 0o644, is_strict))
}

/// Whether the SSH server would go by a path: its account may read it, and, if it is strict, no other may change it.
fn is_readable(boot: &Boot, path: &str, user: &User, least: u32, is_strict: bool) -> bool {
    let Some(entry) = boot.system.files.entry(path) else { return true };
    let (owner, group) =
        entry.owner.as_deref().and_then(|owner| owner.split_once(':')).unwrap_or(("root", "root"));
    if is_strict && owner != user.name && owner != "root" {
        return false;
    }
    let is_member = boot.system.group_name(user.gid) == group
        || boot.system.groups.named(group).is_some_and(|group| group.members.contains(&user.name));
    let share = if owner == user.name {
        0o700
    } else if is_member {
        0o070
    } else {
        0o007
    };
    let bits = entry.mode.bits;
    bits & least & share != 0 && !(is_strict && bits & 0o022 != 0)
}

fn make_file(boot: &mut Boot, path: &str, home: &str, owner: Option<&str>) -> Result<(), Raised> {
    boot.make_directory_of(&format!("{home}/.ssh"), 0o700, owner)?;
    if boot.system.files.stat(path).is_err() {
        boot.write_file(File { path, bits: 0o600, owner, ..File::default() })?;
    }
    Ok(())
}

/// How many lines of a file are keys.
pub(super) fn count(boot: &Boot, path: &str) -> usize {
    let text = boot.system.text(path).unwrap_or_default();
    text.lines().filter(|line| Line::read(line, "").key.is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stay_unless_others_are_forced() {
        let line = r#"from="10.0.0.0/8, 1" ssh-ed25519 AAAA one@desk"#;
        assert_eq!(Line::read(line, "").text(), line);
        assert_eq!(Line::read(line, "command=\"x\"").text(), "command=\"x\" ssh-ed25519 AAAA one@desk");
        assert_eq!(Line::read("not a key at all", "").key, None);
        assert_eq!(Line::read("# ssh-rsa AAAA", "").key, None);
    }
}
