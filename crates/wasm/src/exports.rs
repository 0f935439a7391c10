//! The functions that JavaScript calls. They keep no state: each call carries the text.
//!
//! `target` is the name of a target; without one, or with a name that is none, the text decides.
//! Answers are JSON of the types in [`crate::protocol`]; `undefined` means that there is none.

use dryboot_core::platform::Platform;
use dryboot_core::{self as core, LintOptions, Target};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::places::Places;

/// Lints a text: a `Report`. `platform` is the name of the platform that it is meant for, if one is
/// chosen.
#[wasm_bindgen]
#[must_use]
pub fn lint(text: &str, target: Option<String>, platform: Option<String>) -> Option<String> {
    let platform = platform.and_then(|name| Platform::from_name(&name));
    let options = LintOptions { target: named(target), platform, ..LintOptions::default() };
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
        let report = parsed(lint(text, None, None));
        let place = &report["diagnostics"][0]["place"];
        let expected = serde_json::json!({"from": 19, "to": 26, "line": 3, "column": 1});
        assert_eq!(*place, expected);
    }
}
