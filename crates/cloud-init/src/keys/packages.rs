//! Packages, and the repositories of all package managers but APT.
//!
//! Read by the modules `package_update_upgrade_install`, `snap`, `apk_configure`, `yum_add_repo` and
//! `zypper_add_repo`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object, Pattern};

use super::forms::{FREE_MAPPING, PAIR, STRINGS, having};
use super::patterns::{REPOSITORY, WORD};
use super::{gone, v};

pub(super) static KEYS: [Key; 13] = [
    // Module `package_update_upgrade_install`
    key(
        "packages",
        list(
            &items(one_of(&[
                map(&BY_PACKAGE_MANAGER).since(v(23, 4)),
                PACKAGE.since(v(23, 4)),
                PAIR.until(v(23, 4)),
                STR.until(v(23, 4)),
            ]))
            .min(1),
        ),
    )
    .since(v(22, 2))
    .doc("Installs these packages, each a name, `[name, version]`, or `{apt: […]}` and `{snap: […]}`."),
    key("package_update", BOOL)
        .since(v(22, 2))
        .default("false")
        .doc("Refreshes the package lists; `packages` always does that."),
    key("package_upgrade", BOOL).since(v(22, 2)).default("false").doc("Upgrades all installed packages."),
    key("package_reboot_if_required", BOOL)
        .since(v(22, 2))
        .default("false")
        .doc("Reboots if an installed or upgraded package asks for it."),
    key("apt_update", BOOL)
        .since(v(22, 2))
        .deprecated(&gone(v(22, 2), v(22, 3), "`package_update`"))
        .doc("The old name of `package_update`."),
    key("apt_upgrade", BOOL)
        .since(v(22, 2))
        .deprecated(&gone(v(22, 2), v(22, 3), "`package_upgrade`"))
        .doc("The old name of `package_upgrade`."),
    key("apt_reboot_if_required", BOOL)
        .since(v(22, 2))
        .deprecated(&gone(v(22, 2), v(22, 3), "`package_reboot_if_required`"))
        .doc("The old name of `package_reboot_if_required`."),
    // Module `snap`
    key("snap", map(&SNAP))
        .since(v(18, 2))
        .works_since(v(18, 2))
        .doc("Runs `snap` commands and adds assertions on Ubuntu."),
    key("snappy", ANY).until(v(20, 1)).doc("Installs snaps; replaced by `snap`."),
    // Module `apk_configure`
    key("apk_repos", map(&APK_REPOS))
        .since(v(20, 3))
        .works_since(v(20, 3))
        .doc("Writes `/etc/apk/repositories` on Alpine."),
    // Module `yum_add_repo`
    key("yum_repos", map(&YUM_REPOS))
        .since(v(22, 2))
        .doc("Adds package repositories on Fedora, Red Hat and related distributions."),
    key("yum_repo_dir", STR)
        .since(v(22, 2))
        .default("/etc/yum.repos.d")
        .doc("The directory that `yum_repos` are written to."),
    // Module `zypper_add_repo`
    key("zypper", changed(&[(v(22, 3), map(&open(ZYPPER).min(1))), (v(17, 2), map(&closed(ZYPPER).min(1)))]))
        .since(v(17, 2))
        .works_since(v(17, 2))
        .doc("Adds repositories and sets options of Zypper on SUSE."),
];

/// A package: its name, or its name and its version.
static PACKAGE: Node = one_of(&[PAIR, STR]);

static BY_PACKAGE_MANAGER: Object = closed(&[
    key("apt", list(&items(PACKAGE))).works_since(v(23, 4)).doc("Packages to install with APT."),
    key("snap", list(&items(PACKAGE))).works_since(v(23, 4)).doc("Packages to install with `snap install`."),
]);

