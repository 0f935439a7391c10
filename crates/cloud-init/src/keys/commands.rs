//! Commands, and what happens when cloud-init is done.
//!
//! Read by the modules `bootcmd`, `runcmd`, `final_message`, `phone_home` and `power_state_change`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::STRINGS;
use super::patterns::MINUTES;
use super::{changed_in, v};

pub(super) static KEYS: [Key; 5] = [
    // Module `bootcmd`
    key(
        "bootcmd",
        changed(&[
            (v(18, 3), list(&items(BOOT_COMMAND).min(1))),
            (v(17, 1), list(&items(BOOT_COMMAND).min(1).unique())),
        ]),
    )
    .doc("Runs these commands as root early in every boot, before files are written and accounts created."),
    // Module `runcmd`
    key(
        "runcmd",
        changed(&[
            (v(18, 3), list(&items(RUN_COMMAND).min(1))),
            (v(17, 1), list(&items(RUN_COMMAND).min(1).unique())),
        ]),
    )
    .doc("Runs these commands as root at the end of the first boot, after packages are installed."),
    // Module `final_message`
    key("final_message", STR)
        .since(v(22, 2))
        .doc("The message printed to the console at the end; variables such as `$UPTIME` are filled in."),
    // Module `phone_home`
    key("phone_home", map(&PHONE_HOME))
        .since(v(22, 2))
        .doc("Posts facts about the machine to a URL when cloud-init is finished."),
    // Module `power_state_change`
    key("power_state", map(&POWER_STATE))
        .since(v(22, 2))
        .doc("Powers off, reboots or halts the machine when cloud-init is finished."),
];

/// A program with its arguments, or a line for the shell.
static BOOT_COMMAND: Node = one_of(&[STRINGS, STR]);

/// As in `bootcmd`; an item that is nothing but a comment is skipped.
static RUN_COMMAND: Node = one_of(&[STRINGS, STR, NULL.since(v(21, 4))]);

static PHONE_HOME: Object = closed(&[
    key("url", STR).doc("The URL to post to; `$INSTANCE_ID` in it is filled in."),
    key(
        "post",
        one_of(&[
            words(&["all"]),
            list(&items(dated(&[
                word("pub_key_rsa"),
                word("pub_key_ecdsa"),
                word("pub_key_ed25519"),
                word("instance_id"),
                word("hostname"),
                word("fqdn"),
                word("pub_key_dsa").until(v(24, 1)),
            ]))),
        ]),
    )
    .doc("The facts to post, or `all`."),
    key("tries", INT).default("10").doc("How many times to try, with a pause of three seconds."),
])
.required(&["url"]);

static POWER_STATE: Object = closed(&[
    key(
        "delay",
        one_of(&[
            int_from(0),
            matching(&MINUTES).deprecated(&changed_in(
                v(22, 3),
                v(22, 3),
                "a number of minutes without quotes, or `now`",
            )),
            words(&["now"]),
        ]),
    )
    .default("now")
    .doc("How many minutes to wait before that, or `now`."),
    key("mode", words(&["poweroff", "reboot", "halt"])).doc("What happens to the machine."),
    key("message", STR).doc("The message that `shutdown` sends to everyone who is logged in."),
    key("timeout", INT)
        .default("30")
        .doc("How many seconds to wait for cloud-init to exit before doing it anyway."),
    key("condition", one_of(&[STR, BOOL, list(&items(ANY))]))
        .default("true")
        .doc("Whether to do it: a boolean, or a command that must succeed."),
])
.required(&["mode"]);
