//! What goes wrong with units, in words.

use std::collections::{BTreeMap, HashSet};

use dryboot_systemd::graph::{EdgeId, Graph, NodeId, Reason};
use dryboot_systemd::load::LoadState;
use dryboot_systemd::transaction::{self, Outcome, Refusal};

use super::Problem;
use super::replayed::{CycleIn, Replay, Trouble};
use crate::preview::Preview;
use crate::source::Cause;

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
    preview: &Preview,
    replay: &Replay,
    index: &BTreeMap<&str, usize>,
) -> Vec<(Problem, Vec<(usize, usize)>)> {
    let mut all: Vec<(Problem, Vec<(usize, usize)>)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for trouble in &replay.troubles {
        if all.len() >= MOST {
            all.push((
                note(format!("there are more than {MOST} problems, and the others are left out")),
                Vec::new(),
            ));
            break;
        }
        let teller = Teller { preview, replay, index };
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
        let message = "the units depend on each other in so many ways that not all of it was followed: more may go wrong";
        all.push((note(message.to_owned()), Vec::new()));
    }
    all
}

/// Nobody reads more.
const MOST: usize = 200;

/// As many units of a chain are named.
const NAMED: usize = 20;

fn note(message: String) -> Problem {
    Problem { message, help: None, is_note: true, units: Vec::new(), causes: Vec::new() }
}

/// A chain in words; the middle of a long one is left out.
fn chain(names: &[String], then: &str) -> String {
    let quoted =
        |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(then);
    match names.len().checked_sub(NAMED) {
        None | Some(0) => quoted(names),
        Some(more) => {
            let (first, rest) = names.split_at(NAMED - 2);
            let last = rest.get(more..).unwrap_or_default();
            format!("{}{then}… ({more} more){then}{}", quoted(first), quoted(last))
        }
    }
}

struct Teller<'r> {
    preview: &'r Preview,
    replay: &'r Replay,
    index: &'r BTreeMap<&'r str, usize>,
}

