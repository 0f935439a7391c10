//! From the linter's types to its messages.

use dryboot_core as core;
use dryboot_report::{Diagnostic, Document, Named, Offsets, diagnostics};
use serde::Serialize;

#[cfg(feature = "help")]
use crate::decoded::{self, DecodedPart};
use crate::file::compression;
use crate::instance_data::Fault;
#[cfg(feature = "help")]
use crate::places::Places;
#[cfg(feature = "help")]
use crate::protocol::{Completion, CompletionItem, Hover};

/// Whether the module has only a part of the rules.
const PARTIAL: bool = cfg!(not(feature = "full"));

/// The name of the one file of the report: what is linted has none.
const PATH: &str = "user-data";

/// What `lint` answers: the report as the command prints it, and around it what only the page needs.
#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    report: Document<'a>,
    /// The target's program and version, for people.
    program: &'a str,
    /// The compression around the text, as in `FileText`.
    #[serde(skip_serializing_if = "str::is_empty")]
    compression: &'static str,
    /// Why nobody judged the text, as a sentence about what a page can do; absent when it was judged as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<String>,
    /// Whether instance data fills the text, or a part of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_template: bool,
    /// What is wrong with the instance data, so that nothing was filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_data_fault: Option<Fault>,
    /// Whether the module has only a part of the program's rules: another one with all of them is to be asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    /// Findings that comments in the text silence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Diagnostic<'a>>,
    /// What the parts say that cannot be read where they stand. A module without all rules leaves it to the one that has
    /// them.
    #[cfg(feature = "help")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    decoded: Vec<DecodedPart<'a>>,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(report: &'a core::Report, instance_data_fault: Option<Fault>) -> Self {
        // Another module fills it.
        let is_for_another = |reason: &core::NotChecked| !cfg!(feature = "full") && reason.name == JINJA;
        let not_checked = report.not_checked.filter(|reason| !is_for_another(reason));
        Self {
            report: Document::new(&[Named { name: PATH, report }], Offsets::Utf16),
            program: &report.target.title,
            compression: compression(report.compression),
            not_checked: not_checked.map(why_not_checked),
            is_template: has_template(report),
            instance_data_fault,
            partial: PARTIAL && not_checked.is_none(),
            suppressed: diagnostics(report, &report.suppressed, Offsets::Utf16),
            #[cfg(feature = "help")]
            decoded: decoded::parts(report),
        }
    }
}

#[cfg(feature = "help")]
impl Places<'_> {
    pub(crate) fn hover(&self, hover: core::Hover) -> Hover {
        let (from, to) = self.range(hover.span);
        Hover { from, to, title: hover.title, text: hover.text }
    }

    pub(crate) fn completion(&self, completion: core::Completion) -> Completion {
        let (from, to) = self.range(completion.span);
        let item = |item: core::CompletionItem| CompletionItem {
            label: item.label,
            detail: item.detail,
            documentation: item.documentation,
            insert: item.insert,
        };
        Completion { from, to, items: completion.items.into_iter().map(item).collect() }
    }
}

/// What templates are in a report: a kind of text, and the reason why one is not checked.
const JINJA: &str = "jinja";

/// Whether instance data fills the text, or a part of it.
pub(crate) fn has_template(report: &core::Report) -> bool {
    report.kind == JINJA || report.parts.iter().any(|part| part.kind == JINJA)
}

/// Why nobody judged the text, as a sentence without full stop.
fn why_not_checked(reason: core::NotChecked) -> String {
    match reason.name {
        JINJA => "this text is a Jinja template, and its instance data cannot be read".to_owned(),
        _ => reason.sentence("this text"),
    }
}
