//! Findings in user-data: rules, suppressions, fixes.

mod diagnostic;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
