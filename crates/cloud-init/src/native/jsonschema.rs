//! Problems in the words of the library that finds them, python-jsonschema.
//!
//! Source: `_keywords.py` and `_validators.py` of its versions 3.2, 4.10 and 4.26, described in our own words.

use dryboot_schema::{Check, Literal, Node, Problem, ProblemKind, Release, Shape};
use dryboot_yaml::python::{Loaded, Value, repr};
use dryboot_yaml::scalar::Scalar;

/// How the version of the library that a release runs with puts things.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// What it says of a list or a mapping that lacks its only necessary entry.
    empty_list: &'static str,
    empty_mapping: &'static str,
}

impl Words {
    pub(super) fn of(release: Release) -> Self {
        // Debian 13 has the last release with a library that is older than 4.21.
        match release < Release::new(25, 2) {
            true => Self { empty_list: "is too short", empty_mapping: "does not have enough properties" },
            false => Self { empty_list: "should be non-empty", empty_mapping: "should be non-empty" },
        }
    }

    /// What is said of a value, which is shown.
    pub(super) fn about(
        self,
        problem: &Problem,
        value: &str,
        loaded: &Loaded,
        release: Release,
    ) -> Vec<String> {
        let is_mapping = matches!(loaded.value(problem.value), Some(Value::Dict(_)));
        let is_text = matches!(
            loaded.value(problem.value),
            Some(Value::Scalar { scalar: Scalar::Text | Scalar::Binary(_), .. })
        );
        let message = match problem.kind {
            ProblemKind::Type(node) => not_of_type(value, node, release),
            ProblemKind::Value(node) => {
                let mut messages =
                    vec![format!("{value} is not one of [{}]", allowed(node, release).join(", "))];
                if !is_text && matches!(node.shape, Shape::Words(_) | Shape::Dated(_)) {
                    messages.push(not_of_type(value, node, release));
                }
                return messages;
            }
            ProblemKind::Pattern(node) => match node.shape {
                Shape::Matching(pattern) => match pattern.check {
                    Check::Format | Check::HostName => format!("{value} is not a {}", repr(pattern.text)),
                    Check::Expression | Check::GoExpression => {
                        format!("{value} does not match {}", repr(pattern.text))
                    }
                },
                _ => return Vec::new(),
            },
            ProblemKind::Range(node) => {
                let (Shape::Int(bounds) | Shape::Number(bounds)) = node.shape else { return Vec::new() };
                let is_small = match loaded.value(problem.value) {
                    Some(Value::Scalar { scalar: Scalar::Int(int), .. }) => {
                        bounds.min().is_some_and(|min| *int < i64::from(min))
                    }
                    Some(Value::Scalar { scalar: Scalar::Float(float), .. }) => {
                        bounds.min().is_some_and(|min| *float < f64::from(min))
                    }
                    _ => value.starts_with('-'),
                };
                match (is_small, bounds.min(), bounds.max()) {
                    (true, Some(min), _) => format!("{value} is less than the minimum of {min}"),
                    (_, _, Some(max)) => format!("{value} is greater than the maximum of {max}"),
                    _ => return Vec::new(),
                }
            }
            ProblemKind::TooFew(1) => {
                format!("{value} {}", if is_mapping { self.empty_mapping } else { self.empty_list })
            }
            ProblemKind::TooFew(_) if is_mapping => format!("{value} does not have enough properties"),
            ProblemKind::TooFew(_) => format!("{value} is too short"),
            ProblemKind::TooMany(_) => format!("{value} is too long"),
            ProblemKind::NotUnique => format!("{value} has non-unique elements"),
            ProblemKind::Missing(key) => format!("{} is a required property", repr(key)),
            ProblemKind::Exclusive(one, two) => {
                format!("{value} should not be valid under {{'required': [{}, {}]}}", repr(one), repr(two))
            }
            ProblemKind::UnknownKey(_) | ProblemKind::Deprecated(_) => return Vec::new(),
            ProblemKind::Ambiguous(nodes) => format!("{value} is valid under each of {}", both(nodes)),
            ProblemKind::NoAlternative(_) => self.no_alternative(value),
        };
        vec![message]
    }

