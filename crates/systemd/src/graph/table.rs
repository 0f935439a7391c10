//! Which dependencies there are, written or not: from systemd's source, `load-fragment.c` and
//! `service.c`, `target.c` and similar.

use super::Kind;
use crate::Release;

/// Directives that name units, what they mean, and whether the other way round.
pub(super) const WRITTEN: [(&str, Kind, bool); 16] = [
    ("Requires", Kind::Requires, false),
    ("RequiresOverridable", Kind::Requires, false),
    ("Requisite", Kind::Requisite, false),
    ("RequisiteOverridable", Kind::Requisite, false),
    ("Wants", Kind::Wants, false),
    ("BindsTo", Kind::BindsTo, false),
    ("BindTo", Kind::BindsTo, false),
    ("PartOf", Kind::PartOf, false),
    ("Upholds", Kind::Upholds, false),
    ("Conflicts", Kind::Conflicts, false),
    ("Before", Kind::Before, false),
    ("After", Kind::After, false),
    ("OnFailure", Kind::OnFailure, false),
    ("OnSuccess", Kind::OnSuccess, false),
    ("PropagatesStopTo", Kind::PropagatesStopTo, false),
    ("StopPropagatedFrom", Kind::PropagatesStopTo, true),
];

/// What units of a type have by default: suffix, kind, unit.
pub(super) const DEFAULTS: [(&str, Kind, &str); 35] = [
    ("service", Kind::Requires, "sysinit.target"),
    ("service", Kind::After, "sysinit.target"),
    ("service", Kind::After, "basic.target"),
    ("service", Kind::Conflicts, "shutdown.target"),
    ("service", Kind::Before, "shutdown.target"),
    ("socket", Kind::Before, "sockets.target"),
    ("socket", Kind::Requires, "sysinit.target"),
    ("socket", Kind::After, "sysinit.target"),
    ("socket", Kind::Conflicts, "shutdown.target"),
    ("socket", Kind::Before, "shutdown.target"),
    ("timer", Kind::Before, "timers.target"),
    ("timer", Kind::Requires, "sysinit.target"),
    ("timer", Kind::After, "sysinit.target"),
    ("timer", Kind::Conflicts, "shutdown.target"),
    ("timer", Kind::Before, "shutdown.target"),
    ("path", Kind::Before, "paths.target"),
    ("path", Kind::Requires, "sysinit.target"),
    ("path", Kind::After, "sysinit.target"),
    ("path", Kind::Conflicts, "shutdown.target"),
    ("path", Kind::Before, "shutdown.target"),
    ("target", Kind::Conflicts, "shutdown.target"),
    ("target", Kind::Before, "shutdown.target"),
    ("slice", Kind::Conflicts, "shutdown.target"),
    ("slice", Kind::Before, "shutdown.target"),
    ("mount", Kind::Conflicts, "umount.target"),
    ("mount", Kind::Before, "umount.target"),
    ("mount", Kind::Before, "local-fs.target"),
    ("mount", Kind::After, "local-fs-pre.target"),
    ("automount", Kind::Conflicts, "umount.target"),
    ("automount", Kind::Before, "umount.target"),
    ("automount", Kind::Before, "local-fs.target"),
    ("automount", Kind::After, "local-fs-pre.target"),
    ("swap", Kind::Conflicts, "umount.target"),
    ("swap", Kind::Before, "umount.target"),
    ("swap", Kind::Before, "swap.target"),
];

/// What network mounts have instead.
pub(super) const NETWORK_MOUNT: [(Kind, &str); 6] = [
    (Kind::Before, "remote-fs.target"),
    (Kind::After, "remote-fs-pre.target"),
    (Kind::After, "network.target"),
    (Kind::Wants, "network-online.target"),
    (Kind::After, "network-online.target"),
    (Kind::Conflicts, "umount.target"),
];

/// File systems that need the network (`fstype_is_network`), and the option that says so.
pub(super) const NETWORK_TYPES: [&str; 11] =
    ["nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "9p", "afs", "ncpfs", "lustre", "gfs"];

/// Directories that processes need, what their paths are relative to, and whether they may be on
/// the root file system, which has to be writable.
pub(super) const DIRECTORIES: [(&str, &str, bool); 8] = [
    ("WorkingDirectory", "", false),
    ("RootDirectory", "", false),
    ("RootImage", "", false),
    ("RuntimeDirectory", "/run/", false),
    ("StateDirectory", "/var/lib/", true),
    ("CacheDirectory", "/var/cache/", true),
    ("LogsDirectory", "/var/log/", true),
    ("ConfigurationDirectory", "/etc/", false),
];

/// Timers wait for the clock to be set; it has been `time-set.target` as well since this release.
pub(super) const TIME_SET: Release = Release(246);
