//! What cloud-init itself does: its modules, its parts, and when it applies the network configuration.
//!
//! Read by cloud-init as such and by the modules `install_hotplug`, `scripts_vendor`, `migrator` and `debug`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::FREE_MAPPING;
use super::{gone, module_names, v};

pub(super) static KEYS: [Key; 13] = [
    // No module
    key("cloud_init_modules", MODULES)
        .since(v(22, 4))
        .doc("The modules of the network stage, instead of the image's list."),
    key("cloud_config_modules", MODULES)
        .since(v(22, 4))
        .doc("The modules of the config stage, instead of the image's list."),
    key("cloud_final_modules", MODULES)
        .since(v(22, 4))
        .doc("The modules of the final stage, instead of the image's list."),
    key("launch-index", INT)
        .since(v(23, 4))
        .doc("Which of several machines that are launched together this config is for, from 0."),
    key("merge_how", MERGING).since(v(23, 4)).doc("How this part is merged into the parts before it."),
    key("merge_type", MERGING).since(v(23, 4)).doc("Another name for `merge_how`."),
    key("system_info", FREE_MAPPING)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), ""))
        .doc("Describes the distribution to cloud-init; only the image should set it."),
    key("version", ANY).since(v(23, 4)).doc("Is accepted but has no effect."),
    // Module `install_hotplug`
    key("updates", map(&UPDATES))
        .since(v(21, 4))
        .works_since(v(21, 3))
        .doc("When cloud-init applies configuration again after the first boot."),
    // Module `scripts_vendor`
    key("vendor_data", map(&VENDOR_DATA))
        .since(v(22, 2))
        .doc("Whether and how the machine uses the vendor-data of its cloud."),
    // Module `migrator`
    key("migrate", BOOL)
        .since(v(22, 2))
        .until(v(24, 1))
        .doc("Whether the markers of modules that have run are renamed after an upgrade of cloud-init."),
    key("migrate", ANY).since(v(24, 1)).doc("Is accepted but no longer has any effect."),
    // Module `debug`
    key("debug", map(&closed(DEBUG).min(1)))
        .since(v(22, 1))
        .until(v(22, 3))
        .doc("Prints the configuration and the metadata that cloud-init works with."),
];

/// Modules by name; as a list, a name is followed by how often the module runs.
static MODULES: Node = list(&items(one_of(&[dated(module_names::NAMES), list(&items(ANY))])));

static MERGING: Node = one_of(&[STR, list(&items(map(&MERGER)).min(1))]);

static MERGER: Object = closed(&[
    key("name", words(&["list", "dict", "str"])).doc("The type of values that the settings are for."),
    key(
        "settings",
        list(&items(words(&[
            "allow_delete",
            "no_replace",
            "replace",
            "append",
            "prepend",
            "recurse_dict",
            "recurse_list",
            "recurse_array",
            "recurse_str",
        ]))),
    )
    .doc("How two values of this type are merged."),
])
.required(&["name", "settings"]);

static UPDATES: Object =
    closed(&[key("network", map(&NETWORK_UPDATES)).doc("When the network configuration is applied again.")]);

static NETWORK_UPDATES: Object =
    closed(&[key("when", list(&items(words(&["boot-new-instance", "boot-legacy", "boot", "hotplug"]))))
        .doc("The events: the first boot, every boot, or an interface that comes or goes (`hotplug`).")])
    .required(&["when"]);

static VENDOR_DATA: Object = closed(&[
    key(
        "enabled",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    BOOL,
                    STR.deprecated(&gone(v(22, 3), v(22, 3), "`true` or `false` without quotes")),
                ]),
            ),
            (v(22, 2), types(&[BOOL, STR])),
        ]),
    )
    .doc("Whether vendor-data is used at all."),
    key("prefix", types(&[list(&items(types(&[STR, INT]))), STR]))
        .doc("A command that is put before each vendor script, such as `/usr/bin/ltrace`."),
]);

static DEBUG: &[Key] = &[
    key("verbose", BOOL).doc("Whether to print it at all."),
    key("output", STR).doc("The file to write it to, instead of the log."),
];
