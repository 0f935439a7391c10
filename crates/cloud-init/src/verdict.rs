//! What cloud-init's own validator, `cloud-init schema`, says to a text.
//!
//! Source: cloud-init 26.2, `config/schema.py`; how older releases differ is in `era`.

mod config;
mod era;
mod judge;
mod lines;
mod network;

use dryboot_schema::{Crash, Problem};
use dryboot_yaml::{Span, SyntaxError};

use crate::jinja::TemplateError;

#[cfg(feature = "json-schema")]
pub use era::habits;
pub use judge::{Judged, Kind, Reading, Subject, judge};

/// What the validator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object to; deprecations may be reported.
    Accepted,
    /// At least one error.
    Refused,
    /// It knows what the text is and does not look into it.
    NotEvaluated,
    /// It fails with an error of its own, without a verdict.
    Crashed,
}

/// The validator's decision with its reasons.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The decision.
    pub outcome: Outcome,
    /// The errors, in the order of the text.
    pub errors: Vec<Complaint>,
    /// What is accepted and reported, in the order of the text.
    pub deprecations: Vec<Complaint>,
}

/// One error or deprecation.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// Where in the config, as the validator writes it: `users.0.sudo`; `format-l2.c5` for a text that is not YAML;
    /// empty for the whole.
    pub path: String,
    /// The key or item that is at fault, in bytes of the text. Older releases name a path further out, where a choice
    /// between several forms begins.
    pub place: Span,
    /// The line of what the path names, from 1, as Python counts lines.
    pub line: usize,
    /// The column of what the path names, from 1, in characters.
    pub column: usize,
    /// What it is about.
    pub cause: Cause,
}

/// What a complaint is about.
#[derive(Clone, Debug)]
pub enum Cause {
    /// The text is empty.
    Empty,
    /// The text begins with nothing that cloud-init knows.
    Header,
    /// The bytes are not UTF-8.
    Encoding,
    /// PyYAML refuses the text.
    Syntax(SyntaxError),
    /// The text is a template that cannot be rendered.
    Template(TemplateError),
    /// A filled template has nothing in it.
    Nothing,
    /// The text is not a mapping.
    NotAMapping,
    /// The text goes past a limit of ours.
    Limit(String),
    /// Building the values fails with an error that is not PyYAML's own.
    Value(String),
    /// The schema's walk fails.
    Crash(Crash),
    /// The schema objects, or reports a deprecation.
    Schema(Box<Problem>),
}

impl Complaint {
    /// A complaint about the whole text, which stands at its start.
    fn whole(cause: Cause, place: Span) -> Self {
        Self { path: String::new(), place, line: 1, column: 1, cause }
    }
}

impl Verdict {
    fn not_evaluated() -> Self {
        Self { outcome: Outcome::NotEvaluated, errors: Vec::new(), deprecations: Vec::new() }
    }

    /// A verdict with one reason.
    fn because(outcome: Outcome, complaint: Complaint) -> Self {
        Self { outcome, errors: vec![complaint], deprecations: Vec::new() }
    }
}
