//! Authorized keys.
//!
//! Source: cloud-init 26.2, `ssh_util.py`.

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
    let path = file_of(boot, name)?;
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
pub(super) fn file_of(boot: &mut Boot, name: &str) -> Result<String, Raised> {
    let Some(user) = boot.system.user(name).cloned() else { return Err(Raised::no_user(name)) };
    let owner = format!("{name}:{}", boot.system.group_name(user.gid));
    let owner = Some(owner).filter(|owner| owner != "root:root");
    let folder = format!("{}/.ssh", user.home.trim_end_matches('/'));
    if boot.system.files.stat(&user.home).is_err() {
        boot.make_directory(&user.home, 0o755)?;
    }
    boot.make_directory_of(&folder, 0o700, owner.as_deref())?;
    let path = format!("{folder}/authorized_keys");
    if boot.system.files.stat(&path).is_err() {
        boot.write_file(File { path: &path, bits: 0o600, owner: owner.as_deref(), ..File::default() })?;
    }
    Ok(path)
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
