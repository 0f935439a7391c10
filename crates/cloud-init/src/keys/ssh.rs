//! Keys.

use dryboot_schema::Key;
use dryboot_schema::build::*;

use super::patterns::{HOST_KEY, HOST_KEY_WITH_DSA};
use super::v;

pub(super) static KEYS: [Key; 15] = [
    // cc_keys_to_console
    key(
        "ssh",
        map(&closed(&[key("emit_keys_to_console", BOOL).works_since(v(21, 1))])
            .required(&["emit_keys_to_console"])),
    )
    .since(v(22, 2))
    .works_since(v(21, 1)),
    key("ssh_key_console_blacklist", list(&items(STR).unique())).since(v(22, 2)),
    key("ssh_fp_console_blacklist", list(&items(STR).unique())).since(v(22, 2)),
    // cc_ssh_authkey_fingerprints
    key("no_ssh_fingerprints", BOOL).since(v(22, 2)),
    key("authkey_hash", STR).since(v(22, 2)),
    // cc_ssh_import_id
    key("ssh_import_id", list(&items(STR))).since(v(22, 2)),
    // cc_ssh
    key(
        "ssh_keys",
        map(&closed(&[])
            .patterns(&[(HOST_KEY, STR.since(v(24, 1))), (HOST_KEY_WITH_DSA, STR.until(v(24, 1)))])),
    )
    .since(v(22, 2)),
    key("ssh_authorized_keys", list(&items(STR).min(1))).since(v(22, 2)),
    key("ssh_deletekeys", BOOL).since(v(22, 2)),
    key(
        "ssh_genkeytypes",
        list(
            &items(dated(&[word("ecdsa"), word("ed25519"), word("rsa"), word("dsa").until(v(24, 1))])).min(1),
        ),
    )
    .since(v(22, 2)),
    key("disable_root", BOOL).since(v(22, 2)),
    key("disable_root_opts", STR).since(v(22, 2)),
    key("allow_public_ssh_keys", BOOL).since(v(22, 2)).works_since(v(19, 3)),
    key("ssh_quiet_keygen", BOOL).since(v(22, 2)).works_since(v(21, 4)),
    key(
        "ssh_publish_hostkeys",
        map(&closed(&[
            key("enabled", BOOL).works_since(v(19, 3)),
            key("blacklist", list(&items(STR))).works_since(v(19, 3)),
        ])),
    )
    .since(v(22, 2))
    .works_since(v(19, 3)),
];
