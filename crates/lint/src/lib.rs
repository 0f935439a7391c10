//! Findings in user-data: rules, suppressions, fixes.
//!
//! [`lint`] takes bytes to a [`Report`]. Each rule is a file below `rules/` with its
//! documentation beside it; [`RULES`] lists them.

mod context;
mod crypt_hash;
mod diagnostic;
mod files;
mod fix;
mod parts;
mod places;
mod registry;
mod report;
mod rule;
mod rules;
mod secrets;
mod ssh_key;
mod suggest;
mod suppression;
mod target;
mod unit_files;
mod validate_format;
mod variables;
mod written;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
pub use fix::apply_fixes;
pub use registry::{RULES, rule};
pub use report::{LintOptions, Report, lint};
pub use rule::Rule;
pub use suggest::nearest;
pub use target::choose_target;
pub use validate_format::{coreos_cloudinit_format, validates};