    pub(super) fn no_alternative(self, value: &str) -> String {
        format!("{value} is not valid under any of the given schemas")
    }

    /// What is said of keys that a mapping does not list, in order; `patterns` are those for keys that it does.
    pub(super) fn unknown_keys(self, keys: &[String], patterns: &[String]) -> String {
        let joined = keys.join(", ");
        match (keys.len(), patterns) {
            (1, []) => format!("Additional properties are not allowed ({joined} was unexpected)"),
            (_, []) => format!("Additional properties are not allowed ({joined} were unexpected)"),
            (1, _) => format!("{joined} does not match any of the regexes: {}", patterns.join(", ")),
            (..) => format!("{joined} do not match any of the regexes: {}", patterns.join(", ")),
        }
    }
}

fn not_of_type(value: &str, node: &Node, release: Release) -> String {
    let types: Vec<String> = type_names(node, release).into_iter().map(repr).collect();
    format!("{value} is not of type {}", types.join(", "))
}

/// Two alternatives that both fit, the first one last, as Python shows a schema that only requires keys. Others become
/// `…`: the tables do not have the schema's own text.
fn both(nodes: &[Node]) -> String {
    let wants = |node: &Node| match node.shape {
        Shape::Map(object) if object.partial && object.keys.is_empty() => {
            let keys: Vec<String> = object.required.iter().map(|key| repr(key)).collect();
            Some(format!("{{'required': [{}]}}", keys.join(", ")))
        }
        _ => None,
    };
    match nodes {
        [first, second] => match (wants(first), wants(second)) {
            (Some(first), Some(second)) => format!("{second}, {first}"),
            _ => "…".to_owned(),
        },
        _ => "…".to_owned(),
    }
}

/// What JSON Schema calls the types that a node wants.
fn type_names(node: &Node, release: Release) -> Vec<&'static str> {
    match node.shape {
        Shape::Null => vec!["null"],
        Shape::Bool => vec!["boolean"],
        Shape::Int(_) => vec!["integer"],
        Shape::Number(_) => vec!["number"],
        Shape::Str | Shape::Matching(_) | Shape::Words(_) | Shape::Dated(_) => vec!["string"],
        Shape::List(_) => vec!["array"],
        Shape::Map(_) => vec!["object"],
        Shape::Types(nodes) => nodes
            .iter()
            .filter(|node| node.life.includes(release))
            .flat_map(|node| type_names(node, release))
            .collect(),
        Shape::Ref(other) => type_names(other, release),
        Shape::Since(forms) => forms
            .iter()
            .find(|(since, _)| *since <= release)
            .map_or_else(Vec::new, |(_, form)| type_names(form, release)),
        Shape::AllOf(nodes) => nodes
            .iter()
            .map(|node| type_names(node, release))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        Shape::Any | Shape::Enum(_) | Shape::OneOf(_) | Shape::AnyOf(_) => Vec::new(),
    }
}

/// The values that a node allows, as Python shows them.
fn allowed(node: &Node, release: Release) -> Vec<String> {
    match node.shape {
        Shape::Words(words) => words.iter().map(|word| repr(word)).collect(),
        Shape::Dated(words) => {
            words.iter().filter(|word| word.life.includes(release)).map(|word| repr(word.text)).collect()
        }
        Shape::Enum(literals) => literals
            .iter()
            .map(|literal| match literal {
                Literal::Str(text) => repr(text),
                Literal::Bool(true) => "True".to_owned(),
                Literal::Bool(false) => "False".to_owned(),
                Literal::Int(int) => int.to_string(),
            })
            .collect(),
        _ => Vec::new(),
    }
}
