use std::collections::HashMap;

use dryboot_lint::{Severity, nearest};
use dryboot_schema::{Node, ProblemKind, Shape, Value};
use dryboot_yaml::NodeId;

use super::works_anyway;
use crate::lint::{Context, Rule, alternatives, is_secret, kind_of, what_it_is};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-value", severity: Severity::Error, docs: docs!("invalid_value.md"), check };

fn check(context: &mut Context<'_>) {
    let mut said = Vec::new();
    let wanted = forms_wanted(context);
    for (complaint, problem) in context.problems(is_about_value) {
        let path = problem.dotted();
        let forms = wanted.get(&problem.value).map_or(&[][..], Vec::as_slice);
        let Some((message, help)) = words(context, &path, problem.kind.clone(), problem.value, forms) else {
            continue;
        };
        if !said.contains(&message) {
            said.push(message.clone());
            let works = works_anyway(&path, &context.value(problem.value)).map(str::to_owned);
            let finding = context.report_at(complaint.place, message).path(path);
            if let Some(help) = works.or(help) {
                finding.help(help);
            }
        }
    }
}

/// What each value may be instead, over all alternatives that say so.
fn forms_wanted(context: &Context<'_>) -> HashMap<NodeId, Vec<&'static Node>> {
    let mut wanted: HashMap<NodeId, Vec<&'static Node>> = HashMap::new();
    for (_, problem) in context.problems(is_about_value) {
        if let ProblemKind::Value(node) | ProblemKind::Pattern(node) | ProblemKind::Range(node) = problem.kind
        {
            wanted.entry(problem.value).or_default().push(node);
        }
    }
    wanted
}

fn is_about_value(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::Value(_)
            | ProblemKind::Pattern(_)
            | ProblemKind::Range(_)
            | ProblemKind::TooFew(_)
            | ProblemKind::TooMany(_)
            | ProblemKind::NotUnique
            | ProblemKind::Ambiguous(_)
    )
}

fn words(
    context: &Context<'_>,
    path: &str,
    kind: ProblemKind,
    value: NodeId,
    forms: &[&'static Node],
) -> Option<(String, Option<String>)> {
    let value = context.value(value);
    Some(match kind {
        ProblemKind::Value(node) | ProblemKind::Pattern(node) | ProblemKind::Range(node) => {
            let wanted = alternatives(forms.iter().copied(), context.release());
            (format!("`{path}` must be {wanted}, not {}", shown(value, is_secret(path))), near(node, value))
        }
        ProblemKind::TooFew(1) => {
            (format!("`{path}` must not be empty"), Some("add an entry, or remove the key".to_owned()))
        }
        ProblemKind::TooFew(least) => (format!("`{path}` must have at least {least} entries"), None),
        ProblemKind::TooMany(most) => (format!("`{path}` must have at most {most} entries"), None),
        ProblemKind::NotUnique => (format!("`{path}` contains a duplicate"), None),
        ProblemKind::Ambiguous(_) => (format!("`{path}` matches more than one of the allowed forms"), None),
        _ => return None,
    })
}

fn shown(value: Value<'_>, is_secret: bool) -> String {
    match value {
        other if is_secret => kind_of(other),
        Value::Str(text) if text.len() <= 40 && !text.contains('\n') => format!("`{text}`"),
        other => what_it_is(other),
    }
}

fn near(node: &Node, value: Value<'_>) -> Option<String> {
    match (&node.shape, value) {
        (Shape::Words(words), Value::Str(text)) => {
            nearest(text, words.iter().copied()).map(|near| format!("did you mean `{near}`?"))
        }
        _ => None,
    }
}
