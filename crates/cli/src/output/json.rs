//! The versioned format for programs. `docs/lint-report.schema.json` describes it.

use std::io::{self, Write};

use anyhow::Result;
use dryboot_core::{Compression, Diagnostic, NotChecked, Report, Span};
use serde::Serialize;

use crate::lint::Checked;
use crate::output::{count_not_checked, totals};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: Vec<File<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'static str,
    target: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<Unjudged>,
    diagnostics: Vec<Finding<'a>>,
}

/// Why a file was not checked.
#[derive(Serialize)]
struct Unjudged {
    reason: &'static str,
    message: String,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    path: &'a str,
    span: Range,
    help: Option<&'a str>,
    url: Option<String>,
    tentative: bool,
    labels: Vec<Label<'a>>,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Label<'a> {
    span: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    not_checked: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

pub(crate) fn write(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    let [errors, warnings, infos] = totals(checked);
    let document = Document {
        version: 1,
        files: checked.iter().map(|checked| file(&checked.input.name, &checked.report)).collect(),
        summary: Summary {
            files: checked.len(),
            not_checked: count_not_checked(checked),
            errors,
            warnings,
            infos,
        },
    };
    serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn file<'a>(path: &'a str, report: &'a Report) -> File<'a> {
    // What cannot be unpacked is empty to the target, but that is not what the file is.
    let kind = if report.compression == Compression::BadHeader { "gzip" } else { report.format.name() };
    File {
        path,
        kind,
        target: report.target.name(),
        target_reason: report.target_reason.as_deref(),
        not_checked: report.not_checked.map(unjudged),
        diagnostics: report.diagnostics.iter().map(|diagnostic| finding(report, diagnostic)).collect(),
    }
}

fn unjudged(reason: NotChecked) -> Unjudged {
    Unjudged { reason: reason.name(), message: reason.sentence("it") }
}

fn finding<'a>(report: &Report, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let label =
        |label: &'a dryboot_core::Label| Label { span: range(report, label.span), message: &label.message };
    let edit =
        |edit: &'a dryboot_core::Edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text };
    Finding {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        path: &diagnostic.path,
        span: range(report, diagnostic.span),
        help: diagnostic.help.as_deref(),
        url: None,
        tentative: diagnostic.tentative,
        labels: diagnostic.labels.iter().map(label).collect(),
        fixes: diagnostic
            .fixes
            .iter()
            .map(|fix| Fix {
                title: &fix.title,
                safety: fix.safety.name(),
                edits: fix.edits.iter().map(edit).collect(),
            })
            .collect(),
    }
}

fn range(report: &Report, span: Span) -> Range {
    let place = |offset| {
        let at = report.lines.position(offset, &report.text);
        Place { offset, line: at.line, column: at.column }
    };
    Range { start: place(span.start), end: place(span.end) }
}
