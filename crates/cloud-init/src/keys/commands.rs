//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::MINUTES;
use super::{changed_in, v};

pub(super) static KEYS: [Key; 5] = [
    // cc_bootcmd
    key(
        "bootcmd",
        changed(&[
            (v(18, 3), list(&items(one_of(&[list(&items(STR)), STR])).min(1))),
            (v(17, 1), list(&items(one_of(&[list(&items(STR)), STR])).min(1).unique())),
        ]),
    ),
    // cc_final_message
    key("final_message", STR).since(v(22, 2)),
    // cc_phone_home
    key("phone_home", map(&PHONE_HOME)).since(v(22, 2)),
    // cc_power_state_change
    key("power_state", map(&POWER_STATE)).since(v(22, 2)),
    // cc_runcmd
    key(
        "runcmd",
        changed(&[
            (v(18, 3), list(&items(one_of(&[list(&items(STR)), STR, NULL.since(v(21, 4))])).min(1))),
            (v(17, 1), list(&items(one_of(&[list(&items(STR)), STR, NULL.since(v(21, 4))])).min(1).unique())),
        ]),
    ),
];

static PHONE_HOME: Object = closed(&[
    key("url", STR),
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
    ),
    key("tries", INT),
])
.required(&["url"]);

static POWER_STATE: Object = closed(&[
    key(
        "delay",
        one_of(&[
            int_from(0),
            matching(&MINUTES).deprecated(&changed_in(v(22, 3), v(22, 3), "")),
            words(&["now"]),
        ]),
    ),
    key("mode", words(&["poweroff", "reboot", "halt"])),
    key("message", STR),
    key("timeout", INT),
    key("condition", one_of(&[STR, BOOL, list(&items(ANY))])),
])
.required(&["mode"]);
