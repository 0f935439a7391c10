//! The keys of coreos-cloudinit v1.14.0 and of Flatcar's fork, which are the same, in the order
//! in which the programs declare them: generated lines come out in this order.

use dryboot_schema::build::*;
use dryboot_schema::{Deprecated, Node, Object};

use super::because;
use super::etcd::{ETCD, ETCD2};
use super::patterns::PERMISSIONS;
use super::services::{FLANNEL, FLEET, LOCKSMITH};

/// A list of strings.
const TEXTS: Node = list(&items(STR));

static REMOTE_FETCH: Deprecated =
    because("trying to fetch from a remote endpoint introduces too many intermittent errors");

/// The encodings of a file's content.
pub const ENCODINGS: &[&str] =
    &["base64", "b64", "gz", "gzip", "gz+base64", "gzip+base64", "gz+b64", "gzip+b64"];

/// The commands that a unit can be given.
pub const UNIT_COMMANDS: &[&str] =
    &["start", "stop", "restart", "reload", "try-restart", "reload-or-restart", "reload-or-try-restart"];

/// A cloud-config.
pub static ROOT: Node = map(&CLOUD_CONFIG);

/// The top level of a cloud-config.
pub static CLOUD_CONFIG: Object = closed(&[
    key("ssh_authorized_keys", TEXTS).doc("Public SSH keys that may log in as user `core`."),
    key("coreos", map(&COREOS))
        .doc("Settings of CoreOS itself: units, updates, OEM data and its own services."),
    key("write_files", list(&items(map(&FILE))))
        .doc("Files to write, in this order, before any unit is started."),
    key("hostname", STR).doc("The host name, set before anything else."),
    key("users", list(&items(map(&USER)))).doc("Accounts to create, or whose password to set."),
    key("manage_etc_hosts", STR)
        .doc("`localhost` replaces `/etc/hosts` with one line for the host name; anything else is an error."),
]);

/// A file to write.
pub static FILE: Object = closed(&[
    key("encoding", words(ENCODINGS))
        .doc("How `content` is encoded: `base64`, `gzip` or both; without it, the content is plain text."),
    key("content", STR).doc("What the file contains."),
    key("owner", STR).doc("Owner in the form of `chown`: `user` or `user:group`; root without it."),
    key("path", STR)
        .doc("Path of the file. Relative paths start at `/`; parent directories are created with mode 0755."),
    key("permissions", matching(&PERMISSIONS))
        .doc("File mode in octal; 0644 without it. Only the nine permission bits take effect."),
]);

/// An account.
pub static USER: Object = closed(&[
    key("name", STR).doc("Login name. An item without a name is skipped."),
    key("passwd", STR).doc(
        "Password hash in the format of `crypt`, never the password itself. For an \
            existing user, only this is changed.",
    ),
    key("ssh_authorized_keys", TEXTS).doc("Public SSH keys that may log in as this user."),
    key("coreos_ssh_import_github", STR)
        .doc("GitHub user whose public keys are fetched.")
        .deprecated(&REMOTE_FETCH),
    key("coreos_ssh_import_github_users", TEXTS)
        .doc("GitHub users whose public keys are fetched.")
        .deprecated(&REMOTE_FETCH),
    key("coreos_ssh_import_url", STR).doc("URL of a JSON list of public keys.").deprecated(&REMOTE_FETCH),
    key("gecos", STR).doc("Full name or comment."),
    key("homedir", STR).doc("Home directory; `/home/NAME` without it."),
    key("no_create_home", BOOL).doc("Do not create a home directory."),
    key("primary_group", STR).doc("Primary group."),
    key("groups", TEXTS).doc("Additional groups to join."),
    key("no_user_group", BOOL).doc("Do not create a group with the same name."),
    key("system", BOOL).doc("Create a system account."),
    key("no_log_init", BOOL).doc("Do not add the account to the lastlog and faillog databases."),
    key("shell", STR).doc("Login shell."),
]);

/// Settings of CoreOS itself.
pub static COREOS: Object = closed(&[
    key("etcd", map(&ETCD))
        .doc("Settings of etcd 0.4, as environment variables of `etcd.service`.")
        .deprecated(&because("etcd is no longer shipped in Container Linux")),
    key("etcd2", map(&ETCD2))
        .doc("Settings of etcd 2, as environment variables of `etcd2.service`.")
        .deprecated(&because("etcd2 is no longer shipped in Container Linux")),
    key("flannel", map(&FLANNEL)).doc("Settings of flannel, written to `/run/flannel/options.env`."),
    key("fleet", map(&FLEET))
        .doc("Settings of fleet, as environment variables of `fleet.service`.")
        .deprecated(&because("fleet is no longer shipped in Container Linux")),
    key("locksmith", map(&LOCKSMITH))
        .doc("Settings of the reboot manager, as environment variables of `locksmithd.service`."),
    key("oem", map(&OEM)).doc("The platform that the image was made for, written to `/etc/oem-release`."),
    key("update", map(&UPDATE)).doc("How the system updates itself, written to `/etc/coreos/update.conf`."),
    key("units", list(&items(map(&UNIT))))
        .doc("systemd units to write, enable, mask and start, in this order."),
]);

/// A systemd unit.
pub static UNIT: Object = closed(&[
    key("name", STR)
        .doc("Full unit name with its suffix, such as `docker.service`. An item without a name is skipped."),
    key("mask", BOOL).doc("Link the unit to `/dev/null`, so that nothing can start it."),
    key("enable", BOOL).doc("Enable the unit by its `[Install]` section. Ignored for network units."),
    key("runtime", BOOL).doc("Place the unit in `/run` instead of `/etc`, so that it disappears on reboot."),
    key("content", STR).doc("The unit file. Without it, the unit must already exist on the system."),
    key("command", words(UNIT_COMMANDS))
        .doc("What to do with the unit once everything is written. Ignored for network units."),
    key("drop_ins", list(&items(map(&DROP_IN)))).doc("Drop-ins that change parts of the unit."),
]);

/// A drop-in of a unit.
pub static DROP_IN: Object = closed(&[
    key("name", STR).doc("File name of the drop-in; systemd only reads names that end in `.conf`."),
    key("content", STR).doc("The drop-in. Without it, nothing is written."),
]);

/// How the system updates itself.
pub static UPDATE: Object = closed(&[
    key("reboot_strategy", words(&["etcd-lock", "reboot", "off"]))
        .doc(
            "When to reboot into an update: `etcd-lock` for one machine at a time, `reboot` for \
            immediately, `off` for never.",
        )
        .variable("REBOOT_STRATEGY"),
    key("group", STR).doc("Update group or channel, such as `stable`.").variable("GROUP"),
    key("server", STR).doc("URL of the update server.").variable("SERVER"),
]);

/// Who made the image.
pub static OEM: Object = closed(&[
    key("id", STR).doc("Short name of the platform; without it `/etc/oem-release` is not written."),
    key("name", STR).doc("Name of the platform."),
    key("version_id", STR).doc("Version of the OEM image."),
    key("home_url", STR).doc("Home page of the platform."),
    key("bug_report_url", STR).doc("Where to report problems."),
]);
