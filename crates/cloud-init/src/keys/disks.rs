//! Partitions, file systems, mounts and swap.
//!
//! Read by the modules `growpart`, `resizefs`, `disk_setup` and `mounts`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Literal, Node, Object};

use super::forms::{STRINGS, STRINGS_OR_STRING};
use super::patterns::{NOT_EMPTY, SIZE};
use super::{changed_in, v};

pub(super) static KEYS: [Key; 8] = [
    // Module `growpart`
    key("growpart", map(&GROWPART))
        .since(v(22, 2))
        .doc("Grows partitions to fill their disk on every boot; without this key, only the root partition."),
    // Module `resizefs`
    key("resize_rootfs", one(&[Literal::Bool(true), Literal::Bool(false), Literal::Str("noblock")]))
        .doc("Grows the root file system to fill its partition, with `noblock` in the background."),
    // Module `disk_setup`
    key(
        "device_aliases",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, ALIAS)]))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, ALIAS)]))),
        ]),
    )
    .since(v(22, 1))
    .works_since(v(21, 3))
    .doc("Names for devices, for use in `disk_setup`, `fs_setup` and `mounts`."),
    key(
        "disk_setup",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, DISK)]))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, DISK)]))),
        ]),
    )
    .since(v(22, 1))
    .doc("Partitions these disks, each named by its device or an alias."),
    key("fs_setup", list(&items(map(&FILE_SYSTEM)))).since(v(22, 1)).doc("Creates these file systems."),
    // Module `mounts`
    key("mounts", list(&items(list(&items(STR).min(1).max(6))).min(1)))
        .since(v(22, 2))
        .doc("Adds these entries to `/etc/fstab`, creates their mount points and mounts them."),
    key("mount_default_fields", list(&items(one_of(&[STR, NULL])).min(6).max(6)))
        .since(v(22, 2))
        .default(
            r#"[null, null, "auto", "defaults,nofail,x-systemd.after=cloud-init-network.service", "0", "2"]"#,
        )
        .doc("The fields for entries of `mounts` that have fewer than six."),
    key("swap", map(&SWAP))
        .since(v(22, 2))
        .doc("Creates a swap file and enables it, now and on later boots."),
];

static GROWPART: Object = closed(&[
    key(
        "mode",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    words(&["auto", "growpart", "gpart", "off"]),
                    one(&[Literal::Bool(false)]).deprecated(&changed_in(
                        v(22, 3),
                        v(22, 3),
                        "`'off'` in quotes",
                    )),
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
    )
    .default("auto")
    .doc("The program that grows partitions; `auto` picks an installed one, `'off'` grows nothing."),
    key("devices", STRINGS)
        .default(r#"["/"]"#)
        .doc("The partitions to grow, each named by its device or by where it is mounted."),
    key("ignore_growroot_disabled", BOOL)
        .default("false")
        .doc("Grows partitions even if the image has the file `/etc/growroot-disabled`."),
]);

static ALIAS: Node = STR.doc("The device that this name stands for, such as `/dev/sdb`.");

static DISK: Node = map(&PARTITIONS).doc("How this disk is partitioned.");

static PARTITIONS: Object = closed(&[
    key("table_type", words(&["mbr", "gpt"])).default("mbr").doc("The kind of partition table."),
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
    )
    .default("false")
    .doc("One partition (`true`), a list of percentages or `[percentage, type]`, or none at all (`remove`)."),
    key("overwrite", BOOL)
        .default("false")
        .doc("Partitions the disk even if it is already in use, which destroys its content."),
]);

static FILE_SYSTEM: Object = closed(&[
    key("label", STR).doc("The label of the file system."),
    key("filesystem", STR).doc("The type of the file system, such as `ext4`."),
    key("device", STR).doc("The device, a path such as `/dev/sdb` or an alias."),
    key(
        "partition",
        all_of(&[types(&[STR, INT]), one_of(&[words(&["auto", "any", "none"]), INT.until(v(22, 2))])]),
    )
    .doc("The partition: `auto` or `any` looks for one, `none` uses the whole disk."),
    key("overwrite", BOOL)
        .doc("Creates the file system even if there already is one, which destroys its content."),
    key("replace_fs", STR).doc("The type of an existing file system that may be replaced."),
    key("extra_opts", STRINGS_OR_STRING).doc("More options for `mkfs`."),
    key("cmd", STRINGS_OR_STRING)
        .doc("The command instead of `mkfs`, with `%(label)s`, `%(filesystem)s` and `%(device)s`."),
]);

static SWAP: Object = closed(&[
    key("filename", STR).doc("The swap file, by default `/swap.img`."),
    key("size", one_of(&[words(&["auto"]), INT, matching(&SIZE)]))
        .doc("The size in bytes or as in `2G`; `auto` depends on the memory of the machine."),
    key("maxsize", one_of(&[INT, matching(&SIZE)])).doc("The largest size that `auto` may choose."),
]);
