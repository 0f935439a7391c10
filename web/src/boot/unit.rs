//! Units in words and shapes.

use dryboot_wasm::protocol::boot::Unit;

/// What becomes of a unit: in words, and the shape that stands for it.
pub(crate) fn state(state: &str) -> (&'static str, &'static str) {
    match state {
        "active" => ("active", "done"),
        "done" => ("has ended well", "check"),
        "failed" => ("failed", "failed"),
        "waiting" => ("waits for ever", "not-reached"),
        "stopped" => ("stopped", "skipped"),
        "masked" => ("masked", "lock"),
        "enabled" => ("starts at the next boot", "enabled"),
        _ => ("inactive", "skipped"),
    }
}

/// Who brings a unit, in words.
pub(crate) fn from(from: &str) -> &'static str {
    match from {
        "user" => "user-data",
        "oem" => "image’s config",
        "generated" => "generated",
        "missing" => "does not exist",
        _ => "stock",
    }
}

/// All of it, for those who do not see the drawing.
pub(crate) fn words(unit: &Unit) -> String {
    let description =
        if unit.description.is_empty() { String::new() } else { format!(", {}", unit.description) };
    format!("{} {}{description}", unit.name, label(unit))
}

/// What is written below the name of a unit.
pub(crate) fn label(unit: &Unit) -> String {
    format!("{} · {}", state(&unit.state).0, from(&unit.from))
}
