//! What goes wrong with units.

mod causes;
mod sentences;
mod teller;

use std::collections::{BTreeMap, HashSet};

use dryboot_systemd::transaction::Refusal;

use super::boot::Boot;
use super::replayed::{Replay, Trouble};
use super::shown::Problem;
use teller::{MOST, Teller, culprit, name};

/// The names of the units that problems are about.
pub(super) fn units(replay: &Replay) -> Vec<String> {
    let mut names = Vec::new();
    for trouble in &replay.troubles {
        match trouble {
            Trouble::Cycle { cycle, graph, .. } => {
                names.extend(cycle.steps.iter().map(|&(node, _)| name(&replay.graphs[*graph], node)));
            }
            Trouble::Waits { chain, graph, .. } => {
                let graph = &replay.graphs[*graph];
                names.extend(chain.iter().flat_map(|wait| [name(graph, wait.unit), name(graph, wait.on)]));
            }
            Trouble::Refused { refusal, graph, unit, .. } => {
                names.push(unit.clone());
                if let Refusal::Unit { trouble, .. } = refusal {
                    names.push(name(&replay.graphs[*graph], culprit(*trouble)));
                }
            }
            Trouble::Device { unit, device, .. } => names.extend([unit.clone(), device.clone()]),
            Trouble::Fails { unit, .. } => names.push(unit.clone()),
        }
    }
    names
}

/// The problems; with each the edges of its cycle, by index: who comes after whom.
pub(super) fn problems(
    boot: &Boot<'_>,
    replay: &Replay,
    index: &BTreeMap<&str, usize>,
) -> Vec<(Problem, Vec<(usize, usize)>)> {
    let mut all: Vec<(Problem, Vec<(usize, usize)>)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for trouble in &replay.troubles {
        if all.len() >= MOST {
            all.push((
                note(format!("there are more than {MOST} problems; the rest are not shown")),
                Vec::new(),
            ));
            break;
        }
        let teller = Teller { boot, replay, index };
        let told = match trouble {
            Trouble::Cycle { cycle, graph, found } => {
                Some(teller.cycle(cycle, &replay.graphs[*graph], *found))
            }
            Trouble::Waits { chain, graph, effect, held } => {
                Some((teller.waits(chain, &replay.graphs[*graph], *effect, held), Vec::new()))
            }
            Trouble::Refused { refusal, graph, effect, unit } => {
                teller.refused(refusal, &replay.graphs[*graph], *effect, unit)
            }
            Trouble::Device { unit, device, edge, graph } => {
                Some((teller.device(unit, device, *edge, &replay.graphs[*graph]), Vec::new()))
            }
            Trouble::Fails { unit, outcome, graph } => {
                teller.fails(unit, *outcome, &replay.graphs[*graph]).map(|problem| (problem, Vec::new()))
            }
        };
        all.extend(told.filter(|(problem, _)| known.insert(problem.message.clone())));
    }
    if replay.is_exhausted {
        let message = "the units have so many dependencies on each other that not everything was followed: \
            there may be more problems";
        all.push((note(message.to_owned()), Vec::new()));
    }
    all
}

fn note(message: String) -> Problem {
    Problem { message, is_note: true, ..Problem::default() }
}
