//! One sentence for each kind of trouble, and what to do about it.

use dryboot_systemd::graph::{EdgeId, Graph, Kind, NodeId};
use dryboot_systemd::name as unit_name;
use dryboot_systemd::transaction::{self, Outcome, Refusal};

use super::teller::{Teller, culprit, name};
use crate::action::Action;
use crate::units::image;
use crate::units::replayed::CycleIn;
use crate::units::shown::{Problem, ProblemKind};

/// As many units of a chain are named.
const NAMED: usize = 20;

/// The names of a chain; the middle of a long one is left out.
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

impl Teller<'_> {
    pub(super) fn cycle(
        &self,
        cycle: &transaction::Cycle,
        graph: &Graph,
        found: CycleIn,
    ) -> (Problem, Vec<(usize, usize)>) {
        let nodes: Vec<NodeId> = cycle.steps.iter().map(|&(node, _)| node).collect();
        let names: Vec<String> = nodes.iter().chain(nodes.first()).map(|&node| name(graph, node)).collect();
        let outcome = match (found, cycle.deleted) {
            (CycleIn::Jobs, Some(deleted)) => {
                format!("systemd drops the job of `{}` to break the cycle", name(graph, deleted))
            }
            (CycleIn::Units, _) => {
                "if they are started together, systemd drops one of them or refuses".to_owned()
            }
            _ => "systemd refuses to start any of them".to_owned(),
        };
        let units = self.at(graph, nodes.iter().copied());
        let edges = cycle.steps.iter().filter_map(|&(_, edge)| {
            let edge = graph.edge(edge);
            let (from, to) = match edge.kind {
                Kind::Before => (edge.to, edge.from),
                _ => (edge.from, edge.to),
            };
            let at = |node: NodeId| self.index.get(graph.unit(node).name.as_str()).copied();
            Some((at(from)?, at(to)?))
        });
        let problem = Problem {
            kind: ProblemKind::Cycle,
            message: format!("the units form an ordering cycle, {}: {outcome}", chain(&names, " before ")),
            help: Some("remove one `After=` or `Before=` from the cycle".into()),
            causes: self.causes(graph, cycle.steps.iter().map(|&(_, edge)| edge)),
            is_note: found == CycleIn::Units,
            units,
        };
        let edges = edges.collect();
        (problem, edges)
    }

    pub(super) fn waits(
        &self,
        waits: &[transaction::Wait],
        graph: &Graph,
        effect: usize,
        held: &str,
    ) -> Problem {
        let unit = waits.first().map(|wait| name(graph, wait.unit)).unwrap_or_default();
        let mut words = format!("`{unit}` never starts");
        if !waits.is_empty() {
            let names: Vec<String> = waits.iter().map(|wait| name(graph, wait.on)).collect();
            words.push_str(&format!(": it waits for {}", chain(&names, ", which waits for ")));
        }
        // The program's own unit is the last of those that are waited for.
        words.push_str(&match waits.last().map(|wait| name(graph, wait.on)) {
            Some(last) if last == held => format!(", which waits until `{unit}` has started: the boot hangs"),
            _ => format!(", and `{held}` waits until `{unit}` has started: the boot hangs"),
        });
        let units = waits.first().map(|wait| wait.unit).into_iter().chain(waits.iter().map(|wait| wait.on));
        let mut causes = self.causes(graph, waits.iter().map(|wait| wait.edge));
        causes.extend(self.boot.effects.get(effect).into_iter().flat_map(|effect| effect.causes.clone()));
        Problem {
            kind: ProblemKind::Hang,
            message: words,
            help: Some(
                "enable the unit instead of starting it, remove the `After=`, or start it with \
                 `--no-block` from another unit"
                    .into(),
            ),
            is_note: false,
            units: self.at(graph, units),
            causes,
        }
    }

    pub(super) fn refused(
        &self,
        refusal: &Refusal,
        graph: &Graph,
        effect: usize,
        unit: &str,
    ) -> Option<(Problem, Vec<(usize, usize)>)> {
        let asked = self.boot.effects.get(effect).map(|effect| effect.causes.clone()).unwrap_or_default();
        let (path, trouble) = match refusal {
            Refusal::Cycle(cycle) => {
                let (mut problem, edges) = self.cycle(cycle, graph, CycleIn::NeededJobs);
                problem.message.push_str(&format!(", and {}", self.boot.when_refused));
                return Some((problem, edges));
            }
            Refusal::Unit { path, trouble } => (path, *trouble),
            Refusal::Effort => return None,
        };
        let (other, when_refused) = (culprit(trouble), self.boot.when_refused);
        let is_gone = self.boot.image.gone.contains(&name(graph, other).as_str());
        let (why, help) = match trouble {
            transaction::Trouble::Masked(_) => ("is masked", "unmask it, or do not start it"),
            transaction::Trouble::BadSetting(_) => {
                ("has a file that systemd refuses", "fix the unit; lint shows the line")
            }
            transaction::Trouble::Manual(_) => {
                ("says `RefuseManualStart=` or `RefuseManualStop=`", "start a unit that wants it instead")
            }
            transaction::Trouble::Conflict(_) => {
                ("would have to be started and stopped at the same time", "remove the `Conflicts=`")
            }
            transaction::Trouble::NotFound(_) if is_gone => {
                ("is no longer part of the image", "remove the command, or give the unit a file of your own")
            }
            transaction::Trouble::NotFound(_) => (
                "is neither in the config nor a known unit of the image",
                "check the name; if the image has this unit, ignore this",
            ),
        };
        let which = match path.is_empty() {
            true => "it".to_owned(),
            false => format!("`{}`, which it needs,", name(graph, other)),
        };
        let verb = match self.boot.effects.get(effect).map(|effect| &effect.action) {
            Some(Action::UnitCommand { command, .. }) => command.as_str(),
            _ => "start",
        };
        let message = match trouble {
            transaction::Trouble::NotFound(_) if !is_gone => {
                let needs = if path.is_empty() { String::new() } else { format!(", which `{unit}` needs,") };
                format!(
                    "`{}`{needs} {why}: if it does not exist, systemd refuses to {verb} `{unit}`, and \
                     {when_refused}",
                    name(graph, other)
                )
            }
            _ => format!("systemd refuses to {verb} `{unit}`, and {when_refused}: {which} {why}"),
        };
        let nodes = graph.find(unit).into_iter().chain([other]);
        let mut causes = self.causes(graph, path.iter().copied());
        causes.extend(self.of_file(graph, other));
        causes.extend(asked);
        let is_note = matches!(trouble, transaction::Trouble::NotFound(_)) && !is_gone;
        let meant = || self.boot.image.meant_by(&name(graph, other), image::names(self.boot.files));
        let help = match is_note.then(meant).flatten() {
            Some(near) => {
                format!("did you mean `{near}`? If the image has the other one, ignore this").into()
            }
            None => help.into(),
        };
        Some((
            Problem {
                kind: ProblemKind::Refused,
                message,
                help: Some(help),
                is_note,
                units: self.at(graph, nodes),
                causes,
            },
            Vec::new(),
        ))
    }

    pub(super) fn device(&self, unit: &str, device: &str, edge: EdgeId, graph: &Graph) -> Problem {
        let path = unit_name::unescape_path(unit_name::stem(device));
        Problem {
            kind: ProblemKind::Other,
            message: format!(
                "`{unit}` needs the device `{path}`: if it does not exist, the unit waits 90 seconds and \
                 fails"
            ),
            help: None,
            is_note: true,
            units: self.at(graph, [graph.edge(edge).from, graph.edge(edge).to]),
            causes: self.causes(graph, [edge]),
        }
    }

    pub(super) fn fails(&self, unit: &str, outcome: Outcome, graph: &Graph) -> Option<Problem> {
        let node = graph.find(unit)?;
        let (words, edge) = match outcome {
            Outcome::Runs => return None,
            Outcome::Fails => ("it fails".to_owned(), None),
            Outcome::NoDevice => {
                ("this device never appears: its job fails after 90 seconds".to_owned(), None)
            }
            Outcome::NotActive => ("it is not active, and `Requisite=` does not start it".to_owned(), None),
            Outcome::Dependency(edge) => {
                (format!("`{}`, which it needs, failed", name(graph, graph.edge(edge).to)), Some(edge))
            }
        };
        Some(Problem {
            kind: ProblemKind::Other,
            message: format!("`{unit}` does not start: {words}"),
            help: None,
            is_note: false,
            units: self.at(graph, [node]),
            causes: self.causes(graph, edge),
        })
    }
}
