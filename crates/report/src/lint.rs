//! From the linter's types to those of the JSON.

use dryboot_lint::{Complaint, NotChecked, Report, Severity};
use dryboot_text::Position;
use serde::Serialize;

use crate::places::{Places, Range};
use crate::{Offsets, book};

/// The version of the format.
pub const VERSION: u32 = 1;

/// A report with the name of its text.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// What users call the text; in the JSON, it is the path of the file.
    pub name: &'a str,
    /// What there is to say about it.
    pub report: &'a Report,
}

/// What there is to say about several texts.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: u32,
    files: Vec<File<'a>>,
    summary: Summary,
}

impl<'a> Document<'a> {
    /// The reports on files, in their order.
    #[must_use]
    pub fn new(reports: &[Named<'a>], offsets: Offsets) -> Self {
        Self {
            version: VERSION,
            summary: Summary::of(reports),
            files: reports.iter().map(|named| File::new(*named, offsets)).collect(),
        }
    }
}

/// Numbers of all files together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many files there are.
    pub files: usize,
    /// How many of them nobody judged, or not as a whole.
    pub not_checked: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are infos.
    pub infos: usize,
}

impl Summary {
    /// Counts what is in reports.
    #[must_use]
    pub fn of(reports: &[Named<'_>]) -> Self {
        reports.iter().fold(Self::default(), |sum, Named { report, .. }| Self {
            files: sum.files + 1,
            not_checked: sum.not_checked + usize::from(report.not_checked.is_some()),
            errors: sum.errors + report.count(Severity::Error),
            warnings: sum.warnings + report.count(Severity::Warning),
            infos: sum.infos + report.count(Severity::Info),
        })
    }
}

/// What there is to say about one text.
#[derive(Debug, Serialize)]
pub struct File<'a> {
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
    parts: Vec<Part<'a>>,
    diagnostics: Vec<Diagnostic<'a>>,
}

/// The template that a file was checked as.
#[derive(Debug, Serialize)]
struct Template {
    syntax: &'static str,
    placeholders: usize,
}

/// What the program's own validator decides.
#[derive(Debug, Serialize)]
struct Verdict<'a> {
    outcome: &'static str,
    errors: Vec<Entry<'a>>,
    deprecations: Vec<Entry<'a>>,
}

/// One thing that the validator says.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

/// A part of a file.
#[derive(Debug, Serialize)]
struct Part<'a> {
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
#[derive(Debug, Serialize)]
struct InPart<'a> {
    index: usize,
    name: &'a str,
    line: usize,
    column: usize,
}

/// Why a file was not checked.
#[derive(Debug, Serialize)]
struct Unjudged {
    reason: &'static str,
    message: String,
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct Diagnostic<'a> {
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

#[derive(Debug, Serialize)]
struct Label<'a> {
    span: Range,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Debug, Serialize)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> File<'a> {
    fn new(Named { name, report }: Named<'a>, offsets: Offsets) -> Self {
        let places = Places::new(report, offsets);
        Self {
            path: name,
            kind: report.kind,
            target: &report.target.name,
            target_version: &report.target.version,
            target_reason: report.target_reason.as_deref(),
            template: report.template.map(|template| Template {
                syntax: template.syntax.name(),
                placeholders: template.placeholders,
            }),
            not_checked: report.not_checked.map(unjudged),
            verdict: verdict(&report.verdict),
            parts: report.parts.iter().map(|of_file| part(of_file, &places)).collect(),
            diagnostics: findings(report, &report.diagnostics, &places),
        }
    }
}

/// Findings in the text of a report, such as those that comments suppress.
#[must_use]
pub fn diagnostics<'a>(
    report: &'a Report,
    found: &'a [dryboot_lint::Diagnostic],
    offsets: Offsets,
) -> Vec<Diagnostic<'a>> {
    findings(report, found, &Places::new(report, offsets))
}

fn findings<'a>(
    report: &'a Report,
    found: &'a [dryboot_lint::Diagnostic],
    places: &Places<'_>,
) -> Vec<Diagnostic<'a>> {
    found.iter().map(|diagnostic| finding(report, diagnostic, places)).collect()
}

fn finding<'a>(
    report: &'a Report,
    diagnostic: &'a dryboot_lint::Diagnostic,
    places: &Places<'_>,
) -> Diagnostic<'a> {
    let label =
        |label: &'a dryboot_lint::Label| Label { span: places.range(label.span), message: &label.message };
    let edit = |edit: &'a dryboot_lint::Edit| Edit {
        start: places.offset(edit.span.start),
        end: places.offset(edit.span.end),
        text: &edit.text,
    };
    let fix = |fix: &'a dryboot_lint::Fix| Fix {
        title: &fix.title,
        safety: fix.safety.name(),
        edits: fix.edits.iter().map(edit).collect(),
    };
    Diagnostic {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        path: &diagnostic.path,
        part: in_part(report, diagnostic, places),
        span: places.range(diagnostic.span),
        help: diagnostic.help.as_deref(),
        url: book::page_of(diagnostic.rule),
        tentative: diagnostic.tentative,
        labels: diagnostic.labels.iter().map(label).collect(),
        fixes: diagnostic.fixes.iter().map(fix).collect(),
    }
}

fn verdict(verdict: &dryboot_lint::Verdict) -> Verdict<'_> {
    Verdict {
        outcome: verdict.outcome.name(),
        errors: verdict.errors.iter().map(entry).collect(),
        deprecations: verdict.deprecations.iter().map(entry).collect(),
    }
}

fn entry(complaint: &Complaint) -> Entry<'_> {
    let Complaint { path, line, column, version } = complaint;
    Entry { path, line: *line, column: *column, version: version.as_deref() }
}

fn part<'a>(part: &'a dryboot_lint::Part, places: &Places<'_>) -> Part<'a> {
    Part {
        kind: part.kind,
        media_type: &part.media_type,
        name: &part.name,
        span: places.range(part.span),
        not_checked: part.not_checked.map(unjudged),
        verdict: part.verdict.as_ref().map(verdict),
    }
}

/// The place in the text of the part: for one that is encoded, the place in the file says little.
fn in_part<'a>(
    report: &'a Report,
    diagnostic: &dryboot_lint::Diagnostic,
    places: &Places<'_>,
) -> Option<InPart<'a>> {
    let place = diagnostic.part.as_ref()?;
    let part = report.parts.get(place.index)?;
    let at = match &part.decoded {
        Some(decoded) => decoded.lines.position(place.span.start, &decoded.text),
        None => {
            let at = places.position(diagnostic.span.start);
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
