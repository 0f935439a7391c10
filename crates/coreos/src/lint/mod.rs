//! Findings in user-data for coreos-cloudinit and its fork.
//!
//! [`lint`] takes bytes to a [`Report`](dryboot_lint::Report). Each rule is a file below `rules/` with its documentation beside it; [`RULES`]
//! lists them.

pub(crate) mod context;
pub(crate) mod files;
mod message;
mod not_checked;
pub(crate) mod parts;
pub(crate) mod places;
pub(crate) mod registry;
pub(crate) mod report;
pub(crate) mod rule;
pub(crate) mod target;
pub(crate) mod trial;
pub(crate) mod unit_files;
mod validator;
pub(crate) mod variables;
pub(crate) mod written;

pub use registry::{NAMES, RULES, rule};
pub use report::{BootProblem, BootProblems, LintOptions, lint};
pub use rule::Rule;
pub use target::{choose_target, choose_with_reason};