impl Teller<'_> {
    fn at(&self, graph: &Graph, nodes: impl IntoIterator<Item = NodeId>) -> Vec<usize> {
        let found =
            nodes.into_iter().filter_map(|node| self.index.get(graph.unit(node).name.as_str()).copied());
        let mut known = HashSet::new();
        found.filter(|index| known.insert(*index)).collect()
    }

    fn cycle(
        &self,
        cycle: &transaction::Cycle,
        graph: &Graph,
        found: CycleIn,
    ) -> (Problem, Vec<(usize, usize)>) {
        let nodes: Vec<NodeId> = cycle.steps.iter().map(|&(node, _)| node).collect();
        let names: Vec<String> = nodes.iter().chain(nodes.first()).map(|&node| name(graph, node)).collect();
        let outcome = match (found, cycle.deleted) {
            (CycleIn::Jobs, Some(deleted)) => {
                format!("systemd leaves out the job of `{}` to break it", name(graph, deleted))
            }
            (CycleIn::Units, _) => {
                "whenever they are started together, systemd leaves one out or refuses".to_owned()
            }
            _ => "systemd refuses to start any of them".to_owned(),
        };
        let units = self.at(graph, nodes.iter().copied());
        let edges = cycle.steps.iter().filter_map(|&(_, edge)| {
            let edge = graph.edge(edge);
            let (from, to) = match edge.kind {
                dryboot_systemd::graph::Kind::Before => (edge.to, edge.from),
                _ => (edge.from, edge.to),
            };
            let at = |node: NodeId| self.index.get(graph.unit(node).name.as_str()).copied();
            Some((at(from)?, at(to)?))
        });
        let problem = Problem {
            message: format!("the order of units is a cycle, {}: {outcome}", chain(&names, " before ")),
            help: Some("take one `After=` or `Before=` of the cycle away"),
            causes: self.causes(graph, cycle.steps.iter().map(|&(_, edge)| edge)),
            is_note: found == CycleIn::Units,
            units,
        };
        let edges = edges.collect();
        (problem, edges)
    }

    fn waits(&self, waits: &[transaction::Wait], graph: &Graph, effect: usize, held: &str) -> Problem {
        let unit = waits.first().map(|wait| name(graph, wait.unit)).unwrap_or_default();
        let mut words = format!("`{unit}` never starts");
        if !waits.is_empty() {
            let names: Vec<String> = waits.iter().map(|wait| name(graph, wait.on)).collect();
            words.push_str(&format!(": it waits for {}", chain(&names, ", which waits for ")));
        }
        words.push_str(&format!(
            ", and `{held}` waits until `{unit}` has started: the boot hangs here, and what comes behind it does not happen"
        ));
        let units = waits.first().map(|wait| wait.unit).into_iter().chain(waits.iter().map(|wait| wait.on));
        let mut causes = self.causes(graph, waits.iter().map(|wait| wait.edge));
        causes.extend(self.preview.effects.get(effect).into_iter().flat_map(|effect| effect.causes.clone()));
        Problem {
            message: words,
            help: Some(
                "enable the unit in place of starting it, take the `After=` away, or start it with `--no-block` from another unit",
            ),
            is_note: false,
            units: self.at(graph, units),
            causes,
        }
    }

    fn refused(
        &self,
        refusal: &Refusal,
        graph: &Graph,
        effect: usize,
        unit: &str,
    ) -> Option<(Problem, Vec<(usize, usize)>)> {
        let asked = self.preview.effects.get(effect).map(|effect| effect.causes.clone()).unwrap_or_default();
        let (path, trouble) = match refusal {
            Refusal::Cycle(cycle) => {
                let (mut problem, edges) = self.cycle(cycle, graph, CycleIn::NeededJobs);
                problem.message.push_str(", and coreos-cloudinit stops with exit code 1");
                return Some((problem, edges));
            }
            Refusal::Unit { path, trouble } => (path, *trouble),
            Refusal::Effort => return None,
        };
        let other = culprit(trouble);
        let (why, help) = match trouble {
            transaction::Trouble::Masked(_) => ("is masked", "take the mask away, or do not start it"),
            transaction::Trouble::BadSetting(_) => {
                ("has a file that systemd refuses", "mend the unit; lint shows the line")
            }
            transaction::Trouble::Manual(_) => {
                ("says `RefuseManualStart=` or `RefuseManualStop=`", "start what wants it in its place")
            }
            transaction::Trouble::Conflict(_) => {
                ("would have to be started and stopped at once", "take the `Conflicts=` away")
            }
            transaction::Trouble::NotFound(_) => (
                "is neither in the config nor among the units that dryboot knows of the image",
                "check the name; if the image has it, all is well",
            ),
        };
        let which = match path.is_empty() {
            true => "it".to_owned(),
            false => format!("`{}`, which it needs,", name(graph, other)),
        };
        let message = match trouble {
            transaction::Trouble::NotFound(_) => {
                let needs = if path.is_empty() { String::new() } else { format!(", which `{unit}` needs,") };
                format!(
                    "`{}`{needs} {why}: if there is none, systemd refuses to start `{unit}`, and coreos-cloudinit stops with exit code 1",
                    name(graph, other)
                )
            }
            _ => format!(
                "systemd refuses to start `{unit}`, and coreos-cloudinit stops with exit code 1: {which} {why}"
            ),
        };
        let nodes = graph.find(unit).into_iter().chain([other]);
        let mut causes = self.causes(graph, path.iter().copied());
        causes.extend(self.of_file(graph, other));
        causes.extend(asked);
        let is_note = matches!(trouble, transaction::Trouble::NotFound(_));
        Some((
            Problem { message, help: Some(help), is_note, units: self.at(graph, nodes), causes },
            Vec::new(),
        ))
    }

    fn device(&self, unit: &str, device: &str, edge: EdgeId, graph: &Graph) -> Problem {
        let path = dryboot_systemd::name::unescape_path(dryboot_systemd::name::stem(device));
        Problem {
            message: format!(
                "`{unit}` needs the device `{path}`: where there is none, it waits 90 seconds and fails"
            ),
            help: None,
            is_note: true,
            units: self.at(graph, [graph.edge(edge).from, graph.edge(edge).to]),
            causes: self.causes(graph, [edge]),
        }
    }

    fn fails(&self, unit: &str, outcome: Outcome, graph: &Graph) -> Option<Problem> {
        let node = graph.find(unit)?;
        let (words, edge) = match outcome {
            Outcome::Runs => return None,
            Outcome::Fails => ("it fails".to_owned(), None),
            Outcome::NoDevice => {
                ("nothing announces this device: after 90 seconds, its job fails".to_owned(), None)
            }
            Outcome::NotActive => ("it is not active, and `Requisite=` does not start it".to_owned(), None),
            Outcome::Dependency(edge) => {
                (format!("`{}`, which it needs, has failed", name(graph, graph.edge(edge).to)), Some(edge))
            }
        };
        Some(Problem {
            message: format!("`{unit}` does not start: {words}"),
            help: None,
            is_note: false,
            units: self.at(graph, [node]),
            causes: self.causes(graph, edge),
        })
    }

    /// Where the dependencies are written.
    fn causes(&self, graph: &Graph, edges: impl IntoIterator<Item = EdgeId>) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        let mut known = HashSet::new();
        for edge in edges.into_iter().take(MOST) {
            let Reason::Written { unit, file, span } = &graph.edge(edge).reason else { continue };
            let Some(path) = graph.unit(*unit).files.get(*file) else { continue };
            let Some((writer, content)) = self.written(path) else { continue };
            let start =
                content.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let line = content.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
            causes
                .extend(self.narrowed(writer, line).into_iter().filter(|cause| known.insert(cause.clone())));
        }
        causes
    }

    /// What wrote the file that systemd refuses.
    fn of_file(&self, graph: &Graph, node: NodeId) -> Vec<Cause> {
        let unit = graph.unit(node);
        let LoadState::Refused { file, .. } = &unit.state else { return Vec::new() };
        let path = unit.files.get(file.unwrap_or_default());
        let writer = path.and_then(|path| self.replay.writers.get(path));
        writer
            .and_then(|&writer| self.preview.effects.get(writer))
            .map(|effect| effect.causes.clone())
            .unwrap_or_default()
    }

    fn written(&self, path: &str) -> Option<(usize, &str)> {
        let writer = *self.replay.writers.get(path)?;
        match &self.preview.effects.get(writer)?.action {
            crate::actions::Action::WriteFile { content, .. } => Some((writer, content)),
            _ => None,
        }
    }

    /// The causes of an effect; of the texts only the line, where it stands in them once.
    fn narrowed(&self, effect: usize, line: &str) -> Vec<Cause> {
        let Some(effect) = self.preview.effects.get(effect) else { return Vec::new() };
        let find = |cause: &Cause| {
            let (text, span, source) = match cause {
                Cause::Text(span) => (self.preview.text.as_str(), *span, crate::source::Source::User),
                Cause::Oem(span) => (self.preview.oem.as_deref()?, *span, crate::source::Source::Oem),
                _ => return None,
            };
            let within = text.get(span.start..span.end)?;
            let mut found = within.match_indices(line);
            let (at, _) = found.next().filter(|_| !line.is_empty())?;
            if found.next().is_some() {
                return None;
            }
            let start = span.start + at;
            Some(source.cause(dryboot_yaml::Span::new(start, start + line.len())))
        };
        let narrow: Vec<Cause> = effect.causes.iter().filter_map(find).collect();
        if narrow.is_empty() { effect.causes.clone() } else { narrow }
    }
}

fn name(graph: &Graph, node: NodeId) -> String {
    graph.unit(node).name.clone()
}

fn culprit(trouble: transaction::Trouble) -> NodeId {
    match trouble {
        transaction::Trouble::NotFound(node)
        | transaction::Trouble::Masked(node)
        | transaction::Trouble::BadSetting(node)
        | transaction::Trouble::Manual(node)
        | transaction::Trouble::Conflict(node) => node,
    }
}
