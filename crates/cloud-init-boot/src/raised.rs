//! Exceptions: how a module, a stage or a command ends when it fails.

use serde::Serialize;

/// An exception of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Raised {
    /// Python's type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What is wrong, in our words where Python has none of its own.
    pub text: String,
    /// The exit status, where a command has failed; none where it could not even start.
    #[serde(skip)]
    pub exit: Option<i32>,
}

impl Raised {
    /// An exception of a type.
    #[must_use]
    pub fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), exit: None }
    }

    /// A value of the wrong type.
    #[must_use]
    pub fn type_error(text: impl Into<String>) -> Self {
        Self::new("TypeError", text)
    }

    /// A value that does not do.
    #[must_use]
    pub fn value_error(text: impl Into<String>) -> Self {
        Self::new("ValueError", text)
    }

    /// A failure that has no type of its own.
    #[must_use]
    pub fn runtime_error(text: impl Into<String>) -> Self {
        Self::new("RuntimeError", text)
    }

    /// A key that is not there.
    #[must_use]
    pub fn key_error(key: &str) -> Self {
        Self::new("KeyError", format!("`{key}` is missing"))
    }

    /// A method that values of this type do not have.
    #[must_use]
    pub fn no_attribute(type_name: &str, attribute: &str) -> Self {
        Self::new("AttributeError", format!("a value of type {type_name} has no `{attribute}`"))
    }

    /// An account that does not exist.
    #[must_use]
    pub fn no_user(name: &str) -> Self {
        Self::new("KeyError", format!("there is no user `{name}`"))
    }

    /// A command that ended with another exit status than zero.
    #[must_use]
    pub fn exit(command: &str, status: i32, stderr: &str) -> Self {
        let said = if stderr.is_empty() { String::new() } else { format!(": {}", stderr.trim()) };
        Self {
            exit: Some(status),
            ..Self::new("ProcessExecutionError", format!("`{command}` ended with exit code {status}{said}"))
        }
    }

    /// A command that could not start.
    #[must_use]
    pub fn not_started(command: &str, why: &str) -> Self {
        Self::new("ProcessExecutionError", format!("`{command}` could not start: {why}"))
    }

    /// Whether a command has failed, as opposed to the program itself.
    #[must_use]
    pub fn is_of_command(&self) -> bool {
        self.kind == "ProcessExecutionError"
    }
}
