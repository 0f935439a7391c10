//! Accounts, groups and passwords.
//!
//! Read by the modules `users_groups` and `set_passwords`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Node, Object};

use super::forms::{FREE_MAPPING, SOME_STRINGS, STRING_OR_NULL, STRINGS, having};
use super::patterns::{DATE, NAME_AND_PASSWORD, NOT_EMPTY};
use super::{changed_in, gone, v};

pub(super) static KEYS: [Key; 6] = [
    // Module `set_passwords`
    key(
        "ssh_pwauth",
        one_of(&[BOOL, STR.deprecated(&changed_in(v(22, 3), v(22, 3), "`true` or `false` without quotes"))]),
    )
    .since(v(22, 2))
    .doc("Allows or forbids logins over SSH with a password; without this key, the image decides."),
    key("chpasswd", map(&CHPASSWD)).since(v(22, 2)).doc("Sets the passwords of several accounts."),
    key("password", STR)
        .since(v(22, 2))
        .doc("Sets the password of the default user, given in clear text or as a hash."),
    // Module `users_groups`
    key(
        "groups",
        all_of(&[same_as(&GROUPS_BY_NAME), types(&[STR, FREE_MAPPING, list(&items(GROUP).min(1))])]),
    )
    .since(v(22, 2))
    .doc("Creates these groups and adds accounts that already exist to them."),
    key("user", one_of(&[STR, USER]))
        .since(v(22, 2))
        .doc("Renames the default user of the image or changes its settings."),
    key(
        "users",
        types(&[
            STR,
            changed(&[(v(23, 2), list(&items(USERS_ITEM))), (v(22, 2), list(&items(USERS_ITEM).min(1)))]),
            FREE_MAPPING,
        ]),
    )
    .since(v(22, 2))
    .doc("Creates these accounts, and the default user of the image only if `default` is among them."),
];

/// A group in a list of groups: its name, or a mapping with its members.
static GROUP: Node = all_of(&[same_as(&GROUPS_BY_NAME), types(&[STR, FREE_MAPPING])]);

/// Groups with their members, where groups are given as a mapping.
static GROUPS_BY_NAME: Node = changed(&[
    (v(22, 3), map(&closed(&[]).patterns(&[(NOT_EMPTY, MEMBERS)]).partial())),
    (v(22, 2), map(&open(&[]).patterns(&[(NOT_EMPTY, MEMBERS)]).partial())),
]);

static MEMBERS: Node =
    types(&[STR, SOME_STRINGS]).doc("A group to create, with the accounts that become its members.");

static USERS_ITEM: Node = one_of(&[STR, STRINGS, USER]);

/// An account, in `user` and in `users`.
static USER: Node = all_of(&[same_as(&NAMED_ACCOUNT), FREE_MAPPING]);

static NAMED_ACCOUNT: Node =
    all_of(&[map(&ACCOUNT), one_of(&[map(&having(&["name"])), map(&having(&["snapuser"]))])]);

static CHPASSWD: Object = closed(&[
    key("expire", BOOL)
        .default("true")
        .doc("Makes the passwords expire immediately, so that each must be changed at the next login."),
    key("users", list(&items(all_of(&[FREE_MAPPING, any_of(&[map(&RANDOM_PASSWORD), map(&PASSWORD)])]))))
        .since(v(22, 3))
        .works_since(v(22, 3))
        .doc("The accounts and their new passwords."),
    key("list", one_of(&[STR, list(&items(matching(&NAME_AND_PASSWORD)).min(1))]))
        .deprecated(&gone(v(22, 2), v(22, 3), "`chpasswd.users`"))
        .doc("Accounts with their new passwords, each as `name:password`."),
]);

static RANDOM_PASSWORD: Object = closed(&[
    key("name", STR).doc("The account to set the password of."),
    key("type", words(&["RANDOM"])).doc("Generates a password and prints it to the console."),
])
.required(&["name", "type"])
.partial();

static PASSWORD: Object = closed(&[
    key("name", STR).doc("The account to set the password of."),
    key("type", words(&["hash", "text"])).default("hash").doc("Whether `password` is a hash or clear text."),
    key("password", STR).doc("The new password, as a hash unless `type` is `text`."),
])
.required(&["name", "password"])
.partial();

