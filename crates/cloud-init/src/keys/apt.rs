//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::NOT_EMPTY;
use super::{changed_in, gone, v};

pub(super) static KEYS: [Key; 4] = [
    // cc_apt_configure
    key("apt", changed(&[(v(22, 1), map(&closed(APT_KEYS).min(1))), (v(20, 3), map(&closed(APT_KEYS)))]))
        .since(v(20, 3)),
    // cc_apt_pipelining
    key(
        "apt_pipelining",
        one_of(&[
            INT,
            BOOL,
            all_of(&[
                STR,
                one_of(&[
                    words(&["os"]),
                    words(&["none", "unchanged"]).deprecated(&gone(v(22, 4), v(0, 0), "")),
                ]),
            ])
            .since(v(23, 4)),
            words(&["none", "unchanged", "os"]).until(v(23, 4)),
        ]),
    )
    .since(v(22, 1)),
    // cc_grub_dpkg
    key("grub_dpkg", map(&GRUB_DPKG)).since(v(22, 2)),
    key("grub-dpkg", map(&open(&[]))).since(v(22, 2)).deprecated(&gone(v(22, 2), v(22, 3), "")),
];

static APT_PRIMARY_21_4: Object = closed(&[
    key("arches", list(&items(STR).min(1))),
    key("uri", STR),
    key("search", list(&items(STR).min(1))),
    key("search_dns", BOOL),
    key("keyid", STR),
    key("key", STR),
    key("keyserver", STR),
])
.required(&["arches"]);

static APT_SOURCES: Object = closed(&[
    key("source", STR),
    key("keyid", STR),
    key("key", STR),
    key("keyserver", STR),
    key("filename", STR),
    key("append", BOOL).since(v(22, 4)),
])
.min(1);

static APT_KEYS: &[Key] = &[
    key("preserve_sources_list", BOOL),
    key(
        "disable_suites",
        changed(&[(v(22, 1), list(&items(STR).min(1).unique())), (v(20, 3), list(&items(STR).unique()))]),
    ),
    key(
        "primary",
        changed(&[
            (v(22, 1), list(&items(changed(&[(v(21, 4), map(&APT_PRIMARY_21_4)), (v(20, 3), ANY)])).min(1))),
            (v(20, 3), list(&items(changed(&[(v(21, 4), map(&APT_PRIMARY_21_4)), (v(20, 3), ANY)])))),
        ]),
    ),
    key(
        "security",
        changed(&[
            (v(22, 1), list(&items(changed(&[(v(21, 4), map(&APT_PRIMARY_21_4)), (v(20, 3), ANY)])).min(1))),
            (v(20, 3), list(&items(changed(&[(v(21, 4), map(&APT_PRIMARY_21_4)), (v(20, 3), ANY)])))),
        ]),
    ),
    key("add_apt_repo_match", STR),
    key(
        "debconf_selections",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, STR.since(v(22, 1)))]).min(1))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, STR.since(v(22, 1)))]).min(1))),
            (v(20, 3), map(&open(&[]).patterns(&[(NOT_EMPTY, STR.since(v(22, 1)))]))),
        ]),
    ),
    key("sources_list", STR),
    key("conf", STR),
    key("https_proxy", STR),
    key("http_proxy", STR),
    key("proxy", STR),
    key("ftp_proxy", STR),
    key(
        "sources",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, map(&APT_SOURCES).since(v(22, 1)))]))),
            (v(20, 3), map(&open(&[]).patterns(&[(NOT_EMPTY, map(&APT_SOURCES).since(v(22, 1)))]))),
        ]),
    ),
];

static GRUB_DPKG: Object = closed(&[
    key("enabled", BOOL),
    key("grub-pc/install_devices", STR),
    key(
        "grub-pc/install_devices_empty",
        changed(&[
            (v(22, 3), one_of(&[BOOL, STR.deprecated(&changed_in(v(22, 3), v(22, 3), ""))])),
            (v(22, 2), types(&[STR, BOOL])),
        ]),
    ),
    key("grub-efi/install_devices", STR).since(v(23, 2)).works_since(v(23, 2)),
]);
