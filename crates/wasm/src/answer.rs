//! From the linter's types to the messages.

use dryboot_core as core;

use crate::protocol::{
    Completion, CompletionItem, Diagnostic, Edit, Fix, Hover, Label, Place, Report, Rule, Severity,
};
use crate::utf16::Utf16Map;

/// One text with what is needed to express places in it.
pub(crate) struct Places<'a> {
    text: &'a str,
    lines: core::LineIndex,
    utf16: Utf16Map,
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, lines: core::LineIndex::new(text), utf16: Utf16Map::new(text) }
    }

    pub(crate) fn byte(&self, utf16: u32) -> usize {
        self.utf16.to_byte(self.text, utf16)
    }

    fn range(&self, span: core::Span) -> (u32, u32) {
        let offset = |byte: usize| self.utf16.to_utf16(self.text.floor_char_boundary(byte));
        (offset(span.start), offset(span.end))
    }

    fn place(&self, span: core::Span) -> Place {
        let (from, to) = self.range(span);
        let position = self.lines.position(span.start, self.text);
        Place { from, to, line: small(position.line), column: small(position.column) }
    }

    pub(crate) fn report(&self, report: core::Report) -> Report {
        let all = |found: Vec<core::Diagnostic>| found.into_iter().map(|d| self.diagnostic(d));
        Report {
            kind: report.format.name().to_owned(),
            target: report.target.name().to_owned(),
            program: report.target.program().to_owned(),
            reason: report.target_reason.unwrap_or_default(),
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

/// A rule, with its documentation or without.
pub(crate) fn rule(rule: &core::Rule, with_docs: bool) -> Rule {
    let (summary, docs) = parts(rule.docs);
    Rule {
        name: rule.name.to_owned(),
        summary: summary.to_owned(),
        severity: severity(rule.severity),
        docs: if with_docs { docs } else { "" }.to_owned(),
    }
}

/// The summary of a documentation, and what follows it: the title before is the rule's name.
fn parts(docs: &str) -> (&str, &str) {
    let below_title = docs.split_once('\n').map_or(docs, |(_, rest)| rest.trim_start());
    below_title.split_once("\n\n").unwrap_or((below_title, ""))
}

fn severity(severity: core::Severity) -> Severity {
    match severity {
        core::Severity::Error => Severity::Error,
        core::Severity::Warning => Severity::Warning,
        core::Severity::Info => Severity::Info,
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
