//! The versioned format for programs. `docs/lint-report.schema.json` describes it.

use anyhow::Result;
use dryboot_core::{Complaint, Diagnostic, NotChecked, Part, Position, Report, Span};
use serde::Serialize;

use crate::lint::Checked;
use crate::output::{count_not_checked, totals};
use crate::screen::Screen;

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
    target: &'a str,
    target_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<Template>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<Unjudged>,
    verdict: Verdict<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartOfFile<'a>>,
    diagnostics: Vec<Finding<'a>>,
}

/// The template that a file was checked as.
#[derive(Serialize)]
struct Template {
    syntax: &'static str,
    placeholders: usize,
}

/// What the program's own validator decides.
#[derive(Serialize)]
struct Verdict<'a> {
    outcome: &'static str,
    errors: Vec<Entry<'a>>,
    deprecations: Vec<Entry<'a>>,
}

/// One thing that the validator says.
#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

/// A part of a file.
#[derive(Serialize)]
struct PartOfFile<'a> {
    kind: &'static str,
    #[serde(rename = "type")]
    media_type: &'a str,
    name: &'a str,
    span: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<Unjudged>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict<'a>>,
}

/// Where in a part a finding is.
#[derive(Serialize)]
struct InPart<'a> {
    index: usize,
    name: &'a str,
    line: usize,
    column: usize,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<InPart<'a>>,
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

pub(crate) fn write(checked: &[Checked], out: &mut Screen) -> Result<()> {
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
    out.json(&document)
}

fn file<'a>(path: &'a str, report: &'a Report) -> File<'a> {
    File {
        path,
        kind: report.kind,
        target: &report.target.name,
        target_version: &report.target.version,
        target_reason: report.target_reason.as_deref(),
        template: report
            .template
            .map(|template| Template { syntax: template.syntax.name(), placeholders: template.placeholders }),
        not_checked: report.not_checked.map(unjudged),
        verdict: verdict(&report.verdict),
        parts: report.parts.iter().map(|part| part_of_file(report, part)).collect(),
        diagnostics: report.diagnostics.iter().map(|diagnostic| finding(report, diagnostic)).collect(),
    }
}

fn verdict(verdict: &dryboot_core::Verdict) -> Verdict<'_> {
    Verdict {
        outcome: verdict.outcome.name(),
        errors: verdict.errors.iter().map(entry).collect(),
        deprecations: verdict.deprecations.iter().map(entry).collect(),
    }
}

fn part_of_file<'a>(report: &Report, part: &'a Part) -> PartOfFile<'a> {
    PartOfFile {
        kind: part.kind,
        media_type: &part.media_type,
        name: &part.name,
        span: range(report, part.span),
        not_checked: part.not_checked.map(unjudged),
        verdict: part.verdict.as_ref().map(verdict),
    }
}

/// The place in the text of the part: for one that is encoded, the place in the file says little.
fn in_part<'a>(report: &'a Report, diagnostic: &Diagnostic) -> Option<InPart<'a>> {
    let place = diagnostic.part.as_ref()?;
    let part = report.parts.get(place.index)?;
    let at = match &part.decoded {
        Some(decoded) => decoded.lines.position(place.span.start, &decoded.text),
        None => {
            let at = report.lines.position(diagnostic.span.start, &report.text);
            let first = report.lines.line(part.span.start);
            // A part begins where its line does.
            Position { line: at.line.saturating_sub(first) + 1, ..at }
        }
    };
    Some(InPart { index: place.index, name: &part.name, line: at.line, column: at.column })
}

fn unjudged(reason: NotChecked) -> Unjudged {
    Unjudged { reason: reason.name, message: reason.sentence("it") }
}

fn entry(complaint: &Complaint) -> Entry<'_> {
    let Complaint { path, line, column, version } = complaint;
    Entry { path, line: *line, column: *column, version: version.as_deref() }
}

fn finding<'a>(report: &'a Report, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let label =
        |label: &'a dryboot_core::Label| Label { span: range(report, label.span), message: &label.message };
    let edit =
        |edit: &'a dryboot_core::Edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text };
    Finding {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        path: &diagnostic.path,
        part: in_part(report, diagnostic),
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
