use std::collections::{BTreeMap, HashSet};

use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Node, ProblemKind, Shape, Value};
use dryboot_yaml::{Content, NodeId, Span};

use super::colon_in_command;
use crate::lint::{Context, Rule, alternatives, what_it_is};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "type-mismatch", severity: Severity::Error, docs: docs!("type_mismatch.md"), check };

/// A value of the wrong type, with all that it could be.
struct Mismatch {
    place: Span,
    value: NodeId,
    wanted: Vec<&'static Node>,
}

/// Values that other rules have something better to say about: what is wrong inside of a mapping, or with a string.
fn better_said(context: &Context<'_>) -> HashSet<NodeId> {
    let of_keys = |kind: &ProblemKind| {
        matches!(
            kind,
            ProblemKind::UnknownKey(_)
                | ProblemKind::Missing(_)
                | ProblemKind::Exclusive(..)
                | ProblemKind::Ambiguous
        )
    };
    let of_values = |kind: &ProblemKind| matches!(kind, ProblemKind::Pattern(_) | ProblemKind::Range(_));
    let keys = context.problems(of_keys).map(|(_, problem)| problem.value);
    keys.chain(context.problems(of_values).map(|(_, problem)| problem.value)).collect()
}

fn check(context: &mut Context<'_>) {
    let better_said = better_said(context);
    let mut mismatches: BTreeMap<(usize, String), Mismatch> = BTreeMap::new();
    for (complaint, problem) in context.problems(|kind| matches!(kind, ProblemKind::Type(_))) {
        let ProblemKind::Type(node) = problem.kind else { continue };
        let (place, value) = (complaint.place, problem.value);
        if better_said.contains(&value) || colon_in_command::explains(context, value) {
            continue;
        }
        let mismatch = mismatches.entry((place.start, problem.dotted()));
        mismatch.or_insert(Mismatch { place, value, wanted: Vec::new() }).wanted.push(node);
    }
    for ((_, path), Mismatch { place, value, wanted }) in mismatches {
        let accepted = alternatives(wanted.iter().copied(), context.release());
        let quotes = quotes(context, value, &wanted);
        let message = format!("`{path}` must be {accepted}, and not {}", not(context.value(value)));
        let finding = context.report_at(place, message).path(path);
        if let Some((span, quoted)) = quotes {
            let title = format!("write {quoted}");
            finding.help("put the value in quotes").fix(Safety::Unsafe, title, span, quoted);
        }
    }
}

/// What a value is, behind "and not".
fn not(value: Value<'_>) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        other => what_it_is(other),
    }
}

/// A scalar that is taken for something other than the string that it should be, is one in quotes.
fn quotes(context: &Context<'_>, value: NodeId, wanted: &[&Node]) -> Option<(Span, String)> {
    let takes_text = wanted.iter().any(|node| matches!(node.shape, Shape::Str | Shape::Matching(_)));
    let node = context.tree()?.node(value);
    let Content::Scalar { text, .. } = &node.content else { return None };
    let is_plain =
        !text.is_empty() && node.span.slice(context.read) == &**text && !text.contains(['\'', '\n']);
    (takes_text && is_plain).then(|| (node.span, format!("'{text}'")))
}
