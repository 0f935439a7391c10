//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::{REPOSITORY, WORD};
use super::{gone, v};

pub(super) static KEYS: [Key; 12] = [
    // cc_apk_configure
    key("apk_repos", map(&APK_REPOS)).since(v(20, 3)).works_since(v(20, 3)),
    // cc_package_update_upgrade_install
    key(
        "packages",
        list(
            &items(one_of(&[
                map(&PACKAGES_0).since(v(23, 4)),
                one_of(&[list(&items(STR).min(2).max(2)), STR]).since(v(23, 4)),
                list(&items(STR).min(2).max(2)).until(v(23, 4)),
                STR.until(v(23, 4)),
            ]))
            .min(1),
        ),
    )
    .since(v(22, 2)),
    key("package_update", BOOL).since(v(22, 2)),
    key("package_upgrade", BOOL).since(v(22, 2)),
    key("package_reboot_if_required", BOOL).since(v(22, 2)),
    key("apt_update", BOOL).since(v(22, 2)).deprecated(&gone(v(22, 2), v(22, 2), "")),
    key("apt_upgrade", BOOL).since(v(22, 2)).deprecated(&gone(v(22, 2), v(22, 2), "")),
    key("apt_reboot_if_required", BOOL).since(v(22, 2)).deprecated(&gone(v(22, 2), v(22, 2), "")),
    // cc_snap
    key("snap", map(&SNAP)).since(v(18, 2)).works_since(v(18, 2)),
    // cc_yum_add_repo
    key("yum_repo_dir", STR).since(v(22, 2)),
    key("yum_repos", map(&YUM_REPOS)).since(v(22, 2)),
    // cc_zypper_add_repo
    key(
        "zypper",
        changed(&[(v(22, 3), map(&open(ZYPPER_KEYS).min(1))), (v(17, 2), map(&closed(ZYPPER_KEYS).min(1)))]),
    )
    .since(v(17, 2))
    .works_since(v(17, 2)),
];

static APK_REPOS_ALPINE_REPO_0: Object = closed(&[
    key("base_url", STR).works_since(v(20, 3)),
    key("community_enabled", BOOL).works_since(v(20, 3)),
    key("testing_enabled", BOOL).works_since(v(20, 3)),
    key("version", STR).works_since(v(20, 3)),
])
.required(&["version"])
.min(1);

static APK_REPOS: Object = closed(&[
    key("preserve_repositories", BOOL).works_since(v(20, 3)),
    key("alpine_repo", types(&[map(&APK_REPOS_ALPINE_REPO_0), NULL])).works_since(v(20, 3)),
    key("local_repo_base_url", STR).works_since(v(20, 3)),
])
.min(1);

static PACKAGES_0: Object = closed(&[
    key("apt", list(&items(one_of(&[list(&items(STR).min(2).max(2)), STR])))).works_since(v(23, 4)),
    key("snap", list(&items(one_of(&[list(&items(STR).min(2).max(2)), STR])))).works_since(v(23, 4)),
]);

static SNAP: Object = closed(&[
    key(
        "assertions",
        types(&[
            changed(&[(v(20, 3), map(&open(&[]).each(&STR).min(1))), (v(18, 2), map(&open(&[]).min(1)))]),
            list(&items(STR).min(1).unique()),
        ]),
    )
    .works_since(v(18, 2)),
    key(
        "commands",
        types(&[
            changed(&[
                (v(20, 3), map(&open(&[]).each(&one_of(&[STR, list(&items(STR))])).min(1))),
                (v(18, 2), map(&open(&[]).min(1))),
            ]),
            changed(&[
                (v(18, 3), list(&items(one_of(&[STR, list(&items(STR))])).min(1))),
                (v(18, 2), list(&items(one_of(&[STR, list(&items(STR))])).min(1).unique())),
            ]),
        ]),
    )
    .works_since(v(18, 2)),
    key("squashfuse_in_container", BOOL).until(v(22, 2)).works_since(v(18, 2)),
])
.min(1);

static YUM_REPOS_24_3_0: Object = closed(&[
    key("baseurl", STR),
    key("metalink", STR).works_since(v(24, 2)),
    key("mirrorlist", STR).works_since(v(24, 3)),
    key("name", STR).works_since(v(22, 2)),
    key("enabled", BOOL),
])
.patterns(&[(WORD, one_of(&[INT, BOOL, STR]))]);

static YUM_REPOS_22_2_KEYS: &[Key] =
    &[key("baseurl", STR), key("name", STR).works_since(v(22, 2)), key("enabled", BOOL)];

static YUM_REPOS: Object = closed(&[])
    .patterns(&[(
        REPOSITORY,
        changed(&[
            (
                v(24, 3),
                all_of(&[
                    map(&YUM_REPOS_24_3_0),
                    any_of(&[
                        map(&open(&[]).required(&["baseurl"]).partial()),
                        map(&open(&[]).required(&["metalink"]).partial()),
                        map(&open(&[]).required(&["mirrorlist"]).partial()),
                    ]),
                ]),
            ),
            (
                v(22, 2),
                changed(&[
                    (
                        v(22, 3),
                        map(&closed(YUM_REPOS_22_2_KEYS)
                            .required(&["baseurl"])
                            .patterns(&[(WORD, one_of(&[INT, BOOL, STR]))])),
                    ),
                    (
                        v(22, 2),
                        map(&open(YUM_REPOS_22_2_KEYS)
                            .required(&["baseurl"])
                            .patterns(&[(WORD, one_of(&[INT, BOOL, STR]))])),
                    ),
                ]),
            ),
        ]),
    )])
    .min(1);

static ZYPPER_KEYS: &[Key] = &[
    key(
        "repos",
        list(
            &items(map(&open(&[
                key("id", STR).works_since(v(17, 2)),
                key("baseurl", STR).works_since(v(17, 2)),
            ])
            .required(&["id", "baseurl"])))
            .min(1),
        ),
    )
    .works_since(v(17, 2)),
    key("config", map(&open(&[]))).works_since(v(17, 2)),
];
