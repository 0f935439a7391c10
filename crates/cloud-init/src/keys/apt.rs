//! APT and GRUB on Debian and Ubuntu.
//!
//! Read by the modules `apt_configure`, `apt_pipelining` and `grub_dpkg`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::SOME_STRINGS;
use super::patterns::NOT_EMPTY;
use super::{changed_in, gone, v};

pub(super) static KEYS: [Key; 4] = [
    // Module `apt_configure`
    key("apt", changed(&[(v(22, 1), map(&closed(APT).min(1))), (v(20, 3), map(&closed(APT)))]))
        .since(v(20, 3))
        .doc("Sets the mirrors, repositories, keys, proxies and options of APT."),
    // Module `apt_pipelining`
    key(
        "apt_pipelining",
        one_of(&[
            INT,
            BOOL,
            all_of(&[
                STR,
                one_of(&[
                    words(&["os"]),
                    words(&["none", "unchanged"]).deprecated(&gone(v(22, 4), v(23, 4), "`os`")),
                ]),
            ])
            .since(v(23, 4)),
            words(&["none", "unchanged", "os"]).until(v(23, 4)),
        ]),
    )
    .since(v(22, 1))
    .doc("How many requests APT sends without waiting for answers; `os` keeps the setting of the image."),
    // Module `grub_dpkg`
    key("grub_dpkg", map(&GRUB_DPKG))
        .since(v(22, 2))
        .doc("Tells the GRUB packages where to install GRUB when they are upgraded."),
    key("grub-dpkg", map(&open(&[])))
        .since(v(22, 2))
        .deprecated(&gone(v(22, 2), v(22, 3), "`grub_dpkg`"))
        .doc("The old spelling of `grub_dpkg`."),
];

static APT: &[Key] = &[
    key("preserve_sources_list", BOOL).default("false").doc("Keeps the image's package sources unchanged."),
    // A patch of Debian, which ships this release.
    key("generate_mirrorlists", BOOL)
        .since(v(22, 4).patch(2))
        .until(v(22, 4).patch(3))
        .works_since(v(22, 4).patch(2))
        .default("false")
        .doc("On Debian, writes the mirrors to lists in `/etc/apt/mirrors` instead of `sources.list`."),
    key(
        "disable_suites",
        changed(&[(v(22, 1), list(&items(STR).min(1).unique())), (v(20, 3), list(&items(STR).unique()))]),
    )
    .doc("Suites to comment out in the package sources, such as `updates` or `backports`."),
    key("primary", MIRRORS).doc("The mirrors of the main archive, by architecture."),
    key("security", MIRRORS).doc("The mirrors of the archive with security updates, by architecture."),
    key("add_apt_repo_match", STR)
        .default(r"^[\w-]+:\w")
        .doc("The regular expression for sources that are passed to `add-apt-repository`, such as PPAs."),
    key(
        "debconf_selections",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, SELECTIONS)]).min(1))),
            (v(22, 1), map(&open(&[]).patterns(&[(NOT_EMPTY, SELECTIONS)]).min(1))),
            (v(20, 3), map(&open(&[]).patterns(&[(NOT_EMPTY, SELECTIONS)]))),
        ]),
    )
    .doc("Answers to questions of packages, passed to `debconf-set-selections`."),
    key("sources_list", STR)
        .doc("The package sources, instead of the usual ones; `$MIRROR` and `$RELEASE` are filled in."),
    key("conf", STR).doc("Options of APT, as in a file below `/etc/apt/apt.conf.d`."),
    key("https_proxy", STR).doc("The proxy for package sources with `https`."),
    key("http_proxy", STR).doc("The proxy for package sources with `http`."),
    key("proxy", STR).doc("Another name for `http_proxy`."),
    key("ftp_proxy", STR).doc("The proxy for package sources with `ftp`."),
    key(
        "sources",
        changed(&[
            (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, SOURCE)]))),
            (v(20, 3), map(&open(&[]).patterns(&[(NOT_EMPTY, SOURCE)]))),
        ]),
    )
    .doc("Additional package sources, each under a name of your choice."),
];

static MIRRORS: Node = changed(&[(v(22, 1), list(&items(MIRROR).min(1))), (v(20, 3), list(&items(MIRROR)))]);

static MIRROR: Node = changed(&[(v(21, 4), map(&MIRROR_KEYS)), (v(20, 3), ANY)]);

static MIRROR_KEYS: Object = closed(&[
    key("arches", SOME_STRINGS).doc("The architectures that this mirror is for, or `default` for the rest."),
    key("uri", STR).doc("The URL of the mirror."),
    key("search", SOME_STRINGS).doc("URLs of mirrors; the first whose host name resolves is used."),
    key("search_dns", BOOL).doc("Looks up a mirror in the DNS domain of the machine."),
    key("keyid", STR).doc("The fingerprint of a key to fetch from `keyserver` and trust."),
    key("key", STR).doc("A key to trust, in ASCII armour."),
    key("keyserver", STR).default("keyserver.ubuntu.com").doc("The server to fetch the key `keyid` from."),
])
.required(&["arches"]);

static SELECTIONS: Node =
    STR.since(v(22, 1)).doc("Lines for `debconf-set-selections`, each `package question type answer`.");

static SOURCE: Node = map(&SOURCE_KEYS)
    .since(v(22, 1))
    .doc("A package source, in a file of this name below `/etc/apt/sources.list.d`.");

static SOURCE_KEYS: Object = closed(&[
    key("source", STR).doc("A `deb` line or a PPA; `$RELEASE`, `$MIRROR` and `$KEY_FILE` are filled in."),
    key("keyid", STR).doc("The fingerprint of a key to fetch from `keyserver` and trust."),
    key("key", STR).doc("A key to trust, in ASCII armour."),
    key("keyserver", STR).default("keyserver.ubuntu.com").doc("The server to fetch the key `keyid` from."),
    key("filename", STR).doc("The name of the file, instead of the name of the source."),
    key("append", BOOL)
        .since(v(22, 4))
        .works_since(v(22, 4))
        .default("true")
        .doc("Appends to an existing file instead of replacing it."),
])
.min(1);

static GRUB_DPKG: Object = closed(&[
    key("enabled", BOOL).default("false").doc("Whether to configure them."),
    key("grub-pc/install_devices", STR)
        .doc("The disk to install GRUB on if the machine boots with a BIOS, by default that of `/boot`."),
    key(
        "grub-pc/install_devices_empty",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    BOOL,
                    STR.deprecated(&changed_in(v(22, 3), v(22, 3), "`true` or `false` without quotes")),
                ]),
            ),
            (v(22, 2), types(&[STR, BOOL])),
        ]),
    )
    .doc("Whether to go on if there is no disk to install GRUB on."),
    key("grub-efi/install_devices", STR)
        .since(v(23, 2))
        .works_since(v(23, 2))
        .doc("The partition to install GRUB on where the machine boots with UEFI."),
]);
