//! Findings.

use dryboot_core::{Label, Report, Severity};
use dryboot_report::book;
use gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
};

use crate::document::{Checked, Document};

/// Who has found them.
pub(crate) const SOURCE: &str = "dryboot";

/// What editors draw in a way of its own.
const TAGS: [(&str, DiagnosticTag); 3] = [
    ("deprecated-key", DiagnosticTag::Deprecated),
    ("deprecated-value", DiagnosticTag::Deprecated),
    ("unused-suppression", DiagnosticTag::Unnecessary),
];

/// What there is to say about a text.
pub(crate) fn of(document: &Document, checked: &Checked) -> Vec<Diagnostic> {
    match checked {
        Checked::Foreign => Vec::new(),
        Checked::UserData { report, .. } => findings(document, report),
        Checked::Config(problems) => problems
            .iter()
            .map(|problem| Diagnostic {
                range: document.text.range(problem.span),
                severity: Some(DiagnosticSeverity::Error),
                source: Some(SOURCE.to_owned()),
                message: problem.message.clone().into(),
                ..Diagnostic::default()
            })
            .collect(),
    }
}

fn findings(document: &Document, report: &Report) -> Vec<Diagnostic> {
    // The places are those of what was compressed.
    if report.text.len() != document.text.as_str().len() {
        return Vec::new();
    }
    report.diagnostics.iter().map(|found| finding(document, found)).collect()
}

/// A finding as editors show it.
pub(crate) fn finding(document: &Document, found: &dryboot_core::Diagnostic) -> Diagnostic {
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    if found.tentative {
        message.push_str("\nfound near a syntax error; fix that first, since this may go away");
    }
    let tags: Vec<_> = TAGS.into_iter().filter(|(rule, _)| *rule == found.rule).map(|(_, tag)| tag).collect();
    let related: Vec<_> = found.labels.iter().map(|label| related(document, label)).collect();
    Diagnostic {
        range: document.text.range(found.span),
        severity: Some(severity(found.severity)),
        code: Some(found.rule.to_owned().into()),
        code_description: book::page_of(found.rule).map(|page| CodeDescription::new(page.into())),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        tags: (!tags.is_empty()).then_some(tags),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn related(document: &Document, label: &Label) -> DiagnosticRelatedInformation {
    let location = Location { uri: document.uri.clone(), range: document.text.range(label.span) };
    DiagnosticRelatedInformation { location, message: label.message.clone() }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}
