use dryboot_lint::Severity;
use dryboot_text::Span;
use serde_json::Value;

use super::first_line;
use crate::lint::{Context, Rule};
use crate::parts::{Kind, Part};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-json-patch",
    severity: Severity::Error,
    docs: docs!("invalid_json_patch.md"),
    check,
};

/// Operations with the members that they need beside `path`.
const OPERATIONS: [(&str, Option<&str>); 6] = [
    ("add", Some("value")),
    ("copy", Some("from")),
    ("move", Some("from")),
    ("remove", None),
    ("replace", Some("value")),
    ("test", Some("value")),
];

fn check(context: &mut Context<'_>) {
    for (index, part) in context.parts().iter().enumerate().filter(|(_, part)| part.kind == Kind::JsonPatch) {
        if let Some((span, message)) = fault(part) {
            context.report_in(index, span, format!("{message}: cloud-init ignores this patch")).help(
                "a patch is a list such as `[{\"op\": \"add\", \"path\": \"/packages/-\", \"value\": \
                    \"git\"}]`",
            );
        }
    }
}

fn fault(part: &Part<'_>) -> Option<(Span, String)> {
    const HEADER: &str = "#cloud-config-jsonp";
    let text = part.text.trim_start();
    let json = text.strip_prefix(HEADER).unwrap_or(text);
    let offset = part.text.len() - json.len();
    let whole = || {
        let line = first_line(json);
        Span::new(offset + line.start, offset + line.end)
    };
    let patch: Value = match serde_json::from_str(json) {
        Ok(patch) => patch,
        Err(error) => {
            let line =
                json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
            let at = offset + line + error.column().saturating_sub(1);
            // What serde says ends with the place, which is shown anyway.
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default().to_owned();
            return Some((Span::empty(floor(&part.text, at)), format!("this is not JSON ({words})")));
        }
    };
    let Some(operations) = patch.as_array() else {
        return Some((whole(), "a JSON patch must be a list".to_owned()));
    };
    let faults =
        operations.iter().enumerate().find_map(|(at, operation)| Some((at, operation_fault(operation)?)));
    faults.map(|(at, what)| (whole(), format!("operation {} {what}", at + 1)))
}

/// What is wrong with an operation.
fn operation_fault(operation: &Value) -> Option<String> {
    let name = match operation.get("op").and_then(Value::as_str) {
        Some(name) => name,
        None => return Some("has no `op`".to_owned()),
    };
    let Some((_, needed)) = OPERATIONS.iter().find(|(known, _)| *known == name) else {
        return Some("has an `op` that does not exist in JSON Patch".to_owned());
    };
    let path = operation.get("path").and_then(Value::as_str);
    if path.is_none_or(|path| !path.is_empty() && !path.starts_with('/')) {
        return Some("has no `path` that begins with `/`".to_owned());
    }
    needed.filter(|needed| operation.get(needed).is_none()).map(|needed| format!("has no `{needed}`"))
}

/// The start of the character at an offset.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
