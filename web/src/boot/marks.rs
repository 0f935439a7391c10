//! Which effects the line with the cursor has.

use dryboot_wasm::protocol::boot::{Boot, Origin, Source};

/// Whether one of the origins touches a line of the user's text.
pub(crate) fn touch(origins: &[Origin], line: u32) -> bool {
    origins.iter().any(|origin| {
        let is_on = |place: &dryboot_wasm::protocol::boot::Place| {
            place.line <= line && line <= origin.last_line.max(place.line)
        };
        origin.source == Source::User && origin.place.as_ref().is_some_and(is_on)
    })
}

/// Indices of the effects that a line has.
pub(crate) fn effects(boot: &Boot, line: u32) -> Vec<u32> {
    let touched =
        boot.effects.iter().zip(0..).filter(|(effect, _)| !effect.idle && touch(&effect.origins, line));
    touched.map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use dryboot_wasm::protocol::boot::Effect;

    use super::super::origins::tests::user;
    use super::*;

    #[test]
    fn a_line_marks_what_is_due_to_it() {
        let effect = |origins: Vec<Origin>| Effect { origins, ..Effect::default() };
        let boot = Boot {
            effects: vec![effect(vec![user(3, 5)]), effect(vec![user(5, 5), user(9, 9)])],
            ..Boot::default()
        };
        let at = |line| effects(&boot, line);
        assert_eq!([at(2), at(4), at(5), at(9)], [vec![], vec![0], vec![0, 1], vec![1]]);
    }
}
