//! In what our verdict differs from the peer's, each with its reason.

use dryboot_cloud_init::verdict::Outcome;
use dryboot_yaml::Limits;

use crate::peer::{Answer, Decision};

/// One kind of difference.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    /// Why it stays.
    pub(crate) reason: &'static str,
    is_it: fn(&[u8], &Answer, &Decision) -> bool,
}

impl Difference {
    pub(crate) fn explains(&self, text: &[u8], theirs: &Answer, ours: &Decision) -> bool {
        (self.is_it)(text, theirs, ours)
    }
}

pub(crate) const DIFFERENCES: &[Difference] = &[
    Difference {
        name: "nesting",
        reason: "dryboot reads no deeper than its limit, and says so",
        is_it: |text, _, ours| {
            let opened = text.iter().filter(|byte| matches!(byte, b'[' | b'{')).count();
            ours.outcome == Outcome::Crashed && opened > Limits::default().depth
        },
    },
    Difference {
        name: "list for a mapping",
        reason: "the schema also wants the items of a list to be strings where only a mapping is allowed",
        is_it: |_, theirs, ours| {
            let place = "chef.initial_attributes";
            let inside = |path: &str| path.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
            let mut theirs = theirs.decision();
            theirs.errors.retain(|path| !inside(path));
            ours.errors.contains(place) && theirs == *ours
        },
    },
];
