//! What the linter answers. Offsets are in UTF-16 code units, as JavaScript counts; lines and
//! columns count from 1. Absent lists and texts are left out of the JSON.

pub mod boot;

#[cfg(feature = "worker")]
use serde::Serialize;

/// The verdict on one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Report {
    /// What the text is: `cloud-config`, `script`, `empty`, …
    pub kind: String,
    /// The compression around it, as in [`FileText`].
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub compression: String,
    /// Name of the target that was used.
    pub target: String,
    /// The target's program and version, for people.
    pub program: String,
    /// Why this target was used.
    pub reason: String,
    /// Why nobody judged the text, as a sentence without full stop; empty when it was judged as a whole.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub not_checked: String,
    /// Whether the module has only a part of the program's rules: another one with all of them is to be asked.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub partial: bool,
    /// Findings, ordered by place.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that comments in the text silence.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub suppressed: Vec<Diagnostic>,
}

/// A program in a version, for a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Target {
    /// The name that `lint` takes.
    pub name: String,
    /// The version of the program.
    pub version: String,
}

/// A file as an editor shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct FileText {
    /// The text inside the compression, as far as there is one.
    pub text: String,
    /// `gzip`, `broken-gzip` when the stream breaks off or its checksum is wrong, `bad-gzip` when it cannot be opened, or
    /// empty when there is none.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub compression: String,
    /// There is more than the limit, and nothing was read.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub too_long: bool,
    /// How many bytes are not valid UTF-8; each is U+FFFD in the text.
    pub invalid: u32,
}

/// How bad a finding is when the machine boots; the worst comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "worker", derive(Serialize))]
#[cfg_attr(feature = "worker", serde(rename_all = "lowercase"))]
pub enum Severity {
    /// The config or a part of it will not be applied.
    #[default]
    Error,
    /// Applied, but surely not as meant.
    Warning,
    /// Applied as meant, but could be better.
    Info,
}

impl Severity {
    /// The name, as in the JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A range of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Place {
    /// Offset of the first code unit.
    pub from: u32,
    /// Offset behind the last code unit.
    pub to: u32,
    /// Line of `from`.
    pub line: u32,
    /// Column of `from`, in characters.
    pub column: u32,
}

/// One finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Diagnostic {
    /// Name of the rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong; `code` is in backticks.
    pub message: String,
    /// Where in the YAML tree; empty for the document.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub path: String,
    /// Where in the text.
    pub place: Place,
    /// What to do.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Option::is_none"))]
    pub help: Option<String>,
    /// Other places that matter.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub labels: Vec<Label>,
    /// Remedies, the best first.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "Vec::is_empty"))]
    pub fixes: Vec<Fix>,
    /// May change once the syntax error before it is mended.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub tentative: bool,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there.
    pub message: String,
}

/// A remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Fix {
    /// What applying it does, as an imperative.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safe: bool,
    /// Edits in ascending order that do not overlap.
    pub edits: Vec<Edit>,
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Edit {
    /// Offset of the first code unit that is replaced.
    pub from: u32,
    /// Offset behind the last.
    pub to: u32,
    /// What comes in its place.
    pub insert: String,
}

/// Documentation of the thing under the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Hover {
    /// Start of the thing.
    pub from: u32,
    /// End of the thing.
    pub to: u32,
    /// Its name.
    pub title: String,
    /// Paragraphs, with `code` in backticks.
    pub text: String,
}

/// What may be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Completion {
    /// Start of what is replaced.
    pub from: u32,
    /// End of what is replaced.
    pub to: u32,
    /// The choices.
    pub items: Vec<CompletionItem>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct CompletionItem {
    /// What the list shows.
    pub label: String,
    /// A few words beside it.
    pub detail: String,
    /// Paragraphs, with `code` in backticks.
    pub documentation: String,
    /// What is written.
    pub insert: String,
}
