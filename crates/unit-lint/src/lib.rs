//! What the faults of unit files mean to people: message, severity, help and fix, whichever program writes the files.
//!
//! [`UnitFile`] is a file with its faults, [`BlockMap`] the way from its text back to the config that has it. Everything
//! else makes a [`Remark`] about one defect, in a module named as the rule is. A program decides where the files are, which
//! systemd reads them, and what only it knows about them.

mod block;
mod command;
mod comment;
mod dependency;
mod directive;
mod exec_start;
mod file;
mod form;
mod remark;
mod section;
mod start;
mod value;
mod variables;
mod whole;

pub use block::{BlockMap, Source};
pub use command::{refused_command, shell_in_command};
pub use comment::{comment_behind_value, moved_above};
pub use dependency::invalid_dependency_name;
pub use directive::{Suggestions, unknown_directive};
pub use exec_start::repeated_exec_start;
pub use file::{UnitFile, judge_together};
pub use form::{Lines, unit_content_not_ini};
pub use remark::{Change, Remark, Systemd, shown};
pub use section::unknown_unit_section;
pub use start::is_never_started;
pub use value::invalid_directive_value;
pub use variables::{Unset, environment_files, exports, unset_variables};
pub use whole::{incomplete_unit, mismatched_unit_path, oneshot_restart};
