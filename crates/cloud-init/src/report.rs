//! What there is to say about user-data, in the form that every program has.

mod not_checked;
mod parts;

use std::collections::HashSet;

use dryboot_lint::report::sort;
use dryboot_lint::suppression::{self, Commented};
use dryboot_lint::{Complaint, Compression, Diagnostic, Outcome, Report, TargetName, Verdict};
use dryboot_schema::ProblemKind;
use dryboot_text::{LineIndex, Position};
#[cfg(feature = "native")]
use dryboot_yaml::Span;
use dryboot_yaml::Tree;

use crate::header::Header;
use crate::lint::{Linted, Message, NAMES, RULES, Rule, lint, lint_parts};
#[cfg(feature = "native")]
use crate::native;
use crate::parts::{Opened, Shape, UserData, open};
use crate::target::Target;
use crate::verdict::{self, Cause, Judged, Kind, Subject, judge};

/// Checks `bytes` for a target, with the rules that `runs` names.
#[must_use]
pub fn report(bytes: &[u8], target: &Target, subject: &Subject<'_>, runs: &dyn Fn(&Rule) -> bool) -> Report {
    report_on(bytes, target, subject, subject.platform.map(|platform| platform.name), runs)
}

/// Checks `bytes` that a machine gets on a platform, which may take base64 off them.
#[must_use]
pub fn report_on(
    bytes: &[u8],
    target: &Target,
    subject: &Subject<'_>,
    platform: Option<&str>,
    runs: &dyn Fn(&Rule) -> bool,
) -> Report {
    let subject = &Subject { distribution: subject.distribution.or(target.distribution), ..*subject };
    let is_user_data = subject.kind != Kind::NetworkConfig;
    let opened = match is_user_data {
        true => open(bytes, platform, &subject.limits),
        false => Opened::plain(bytes, &subject.limits),
    };
    let user_data = match is_user_data {
        true => opened.taken_apart(&subject.limits),
        false => UserData::default(),
    };
    let is_text = user_data.shape == Shape::Text;
    let unreadable = opened.is_too_long || opened.compression == Compression::Broken;
    // What is said about the validator is true of the bytes as they are.
    let outer =
        (opened.compression != Compression::None || !is_text || unreadable).then(|| judge(bytes, subject));
    let (mut found, inner) = match is_text && !unreadable {
        true => {
            let Linted { judged, diagnostics } = lint(&opened.bytes, subject, runs);
            (diagnostics, Some(judged))
        }
        false => (Vec::new(), None),
    };
    let lines = LineIndex::new(&opened.text);
    let whole = (opened.text.as_str(), &lines);
    let mut checked = parts::check(&user_data, whole, subject, runs);
    if let Some(judged) = inner.as_ref().or(outer.as_ref()).filter(|_| is_user_data) {
        let message =
            Message { bytes, text: &opened.text, judged, user_data: &user_data, configs: &checked.configs };
        for finding in lint_parts(&message, subject, runs) {
            match finding.part.as_ref().map(|place| place.index).filter(|_| !is_text) {
                Some(index) => checked.add(index, finding),
                None => found.push(Diagnostic { part: None, ..finding }),
            }
        }
    }
    let (mut diagnostics, mut suppressed) = standing(&opened.text, &lines, inner.as_ref(), found, runs);
    let parts = checked.finish(&user_data, runs, &mut diagnostics, &mut suppressed);
    sort(&mut diagnostics);
    let decided = inner.as_ref().or(outer.as_ref());
    let not_checked = not_checked::of(&opened, &user_data, &parts, decided);
    let kind = match (user_data.shape, parts.first(), decided) {
        _ if opened.compression == Compression::Broken => "gzip",
        (Shape::Message, ..) => "mime-multipart",
        (Shape::Archive, ..) => "cloud-config-archive",
        (Shape::Base64, Some(part), _) => part.kind,
        (.., Some(judged)) => kind(judged, subject.kind),
        (.., None) => "unknown",
    };
    let verdict = match outer.as_ref().or(inner.as_ref()) {
        Some(judged) => Verdict {
            native: printed(judged, (bytes, &opened.text), diagnostics.iter().chain(&suppressed), subject),
            ..neutral(judged)
        },
        // There always is one of them.
        None => neutral(&judge(bytes, subject)),
    };
    drop(user_data);
    Report {
        kind,
        compression: opened.compression,
        not_checked,
        target: TargetName {
            name: target.name(),
            title: target.title(),
            version: target.release.to_string(),
        },
        target_reason: None,
        template: None,
        verdict,
        parts,
        lines,
        text: opened.text,
        diagnostics,
        suppressed,
    }
}

