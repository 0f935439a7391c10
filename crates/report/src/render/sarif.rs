//! SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which GitHub's code scanning and editors read.

use std::io;

use dryboot_lint::{Diagnostic, Report, Severity};
use dryboot_text::Span;
use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{Results, RuleInfo, uri};
use crate::output::Output;
use crate::{Named, book};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let rules = found_rules(results);
    let notes: Vec<Value> = results.reports.iter().filter_map(note).collect();
    let found: Vec<Value> = results.reports.iter().flat_map(|named| findings(named, &rules)).collect();
    out.json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "dryboot",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(descriptor).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": notes}],
            "results": found,
        }],
    }))
}

/// The rules that have found something, by name.
fn found_rules(results: &Results<'_>) -> Vec<RuleInfo> {
    let is_found = |rule: &RuleInfo| {
        let mut all = results.reports.iter().flat_map(|named| &named.report.diagnostics);
        all.any(|found| found.rule == rule.name)
    };
    let mut rules = (results.rules)();
    rules.retain(is_found);
    rules.sort_by_key(|rule| rule.name);
    rules
}

fn descriptor(rule: &RuleInfo) -> Value {
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.docs, "markdown": rule.docs},
        "defaultConfiguration": {"level": level(rule.severity)},
    });
    if let Some(page) = book::page_of(rule.name) {
        descriptor["helpUri"] = page.into();
    }
    descriptor
}

/// A file that was not checked.
fn note(named: &Named<'_>) -> Option<Value> {
    let reason = named.report.not_checked?;
    Some(json!({
        "level": "note",
        "message": {"text": format!("not checked: {}", reason.sentence(named.name))},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri::uri(named.name)}}}],
    }))
}

fn findings(named: &Named<'_>, rules: &[RuleInfo]) -> Vec<Value> {
    let (report, file) = (named.report, uri::uri(named.name));
    let mut fingerprints = Fingerprints::default();
    let finding =
        |found: &Diagnostic| {
            let message = match &found.help {
                Some(help) => format!("{}; {help}", found.message),
                None => found.message.clone(),
            };
            let related: Vec<Value> = found
                .labels
                .iter()
                .enumerate()
                .map(|(id, label)| {
                    let mut location = location(report, &file, label.span);
                    location["id"] = json!(id);
                    location["message"] = json!({"text": label.message});
                    location
                })
                .collect();
            let mut result = json!({
                "ruleId": found.rule,
                "level": level(found.severity),
                "message": {"text": message},
                "locations": [location(report, &file, found.span)],
                "partialFingerprints": {"dryboot/v1": fingerprints.of(&uri::path(named.name), report, found)},
            });
            if let Some(index) = rules.iter().position(|rule| rule.name == found.rule) {
                result["ruleIndex"] = json!(index);
            }
            if !related.is_empty() {
                result["relatedLocations"] = json!(related);
            }
            let fixes: Vec<Value> = found.fixes.iter().map(|fix| {
            let replacements: Vec<Value> = fix.edits.iter().map(|edit| json!({
                "deletedRegion": region(report, edit.span),
                "insertedContent": {"text": edit.text},
            })).collect();
            json!({
                "description": {"text": fix.title},
                "artifactChanges": [{"artifactLocation": {"uri": file}, "replacements": replacements}],
            })
        }).collect();
            if !fixes.is_empty() {
                result["fixes"] = json!(fixes);
            }
            result
        };
    report.diagnostics.iter().map(finding).collect()
}

fn location(report: &Report, file: &str, span: Span) -> Value {
    json!({"physicalLocation": {"artifactLocation": {"uri": file}, "region": region(report, span)}})
}

fn region(report: &Report, span: Span) -> Value {
    let start = report.lines.position(span.start, &report.text);
    let end = report.lines.position(span.end, &report.text);
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
