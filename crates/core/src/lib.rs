//! The facade that hosts use: the command line, the page and the widget speak to the crates
//! below through this one alone. No logic lives here.

#[cfg(feature = "cloud-init")]
mod auto;
mod lint;
mod target;

#[cfg(feature = "cloud-init")]
pub use dryboot_cloud_init::jinja::InstanceData;
pub use lint::{Kind, LintOptions, Rule, lint, rule, rules};
pub use target::{Target, UnknownTarget};

pub use dryboot_boot::{
    Account, Action, Cause, Effect, Entry, Interface, InterfaceKind, MachineDescription, MachineState,
    Message, Netconf, NetconfError, NetconfFile, NetconfFormat, Node as FileNode, Preview, Source, Stage,
    State, Step, Unmasked, Variable, convert_netconf, parse_description, platform, units,
};
pub use dryboot_coreos::assist::{Completion, CompletionItem, Hover};
pub use dryboot_coreos::envelope::{Compression, Envelope, Format, gzipped_length, open as open_envelope};
pub use dryboot_coreos::{Target as CoreosTarget, assist};
pub use dryboot_lint::{
    Complaint, Diagnostic, Edit, Fix, Label, NotChecked, Outcome, Report, Safety, Severity, TargetName,
    Verdict, apply_fixes, apply_fixes_to_bytes,
};
#[cfg(feature = "openpgp")]
pub use dryboot_openpgp as openpgp;
pub use dryboot_yaml::{Limits, LineIndex, Position, Span};

/// The documentation of the key at a byte offset; without a target, for the one that lint would
/// choose.
#[must_use]
pub fn hover(text: &str, target: Option<CoreosTarget>, offset: usize) -> Option<Hover> {
    assist::hover(text, dryboot_coreos::lint::choose_target(text.as_bytes(), target, None), offset)
}

/// What a machine does with user-data; without a target, with the one that lint would choose.
#[must_use]
pub fn preview(bytes: &[u8], target: Option<CoreosTarget>, machine: &MachineDescription) -> Preview {
    dryboot_boot::preview(bytes, dryboot_coreos::lint::choose_target(bytes, target, None), machine)
}

/// The target of a text on a platform: the one that was asked for, the only one that knows the
/// platform, or the one that lint would choose.
#[must_use]
pub fn target_on(bytes: &[u8], target: Option<CoreosTarget>, platform: &platform::Platform) -> CoreosTarget {
    dryboot_coreos::lint::choose_target(bytes, target, Some(platform))
}

/// What may stand at a byte offset; without a target, for the one that lint would choose.
#[must_use]
pub fn complete(text: &str, target: Option<CoreosTarget>, offset: usize) -> Option<Completion> {
    assist::complete(text, dryboot_coreos::lint::choose_target(text.as_bytes(), target, None), offset)
}
