//! One report on a file, made of those on the texts in it.

use dryboot_lint::part::{Editing, Place};
use dryboot_lint::{
    Complaint, Compression, Decoded, Diagnostic, Edit, Fix, InPart, NotChecked, Outcome, Part, Report,
    Safety, Severity, TargetName, Verdict, report,
};
use dryboot_text::{LineIndex, Span};

use crate::{Edits, Embedded, Found, Host};

/// Said of a file of another language in which there is none.
const NO_USER_DATA: NotChecked =
    NotChecked::new("no-user-data", "has no user-data that could be found in it");

/// Rules about what whoever copies an example out of a document is going to replace.
const FOR_THE_READER: [&str; 2] = ["malformed-ssh-key", "placeholder-left"];

/// The report on a file in which user-data was looked for. `target` is who it is for when there is none.
#[must_use]
pub fn of_host(
    text: &str,
    found: &Found,
    target: TargetName,
    mut lint: impl FnMut(&Embedded) -> Report,
) -> Report {
    let reports: Vec<Report> = found.texts.iter().map(&mut lint).collect();
    let first = reports.first();
    let mut whole = Report {
        kind: found.host.name(),
        compression: Compression::None,
        not_checked: first.is_none().then_some(NO_USER_DATA),
        target: first.map_or(target, |report| report.target.clone()),
        target_reason: first.and_then(|report| report.target_reason.clone()),
        template: first.and_then(|report| report.template),
        lines: LineIndex::new(text),
        text: text.to_owned(),
        parts: Vec::new(),
        diagnostics: Vec::new(),
        suppressed: Vec::new(),
        verdict: Verdict {
            outcome: Outcome::NotEvaluated,
            errors: Vec::new(),
            deprecations: Vec::new(),
            native: Vec::new(),
            succeeds: true,
        },
    };
    if let Some(template) = &mut whole.template {
        let others = reports.iter().skip(1).filter_map(|report| report.template);
        template.placeholders += others.map(|other| other.placeholders).sum::<usize>();
    }
    for (embedded, report) in found.texts.iter().zip(reports) {
        let verdict = add(&mut whole, embedded, report);
        whole.verdict.outcome = worse(whole.verdict.outcome, verdict.outcome);
        whole.verdict.succeeds &= verdict.succeeds;
        whole.verdict.errors.extend(verdict.errors);
        whole.verdict.deprecations.extend(verdict.deprecations);
    }
    if found.host == Host::Markdown {
        whole.diagnostics.retain(|found| !FOR_THE_READER.contains(&found.rule));
    }
    report::sort(&mut whole.diagnostics);
    whole
}

/// Adds the report on a cloud-config inside of one. What the program says to the whole is about the whole alone.
#[must_use]
pub fn with_nested(mut whole: Report, embedded: &Embedded, inner: Report) -> Report {
    add(&mut whole, embedded, inner);
    report::sort(&mut whole.diagnostics);
    whole
}

/// Adds what is said about an embedded text, and gives its verdict with places of the whole.
fn add(whole: &mut Report, embedded: &Embedded, inner: Report) -> Verdict {
    let index = whole.parts.len();
    let is_opaque = embedded.map.is_opaque();
    let outward = Outward { embedded, inner: &inner, whole, index };
    let verdict = outward.verdict(&inner.verdict);
    let parts: Vec<Part> = inner.parts.iter().map(|part| outward.part(part)).collect();
    let found: Vec<Diagnostic> = inner.diagnostics.iter().map(|found| outward.diagnostic(found)).collect();
    let suppressed: Vec<Diagnostic> =
        inner.suppressed.iter().map(|found| outward.diagnostic(found)).collect();
    whole.parts.push(Part {
        kind: inner.kind,
        media_type: format!("text/{}", inner.kind),
        name: embedded.name.clone(),
        span: embedded.span,
        not_checked: inner.not_checked,
        verdict: Some(verdict.clone()),
        decoded: is_opaque.then(|| Decoded::new(inner.text.clone())),
        is_opaque,
    });
    whole.parts.extend(parts);
    whole.diagnostics.extend(found);
    whole.suppressed.extend(suppressed);
    verdict
}

