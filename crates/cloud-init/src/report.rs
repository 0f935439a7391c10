//! What there is to say about a text, in the form that every program has.

use std::collections::HashSet;

use dryboot_lint::report::sort;
use dryboot_lint::suppression::{self, Commented};
use dryboot_lint::{Complaint, Compression, NotChecked, Outcome, Report, TargetName, Verdict};
use dryboot_schema::ProblemKind;
use dryboot_yaml::{LineIndex, Tree};

use crate::header::Header;
use crate::lint::{Linted, RULES, Rule, lint};
use crate::target::Target;
use crate::verdict::{self, Cause, Judged, Kind, Subject};

/// Checks `bytes` for a target, with the rules that `runs` names.
#[must_use]
pub fn report(bytes: &[u8], target: &Target, subject: &Subject<'_>, runs: &dyn Fn(&Rule) -> bool) -> Report {
    let not_checked = unread(bytes);
    let Linted { judged, diagnostics } = lint(bytes, subject, &|rule| not_checked.is_none() && runs(rule));
    // What is too long was not looked at.
    let read = if bytes.len() > subject.limits.bytes { &[][..] } else { bytes };
    let text = same_length(read);
    let lines = LineIndex::new(&text);
    let empty = Tree::default();
    let read = judged.reading.as_ref().filter(|reading| reading.filled.is_none());
    let commented = Commented {
        text: &text,
        lines: &lines,
        tree: read.map_or(&empty, |reading| &reading.parsed.tree),
        is_whole: read.is_some_and(|reading| reading.parsed.is_whole()),
    };
    let (mut diagnostics, suppressed) = suppression::apply(&commented, diagnostics, &Chosen(runs));
    sort(&mut diagnostics);
    Report {
        kind: kind(&judged, subject.kind),
        compression: Compression::None,
        not_checked: not_checked.or_else(|| reason(&judged)),
        target: TargetName {
            name: target.name(),
            title: target.title(),
            version: target.release.to_string(),
        },
        target_reason: None,
        verdict: neutral(&judged),
        text,
        lines,
        diagnostics,
        suppressed,
    }
}

/// The bytes as text of the same length: each byte that is not valid UTF-8 is a `?`.
fn same_length(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// The rules, of which some were run.
struct Chosen<'r>(&'r dyn Fn(&Rule) -> bool);

impl suppression::Rules for Chosen<'_> {
    fn names(&self) -> Vec<&'static str> {
        RULES.iter().map(|rule| rule.name).collect()
    }

    fn ran(&self, name: &str) -> bool {
        RULES.iter().any(|rule| rule.name == name && (self.0)(rule))
    }
}

/// What cloud-init takes apart before it reads a text, and its validator does not: what the validator says to it is
/// true of the validator alone.
fn unread(bytes: &[u8]) -> Option<NotChecked> {
    const MIME_WITHIN: usize = 4096;
    let head = &bytes[..bytes.len().min(MIME_WITHIN)];
    let is_mime = head.windows(13).any(|window| window.eq_ignore_ascii_case(b"mime-version:"));
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return Some(NotChecked::new("gzip", "is compressed, and dryboot does not unpack it for cloud-init"));
    }
    is_mime
        .then(|| NotChecked::new("mime-multipart", "is a MIME message, and dryboot does not check its parts"))
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

/// Why a text was not judged.
fn reason(judged: &Judged) -> Option<NotChecked> {
    let caused = |wanted: fn(&Cause) -> bool| judged.verdict.errors.iter().any(|error| wanted(&error.cause));
    if caused(|cause| matches!(cause, Cause::Limit(_))) {
        return Some(NotChecked::new(
            "too-large",
            "is larger than dryboot reads, so not all of it was checked",
        ));
    }
    if caused(|cause| matches!(cause, Cause::Header | Cause::Encoding)) {
        return Some(NotChecked::new(
            "no-header",
            "does not begin as user-data does, so cloud-init ignores it",
        ));
    }
    if judged.verdict.outcome != verdict::Outcome::NotEvaluated {
        return None;
    }
    let (name, predicate) = match judged.header {
        None => ("empty", "is empty, so there is nothing to check"),
        Some(Header::Script) => ("script", "is a script, and its commands are not checked"),
        Some(Header::Boothook) => ("boothook", "is a boothook, and its commands are not checked"),
        Some(Header::Include | Header::IncludeOnce) => {
            ("include", "names other user-data by its address, and that is not read")
        }
        Some(Header::Archive) => {
            ("cloud-config-archive", "is an archive, and dryboot does not check its parts")
        }
        Some(Header::JsonPatch) => ("cloud-config-jsonp", "is a JSON patch, and dryboot does not apply it"),
        Some(Header::PartHandler) => ("part-handler", "is Python code for cloud-init, and is not checked"),
        Some(Header::Jinja) => {
            ("jinja", "is a Jinja template; `--instance-data FILE` has it filled and checked")
        }
        Some(Header::CloudConfig) => ("network-config", "is left to netplan by this release"),
    };
    Some(NotChecked::new(name, predicate))
}

/// The errors as the validator counts them: older releases have one for a value that fits none of several alternatives.
fn said_once(errors: &[verdict::Complaint]) -> Vec<&verdict::Complaint> {
    let mut choices = HashSet::new();
    let is_part = |error: &verdict::Complaint| matches!(&error.cause, Cause::Schema(problem) if problem.is_part_of_a_choice());
    errors.iter().filter(|error| !is_part(error) || choices.insert(&error.path)).collect()
}

fn neutral(judged: &Judged) -> Verdict {
    let verdict = &judged.verdict;
    let complaint = |complaint: &verdict::Complaint| Complaint {
        path: complaint.path.clone(),
        line: complaint.line,
        column: complaint.column,
        version: match &complaint.cause {
            Cause::Schema(problem) => match problem.kind {
                ProblemKind::Deprecated(deprecated) => Some(deprecated.version.to_string()),
                _ => None,
            },
            _ => None,
        },
    };
    let errors = said_once(&verdict.errors);
    let deprecations: Vec<&verdict::Complaint> = verdict.deprecations.iter().collect();
    let paths = |complaints: &[&verdict::Complaint]| -> String {
        let paths: Vec<&str> = complaints.iter().map(|complaint| complaint.path.as_str()).collect();
        paths.join(", ")
    };
    let (outcome, first) = match verdict.outcome {
        verdict::Outcome::Accepted => (Outcome::Accepted, "Valid schema".to_owned()),
        verdict::Outcome::Refused => (Outcome::Refused, "Invalid user-data".to_owned()),
        verdict::Outcome::NotEvaluated => (Outcome::NotEvaluated, "Not evaluated".to_owned()),
        verdict::Outcome::Crashed => (Outcome::Crashed, "Traceback".to_owned()),
    };
    let mut native = vec![first];
    if !errors.is_empty() {
        native.push(format!("Error: Cloud config schema errors: {}", paths(&errors)));
    }
    if !deprecations.is_empty() {
        native.push(format!("Cloud config schema deprecations: {}", paths(&deprecations)));
    }
    Verdict {
        outcome,
        errors: errors.into_iter().map(complaint).collect(),
        deprecations: deprecations.into_iter().map(complaint).collect(),
        native,
        succeeds: matches!(outcome, Outcome::Accepted | Outcome::NotEvaluated),
    }
}
