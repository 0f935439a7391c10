//! The facade that hosts use.

pub use dryboot_config::Target;
pub use dryboot_lint::{Diagnostic, Edit, Fix, Label, Safety, Severity};
pub use dryboot_yaml::{LineIndex, Position, Span};