static ACCOUNT: Object = closed(&[
    key("name", STR).doc("The name of the account."),
    key("doas", SOME_STRINGS)
        .since(v(23, 3))
        .works_since(v(23, 3))
        .doc("Rules for `doas`, written to `/etc/doas.conf`."),
    key("expiredate", changed(&[(v(22, 3), matching(&DATE)), (v(22, 2), STR)]))
        .doc("The date on which the account expires, as in `2030-12-31`."),
    key("gecos", STR).doc("A comment on the account, usually the full name of its owner."),
    key(
        "groups",
        changed(&[
            (v(22, 3), one_of(&[STR, SOME_STRINGS, map(&open(&[]).patterns(&[(NOT_EMPTY, SET_MEMBER)]))])),
            (v(22, 2), STR),
        ]),
    )
    .doc("Groups to add the account to, besides its primary group."),
    key("homedir", STR).default("/home/<username>").doc("The home directory."),
    key("inactive", STR).doc("The number of days after its password expires until the account is disabled."),
    key("lock-passwd", BOOL)
        .since(v(22, 3))
        .deprecated(&gone(v(22, 3), v(22, 3), "`lock_passwd`"))
        .doc("The old spelling of `lock_passwd`."),
    key("lock_passwd", BOOL)
        .default("true")
        .doc("Locks the password, even one given here, so that nobody can log in with it."),
    key("no-create-home", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`no_create_home`"))
        .doc("The old spelling of `no_create_home`."),
    key("no_create_home", BOOL).default("false").doc("Does not create a home directory."),
    key("no-log-init", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`no_log_init`"))
        .doc("The old spelling of `no_log_init`."),
    key("no_log_init", BOOL)
        .default("false")
        .doc("Keeps the account out of the logs of last and failed logins."),
    key("no-user-group", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`no_user_group`"))
        .doc("The old spelling of `no_user_group`."),
    key("no_user_group", BOOL).default("false").doc("Does not create a group with the name of the account."),
    key("passwd", STR).doc("The hash of the password, set only if the account is new."),
    key("hashed-passwd", STR)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`hashed_passwd`"))
        .doc("The old spelling of `hashed_passwd`."),
    key("hashed_passwd", STR).doc("The hash of the password, set even if the account already exists."),
    key("plain-text-passwd", STR)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`plain_text_passwd`"))
        .doc("The old spelling of `plain_text_passwd`."),
    key("plain_text_passwd", STR).doc("The password in clear text, set even if the account already exists."),
    key("create-groups", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`create_groups`"))
        .doc("The old spelling of `create_groups`."),
    key("create_groups", BOOL).default("true").doc("Creates the groups in `groups` that do not exist yet."),
    key("primary-group", STR)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`primary_group`"))
        .doc("The old spelling of `primary_group`."),
    key("primary_group", STR)
        .default("<username>")
        .doc("The primary group of the account, instead of one with its own name."),
    key("selinux-user", STR)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`selinux_user`"))
        .doc("The old spelling of `selinux_user`."),
    key("selinux_user", STR).doc("The SELinux user that the account maps to."),
    key("shell", STR).doc("The login shell."),
    key("snapuser", STR)
        .doc("An e-mail address at Ubuntu One, for which `snap create-user` creates the account."),
    key("ssh_authorized_keys", SOME_STRINGS).doc("Public keys that may log in to the account over SSH."),
    key("ssh-authorized-keys", SOME_STRINGS)
        .since(v(24, 2))
        .deprecated(&gone(v(18, 3), v(24, 2), "`ssh_authorized_keys`"))
        .doc("The old spelling of `ssh_authorized_keys`."),
    key("ssh-import-id", SOME_STRINGS)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`ssh_import_id`"))
        .doc("The old spelling of `ssh_import_id`."),
    key("ssh_import_id", SOME_STRINGS)
        .doc("Accounts at Launchpad (`lp:NAME`) or GitHub (`gh:NAME`) whose public keys may log in."),
    key("ssh-redirect-user", BOOL)
        .since(v(24, 2))
        .deprecated(&gone(v(24, 2), v(24, 2), "`ssh_redirect_user`"))
        .works_since(v(18, 4))
        .doc("The old spelling of `ssh_redirect_user`."),
    key("ssh_redirect_user", BOOL).works_since(v(18, 4)).default("false").doc(
        "Rejects logins with the keys from the cloud, and tells the user to log in as the default user.",
    ),
    key("system", BOOL).default("false").doc("Creates a system account without a home directory."),
    key(
        "sudo",
        changed(&[
            (
                v(22, 3),
                one_of(&[
                    STRING_OR_NULL,
                    list(&items(STRING_OR_NULL)).since(v(24, 2)),
                    BOOL.deprecated(&changed_in(
                        v(22, 2),
                        v(22, 3),
                        "a rule as text, or `null`, which grants no rights",
                    )),
                ]),
            ),
            (v(22, 2), types(&[BOOL, STR])),
        ]),
    )
    .doc("Rules for `sudo`, such as `ALL=(ALL) NOPASSWD:ALL`, written to `/etc/sudoers.d`."),
    key(
        "uid",
        changed(&[
            (
                v(22, 3),
                one_of(&[INT, STR.deprecated(&changed_in(v(22, 3), v(22, 3), "a number without quotes"))]),
            ),
            (v(22, 2), INT),
        ]),
    )
    .doc("The numeric ID of the account."),
])
.partial();

static SET_MEMBER: Node =
    NULL.deprecated(&gone(v(23, 1), v(22, 3), "a list of names")).doc("A group to add the account to.");
