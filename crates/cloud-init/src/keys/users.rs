//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::patterns::{DATE, NAME_AND_PASSWORD, NOT_EMPTY};
use super::{changed_in, gone, v};

pub(super) static KEYS: [Key; 6] = [
    // cc_set_passwords
    key("ssh_pwauth", one_of(&[BOOL, STR.deprecated(&changed_in(v(22, 3), v(22, 3), ""))])).since(v(22, 2)),
    key("chpasswd", map(&CHPASSWD)).since(v(22, 2)),
    key("password", STR).since(v(22, 2)),
    // cc_users_groups
    key(
        "groups",
        all_of(&[
            changed(&[
                (
                    v(22, 3),
                    map(&closed(&[])
                        .patterns(&[(NOT_EMPTY, types(&[STR, list(&items(STR).min(1))]))])
                        .partial()),
                ),
                (
                    v(22, 2),
                    map(&open(&[])
                        .patterns(&[(NOT_EMPTY, types(&[STR, list(&items(STR).min(1))]))])
                        .partial()),
                ),
            ]),
            types(&[
                STR,
                map(&open(&[])),
                list(
                    &items(all_of(&[
                        changed(&[
                            (
                                v(22, 3),
                                map(&closed(&[])
                                    .patterns(&[(NOT_EMPTY, types(&[STR, list(&items(STR).min(1))]))])
                                    .partial()),
                            ),
                            (
                                v(22, 2),
                                map(&open(&[])
                                    .patterns(&[(NOT_EMPTY, types(&[STR, list(&items(STR).min(1))]))])
                                    .partial()),
                            ),
                        ]),
                        types(&[STR, map(&open(&[]))]),
                    ]))
                    .min(1),
                ),
            ]),
        ]),
    )
    .since(v(22, 2)),
    key(
        "user",
        one_of(&[
            STR,
            all_of(&[
                all_of(&[
                    map(&USER_1_0_0),
                    one_of(&[
                        map(&open(&[]).required(&["name"]).partial()),
                        map(&open(&[]).required(&["snapuser"]).partial()),
                    ]),
                ]),
                map(&open(&[])),
            ]),
        ]),
    )
    .since(v(22, 2)),
    key(
        "users",
        types(&[
            STR,
            changed(&[
                (
                    v(23, 2),
                    list(&items(one_of(&[
                        STR,
                        list(&items(STR)),
                        all_of(&[
                            all_of(&[
                                map(&USER_1_0_0),
                                one_of(&[
                                    map(&open(&[]).required(&["name"]).partial()),
                                    map(&open(&[]).required(&["snapuser"]).partial()),
                                ]),
                            ]),
                            map(&open(&[])),
                        ]),
                    ]))),
                ),
                (
                    v(22, 2),
                    list(
                        &items(one_of(&[
                            STR,
                            list(&items(STR)),
                            all_of(&[
                                all_of(&[
                                    map(&USER_1_0_0),
                                    one_of(&[
                                        map(&open(&[]).required(&["name"]).partial()),
                                        map(&open(&[]).required(&["snapuser"]).partial()),
                                    ]),
                                ]),
                                map(&open(&[])),
                            ]),
                        ]))
                        .min(1),
                    ),
                ),
            ]),
            map(&open(&[])),
        ]),
    )
    .since(v(22, 2)),
];

static CHPASSWD: Object = closed(&[
    key("expire", BOOL),
    key(
        "users",
        list(&items(all_of(&[
            map(&open(&[])),
            any_of(&[
                map(&closed(&[
                    key("name", STR).works_since(v(22, 3)),
                    key("type", words(&["RANDOM"])).works_since(v(22, 3)),
                ])
                .required(&["name", "type"])
                .partial()),
                map(&closed(&[
                    key("name", STR).works_since(v(22, 3)),
                    key("type", words(&["hash", "text"])).works_since(v(22, 3)),
                    key("password", STR).works_since(v(22, 3)),
                ])
                .required(&["name", "password"])
                .partial()),
            ]),
        ]))),
    )
    .since(v(22, 3))
    .works_since(v(22, 3)),
    key("list", one_of(&[STR, list(&items(matching(&NAME_AND_PASSWORD)))])).deprecated(&gone(
        v(22, 2),
        v(22, 3),
        "",
    )),
]);

static USER_1_0_0: Object = closed(&[
    key("name", STR),
    key("doas", list(&items(STR).min(1))).since(v(23, 3)).works_since(v(23, 3)),
    key("expiredate", changed(&[(v(22, 3), matching(&DATE)), (v(22, 2), STR)])),
    key("gecos", STR),
    key(
        "groups",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    STR,
                    list(&items(STR).min(1)),
                    map(&open(&[]).patterns(&[(NOT_EMPTY, NULL.deprecated(&gone(v(23, 1), v(22, 3), "")))])),
                ]),
            ),
            (v(22, 2), STR),
        ]),
    ),
    key("homedir", STR),
    key("inactive", STR),
    key("lock-passwd", BOOL).since(v(22, 3)).deprecated(&gone(v(22, 3), v(22, 3), "")),
    key("lock_passwd", BOOL),
    key("no-create-home", BOOL).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("no_create_home", BOOL),
    key("no-log-init", BOOL).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("no_log_init", BOOL),
    key("no-user-group", BOOL).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("no_user_group", BOOL),
    key("passwd", STR),
    key("hashed-passwd", STR).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("hashed_passwd", STR),
    key("plain-text-passwd", STR).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("plain_text_passwd", STR),
    key("create-groups", BOOL).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("create_groups", BOOL),
    key("primary-group", STR).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("primary_group", STR),
    key("selinux-user", STR).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("selinux_user", STR),
    key("shell", STR),
    key("snapuser", STR),
    key("ssh_authorized_keys", list(&items(STR).min(1))),
    key("ssh-authorized-keys", list(&items(STR).min(1))).since(v(24, 2)).deprecated(&gone(
        v(18, 3),
        v(24, 2),
        "",
    )),
    key("ssh-import-id", list(&items(STR).min(1))).since(v(24, 2)).deprecated(&gone(v(24, 2), v(24, 2), "")),
    key("ssh_import_id", list(&items(STR).min(1))),
    key("ssh-redirect-user", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), ""))
        .works_since(v(18, 4)),
    key("ssh_redirect_user", BOOL).works_since(v(18, 4)),
    key("system", BOOL),
    key(
        "sudo",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    types(&[STR, NULL]),
                    list(&items(types(&[STR, NULL]))).since(v(24, 2)),
                    BOOL.deprecated(&changed_in(v(22, 2), v(22, 3), "")),
                ]),
            ),
            (v(22, 2), types(&[BOOL, STR])),
        ]),
    ),
    key(
        "uid",
        changed(&[
            (v(22, 3), one_of(&[INT, STR.deprecated(&changed_in(v(22, 3), v(22, 3), ""))])),
            (v(22, 2), INT),
        ]),
    ),
])
.partial();
