//! The functions that JavaScript calls. They keep no state: each call carries the text.

use dryboot_core::Target;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::request::{Options, boot};

/// Follows a boot: a `Boot`. `target` is the name of a target; without one, or with a name that is
/// none, the text decides. `options` is JSON: `{platform?, metadata?, oem?, fail?}`, all texts, and
/// `fail` a list of them.
#[wasm_bindgen]
#[must_use]
pub fn preview(text: &str, target: Option<String>, options: &str) -> Option<String> {
    let target = target.and_then(|name| Target::from_name(&name));
    let options: Options = serde_json::from_str(options).unwrap_or_default();
    json(&boot(text, target, options))
}

/// Lists the platforms: `Platform`s.
#[wasm_bindgen]
#[must_use]
pub fn platforms() -> Option<String> {
    json(&crate::platforms::all())
}

fn json<T: Serialize>(answer: &T) -> Option<String> {
    serde_json::to_string(answer).ok()
}
