use std::collections::{BTreeMap, HashSet};

use dryboot_lint::{Safety, Severity};
use dryboot_schema::known::forms;
use dryboot_schema::{Node, ProblemKind, Shape, Value};
use dryboot_yaml::scalar::yaml11_bool;
use dryboot_yaml::{Content, NodeId, Span, Style};

use super::works_anyway;
use crate::lint::{Context, Rule, alternatives, is_secret, kind_of, what_it_is};
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
                | ProblemKind::Ambiguous(_)
        )
    };
    let of_values = |kind: &ProblemKind| matches!(kind, ProblemKind::Pattern(_) | ProblemKind::Range(_));
    let keys = context.problems(of_keys).map(|(_, problem)| problem.value);
    let values = context.problems(of_values).map(|(_, problem)| problem.value);
    keys.chain(values).collect()
}

fn check(context: &mut Context<'_>) {
    let better_said = better_said(context);
    let mut mismatches: BTreeMap<(usize, String), Mismatch> = BTreeMap::new();
    for (complaint, problem) in context.problems(|kind| matches!(kind, ProblemKind::Type(_))) {
        let ProblemKind::Type(node) = problem.kind else { continue };
        let (place, value) = (complaint.place, problem.value);
        // What is empty has a rule of its own.
        let is_empty = matches!(context.value(value), Value::Null);
        if is_empty || better_said.contains(&value) {
            continue;
        }
        let mismatch = mismatches.entry((place.start, problem.dotted()));
        mismatch.or_insert(Mismatch { place, value, wanted: Vec::new() }).wanted.push(node);
    }
    for ((_, path), Mismatch { place, value, wanted }) in mismatches {
        let accepted = alternatives(wanted.iter().copied(), context.release());
        let hides = is_secret(&path);
        let remedy = remedy(context, value, &wanted);
        let message = format!("`{path}` must be {accepted}, {}", but(context, value, hides));
        let works = works_anyway(&path, &context.value(value));
        let finding = context.report_at(place, message).path(path);
        if let Some(Remedy { help, span, text }) = remedy {
            let help = if hides { without_value(&text).to_owned() } else { help };
            let names_all = hides || text.contains('\n') || text.is_empty();
            let title = if names_all { help.clone() } else { format!("write {text}") };
            let shown = works.map_or_else(|| help.clone(), |works| format!("{help}; {works}"));
            finding.help(shown).fix(Safety::Unsafe, title, span, text);
        } else if let Some(works) = works {
            finding.help(works);
        }
    }
}

/// What a value is, as "not …" or "but …". A word that does not look like what YAML 1.1 makes of it is shown, too.
fn but(context: &Context<'_>, value: NodeId, hides: bool) -> String {
    let value_there = context.value(value);
    if hides {
        return format!("not {}", kind_of(value_there));
    }
    if matches!(value_there, Value::Other) && written(context, value).is_some() {
        return "but without quotes this is a date or a time".to_owned();
    }
    let what = what_it_is(value_there);
    match written(context, value) {
        Some((text, _))
            if !what.contains(&format!("`{text}`")) && is_word(text) && what.starts_with("the ") =>
        {
            format!("but `{text}` is {what}")
        }
        _ => format!("not {what}"),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && !text.contains('\n')
}

/// The text of a scalar as it is written without quotes, with its place.
fn written<'c>(context: &Context<'c>, value: NodeId) -> Option<(&'c str, Span)> {
    let node = context.tree()?.node(value);
    match &node.content {
        Content::Scalar { text, style: Style::Plain } if node.span.slice(context.read) == &**text => {
            Some((&**text, node.span))
        }
        _ => None,
    }
}

/// A way to give a value the type that is wanted.
struct Remedy {
    help: String,
    span: Span,
    text: String,
}

fn remedy(context: &Context<'_>, value: NodeId, wanted: &[&'static Node]) -> Option<Remedy> {
    let forms: Vec<&Node> = wanted.iter().flat_map(|node| forms(node)).map(|form| form.node).collect();
    let takes = |is: fn(&Shape) -> bool| forms.iter().any(|node| is(&node.shape));
    let takes_text = takes(|shape| matches!(shape, Shape::Str | Shape::Matching(_)));
    let takes_other = takes(|shape| matches!(shape, Shape::Bool | Shape::Int(_) | Shape::Number(_)));
    let list =
        forms.iter().find_map(|node| if let Shape::List(list) = node.shape { Some(list) } else { None });
    match context.value(value) {
        Value::Str(text) => list.and_then(|list| as_list(context, value, text, &list.items)).or_else(|| {
            takes(|shape| matches!(shape, Shape::Bool)).then(|| as_boolean(context, value, text))?
        }),
        Value::Int(int @ 0..=1) if takes(|shape| matches!(shape, Shape::Bool)) => {
            let (_, span) = written(context, value)?;
            let truth = int == 1;
            Some(Remedy { help: format!("write `{truth}`"), span, text: truth.to_string() })
        }
        Value::List(_) | Value::Map(_) | Value::Null => None,
        _ if takes_text && !takes_other => {
            let (text, span) = written(context, value)?;
            let is_plain = !text.is_empty() && !text.contains(['\'', '\n']);
            is_plain.then(|| Remedy {
                help: "put the value in quotes".to_owned(),
                span,
                text: format!("'{text}'"),
            })
        }
        _ => None,
    }
}

/// What to do, without the value.
fn without_value(replacement: &str) -> &'static str {
    match replacement.chars().next() {
        Some('[') => "write a list",
        Some('\'') => "put the value in quotes",
        _ => "write the value with the right type",
    }
}

/// A string where a list is wanted: items that `|` makes a text of, or a single item.
fn as_list(context: &Context<'_>, value: NodeId, text: &str, items: &'static Node) -> Option<Remedy> {
    let node = context.tree()?.node(value);
    let Content::Scalar { style, .. } = &node.content else { return None };
    if *style == Style::Literal
        && text.lines().filter(|line| !line.trim().is_empty()).all(|line| line.starts_with(['-', ' ']))
    {
        // With a header such as `|2-`, more than this is to change.
        let header = context.read.get(node.start..)?.lines().next()?;
        let follows_space = context.read[..node.start].ends_with(' ');
        return (header.trim_end() == "|").then(|| Remedy {
            help: "remove the `|`: it turns the list into a string".to_owned(),
            span: Span::new(node.start - usize::from(follows_space), node.start + 1),
            text: String::new(),
        });
    }
    let takes_text =
        forms(items).iter().any(|form| matches!(form.node.shape, Shape::Str | Shape::Matching(_)));
    let (written, span) = written(context, value)?;
    let is_one_item = !written.contains([',', '[', ']', '{', '}', '\n', '#']) && !written.contains(": ");
    (takes_text && is_one_item && !NOTHING.contains(&written)).then(|| Remedy {
        help: format!("write a list: `[{written}]`"),
        span,
        text: format!("[{written}]"),
    })
}

/// Words of other languages for no value.
const NOTHING: [&str; 4] = ["None", "none", "nil", "undefined"];

/// A boolean in quotes.
fn as_boolean(context: &Context<'_>, value: NodeId, text: &str) -> Option<Remedy> {
    let truth = match text.to_ascii_lowercase().as_str() {
        "true" => true,
        "false" => false,
        _ => yaml11_bool(text)?,
    };
    let span = context.tree()?.node(value).span;
    Some(Remedy { help: format!("write `{truth}` without quotes"), span, text: truth.to_string() })
}
