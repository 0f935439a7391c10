//! What goes wrong in a boot.

use dryboot_wasm::protocol::boot::{Boot, Effect, Origin, Units};

/// Something that goes wrong, or that is worth knowing about units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Whether it is only worth knowing.
    pub(crate) is_note: bool,
    /// Names of the units that it is about. In a cycle, each waits for the next one, and the last one is the first again.
    pub(crate) chain: Vec<String>,
    pub(crate) is_cycle: bool,
    pub(crate) origins: Vec<Origin>,
}

/// The steps that fail, with the reason.
pub(crate) fn of_steps(boot: &Boot) -> Vec<Problem> {
    let steps = boot.stages.iter().flat_map(|stage| &stage.steps);
    let failed = steps.filter(|step| step.state == "failed");
    failed
        .map(|step| {
            let effects = step.effects.iter().filter_map(|&index| effect(boot, index));
            let origins = effects.filter(|effect| effect.failed).flat_map(|effect| effect.origins.clone());
            let what = step.name.as_ref().unwrap_or(&step.what);
            let message = match &step.why {
                Some(why) => format!("{what} fails: {why}"),
                None => format!("{what} fails"),
            };
            Problem { message, origins: origins.collect(), ..Problem::default() }
        })
        .collect()
}

fn effect(boot: &Boot, index: u32) -> Option<&Effect> {
    boot.effects.get(usize::try_from(index).ok()?)
}

/// What there is to say about units.
pub(crate) fn of_units(units: &Units) -> Vec<Problem> {
    let name = |&index: &u32| units.nodes.get(usize::try_from(index).ok()?).map(|unit| unit.name.clone());
    let told = units.problems.iter().map(|problem| {
        let mut chain: Vec<String> = problem.units.iter().filter_map(name).collect();
        let is_cycle = units
            .edges
            .iter()
            .any(|edge| edge.cycle && problem.units.contains(&edge.from) && problem.units.contains(&edge.to));
        if is_cycle {
            chain.extend(chain.first().cloned());
        }
        Problem {
            message: problem.message.clone(),
            help: problem.help.clone(),
            is_note: problem.is_note,
            chain,
            is_cycle,
            origins: problem.origins.clone(),
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use dryboot_wasm::protocol::boot::{Edge, Stage, Step, Unit, UnitProblem};

    use super::super::origins::tests::user;
    use super::*;

    #[test]
    fn a_step_that_fails_leads_to_what_failed_in_it() {
        let effect = |failed, line| Effect { failed, origins: vec![user(line, line)], ..Effect::default() };
        let step = |state: &str, effects: &[u32]| Step {
            what: "create users".to_owned(),
            state: state.to_owned(),
            why: Some("exit status 1".to_owned()),
            effects: effects.to_vec(),
            ..Step::default()
        };
        let steps = vec![step("done", &[0]), step("failed", &[0, 1]), step("not-reached", &[])];
        let boot = Boot {
            effects: vec![effect(false, 2), effect(true, 4)],
            stages: vec![Stage { steps, ..Stage::default() }],
            ..Boot::default()
        };
        let problems = of_steps(&boot);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, "create users fails: exit status 1");
        assert_eq!(problems[0].origins, [user(4, 4)]);
    }

    #[test]
    fn a_cycle_comes_back_to_its_first_unit() {
        let unit = |name: &str| Unit { name: name.to_owned(), ..Unit::default() };
        let edge = Edge { from: 0, to: 1, cycle: true, ..Edge::default() };
        let units = Units {
            nodes: vec![unit("a"), unit("b")],
            edges: vec![edge],
            problems: vec![UnitProblem { units: vec![0, 1], ..UnitProblem::default() }],
            ..Units::default()
        };
        assert_eq!(of_units(&units)[0].chain, ["a", "b", "a"]);
    }
}
