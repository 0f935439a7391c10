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
    let options = LintOptions { target: named(target), ..LintOptions::default() };
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
    let rules = core::RULES.iter();
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
    use serde_json::Value;

    use super::*;

    fn parsed(json: Option<String>) -> Value {
        serde_json::from_str(&json.unwrap()).unwrap()
    }

    #[test]
    fn places_count_in_utf16() {
        let text = "#cloud-config\n# 🚀\nhostnme: web\n";
        let report = parsed(lint(text, None));
        let place = &report["diagnostics"][0]["place"];
        let expected = serde_json::json!({"from": 19, "to": 26, "line": 3, "column": 1});
        assert_eq!(*place, expected);
    }

    #[test]
    fn rules_are_listed_without_their_documentation() {
        let listed = parsed(rules());
        let rules = listed.as_array().unwrap();
        assert!(rules.iter().all(|rule| rule.get("docs").is_none()));
        let name = rules[0]["name"].as_str().unwrap();
        assert!(parsed(explain(name))["docs"].as_str().unwrap().len() > 80);
        assert_eq!(explain("no-such-rule"), None);
    }
}
