//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object, Word};

use super::patterns::NOT_EMPTY;
use super::{gone, v};

pub(super) static KEYS: [Key; 13] = [
    // base_config
    key("cloud_init_modules", list(&items(one_of(&[dated(MODULES), list(&items(ANY))])))).since(v(22, 4)),
    key("cloud_config_modules", list(&items(one_of(&[dated(MODULES), list(&items(ANY))])))).since(v(22, 4)),
    key("cloud_final_modules", list(&items(one_of(&[dated(MODULES), list(&items(ANY))])))).since(v(22, 4)),
    key("launch-index", INT).since(v(23, 4)),
    key("merge_how", one_of(&[STR, list(&items(map(&MERGE_HOW_1)).min(1))])).since(v(23, 4)),
    key("merge_type", one_of(&[STR, list(&items(map(&MERGE_HOW_1)).min(1))])).since(v(23, 4)),
    key("system_info", map(&open(&[]))).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    // cc_install_hotplug
    key(
        "updates",
        map(&closed(&[key(
            "network",
            map(&closed(&[key(
                "when",
                list(&items(words(&["boot-new-instance", "boot-legacy", "boot", "hotplug"]))),
            )
            .works_since(v(21, 4))])
            .required(&["when"])),
        )
        .works_since(v(21, 3))])),
    )
    .since(v(21, 4))
    .works_since(v(21, 3)),
    // cc_scripts_vendor
    key("vendor_data", map(&VENDOR_DATA)).since(v(22, 2)),
    // reporting_config
    key("reporting", map(&REPORTING)).since(v(22, 3)),
    // output_config
    key("output", map(&OUTPUT)).since(v(23, 4)),
    // cc_migrator
    key("migrate", BOOL).since(v(22, 2)).until(v(24, 1)),
    // cc_debug
    key("debug", map(&closed(&[key("verbose", BOOL), key("output", STR)]).min(1)))
        .since(v(22, 1))
        .until(v(22, 3)),
];

static MODULES: &[Word] = &[
    word("ansible"),
    word("apk-configure"),
    word("apk_configure"),
    word("apt-configure"),
    word("apt-pipelining"),
    word("apt_configure"),
    word("apt_pipelining"),
    word("bootcmd"),
    word("byobu"),
    word("ca-certs"),
    word("ca_certs"),
    word("chef"),
    word("disable-ec2-metadata"),
    word("disable_ec2_metadata"),
    word("disk-setup"),
    word("disk_setup"),
    word("fan"),
    word("final-message"),
    word("final_message"),
    word("growpart"),
    word("grub-dpkg"),
    word("grub_dpkg"),
    word("install-hotplug"),
    word("install_hotplug"),
    word("keyboard"),
    word("keys-to-console"),
    word("keys_to_console"),
    word("landscape"),
    word("locale"),
    word("lxd"),
    word("mcollective"),
    word("migrator").until(v(24, 1)),
    word("mounts"),
    word("ntp"),
    word("package-update-upgrade-install"),
    word("package_update_upgrade_install"),
    word("phone-home"),
    word("phone_home"),
    word("power-state-change"),
    word("power_state_change"),
    word("puppet"),
    word("raspberry_pi").since(v(25, 2)),
    word("refresh-rmc-and-interface").until(v(23, 2)),
    word("refresh_rmc_and_interface").until(v(23, 2)),
    word("reset-rmc"),
    word("reset_rmc"),
    word("resizefs"),
    word("resolv-conf"),
    word("resolv_conf"),
    word("rh-subscription"),
    word("rh_subscription"),
    word("rightscale-userdata").until(v(24, 1)),
    word("rightscale_userdata").until(v(24, 1)),
    word("rsyslog"),
    word("runcmd"),
    word("salt-minion"),
    word("salt_minion"),
    word("scripts-per-boot"),
    word("scripts-per-instance"),
    word("scripts-per-once"),
    word("scripts-user"),
    word("scripts-vendor"),
    word("scripts_per_boot"),
    word("scripts_per_instance"),
    word("scripts_per_once"),
    word("scripts_user"),
    word("scripts_vendor"),
    word("seed-random"),
    word("seed_random"),
    word("set-hostname"),
    word("set-passwords"),
    word("set_hostname"),
    word("set_passwords"),
    word("snap"),
    word("spacewalk"),
    word("ssh"),
    word("ssh-authkey-fingerprints"),
    word("ssh-import-id"),
    word("ssh_authkey_fingerprints"),
    word("ssh_import_id"),
    word("timezone"),
    word("ubuntu-advantage"),
    word("ubuntu-autoinstall"),
    word("ubuntu-drivers"),
    word("ubuntu_advantage"),
    word("ubuntu_autoinstall"),
    word("ubuntu_drivers"),
    word("ubuntu_pro").since(v(24, 1)),
    word("update-etc-hosts"),
    word("update-hostname"),
    word("update_etc_hosts"),
    word("update_hostname"),
    word("users-groups"),
    word("users_groups"),
    word("wireguard"),
    word("write-files"),
    word("write-files-deferred"),
    word("write_files"),
    word("write_files_deferred"),
    word("yum-add-repo"),
    word("yum_add_repo"),
    word("zypper-add-repo"),
    word("zypper_add_repo"),
];

