//! Host keys, the keys that may log in, and what is shown of either.
//!
//! Read by the modules `ssh`, `ssh_import_id`, `ssh_authkey_fingerprints` and `keys_to_console`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node};

use super::forms::{DISTINCT_STRINGS, SOME_STRINGS, STRINGS};
use super::patterns::{HOST_KEY, HOST_KEY_WITH_DSA};
use super::v;

pub(super) static KEYS: [Key; 15] = [
    // Module `ssh`
    key(
        "ssh_keys",
        map(&closed(&[]).patterns(&[
            (HOST_KEY, HOST_KEY_FILE.since(v(24, 1))),
            (HOST_KEY_WITH_DSA, HOST_KEY_FILE.until(v(24, 1))),
        ])),
    )
    .since(v(22, 2))
    .doc("Gives the machine these host keys, and generates no others."),
    key("ssh_authorized_keys", SOME_STRINGS)
        .since(v(22, 2))
        .doc("Public keys that may log in as the default user, besides those from the cloud."),
    key("ssh_deletekeys", BOOL)
        .since(v(22, 2))
        .default("true")
        .doc("Deletes the host keys that came with the image."),
    key(
        "ssh_genkeytypes",
        list(
            &items(dated(&[word("dsa").until(v(24, 1)), word("ecdsa"), word("ed25519"), word("rsa")])).min(1),
        ),
    )
    .since(v(22, 2))
    .default("[ecdsa, ed25519, rsa]")
    .doc("The types of host keys to generate, unless `ssh_keys` gives some."),
    key("disable_root", BOOL)
        .since(v(22, 2))
        .default("true")
        .doc("Puts `disable_root_opts` before each of root's keys, which blocks root logins over SSH."),
    key("disable_root_opts", STR)
        .since(v(22, 2))
        .default(ROOT_OPTIONS)
        .doc("The options put before root's keys while `disable_root` is true."),
    key("allow_public_ssh_keys", BOOL)
        .since(v(22, 2))
        .works_since(v(19, 3))
        .default("true")
        .doc("Also authorizes the public keys from the cloud, in addition to those in this file."),
    key("ssh_quiet_keygen", BOOL)
        .since(v(22, 2))
        .works_since(v(21, 4))
        .default("false")
        .doc("Keeps the output of `ssh-keygen` off the console."),
    key(
        "ssh_publish_hostkeys",
        map(&closed(&[
            key("enabled", BOOL).default("true").doc("Whether to report any host keys."),
            key("blacklist", STRINGS).doc("Types of host keys that are not reported."),
        ])),
    )
    .since(v(22, 2))
    .works_since(v(19, 3))
    .doc("Reports the public host keys to the cloud, if the cloud accepts them."),
    // Module `ssh_import_id`
    key("ssh_import_id", STRINGS)
        .since(v(22, 2))
        .doc("Accounts at Launchpad (`lp:NAME`) or GitHub (`gh:NAME`) whose keys the default user gets."),
    // Module `ssh_authkey_fingerprints`
    key("no_ssh_fingerprints", BOOL)
        .since(v(22, 2))
        .default("false")
        .doc("Keeps the fingerprints of authorized keys off the console."),
    key("authkey_hash", STR)
        .since(v(22, 2))
        .default("sha256")
        .doc("The hash algorithm for the fingerprints of authorized keys on the console."),
    // Module `keys_to_console`
    key(
        "ssh",
        map(&closed(&[key("emit_keys_to_console", BOOL)
            .default("true")
            .doc("Prints the host keys and their fingerprints to the console.")])
        .required(&["emit_keys_to_console"])),
    )
    .since(v(22, 2))
    .works_since(v(21, 1))
    .doc("Controls whether host keys are printed to the console."),
    key("ssh_key_console_blacklist", DISTINCT_STRINGS)
        .since(v(22, 2))
        .default("[]")
        .doc("Types of host keys that are not printed to the console."),
    key("ssh_fp_console_blacklist", DISTINCT_STRINGS)
        .since(v(22, 2))
        .doc("Types of host keys whose fingerprints are not printed to the console."),
];

static HOST_KEY_FILE: Node =
    STR.doc("A host key, its public half or its certificate, as it goes to `/etc/ssh`.");

static ROOT_OPTIONS: &str = concat!(
    "no-port-forwarding,no-agent-forwarding,no-X11-forwarding,command=\"",
    r#"echo 'Please login as the user \"$USER\" rather than the user \"$DISABLE_USER\".';"#,
    "echo;sleep 10;exit 142\"",
);
