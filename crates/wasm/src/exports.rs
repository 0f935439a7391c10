//! The functions that JavaScript calls. They keep no state: each call carries the text.
//!
//! `target` is the name of a target; without one, or with a name that is none, the text decides.
//! Answers are JSON of the types in [`crate::protocol`]; `undefined` means that there is none.

use dryboot_core::{self as core, LintOptions, Target};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::{self, Places};

/// Lints a text: a `Report`.
#[wasm_bindgen]
#[must_use]
pub fn lint(text: &str, target: Option<String>) -> Option<String> {
    let options = LintOptions {
        target: named(target),
        ..LintOptions::default()
    };
    let report = core::lint(text.as_bytes(), &options);
    json(&Places::new(text).report(report))
}

/// Explains what stands at an offset: a `Hover`.
#[wasm_bindgen]
#[must_use]
pub fn hover(text: &str, target: Option<String>, offset: u32) -> Option<String> {
    let places = Places::new(text);
    let hover = core::hover(text, named(target), places.byte(offset))?;
    json(&places.hover(hover))
}

/// Says what may be written at an offset: a `Completion`.
#[wasm_bindgen]
#[must_use]
pub fn complete(text: &str, target: Option<String>, offset: u32) -> Option<String> {
    let places = Places::new(text);
    let completion = core::complete(text, named(target), places.byte(offset))?;
    json(&places.completion(completion))
}

/// Explains a rule: a `Rule` with its documentation.
#[wasm_bindgen]
#[must_use]
pub fn explain(name: &str) -> Option<String> {
    json(&answer::rule(core::rule(name)?, true))
}

/// Lists all rules, without documentation.
#[wasm_bindgen]
#[must_use]
pub fn rules() -> Option<String> {
    let rules = core::rules().iter();
    json(&rules.map(|rule| answer::rule(rule, false)).collect::<Vec<_>>())
}

fn named(target: Option<String>) -> Option<Target> {
    target.and_then(|name| Target::from_name(&name))
}

fn json<T: Serialize>(answer: &T) -> Option<String> {
    serde_json::to_string(answer).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Report, Rule};

    #[test]
    fn places_count_in_utf16() {
        let text = "#cloud-config\n# 🚀\nhostnme: web\n";
        let report: Report = serde_json::from_str(&lint(text, None).unwrap()).unwrap();
        let place = report.diagnostics[0].place;
        assert_eq!((place.from, place.to), (19, 26));
        assert_eq!((place.line, place.column), (3, 1));
    }

    #[test]
    fn rules_are_listed_without_their_documentation() {
        let listed: Vec<Rule> = serde_json::from_str(&rules().unwrap()).unwrap();
        assert!(listed.iter().all(|rule| rule.docs.is_empty()));
        let first: Rule = serde_json::from_str(&explain(&listed[0].name).unwrap()).unwrap();
        assert!(!first.docs.is_empty());
        assert_eq!(explain("no-such-rule"), None);
    }
}
