//! Which steps are told, and which are passed over in one line.

use dryboot_wasm::protocol::boot::Step;

/// Steps that are shown as one.
#[derive(Debug, PartialEq)]
pub(crate) enum Run<'a> {
    Told(&'a Step),
    /// Neighbours that have one state and no effect.
    Quiet(&'a [Step]),
}

/// The steps of a stage, in their order.
pub(crate) fn runs(steps: &[Step]) -> Vec<Run<'_>> {
    let alike = |a: &Step, b: &Step| is_quiet(a) && is_quiet(b) && a.state == b.state && a.depth == b.depth;
    let group = |run: &'_ [Step]| matches!(run, [first, ..] if is_quiet(first));
    steps
        .chunk_by(alike)
        .filter_map(|run| if group(run) { Some(Run::Quiet(run)) } else { run.first().map(Run::Told) })
        .collect()
}

fn is_quiet(step: &Step) -> bool {
    matches!(step.state.as_str(), "skipped" | "not-reached") && step.effects.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(state: &str, effects: &[u32]) -> Step {
        Step { state: state.to_owned(), effects: effects.to_vec(), ..Step::default() }
    }

    #[test]
    fn neighbours_in_which_nothing_happens_are_one_line() {
        let steps = [
            step("done", &[0]),
            step("skipped", &[]),
            step("skipped", &[]),
            step("failed", &[1]),
            step("not-reached", &[]),
            step("skipped", &[2]),
        ];
        let expected = [
            Run::Told(&steps[0]),
            Run::Quiet(&steps[1..3]),
            Run::Told(&steps[3]),
            Run::Quiet(&steps[4..5]),
            Run::Told(&steps[5]),
        ];
        assert_eq!(runs(&steps), expected);
    }
}
