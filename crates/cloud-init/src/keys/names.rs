//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Literal, Object};

use super::{changed_in, v};

pub(super) static KEYS: [Key; 10] = [
    // cc_keyboard
    key("keyboard", map(&KEYBOARD)).since(v(22, 1)).works_since(v(22, 1)),
    // cc_locale
    key("locale", changed(&[(v(24, 4), one_of(&[BOOL, STR])), (v(20, 3), STR)])).since(v(20, 3)),
    key("locale_configfile", STR).since(v(20, 3)),
    // cc_set_hostname
    key("preserve_hostname", BOOL).since(v(22, 2)),
    key("hostname", STR).since(v(22, 2)),
    key("fqdn", STR).since(v(22, 2)),
    key("prefer_fqdn_over_hostname", BOOL).since(v(22, 2)).works_since(v(21, 2)),
    key("create_hostname_file", BOOL).since(v(23, 4)).works_since(v(23, 4)),
    // cc_timezone
    key("timezone", STR).since(v(22, 2)),
    // cc_update_etc_hosts
    key(
        "manage_etc_hosts",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    one(&[Literal::Bool(true), Literal::Bool(false), Literal::Str("localhost")]),
                    words(&["template"]).deprecated(&changed_in(v(22, 3), v(22, 3), "")),
                ]),
            ),
            (
                v(22, 2),
                one(&[
                    Literal::Bool(true),
                    Literal::Bool(false),
                    Literal::Str("template"),
                    Literal::Str("localhost"),
                ]),
            ),
        ]),
    )
    .since(v(22, 2)),
];

static KEYBOARD: Object = closed(&[
    key("layout", STR).works_since(v(22, 1)),
    key("model", STR).works_since(v(22, 1)),
    key("variant", STR).works_since(v(22, 1)),
    key("options", STR).works_since(v(22, 1)),
])
.required(&["layout"]);
