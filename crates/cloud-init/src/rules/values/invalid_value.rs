use dryboot_lint::{Severity, nearest};
use dryboot_schema::{Node, Problem, ProblemKind, Shape, Value};

use crate::lint::{Context, Rule, alternatives, what_it_is};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-value", severity: Severity::Error, docs: docs!("invalid_value.md"), check };

fn check(context: &mut Context<'_>) {
    let mut said = Vec::new();
    for (complaint, problem) in context.problems(is_about_value) {
        let path = problem.dotted();
        let forms = forms_wanted(context, problem);
        let Some((message, help)) = words(context, &path, problem.kind.clone(), problem.value, &forms) else {
            continue;
        };
        if !said.contains(&message) {
            said.push(message.clone());
            let finding = context.report_at(complaint.place, message).path(path);
            if let Some(help) = help {
                finding.help(help);
            }
        }
    }
}

/// What a value may be instead, over all alternatives that say so.
fn forms_wanted(context: &Context<'_>, problem: &Problem) -> Vec<&'static Node> {
    let same = context.problems(is_about_value).map(|(_, other)| other);
    same.filter(|other| other.value == problem.value && other.path == problem.path)
        .filter_map(|other| match other.kind {
            ProblemKind::Value(node) | ProblemKind::Pattern(node) | ProblemKind::Range(node) => Some(node),
            _ => None,
        })
        .collect()
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
            | ProblemKind::Ambiguous
    )
}

fn words(
    context: &Context<'_>,
    path: &str,
    kind: ProblemKind,
    value: dryboot_yaml::NodeId,
    forms: &[&'static Node],
) -> Option<(String, Option<String>)> {
    let value = context.value(value);
    Some(match kind {
        ProblemKind::Value(node) | ProblemKind::Pattern(node) | ProblemKind::Range(node) => {
            let wanted = alternatives(forms.iter().copied(), context.release());
            (format!("`{path}` must be {wanted}, and not {}", shown(value)), near(node, value))
        }
        ProblemKind::TooFew(1) => (
            format!("`{path}` is empty, and must not be"),
            Some("add an entry, or remove the key".to_owned()),
        ),
        ProblemKind::TooFew(least) => (format!("`{path}` must have at least {least} entries"), None),
        ProblemKind::TooMany(most) => (format!("`{path}` must have at most {most} entries"), None),
        ProblemKind::NotUnique => (format!("`{path}` lists something twice"), None),
        ProblemKind::Ambiguous => {
            (format!("`{path}` fits more than one of the forms that are allowed"), None)
        }
        _ => return None,
    })
}

fn shown(value: Value<'_>) -> String {
    match value {
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
