//! From the replay to what is shown: the units that matter, and where they come from.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dryboot_systemd::graph::{Graph, Kind, NodeId, Reason};
use dryboot_systemd::load::LoadState;

use super::boot::Boot;
use super::problems;
use super::replayed::{By, Replay, Told};
use super::shown::{Edge, Job, Origin, Unit, UnitEnd, Units};
use crate::cause::Cause;

/// More than anybody looks at; what the boot touches comes first.
const SHOWN: usize = 400;

/// Dependencies that are drawn.
const DRAWN: [Kind; 9] = [
    Kind::Requires,
    Kind::Requisite,
    Kind::Wants,
    Kind::BindsTo,
    Kind::PartOf,
    Kind::Upholds,
    Kind::Before,
    Kind::After,
    Kind::Triggers,
];

pub(super) fn draw(boot: &Boot<'_>, replay: Replay) -> Units {
    let Some(graph) = replay.graphs.last() else { return Units::default() };
    let names = chosen(boot, &replay, graph);
    let index: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    let units = names.iter().map(|name| unit(boot, &replay, graph, name)).collect();
    let problems = problems::problems(boot, &replay, &index);
    let cycles: BTreeSet<(usize, usize)> =
        problems.iter().flat_map(|(_, cycle)| cycle.iter().copied()).collect();
    let edges = edges(graph, &index, &cycles);
    let jobs = replay.jobs.iter().filter_map(|told| job(boot, told, &index)).collect();
    Units { units, edges, jobs, problems: problems.into_iter().map(|(problem, _)| problem).collect() }
}

/// The units that are shown: those that the boot touches, those that its commands move, and what
/// is next to them.
fn chosen(boot: &Boot<'_>, replay: &Replay, graph: &Graph) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut add = |name: &str| {
        if seen.insert(name.to_owned()) {
            names.push(name.to_owned());
        }
    };
    let real =
        |name: &str| graph.find(name).map_or_else(|| name.to_owned(), |node| graph.unit(node).name.clone());
    replay.touched.iter().for_each(|name| add(&real(name)));
    boot.runs.iter().for_each(|run| add(&run.unit));
    for told in replay.jobs.iter().filter(|told| told.effect.is_some()) {
        add(&told.unit);
    }
    problems::units(replay).iter().for_each(|name| add(name));
    let beside: Vec<NodeId> = replay.touched.iter().filter_map(|name| graph.find(name)).collect();
    for node in beside {
        for (_, edge) in graph.outgoing(node).filter(|(_, edge)| is_drawn(&edge.reason, edge.kind)) {
            add(&graph.unit(edge.to).name);
        }
        for (_, edge) in graph.incoming(node).filter(|(_, edge)| is_drawn(&edge.reason, edge.kind)) {
            add(&graph.unit(edge.from).name);
        }
    }
    if !boot.runs.is_empty() {
        boot.image.backbone.iter().filter(|name| graph.find(name).is_some()).for_each(|name| add(name));
    }
    names.truncate(SHOWN);
    names
}

fn is_drawn(reason: &Reason, kind: Kind) -> bool {
    DRAWN.contains(&kind) && matches!(reason, Reason::Written { .. } | Reason::Link(_) | Reason::Implicit)
}

fn unit(boot: &Boot<'_>, replay: &Replay, graph: &Graph, name: &str) -> Unit {
    let loaded = graph.find(name).map(|node| graph.unit(node));
    let mut files = loaded.map(|unit| unit.files.clone()).unwrap_or_default();
    let is_masked = loaded.is_some_and(|unit| unit.state == LoadState::Masked);
    if is_masked {
        files.extend(replay.writers.keys().filter(|path| path.rsplit('/').next() == Some(name)).cloned());
    }
    let writers: Vec<usize> = files.iter().filter_map(|path| replay.writers.get(path).copied()).collect();
    let mut known = HashSet::new();
    let written = writers.iter().filter_map(|&writer| boot.effects.get(writer));
    let mut causes: Vec<Cause> = written
        .flat_map(|effect| &effect.causes)
        .filter(|cause| known.insert((*cause).clone()))
        .cloned()
        .collect();
    let from = match loaded {
        None => Origin::Missing,
        Some(unit) if unit.state == LoadState::NotFound => Origin::Missing,
        Some(_) => causes.iter().map(origin).max().unwrap_or(Origin::Stock),
    };
    if causes.is_empty() {
        // Named by a command alone.
        let named = replay.jobs.iter().filter(|told| told.unit == name && matches!(told.by, By::Command(_)));
        let effects = named.filter_map(|told| boot.effects.get(told.effect?));
        causes = effects.flat_map(|effect| effect.causes.clone()).collect();
    }
    let end = replay.ends.get(name).copied().unwrap_or_default();
    let refused = loaded.is_some_and(|unit| matches!(unit.state, LoadState::Refused { .. }));
    let state = match end {
        _ if is_masked && end != UnitEnd::Failed => UnitEnd::Masked,
        UnitEnd::Inactive if refused => UnitEnd::Failed,
        end => end,
    };
    let description = loaded.map(|unit| unit.text("Unit", "Description").to_owned()).unwrap_or_default();
    Unit { name: name.to_owned(), from, state, description, files, causes }
}

fn origin(cause: &Cause) -> Origin {
    match cause {
        Cause::Text(_) => Origin::User,
        Cause::Oem(_) | Cause::Vendor(_) => Origin::Oem,
        Cause::Metadata(_) | Cause::Environment(_) | Cause::Generated(_) => Origin::Generated,
    }
}

fn edges(graph: &Graph, index: &BTreeMap<&str, usize>, cycles: &BTreeSet<(usize, usize)>) -> Vec<Edge> {
    let mut kinds: BTreeMap<(usize, usize), Vec<&'static str>> = BTreeMap::new();
    for (_, edge) in graph.edges() {
        let at = |node: NodeId| index.get(graph.unit(node).name.as_str()).copied();
        let (Some(from), Some(to)) = (at(edge.from), at(edge.to)) else { continue };
        // What is before the other, the other is after.
        let (pair, kind) = match edge.kind {
            Kind::Before => ((to, from), Kind::After),
            kind => ((from, to), kind),
        };
        let in_cycle = kind == Kind::After && cycles.contains(&pair);
        if !in_cycle && !is_drawn(&edge.reason, edge.kind) {
            continue;
        }
        let all = kinds.entry(pair).or_default();
        if !all.contains(&kind.name()) {
            all.push(kind.name());
        }
    }
    let edge = |((from, to), kinds)| Edge { from, to, kinds, cycle: cycles.contains(&(from, to)) };
    kinds.into_iter().map(edge).collect()
}

fn job(boot: &Boot<'_>, told: &Told, index: &BTreeMap<&str, usize>) -> Option<Job> {
    let by = match &told.by {
        By::Boot => "boot".to_owned(),
        By::Command(_) => boot.program.to_owned(),
        By::Unit(unit) => unit.clone(),
    };
    Some(Job {
        unit: *index.get(told.unit.as_str())?,
        verb: told.verb,
        by,
        wave: told.wave,
        state: told.end,
        effect: told.effect,
    })
}
