//! In what the validators of older releases differ, beyond their tables.
//!
//! Source: the tags of cloud-init, run with the Python packages of the distributions that ship them.

use dryboot_schema::{Habits, Release};
use dryboot_yaml::python::Tags;

/// One release's habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    /// `#cloud-config` must be the very first bytes, whatever follows it, and nothing else is known.
    pub(super) wants_header_first: bool,
    /// There is nothing to object to in an empty text.
    pub(super) accepts_empty: bool,
    /// It reads bytes, so that PyYAML objects to those that are not UTF-8.
    pub(super) leaves_encoding_to_yaml: bool,
    /// The tags that its loader of YAML knows.
    pub(super) tags: Tags,
    /// The habits of the library that holds a text against the schema.
    pub(super) schema: Habits,
}

/// Releases that distributions ship together with jsonschema before 4.0, which has a check for host names and lets
/// a reference stand for all that is written beside it: Amazon Linux, Debian 11, RHEL and Ubuntu 22.04 at its release.
fn has_old_jsonschema(release: Release) -> bool {
    let minor = Release { patch: 0, ..release };
    minor < Release::new(22, 4)
        || (Release::new(23, 1)..=Release::new(23, 4)).contains(&minor)
        || minor == Release::new(24, 4)
}

/// Releases that distributions ship together with jsonschema 4.10: Debian 12, and Ubuntu 24.04 at its release.
fn has_jsonschema_4_10(release: Release) -> bool {
    [Release::new(22, 4), Release::new(24, 1)].contains(&Release { patch: 0, ..release })
}

impl Era {
    pub(super) fn of(release: Release) -> Self {
        let old = has_old_jsonschema(release);
        Self {
            wants_header_first: release < Release::new(23, 2),
            accepts_empty: release >= Release::new(23, 4),
            leaves_encoding_to_yaml: release < Release::new(23, 2),
            tags: if release < Release::new(24, 2) { Tags::Unicode } else { Tags::Safe },
            schema: Habits {
                reference_stands_alone: old,
                checks_host_names: old,
                blames_the_whole: release < Release::new(23, 4),
                sorts_unknown_keys: has_jsonschema_4_10(release),
            },
        }
    }
}

/// How the validator of a release reads its schema.
#[cfg(feature = "json-schema")]
#[must_use]
pub fn habits(release: Release) -> Habits {
    Era::of(release).schema
}
