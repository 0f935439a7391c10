//! What is said about one text, whatever program it is for.

use dryboot_yaml::{LineIndex, Span};

use crate::template::{self, Filled, Syntax};
use crate::{Diagnostic, Fix, Part, Severity, secrets};

/// What was around a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// There is none.
    None,
    /// One layer of gzip, whole.
    Gzip,
    /// The stream breaks off or its checksum is wrong: the program goes on with what could be inflated and fails at
    /// the end.
    Broken,
    /// The gzip header is bad: the program goes on with nothing.
    BadHeader,
}

/// What another program fills in a text before it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The language of the template.
    pub syntax: Syntax,
    /// How many placeholders were filled for the check.
    pub placeholders: usize,
}

impl Template {
    /// What there is to know about the check, as a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let title = self.syntax.title();
        let count = match self.placeholders {
            1 => "1 placeholder is".to_owned(),
            count => format!("{count} placeholders are"),
        };
        format!(
            "checked as a {title}: {count} filled with dummy values, and findings that depend on them are \
             left out"
        )
    }
}

/// The program that a report is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetName {
    /// What users type: `coreos`, `cloud-init@22.4.2`, `debian-12`.
    pub name: String,
    /// The program with its version, for people.
    pub title: String,
    /// The version alone.
    pub version: String,
}

/// Why a text was not judged, or not as a whole: then a lack of findings says nothing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// The name in output formats.
    pub name: &'static str,
    /// What the text does or is, as it reads behind its name.
    pub predicate: &'static str,
    /// What the predicate speaks of, where that is up to the text.
    pub object: &'static str,
}

impl NotChecked {
    /// A reason; `predicate` reads after the name of the text: "is empty".
    #[must_use]
    pub const fn new(name: &'static str, predicate: &'static str) -> Self {
        Self { name, predicate, object: "" }
    }

    /// The reason as a sentence about `subject`, which is the name of the text or a pronoun; no full stop.
    #[must_use]
    pub fn sentence(&self, subject: &str) -> String {
        format!("{subject} {}{}", self.predicate, self.object)
    }
}

/// What the program's own validator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is nothing to object to.
    Accepted,
    /// There is at least one error.
    Refused,
    /// It does not look into the text.
    NotEvaluated,
    /// It fails with an error of its own.
    Crashed,
}

impl Outcome {
    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::NotEvaluated => "not-evaluated",
            Self::Crashed => "crashed",
        }
    }
}

/// One thing that the validator says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where in the config, as the validator writes it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// For a deprecation, the version that the validator names.
    pub version: Option<String>,
}

/// The verdict of the program's own validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The decision.
    pub outcome: Outcome,
    /// Its errors.
    pub errors: Vec<Complaint>,
    /// What it accepts and reports.
    pub deprecations: Vec<Complaint>,
    /// What it prints, line by line. For cloud-init, that is there where it was asked for.
    pub native: Vec<String>,
    /// Whether it ends with success, as its exit code says.
    pub succeeds: bool,
}

/// What there is to say about one text.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the program takes the text for: `cloud-config`, `script`.
    pub kind: &'static str,
    /// What was around it.
    pub compression: Compression,
    /// Why the text was not judged, or not as a whole.
    pub not_checked: Option<NotChecked>,
    /// The program whose verdict this is.
    pub target: TargetName,
    /// Why this target, as a sentence; none when it was asked for.
    pub target_reason: Option<String>,
    /// The template that the text is, if it was checked as one.
    pub template: Option<Template>,
    /// The text that spans point into, after decompression.
    pub text: String,
    /// Its lines.
    pub lines: LineIndex,
    /// The parts that the text is made of; none when it is one.
    pub parts: Vec<Part>,
    /// Findings in the order of the text; tentative ones come after all others.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that comments in the text suppress, or that a project knows.
    pub suppressed: Vec<Diagnostic>,
    /// What the program's own validator says.
    pub verdict: Verdict,
}

impl Report {
    /// The report on a template, made of the report on what it was filled with.
    #[must_use]
    pub fn of_template(mut self, template: &str, filled: &Filled, syntax: Syntax) -> Self {
        self.template = Some(Template { syntax, placeholders: filled.placeholders });
        // Places are the same, as long as nothing was unpacked.
        if self.text.len() != template.len() {
            return self;
        }
        self.text = template.to_owned();
        for findings in [&mut self.diagnostics, &mut self.suppressed] {
            findings.retain(|diagnostic| template::holds(diagnostic, filled));
            for diagnostic in findings {
                let depends = |fix: &Fix| fix.edits.iter().any(|edit| filled.depends(edit.span));
                diagnostic.fixes.retain(|fix| !depends(fix));
            }
        }
        let verdict = &mut self.verdict;
        for complaints in [&mut verdict.errors, &mut verdict.deprecations] {
            complaints.retain(|complaint| !filled.depends_at_line(complaint.line));
        }
        if verdict.outcome == Outcome::Refused && verdict.errors.is_empty() {
            verdict.outcome = Outcome::Accepted;
        }
        self
    }

    /// How many findings there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The worst severity among the findings.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.severity).max()
    }

    /// Whether the text holds a secret: one that a rule finds, suppressed or not, or one that stands in a place that no
    /// rule reads, as in a script or a part in base64.
    #[must_use]
    pub fn holds_secret(&self) -> bool {
        let mut texts = self.parts.iter().filter_map(|part| Some(part.decoded.as_ref()?.text.as_str()));
        self.diagnostics.iter().chain(&self.suppressed).any(Diagnostic::is_secret)
            || secrets::any(&self.text)
            || texts.any(secrets::any)
    }
}

/// Sorts findings as people read them, and drops what is said twice. What holds comes first: a syntax error outweighs
/// all that was found around it.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    type Order<'d> = (bool, Span, Option<Span>, std::cmp::Reverse<Severity>, &'d str, &'d str);
    fn order(diagnostic: &Diagnostic) -> Order<'_> {
        (
            diagnostic.tentative,
            diagnostic.span,
            // All of an encoded part is one place of the text.
            diagnostic.part.as_ref().map(|place| place.span),
            std::cmp::Reverse(diagnostic.severity),
            diagnostic.rule,
            &diagnostic.message,
        )
    }
    dryboot_yaml::order::sort_by(diagnostics, |a, b| order(a).cmp(&order(b)));
    diagnostics.dedup();
}