/// What the validator prints about a file, if that was asked for.
#[cfg(feature = "native")]
fn printed<'d>(
    judged: &Judged,
    (bytes, text): (&[u8], &str),
    found: impl Iterator<Item = &'d Diagnostic>,
    subject: &Subject<'_>,
) -> Vec<String> {
    let Some(name) = subject.printed_for else { return Vec::new() };
    let secrets: Vec<Span> = found.filter(|found| found.is_secret()).map(|found| found.span).collect();
    native::printed(judged, &native::File { name, text, bytes, secrets: Some(&secrets) }, subject)
}

/// Nothing: this build does not have the validator's words.
#[cfg(not(feature = "native"))]
fn printed<'d>(
    _: &Judged,
    _: (&[u8], &str),
    _: impl Iterator<Item = &'d Diagnostic>,
    _: &Subject<'_>,
) -> Vec<String> {
    Vec::new()
}

/// What is found in a text, without what comments suppress, and that.
fn standing(
    text: &str,
    lines: &LineIndex,
    judged: Option<&Judged>,
    found: Vec<Diagnostic>,
    runs: &dyn Fn(&Rule) -> bool,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let empty = Tree::default();
    let read = judged.and_then(|judged| judged.reading.as_ref()).filter(|reading| reading.filled.is_none());
    let commented = Commented {
        text,
        lines,
        tree: read.map_or(&empty, |reading| &reading.parsed.tree),
        is_whole: read.is_some_and(|reading| reading.parsed.is_whole()),
    };
    suppression::apply(&commented, found, &Chosen(runs))
}

/// The rules, of which some were run.
struct Chosen<'r>(&'r dyn Fn(&Rule) -> bool);

impl suppression::Rules for Chosen<'_> {
    fn names(&self) -> Vec<&'static str> {
        NAMES.to_vec()
    }

    fn ran(&self, name: &str) -> bool {
        RULES.iter().any(|rule| rule.name == name && (self.0)(rule))
    }
}

fn kind(judged: &Judged, kind: Kind) -> &'static str {
    match (kind, judged.header) {
        (Kind::NetworkConfig, _) => "network-config",
        (_, None) => "unknown",
        (_, Some(header)) => match header {
            Header::Archive => "cloud-config-archive",
            Header::JsonPatch => "cloud-config-jsonp",
            Header::Jinja => "jinja",
            Header::Boothook => "boothook",
            Header::CloudConfig => "cloud-config",
            Header::PartHandler => "part-handler",
            Header::IncludeOnce => "include-once",
            Header::Include => "include",
            Header::Script => "script",
        },
    }
}

/// The errors as the validator counts them: older releases have one for a value that fits none of several alternatives.
fn said_once(errors: &[verdict::Complaint]) -> Vec<&verdict::Complaint> {
    let mut choices = HashSet::new();
    let is_part = |error: &verdict::Complaint| matches!(&error.cause, Cause::Schema(problem) if problem.is_part_of_a_choice());
    errors.iter().filter(|error| !is_part(error) || choices.insert(&error.path)).collect()
}

fn neutral(judged: &Judged) -> Verdict {
    moved(judged, &|complaint| Position { line: complaint.line, column: complaint.column })
}

/// The verdict with places of another text.
fn moved(judged: &Judged, place: &dyn Fn(&verdict::Complaint) -> Position) -> Verdict {
    let verdict = &judged.verdict;
    let complaint = |complaint: &verdict::Complaint| {
        let Position { line, column } = place(complaint);
        Complaint {
            path: complaint.path.clone(),
            line,
            column,
            version: match &complaint.cause {
                Cause::Schema(problem) => match problem.kind {
                    ProblemKind::Deprecated(deprecated) => Some(deprecated.version.to_string()),
                    _ => None,
                },
                _ => None,
            },
        }
    };
    let errors = said_once(&verdict.errors);
    let outcome = match verdict.outcome {
        verdict::Outcome::Accepted => Outcome::Accepted,
        verdict::Outcome::Refused => Outcome::Refused,
        verdict::Outcome::NotEvaluated => Outcome::NotEvaluated,
        verdict::Outcome::Crashed => Outcome::Crashed,
    };
    Verdict {
        outcome,
        errors: errors.into_iter().map(complaint).collect(),
        deprecations: verdict.deprecations.iter().map(complaint).collect(),
        native: Vec::new(),
        succeeds: matches!(outcome, Outcome::Accepted | Outcome::NotEvaluated),
    }
}
