//! The functions that JavaScript calls. They keep no state: each call carries the text, or the bytes of a file.
//!
//! `target` is the name of a target; without one, or with a name that is none, the text decides.
//! Answers are JSON of the types in [`crate::protocol`]; `undefined` means that there is none.

use dryboot_core::platform::Platform;
use dryboot_core::{self as core, Kind, LintOptions, Target};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::file::file_text;
use crate::places::Places;

/// Lints a text: a `Report`. `platform` is the name of the platform that it is meant for, if one is
/// chosen.
#[wasm_bindgen]
#[must_use]
pub fn lint(text: &str, target: Option<String>, platform: Option<String>) -> Option<String> {
    json(&Places::new(text).report(core::lint(text.as_bytes(), &options(target, platform))))
}

/// Lints the bytes of a file: a `Report`, with places in the text that [`read`] gives.
#[wasm_bindgen]
#[must_use]
pub fn lint_file(bytes: &[u8], target: Option<String>, platform: Option<String>) -> Option<String> {
    let mut report = core::lint(bytes, &options(target, platform));
    let text = std::mem::take(&mut report.text);
    json(&Places::new(&text).report(report))
}

/// What an editor shows of the bytes of a file: a `FileText`.
#[wasm_bindgen]
#[must_use]
pub fn read(bytes: &[u8]) -> Option<String> {
    json(&file_text(bytes))
}

/// Whether a text holds a secret.
#[wasm_bindgen]
#[must_use]
pub fn holds_secret(text: &str) -> bool {
    core::lint(text.as_bytes(), &LintOptions::default()).holds_secret()
}

/// Explains what stands at an offset: a `Hover`.
#[wasm_bindgen]
#[must_use]
pub fn hover(text: &str, target: Option<String>, offset: u32) -> Option<String> {
    let places = Places::new(text);
    let hover = core::hover(text, named(target).as_ref(), Kind::UserData, places.byte(offset))?;
    json(&places.hover(hover))
}

/// Says what may be written at an offset: a `Completion`.
#[wasm_bindgen]
#[must_use]
pub fn complete(text: &str, target: Option<String>, offset: u32) -> Option<String> {
    let places = Places::new(text);
    let completion = core::complete(text, named(target).as_ref(), Kind::UserData, places.byte(offset))?;
    json(&places.completion(completion))
}

fn options(target: Option<String>, platform: Option<String>) -> LintOptions {
    let platform = platform.and_then(|name| Platform::from_name(&name));
    LintOptions { target: named(target), platform, ..LintOptions::default() }
}

fn named(target: Option<String>) -> Option<Target> {
    target.and_then(|name| Target::parse(&name).ok())
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

    #[test]
    fn places_in_a_file_count_in_the_text_that_is_shown_of_it() {
        let bytes = b"#cloud-config\r\n# x\r\nhostnme: web\r\n";
        let report = parsed(lint_file(bytes, None, None));
        let expected = serde_json::json!({"from": 18, "to": 25, "line": 3, "column": 1});
        assert_eq!(report["diagnostics"][0]["place"], expected);
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let bytes = "\u{feff}#cloud-config\nhostname: web\n".as_bytes();
        assert_eq!(parsed(read(bytes))["text"].as_str().unwrap().as_bytes(), bytes);
        assert_ne!(parsed(lint_file(bytes, None, None))["kind"], "cloud-config");
    }

    #[test]
    fn secrets_are_seen_in_anything() {
        assert!(holds_secret("#!/bin/sh\nDB_PASSWORD=hunter22\n"));
        assert!(!holds_secret("#cloud-config\nhostname: web\n"));
    }
}
