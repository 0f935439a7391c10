//! The keys of coreos-cloudinit v1.14.0 and of Flatcar's fork, which are the same, in the order
//! in which the programs declare them: generated lines come out in this order.

use super::Kind::{Bool, Section as One, Sections, Text, Texts};
use super::etcd::{ETCD, ETCD2};
use super::services::{FLANNEL, FLEET, LOCKSMITH};
use super::{Pattern, Section, key};

const REMOTE_FETCH: &str = "trying to fetch from a remote endpoint introduces too many intermittent errors";

/// The encodings of a file's content.
pub const ENCODINGS: &[&str] =
    &["base64", "b64", "gz", "gzip", "gz+base64", "gzip+base64", "gz+b64", "gzip+b64"];

/// The commands that a unit can be given.
pub const UNIT_COMMANDS: &[&str] =
    &["start", "stop", "restart", "reload", "try-restart", "reload-or-restart", "reload-or-try-restart"];

/// The top level of a cloud-config.
pub static CLOUD_CONFIG: Section = Section {
    path: "",
    go_type: "config.CloudConfig",
    keys: &[
        key("ssh_authorized_keys", Texts, "Public SSH keys that may log in as user `core`."),
        key(
            "coreos",
            One(&COREOS),
            "Settings of CoreOS itself: units, updates, OEM data and the services that came with it.",
        ),
        key("write_files", Sections(&FILE), "Files to write, in this order, before any unit is started."),
        key("hostname", Text, "The host name, set before anything else."),
        key("users", Sections(&USER), "Accounts to create, or to set the password of."),
        key(
            "manage_etc_hosts",
            Text,
            "`localhost` replaces `/etc/hosts` by one line with the host name; anything else is an error.",
        )
        .go_type_named("config.EtcHosts"),
    ],
};

/// A file to write.
pub static FILE: Section = Section {
    path: "write_files[]",
    go_type: "config.File",
    keys: &[
        key(
            "encoding",
            Text,
            "How `content` is encoded: `base64`, `gzip` or both; without it the content is taken as it is.",
        )
        .pattern(Pattern::OneOf(ENCODINGS)),
        key("content", Text, "What the file contains."),
        key("owner", Text, "Owner as `chown` takes it: `user` or `user:group`; root without it."),
        key(
            "path",
            Text,
            "Where the file goes. Relative paths are taken from `/`; parent directories are made with mode 0755.",
        ),
        key(
            "permissions",
            Text,
            "File mode in octal; 0644 without it. Only the nine permission bits take effect.",
        )
        .pattern(Pattern::Permissions),
    ],
};

/// An account.
pub static USER: Section = Section {
    path: "users[]",
    go_type: "config.User",
    keys: &[
        key("name", Text, "Login name. An element without a name is skipped."),
        key(
            "passwd",
            Text,
            "Password hash as `crypt` makes it, never the password itself. Of an existing user, only this is changed.",
        ),
        key("ssh_authorized_keys", Texts, "Public SSH keys that may log in as this user."),
        key("coreos_ssh_import_github", Text, "GitHub user whose public keys are fetched.")
            .deprecated(REMOTE_FETCH),
        key("coreos_ssh_import_github_users", Texts, "GitHub users whose public keys are fetched.")
            .deprecated(REMOTE_FETCH),
        key("coreos_ssh_import_url", Text, "URL of a JSON list of public keys.").deprecated(REMOTE_FETCH),
        key("gecos", Text, "Full name or comment."),
        key("homedir", Text, "Home directory; `/home/NAME` without it."),
        key("no_create_home", Bool, "Make no home directory."),
        key("primary_group", Text, "Primary group."),
        key("groups", Texts, "More groups to join."),
        key("no_user_group", Bool, "Make no group of the same name."),
        key("system", Bool, "Create a system account."),
        key("no_log_init", Bool, "Do not add the account to the lastlog and faillog databases."),
        key("shell", Text, "Login shell."),
    ],
};

/// Settings of CoreOS itself.
pub static COREOS: Section = Section {
    path: "coreos",
    go_type: "config.CoreOS",
    keys: &[
        key("etcd", One(&ETCD), "Settings of etcd 0.4, as environment of `etcd.service`.")
            .deprecated("etcd is no longer shipped in Container Linux"),
        key("etcd2", One(&ETCD2), "Settings of etcd 2, as environment of `etcd2.service`.")
            .deprecated("etcd2 is no longer shipped in Container Linux"),
        key("flannel", One(&FLANNEL), "Settings of flannel, written to `/run/flannel/options.env`."),
        key("fleet", One(&FLEET), "Settings of fleet, as environment of `fleet.service`.")
            .deprecated("fleet is no longer shipped in Container Linux"),
        key(
            "locksmith",
            One(&LOCKSMITH),
            "Settings of the reboot manager, as environment of `locksmithd.service`.",
        ),
        key("oem", One(&OEM), "Who made the image, written to `/etc/oem-release`."),
        key("update", One(&UPDATE), "How the system updates itself, written to `/etc/coreos/update.conf`."),
        key("units", Sections(&UNIT), "systemd units to write, enable, mask and start, in this order."),
    ],
};

/// A systemd unit.
pub static UNIT: Section = Section {
    path: "coreos.units[]",
    go_type: "config.Unit",
    keys: &[
        key(
            "name",
            Text,
            "Full unit name with its suffix, such as `docker.service`. An element without a name is skipped.",
        ),
        key("mask", Bool, "Link the unit to `/dev/null`, so that nothing can start it."),
        key("enable", Bool, "Enable the unit by its `[Install]` section. Ignored for network units."),
        key(
            "runtime",
            Bool,
            "Place the unit in `/run` instead of `/etc`, so that it is gone after a reboot.",
        ),
        key("content", Text, "The unit file. Without it, a unit that is on the system already is used."),
        key(
            "command",
            Text,
            "What to do with the unit once everything is written. Ignored for network units.",
        )
        .pattern(Pattern::OneOf(UNIT_COMMANDS)),
        key("drop_ins", Sections(&DROP_IN), "Drop-ins that change parts of the unit."),
    ],
};

/// A drop-in of a unit.
pub static DROP_IN: Section = Section {
    path: "coreos.units[].drop_ins[]",
    go_type: "config.UnitDropIn",
    keys: &[
        key("name", Text, "File name of the drop-in; systemd reads those that end in `.conf`."),
        key("content", Text, "The drop-in. Without it, nothing is written."),
    ],
};

/// How the system updates itself.
pub static UPDATE: Section = Section {
    path: "coreos.update",
    go_type: "config.Update",
    keys: &[
        key(
            "reboot_strategy",
            Text,
            "When to reboot into an update: `etcd-lock` takes turns, `reboot` at once, `off` never.",
        )
        .env("REBOOT_STRATEGY")
        .pattern(Pattern::OneOf(&["etcd-lock", "reboot", "off"])),
        key("group", Text, "Update group or channel, such as `stable`.").env("GROUP"),
        key("server", Text, "URL of the update server.").env("SERVER"),
    ],
};

/// Who made the image.
pub static OEM: Section = Section {
    path: "coreos.oem",
    go_type: "config.OEM",
    keys: &[
        key("id", Text, "Short name of the platform; without it `/etc/oem-release` is not written."),
        key("name", Text, "Name of the platform."),
        key("version_id", Text, "Version of the OEM image."),
        key("home_url", Text, "Home page of the platform."),
        key("bug_report_url", Text, "Where to report problems."),
    ],
};
