//! Units in words and shapes.

use dryboot_wasm::protocol::boot::Unit;

use crate::words::t;

/// What becomes of a unit: in words, and the shape that stands for it.
pub(crate) fn state(state: &str) -> (&'static str, &'static str) {
    match state {
        "active" => (text!("active"), "done"),
        "done" => (text!("finished successfully"), "check"),
        "failed" => (text!("failed"), "failed"),
        "waiting" => (text!("waits forever"), "not-reached"),
        "stopped" => (text!("stopped"), "skipped"),
        "masked" => (text!("masked"), "lock"),
        "enabled" => (text!("starts at the next boot"), "enabled"),
        _ => (text!("inactive"), "skipped"),
    }
}

/// Who brings a unit, in words.
pub(crate) fn from(from: &str) -> &'static str {
    match from {
        "user" => text!("user-data"),
        "oem" => text!("OEM config"),
        "generated" => text!("generated"),
        "missing" => text!("does not exist"),
        _ => text!("stock"),
    }
}

/// How many letters of a name have room in the drawing.
pub(crate) const NAME: usize = 40;

/// The name as it is drawn.
pub(crate) fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME - 1) {
        Some((end, _)) if name.chars().count() > NAME => format!("{}…", &name[..end]),
        _ => name.to_owned(),
    }
}

/// All of it, for those who do not see the drawing. It begins with what others see.
pub(crate) fn words(unit: &Unit) -> String {
    let drawn = shortened(&unit.name);
    let whole = if drawn == unit.name { "" } else { &unit.name };
    let parts = [format!("{drawn} {}", label(unit)), whole.to_owned(), unit.description.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What is written below the name of a unit.
pub(crate) fn label(unit: &Unit) -> String {
    format!("{} · {}", t(state(&unit.state).0), t(from(&unit.from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_drawn_in_part_and_told_in_full() {
        let unit = |name: &str| Unit { name: name.to_owned(), from: "user".to_owned(), ..Unit::default() };
        assert_eq!(words(&unit("a.service")), "a.service inactive · user-data");
        let long = "ä".repeat(50);
        let told = words(&unit(&long));
        assert!(told.starts_with(&format!("{}… inactive", "ä".repeat(39))), "{told}");
        assert!(told.ends_with(&long), "{told}");
    }
}
