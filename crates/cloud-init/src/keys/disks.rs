//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Literal, Object};

use super::patterns::{NOT_EMPTY, SIZE};
use super::{changed_in, v};

pub(super) static KEYS: [Key; 8] = [
    // cc_disk_setup
    key(
        "device_aliases",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, STR)]))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, STR)]))),
        ]),
    )
    .since(v(22, 1))
    .works_since(v(21, 3)),
    key(
        "disk_setup",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, map(&DISK_SETUP))]))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, map(&DISK_SETUP))]))),
        ]),
    )
    .since(v(22, 1)),
    key("fs_setup", list(&items(map(&FS_SETUP)))).since(v(22, 1)),
    // cc_growpart
    key("growpart", map(&GROWPART)).since(v(22, 2)),
    // cc_mounts
    key("mounts", list(&items(list(&items(STR).min(1).max(6))).min(1))).since(v(22, 2)),
    key("mount_default_fields", list(&items(one_of(&[STR, NULL])).min(6).max(6))).since(v(22, 2)),
    key(
        "swap",
        map(&closed(&[
            key("filename", STR),
            key("size", one_of(&[words(&["auto"]), INT, matching(&SIZE)])),
            key("maxsize", one_of(&[INT, matching(&SIZE)])),
        ])),
    )
    .since(v(22, 2)),
    // cc_resizefs
    key("resize_rootfs", one(&[Literal::Bool(true), Literal::Bool(false), Literal::Str("noblock")])),
];

static DISK_SETUP: Object = closed(&[
    key("table_type", words(&["mbr", "gpt"])),
    key(
        "layout",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    words(&["remove"]),
                    BOOL,
                    list(&items(one_of(&[
                        INT,
                        list(
                            &items(changed(&[(v(23, 1), any_of(&[INT, STR])), (v(22, 3), INT)]))
                                .min(2)
                                .max(2),
                        ),
                    ]))),
                ]),
            ),
            (
                v(22, 1),
                all_of(&[
                    types(&[STR, BOOL, list(&items(ANY))]),
                    one_of(&[
                        words(&["remove"]),
                        BOOL,
                        list(&items(one_of(&[INT, list(&items(INT).min(2).max(2))]))),
                    ]),
                ]),
            ),
        ]),
    ),
    key("overwrite", BOOL),
]);

static FS_SETUP: Object = closed(&[
    key("label", STR),
    key("filesystem", STR),
    key("device", STR),
    key(
        "partition",
        all_of(&[types(&[STR, INT]), one_of(&[words(&["auto", "any", "none"]), INT.until(v(22, 2))])]),
    ),
    key("overwrite", BOOL),
    key("replace_fs", STR),
    key("extra_opts", types(&[list(&items(STR)), STR])),
    key("cmd", types(&[list(&items(STR)), STR])),
]);

static GROWPART: Object = closed(&[
    key(
        "mode",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    words(&["auto", "growpart", "gpart", "off"]),
                    one(&[Literal::Bool(false)]).deprecated(&changed_in(v(22, 3), v(22, 3), "")),
                ]),
            ),
            (
                v(22, 2),
                one(&[
                    Literal::Bool(false),
                    Literal::Str("auto"),
                    Literal::Str("growpart"),
                    Literal::Str("gpart"),
                    Literal::Str("off"),
                ]),
            ),
        ]),
    ),
    key("devices", list(&items(STR))),
    key("ignore_growroot_disabled", BOOL),
]);
