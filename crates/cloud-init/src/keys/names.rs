//! The name of the machine, its language, its keyboard and its time zone.
//!
//! Read by the modules `set_hostname`, `update_hostname`, `update_etc_hosts`, `locale`, `keyboard` and
//! `timezone`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Literal, Object};

use super::{changed_in, v};

pub(super) static KEYS: [Key; 10] = [
    // Modules `set_hostname` and `update_hostname`
    key("hostname", STR)
        .since(v(22, 2))
        .doc("The host name; a name with dots is split into the host name and the domain."),
    key("fqdn", STR).since(v(22, 2)).doc("The host name with its domain, such as `web1.example.com`."),
    key("prefer_fqdn_over_hostname", BOOL)
        .since(v(22, 2))
        .works_since(v(21, 2))
        .doc("Whether the domain is part of the host name; the default depends on the distribution."),
    key("preserve_hostname", BOOL)
        .since(v(22, 2))
        .default("false")
        .doc("Does not set the host name, now or on later boots."),
    key("create_hostname_file", BOOL)
        .since(v(23, 4))
        .works_since(v(23, 4))
        .default("true")
        .doc("Creates `/etc/hostname` if it does not exist; without it the name is lost on reboot."),
    // Module `update_etc_hosts`
    key(
        "manage_etc_hosts",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    one(&[Literal::Bool(true), Literal::Bool(false), Literal::Str("localhost")]),
                    words(&["template"]).deprecated(&changed_in(v(22, 3), v(22, 3), "`true`")),
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
    .since(v(22, 2))
    .default("false")
    .doc("Rewrites `/etc/hosts` on every boot, or, with `localhost`, only the line with the host name."),
    // Module `locale`
    key("locale", changed(&[(v(24, 4), one_of(&[BOOL, STR])), (v(20, 3), STR)]))
        .since(v(20, 3))
        .doc("Generates this locale, such as `en_GB.UTF-8`, and makes it the default, unless `false`."),
    key("locale_configfile", STR)
        .since(v(20, 3))
        .doc("The file that the locale is written to, instead of the one of the distribution."),
    // Module `keyboard`
    key("keyboard", map(&KEYBOARD))
        .since(v(22, 1))
        .works_since(v(22, 1))
        .doc("Sets the keyboard layout of the console and of graphical sessions."),
    // Module `timezone`
    key("timezone", STR)
        .since(v(22, 2))
        .doc("The time zone, as a path below `/usr/share/zoneinfo` such as `Europe/Berlin`."),
];

static KEYBOARD: Object = closed(&[
    key("layout", STR).doc("The layout, such as `us` or `de`."),
    key("model", STR).default("pc105").doc("The model of the keyboard."),
    key("variant", STR).doc("The variant of the layout, such as `nodeadkeys`."),
    key("options", STR).doc("XKB options, such as `compose:rctrl`."),
])
.required(&["layout"]);