static SNAP: Object = closed(&[
    key(
        "assertions",
        types(&[
            changed(&[
                (v(20, 3), map(&open(&[]).each(&ASSERTION).min(1))),
                (v(18, 2), map(&open(&[]).min(1))),
            ]),
            list(&items(STR).min(1).unique()),
        ]),
    )
    .doc("Assertions to add with `snap ack`."),
    key(
        "commands",
        types(&[
            changed(&[
                (v(20, 3), map(&open(&[]).each(&SNAP_COMMAND).min(1))),
                (v(18, 2), map(&open(&[]).min(1))),
            ]),
            changed(&[
                (v(18, 3), list(&items(SNAP_COMMAND).min(1))),
                (v(18, 2), list(&items(SNAP_COMMAND).min(1).unique())),
            ]),
        ]),
    )
    .doc("Commands to run as root; `snap` is added to those that lack it."),
    key("squashfuse_in_container", BOOL)
        .until(v(22, 2))
        .doc("Installs `squashfuse` where the machine is a container."),
])
.min(1);

static ASSERTION: Node = STR.doc("An assertion, under a name of your choice.");

static SNAP_COMMAND: Node =
    one_of(&[STR, STRINGS]).doc("A command; those in a mapping run in the order of their names.");

static APK_REPOS: Object = closed(&[
    key("preserve_repositories", BOOL).default("false").doc("Does not change `/etc/apk/repositories`."),
    key("alpine_repo", types(&[map(&ALPINE_REPO), NULL])).doc("The repositories of Alpine itself."),
    key("local_repo_base_url", STR).doc("The URL of an additional repository of your own."),
])
.min(1);

static ALPINE_REPO: Object = closed(&[
    key("base_url", STR).default("https://dl-cdn.alpinelinux.org/alpine").doc("The URL of the mirror."),
    key("community_enabled", BOOL).default("false").doc("Adds the repository `community`."),
    key("testing_enabled", BOOL)
        .default("false")
        .doc("Adds the repository `testing`, which only `edge` should use."),
    key("version", STR).doc("The release of Alpine, such as `v3.20` or `edge`."),
])
.required(&["version"])
.min(1);

static YUM_REPOS: Object = closed(&[]).patterns(&[(REPOSITORY, YUM_REPO)]).min(1);

static YUM_REPO: Node = changed(&[
    (
        v(24, 3),
        all_of(&[
            map(&closed(YUM_REPO_KEYS).patterns(YUM_SETTINGS)),
            any_of(&[map(&having(&["baseurl"])), map(&having(&["metalink"])), map(&having(&["mirrorlist"]))]),
        ]),
    ),
    (v(22, 3), map(&closed(YUM_REPO_KEYS).required(&["baseurl"]).patterns(YUM_SETTINGS))),
    (v(22, 2), map(&open(YUM_REPO_KEYS).required(&["baseurl"]).patterns(YUM_SETTINGS))),
])
.doc("A repository, in a file of this name below `yum_repo_dir` unless the file exists.");

static YUM_REPO_KEYS: &[Key] = &[
    key("baseurl", STR).doc("The URL of the repository."),
    key("metalink", STR)
        .since(v(24, 3))
        .works_since(v(24, 2))
        .doc("The URL of a metalink file that lists mirrors."),
    key("mirrorlist", STR).since(v(24, 3)).works_since(v(24, 3)).doc("The URL of a list of mirrors."),
    key("name", STR).doc("A descriptive name for the repository."),
    key("enabled", BOOL).default("true").doc("Whether the repository is used."),
];

static YUM_SETTINGS: &[(Pattern, Node)] =
    &[(WORD, one_of(&[INT, BOOL, STR]).doc("Any other setting of the repository, such as `gpgcheck`."))];

static ZYPPER: &[Key] = &[
    key("repos", list(&items(map(&ZYPPER_REPO)).min(1)))
        .doc("The repositories, each in a file of its own below `/etc/zypp/repos.d`."),
    key("config", FREE_MAPPING).doc("Options for `/etc/zypp/zypp.conf`."),
];

static ZYPPER_REPO: Object = open(&[
    key("id", STR).doc("The short name of the repository."),
    key("baseurl", STR).doc("The URL of the repository."),
])
.required(&["id", "baseurl"]);