/// From the report on an embedded text to that on the file.
struct Outward<'a> {
    embedded: &'a Embedded,
    inner: &'a Report,
    whole: &'a Report,
    /// Which of the parts of the file it is.
    index: usize,
}

impl Outward<'_> {
    fn diagnostic(&self, found: &Diagnostic) -> Diagnostic {
        let place = Place { index: self.index, map: &self.embedded.map, editing: Editing::Never };
        let fixes = found.fixes.iter().filter_map(|fix| self.fix(fix)).collect();
        let mut outer = place.diagnostic(found.clone());
        outer.fixes = fixes;
        if let Some(sign) = self.embedded.folded.filter(|_| outer.severity == Severity::Error) {
            outer.help =
                Some("`>` joins the lines, so that the header's comment takes them in: write `|`".to_owned());
            let edits = vec![Edit { span: sign, text: "|".to_owned() }];
            outer.fixes = vec![Fix { title: "write `|`".to_owned(), safety: Safety::Unsafe, edits }];
        }
        if let Some(part) = &found.part {
            // A part of the embedded text comes after that text.
            outer.part = Some(InPart { index: self.index + 1 + part.index, ..part.clone() });
        }
        outer
    }

    fn part(&self, part: &Part) -> Part {
        Part {
            span: self.embedded.map.span(part.span),
            verdict: part.verdict.as_ref().map(|verdict| self.verdict(verdict)),
            ..part.clone()
        }
    }

    fn fix(&self, fix: &Fix) -> Option<Fix> {
        let edits = fix.edits.iter().map(|edit| self.edit(edit)).collect::<Option<Vec<Edit>>>()?;
        Some(Fix { edits, ..fix.clone() })
    }

    /// An edit of the text as one of the file, in whose language the new text has to mean the same.
    fn edit(&self, edit: &Edit) -> Option<Edit> {
        let Edits::Lines(indentation) = &self.embedded.edits else { return None };
        if edit.text.contains(['$', '`', '%', '\\', '{']) {
            return None;
        }
        let text = &self.inner.text;
        let is_last = edit.span.end >= text.len();
        let start = self.embedded.map.span(Span::empty(edit.span.start)).start;
        let end = if is_last {
            self.embedded.span.end
        } else {
            self.embedded.map.span(Span::empty(edit.span.end)).start
        };
        let begins_line = edit.span.start == 0 || text[..edit.span.start].ends_with('\n');
        if is_last && begins_line {
            // Nothing of the text comes after it: whole lines are put there, each with what all lines begin with.
            let line = self.whole.text[..start].rfind('\n').map_or(0, |at| at + 1);
            let lines = edit.text.split_inclusive('\n').map(|line| format!("{indentation}{line}"));
            return Some(Edit { span: Span::new(line.min(end), end), text: lines.collect() });
        }
        let text = edit.text.replace('\n', &format!("\n{indentation}"));
        (start <= end).then(|| Edit { span: Span::new(start, end), text })
    }

    fn verdict(&self, verdict: &Verdict) -> Verdict {
        let outward =
            |complaints: &[Complaint]| complaints.iter().map(|complaint| self.complaint(complaint)).collect();
        Verdict {
            errors: outward(&verdict.errors),
            deprecations: outward(&verdict.deprecations),
            native: Vec::new(),
            ..verdict.clone()
        }
    }

    fn complaint(&self, complaint: &Complaint) -> Complaint {
        let line = self.inner.lines.line_span(complaint.line, &self.inner.text);
        let written = line.slice(&self.inner.text);
        let column = written
            .char_indices()
            .nth(complaint.column.saturating_sub(1))
            .map_or(written.len(), |(at, _)| at);
        let at = self.embedded.map.span(Span::empty(line.start + column)).start;
        let place = self.whole.lines.position(at, &self.whole.text);
        Complaint { line: place.line, column: place.column, ..complaint.clone() }
    }
}

fn worse(one: Outcome, other: Outcome) -> Outcome {
    let rank = |outcome| match outcome {
        Outcome::NotEvaluated => 0,
        Outcome::Accepted => 1,
        Outcome::Crashed => 2,
        Outcome::Refused => 3,
    };
    if rank(other) > rank(one) { other } else { one }
}
