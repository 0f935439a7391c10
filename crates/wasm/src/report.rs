//! From the linter's types to its messages.

use dryboot_core as core;

use crate::file::compression;
use crate::places::Places;
#[cfg(feature = "help")]
use crate::protocol::{Completion, CompletionItem, Hover};
use crate::protocol::{Diagnostic, Edit, Fix, Label, Report, Severity};

/// Whether the module has only a part of the rules.
const PARTIAL: bool = cfg!(all(feature = "cloud-init", not(feature = "full")));

impl Places<'_> {
    pub(crate) fn report(&self, report: core::Report) -> Report {
        let is_empty = report.not_checked.is_some_and(|reason| reason.name == "empty");
        let all = |found: Vec<core::Diagnostic>| found.into_iter().map(|d| self.diagnostic(d));
        Report {
            kind: if is_empty { "empty" } else { report.kind }.to_owned(),
            compression: compression(report.compression),
            target: report.target.name,
            program: report.target.title,
            reason: report.target_reason.unwrap_or_default(),
            not_checked: report.not_checked.map(not_checked).unwrap_or_default(),
            partial: PARTIAL && report.not_checked.is_none(),
            diagnostics: all(report.diagnostics).collect(),
            suppressed: all(report.suppressed).collect(),
        }
    }

    fn diagnostic(&self, diagnostic: core::Diagnostic) -> Diagnostic {
        let label = |label: core::Label| Label { place: self.place(label.span), message: label.message };
        Diagnostic {
            rule: diagnostic.rule.to_owned(),
            severity: severity(diagnostic.severity),
            message: diagnostic.message,
            path: diagnostic.path,
            place: self.place(diagnostic.span),
            help: diagnostic.help,
            labels: diagnostic.labels.into_iter().map(label).collect(),
            fixes: diagnostic.fixes.into_iter().map(|f| self.fix(f)).collect(),
            tentative: diagnostic.tentative,
        }
    }

    fn fix(&self, fix: core::Fix) -> Fix {
        let edit = |edit: core::Edit| {
            let (from, to) = self.range(edit.span);
            let insert = edit.text;
            Edit { from, to, insert }
        };
        Fix {
            title: fix.title,
            safe: fix.safety == core::Safety::Safe,
            edits: fix.edits.into_iter().map(edit).collect(),
        }
    }

    #[cfg(feature = "help")]
    pub(crate) fn hover(&self, hover: core::Hover) -> Hover {
        let (from, to) = self.range(hover.span);
        Hover { from, to, title: hover.title, text: hover.text }
    }

    #[cfg(feature = "help")]
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

/// Why nobody judged the text, as a sentence about what a page can do.
fn not_checked(reason: core::NotChecked) -> String {
    match reason.name {
        "jinja" => {
            "this text is a Jinja template, and the page cannot fill it yet: the `dryboot` command can"
                .to_owned()
        }
        _ => reason.sentence("this text"),
    }
}

fn severity(severity: core::Severity) -> Severity {
    match severity {
        core::Severity::Error => Severity::Error,
        core::Severity::Warning => Severity::Warning,
        core::Severity::Info => Severity::Info,
    }
}
