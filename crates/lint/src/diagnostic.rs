//! What lint says: diagnostics as data, without any rendering.

use std::fmt;

use dryboot_yaml::Span;

use crate::InPart;

/// How bad a finding is when the machine boots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Applied as meant, but could be better.
    Info,
    /// Applied, but surely not as meant.
    Warning,
    /// The config or a part of it will not be applied.
    Error,
}

impl Severity {
    /// The name in every output format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The intent is likely, but the meaning of the file may change.
    Unsafe,
    /// The remedy is certain: only the fault goes away.
    Safe,
}

impl Safety {
    /// The name in every output format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// A replacement of the bytes under `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What comes in its place; empty for a deletion.
    pub text: String,
}

/// A remedy that a tool can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What applying it does, as an imperative: "rename to `units`".
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// Edits in ascending order that do not overlap.
    pub edits: Vec<Edit>,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule, as in `explain RULE`.
    pub rule: &'static str,
    /// How bad it is at boot.
    pub severity: Severity,
    /// What is wrong and what the target does with it; lower-case start, no full stop.
    pub message: String,
    /// Where in the YAML tree, keys as written: `coreos.units[0].name`; empty for the document.
    pub path: String,
    /// Where in the text.
    pub span: Span,
    /// What to do, when the message does not say it already.
    pub help: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Remedies, the best first.
    pub fixes: Vec<Fix>,
    /// Found in what could be read around a syntax error: it may change once that is mended.
    pub tentative: bool,
    /// Where in a part it is, if the text is made of parts and it stands in one.
    pub part: Option<InPart>,
}

impl Diagnostic {
    /// A finding of which nothing is known yet but what is wrong where.
    #[must_use]
    pub fn new(rule: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            path: String::new(),
            span,
            help: None,
            labels: Vec::new(),
            fixes: Vec::new(),
            tentative: false,
            part: None,
        }
    }

    /// Whether the text under the span is a secret, to be masked wherever it is shown outside of
    /// the editor.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        const ABOUT_SECRETS: [&str; 7] = [
            "expiring-password",
            "ignored-password",
            "invalid-password-hash",
            "locked-password",
            "plain-text-password",
            "secret-in-plain-sight",
            "weak-password-hash",
        ];
        ABOUT_SECRETS.contains(&self.rule)
    }
}
