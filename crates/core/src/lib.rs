//! The facade that hosts use: the command line, the page and the widget speak to the crates
//! below through this one alone. No logic lives here.

#[cfg(not(any(feature = "cloud-init", feature = "coreos")))]
compile_error!("a build needs a program: the feature `cloud-init`, `coreos`, or both");

mod assist;
mod auto;
#[cfg(feature = "embedded")]
mod discovery;
#[cfg(feature = "embedded")]
mod embedded;
mod keys;
mod lint;
mod location;
#[cfg(feature = "embedded")]
mod outline;
#[cfg(feature = "coreos")]
mod preview;
mod programs;
mod rules;
mod suppress;
mod target;

pub use assist::{complete, hover};
pub use auto::{program_of, target_for};
#[cfg(feature = "embedded")]
pub use discovery::{HEAD, is_user_data};
#[cfg(feature = "cloud-init")]
pub use dryboot_cloud_init::jinja::InstanceData;
#[cfg(feature = "cloud-init")]
pub use dryboot_cloud_init::platform::{PLATFORMS as CLOUD_INIT_PLATFORMS, Platform as CloudInitPlatform};
#[cfg(feature = "cloud-init")]
pub use dryboot_cloud_init::target::Target as CloudInitTarget;
#[cfg(feature = "cloud-init-boot")]
pub use dryboot_cloud_init_boot as cloud_init_boot;
#[cfg(feature = "embedded")]
pub use embedded::{complete_file, has_embedded, hover_file, lint_file, names_host};
#[cfg(feature = "json-schema")]
pub use keys::json_schema;
pub use keys::{Explained, explain_key, keys};
pub use lint::{Kind, LintOptions, lint};
pub use location::Location;
#[cfg(feature = "embedded")]
pub use outline::{Symbol, SymbolKind, outline};
#[cfg(feature = "coreos")]
pub use preview::{NoPreview, preview, target_on};
pub use programs::{PROGRAMS, Program};
pub use rules::{Rule, rule, rules};
pub use suppress::{suppress_here, suppress_in_file};
pub use target::{ListedTarget, Target, TargetGroup, UnknownTarget};

#[cfg(feature = "coreos")]
pub use dryboot_boot::{
    Account, Action, Cause, Effect, Entry, FileTree, Interface, InterfaceKind, MachineDescription,
    MachineState, Message, Netconf, NetconfError, NetconfFile, NetconfFormat, Node as FileNode, Preview,
    Source, Stage, State, Step, Unmasked, Variable, boot_problems, convert_netconf, parse_description,
    platform, units,
};
#[cfg(feature = "coreos")]
pub use dryboot_coreos::Target as CoreosTarget;
#[cfg(feature = "coreos")]
pub use dryboot_coreos::envelope::{Envelope, Format, gzipped_length, open as open_envelope};
#[cfg(feature = "coreos")]
pub use dryboot_coreos::lint::{BootProblem, BootProblems};
pub use dryboot_lint::assist::{Completion, CompletionItem, Hover, KeyDoc};
#[cfg(feature = "templates")]
pub use dryboot_lint::template::Syntax as TemplateSyntax;
pub use dryboot_lint::{
    Complaint, Compression, Decoded, Diagnostic, Edit, Fix, InPart, Label, NotChecked, Outcome, Part, Report,
    Safety, Severity, TargetName, Verdict, apply_fixes, apply_fixes_to_bytes, nearest,
};
#[cfg(feature = "openpgp")]
pub use dryboot_openpgp as openpgp;
pub use dryboot_yaml::{Limits, LineIndex, Position, Span};
