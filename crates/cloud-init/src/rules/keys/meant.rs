//! What people write for a key, and the key that they mean.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dryboot_schema::{Node, Rest, Shape};

use crate::keys::ROOT;

/// Other words for a key: the mapping that they stand in, the words, and the key.
const SYNONYMS: &[(&str, &[&str], &str)] = &[
    ("users[]", &["home", "home_dir", "homedirectory"], "homedir"),
    ("users[]", &["username", "user", "login"], "name"),
    ("users[]", &["password", "plain_password", "plaintext_passwd"], "plain_text_passwd"),
    ("users[]", &["password_hash", "encrypted_password"], "hashed_passwd"),
    (
        "users[]",
        &["ssh_keys", "ssh-keys", "authorized_keys", "ssh_key", "ssh_authorized_key"],
        "ssh_authorized_keys",
    ),
    ("users[]", &["group"], "primary_group"),
    ("users[]", &["comment", "full_name", "fullname", "description"], "gecos"),
    ("write_files[]", &["mode", "perms", "chmod"], "permissions"),
    ("write_files[]", &["file", "filename", "file_path", "dest", "destination"], "path"),
    ("write_files[]", &["text", "data", "body"], "content"),
    ("write_files[]", &["user", "group"], "owner"),
    ("write_files[]", &["url"], "source"),
    ("resolv_conf", &["search"], "searchdomains"),
    ("", &["run_cmd", "runcmds", "commands", "command", "cmd"], "runcmd"),
    ("", &["boot_cmd", "bootcmds"], "bootcmd"),
    ("", &["package", "install_packages", "pkgs"], "packages"),
    ("", &["files", "write_file", "writefiles"], "write_files"),
    ("", &["ssh_keys_authorized", "authorized_keys"], "ssh_authorized_keys"),
    ("", &["set_timezone", "time_zone", "tz"], "timezone"),
    ("", &["set_hostname", "host_name"], "hostname"),
];

/// The key that a word in a mapping stands for.
pub(super) fn synonym(pattern: &str, written: &str) -> Option<&'static str> {
    let pattern = if pattern == "user" { "users[]" } else { pattern };
    SYNONYMS
        .iter()
        .find(|(place, words, _)| *place == pattern && words.contains(&written))
        .map(|(.., key)| *key)
}

/// Keys of the top level that others than cloud-init read, with what to say.
const FOREIGN: &[(&[&str], &str)] = &[
    (
        &["repo_update", "repo_upgrade", "repo_upgrade_exclude"],
        "only Amazon Linux's own cloud-init package supports it",
    ),
    (&["enable_ssh"], "only Raspberry Pi Imager supports it; cloud images run the SSH server anyway"),
    (
        &["ssh_config", "sshd_config"],
        "this key does not exist; write a file below `/etc/ssh/sshd_config.d` with `write_files`",
    ),
    (&["include"], "use user-data that begins with `#include` and lists URLs"),
    (&["systemd", "services", "units"], "write units with `write_files`, and start them in `runcmd`"),
];

/// What to say about a key of the top level that others than cloud-init read.
pub(super) fn foreign(name: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(names, _)| names.contains(&name)).map(|(_, words)| *words)
}

/// The one mapping that has a key of this name, as `users[]`; none if several or no mapping has it.
pub(super) fn home(name: &str) -> Option<&'static str> {
    HOMES.get(name)?.as_deref()
}

/// The mappings of the first levels that have each key; `None` for keys that several have.
static HOMES: LazyLock<BTreeMap<&'static str, Option<String>>> = LazyLock::new(|| {
    let mut homes = BTreeMap::new();
    collect(&ROOT, "", 0, &mut homes);
    homes
});

/// How many mappings deep people look for a key.
const LEVELS: usize = 2;

fn collect(
    node: &'static Node,
    path: &str,
    level: usize,
    homes: &mut BTreeMap<&'static str, Option<String>>,
) {
    match &node.shape {
        Shape::Map(object) => {
            for key in object.keys {
                if level > 0 {
                    let home = homes.entry(key.name).or_insert_with(|| Some(path.to_owned()));
                    if home.as_deref() != Some(path) {
                        *home = None;
                    }
                }
                // `user` is one of `users`.
                if level < LEVELS && !(level == 0 && key.name == "user") {
                    let inside =
                        if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
                    collect(&key.node, &inside, level + 1, homes);
                }
            }
            if let (Rest::Each(each), true) = (object.rest, level < LEVELS) {
                collect(each, &format!("{path}.*"), level + 1, homes);
            }
        }
        Shape::List(list) => collect(&list.items, &format!("{path}[]"), level, homes),
        Shape::Types(nodes) | Shape::OneOf(nodes) | Shape::AnyOf(nodes) | Shape::AllOf(nodes) => {
            nodes.iter().for_each(|node| collect(node, path, level, homes));
        }
        Shape::Since(forms) => forms.iter().for_each(|(_, node)| collect(node, path, level, homes)),
        Shape::Ref(node) => collect(node, path, level, homes),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_home_if_one_mapping_has_it() {
        assert_eq!(home("sudo"), Some("users[]"));
        assert_eq!(home("lock_passwd"), Some("users[]"));
        assert_eq!(home("permissions"), Some("write_files[]"));
        assert_eq!(home("name"), None);
        assert_eq!(home("nothing"), None);
    }

    #[test]
    fn words_stand_for_keys_that_exist() {
        for (pattern, words, key) in SYNONYMS {
            let exists = match *pattern {
                "" => crate::keys::KEYS.iter().any(|known| known.name == *key),
                _ => HOMES.contains_key(key),
            };
            assert!(exists, "{key}");
            assert!(!words.contains(key), "{key}");
        }
    }
}
