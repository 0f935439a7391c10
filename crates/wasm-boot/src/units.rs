//! The units, as the page draws them.

use std::borrow::Cow;

use dryboot_core::units as core;
use dryboot_wasm::protocol::boot::{Edge, Job, Unit, UnitProblem, Units};

use crate::answer::index;
use crate::origins::Texts;

/// What systemd does with the units of a boot.
pub(crate) fn units(found: core::Units, texts: &Texts<'_>) -> Units {
    let edges = found.edges;
    let after = |unit: usize| {
        let comes_after = edges.iter().filter(|edge| edge.from == unit && edge.kinds.contains(&"After"));
        comes_after.map(|edge| index(edge.to)).collect()
    };
    let jobs = found.jobs.iter().map(|job| Job {
        unit: index(job.unit),
        verb: job.verb.to_owned(),
        by: job.by.clone(),
        after: after(job.unit),
        wave: index(job.wave),
        state: job.state.code().to_owned(),
    });
    Units {
        nodes: found.units.into_iter().map(|found| unit(found, texts)).collect(),
        jobs: jobs.collect(),
        edges: edges
            .iter()
            .map(|edge| Edge {
                from: index(edge.from),
                to: index(edge.to),
                kinds: edge.kinds.iter().map(|&kind| kind.to_owned()).collect(),
                cycle: edge.cycle,
            })
            .collect(),
        problems: found.problems.into_iter().map(|found| problem(found, texts)).collect(),
    }
}

fn unit(found: core::Unit, texts: &Texts<'_>) -> Unit {
    Unit {
        name: found.name,
        from: found.from.code().to_owned(),
        state: found.state.code().to_owned(),
        description: found.description,
        files: found.files,
        origins: texts.origins(&found.causes),
    }
}

fn problem(found: core::Problem, texts: &Texts<'_>) -> UnitProblem {
    UnitProblem {
        message: found.message,
        help: found.help.map(Cow::into_owned),
        is_note: found.is_note,
        units: found.units.into_iter().map(index).collect(),
        origins: texts.origins(&found.causes),
    }
}