static MERGE_HOW_1: Object = closed(&[
    key("name", words(&["list", "dict", "str"])),
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
    ),
])
.required(&["name", "settings"]);

static VENDOR_DATA: Object = closed(&[
    key(
        "enabled",
        changed(&[
            (v(22, 3), one_of(&[BOOL, STR.deprecated(&gone(v(22, 3), v(22, 3), ""))])),
            (v(22, 2), types(&[BOOL, STR])),
        ]),
    ),
    key("prefix", types(&[list(&items(types(&[STR, INT]))), STR])),
]);

static REPORTING_1_2: Object = closed(&[
    key("type", words(&["webhook"])),
    key("endpoint", STR),
    key("consumer_key", STR),
    key("token_key", STR),
    key("token_secret", STR),
    key("consumer_secret", STR),
    key("timeout", number_from(0)),
    key("retries", int_from(0)),
])
.required(&["type", "endpoint"])
.partial();

static REPORTING: Object = closed(&[]).patterns(&[(
    NOT_EMPTY,
    all_of(&[
        map(&open(&[])),
        one_of(&[
            map(&closed(&[
                key("type", words(&["log"])),
                key("level", words(&["DEBUG", "INFO", "WARN", "ERROR", "FATAL"])),
            ])
            .required(&["type"])
            .partial()),
            map(&closed(&[key("type", words(&["print"]))]).required(&["type"]).partial()),
            map(&REPORTING_1_2),
            map(&closed(&[
                key("type", words(&["hyperv"])),
                key("kvp_file_path", STR),
                key("event_types", list(&items(STR))),
            ])
            .required(&["type"])
            .partial()),
        ]),
    ]),
)]);

static OUTPUT: Object = closed(&[
    key(
        "all",
        one_of(&[
            STR,
            list(&items(STR).min(2).max(2)),
            map(&closed(&[key("output", STR), key("error", STR)])),
        ]),
    ),
    key(
        "init",
        one_of(&[
            STR,
            list(&items(STR).min(2).max(2)),
            map(&closed(&[key("output", STR), key("error", STR)])),
        ]),
    ),
    key(
        "config",
        one_of(&[
            STR,
            list(&items(STR).min(2).max(2)),
            map(&closed(&[key("output", STR), key("error", STR)])),
        ]),
    ),
    key(
        "final",
        one_of(&[
            STR,
            list(&items(STR).min(2).max(2)),
            map(&closed(&[key("output", STR), key("error", STR)])),
        ]),
    ),
]);
