//! Which complaints count when a value fits none of several alternatives.
//!
//! Source: cloud-init 26.2, `config/schema.py`, and jsonschema 4.26, `exceptions.py`, described in our own words.

use std::cmp::Ordering;

use dryboot_yaml::NodeId;

use crate::{Literal, Node, Object, Problem, Shape, Step, View};

/// The complaints that stand when none of the alternatives of a "one of" fits.
///
/// The deepest ones do, for they come from the alternative that fits best. In a mapping with a `type`, it decides: the first
/// complaint of a mapping that lists this type, or else the complaints about the type itself.
pub(crate) fn deepest(problems: Vec<Problem>, value: NodeId, view: &View<'_>) -> Vec<Problem> {
    let Some(named) = named_type(value, view) else {
        let depth = problems.iter().map(|problem| problem.path.len()).max().unwrap_or(0);
        return problems.into_iter().filter(|problem| problem.path.len() == depth).collect();
    };
    if let Some(found) = problems.iter().position(|problem| {
        problem.object.is_some_and(|object| named.is_some_and(|named| lists_type(object, named)))
    }) {
        return problems.into_iter().skip(found).take(1).collect();
    }
    let about_type =
        |problem: &Problem| matches!(problem.path.last(), Some(Step::Key(key)) if key.ends_with("type"));
    problems.into_iter().filter(about_type).collect()
}

/// The complaint that stands for all when no alternative of an "any of" fits: the one that is the least deep.
pub(crate) fn shallowest(problems: &[Problem]) -> Option<Problem> {
    let mut best: Option<&Problem> = None;
    for problem in problems {
        let better = best.is_none_or(|best| {
            let depth = problem.path.len().cmp(&best.path.len()).reverse();
            depth.then_with(|| by_path(problem, best)) == Ordering::Greater
        });
        if better {
            best = Some(problem);
        }
    }
    best.cloned()
}

fn by_path(one: &Problem, two: &Problem) -> Ordering {
    for pair in one.path.iter().zip(&two.path) {
        let order = match pair {
            (Step::Key(one), Step::Key(two)) => one.cmp(two),
            (Step::Index(one), Step::Index(two)) => one.cmp(two),
            _ => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}

/// The `type` of a mapping that has one: its text, if it is a string.
pub(crate) fn named_type<'t>(mapping: NodeId, view: &View<'t>) -> Option<Option<&'t str>> {
    view.entry(mapping, "type").map(|entry| view.key_str(entry.value))
}

/// Whether a mapping of the tables is the one for this type.
pub(crate) fn lists_type(object: &Object, named: &str) -> bool {
    let listed = |node: &Node| match node.shape {
        Shape::Words(words) => words.contains(&named),
        Shape::Dated(words) => words.iter().any(|word| word.text == named),
        Shape::Enum(literals) => {
            literals.iter().any(|literal| matches!(literal, Literal::Str(text) if *text == named))
        }
        _ => false,
    };
    object.keys.iter().any(|key| key.name == "type" && listed(&key.node))
}
