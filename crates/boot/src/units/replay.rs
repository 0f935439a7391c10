//! The boot as systemd sees it: files and links as they come, and a transaction for each command.

use std::collections::{BTreeMap, BTreeSet};

use dryboot_systemd::Effort;
use dryboot_systemd::enable::enable;
use dryboot_systemd::graph::{Graph, Kind, NodeId};
use dryboot_systemd::load::Catalog;
use dryboot_systemd::name;
use dryboot_systemd::transaction::{self, Action as Verb, Outcome, Refusal, State, Transaction};

use super::replayed::{By, CycleIn, Replay, Told, Trouble};
use super::stock::{add_files, release, stock};
use super::touched::{is_unit_file, touched};
use super::{JobEnd, UnitEnd, cycles};
use crate::actions::{Action, Unmasked};
use crate::preview::{Preview, ProgramRun};

/// What the machine starts without being told.
const DEFAULT: &str = "multi-user.target";

pub(super) fn replay(preview: &Preview, effort: Effort) -> Replay {
    let mut replayer = Replayer::new(preview, effort);
    replayer.replay.touched = preview.effects.iter().flat_map(|effect| touched(&effect.action)).collect();
    replayer.boot();
    for (index, effect) in preview.effects.iter().enumerate() {
        if replayer.effort.is_exhausted() {
            break;
        }
        replayer.enter(index);
        replayer.follow(index, &effect.action);
    }
    replayer.end()
}

struct Replayer<'p> {
    preview: &'p Preview,
    catalog: Catalog,
    /// Of the catalog as it is; none after a change.
    graph: Option<usize>,
    /// How the units of that graph stand; none when it has to be found out anew.
    state: Option<State>,
    /// The units whose jobs have run.
    active: BTreeSet<String>,
    /// Start jobs of the boot that have not run, since they come after a run of the program.
    pending: BTreeSet<String>,
    /// The runs of the program under way, the outermost first.
    held: Vec<String>,
    /// The run that has come to its end before its last effect: nothing behind that happens.
    stopped: Option<String>,
    /// The devices of the image.
    devices: BTreeSet<String>,
    wave: usize,
    effort: Effort,
    replay: Replay,
}

impl<'p> Replayer<'p> {
    fn new(preview: &'p Preview, effort: Effort) -> Self {
        let mut catalog = stock(preview.target);
        add_files(&mut catalog, &preview.machine.files, |entry| entry.written_by.is_none());
        let replay = Replay {
            jobs: Vec::new(),
            troubles: Vec::new(),
            graphs: Vec::new(),
            ends: BTreeMap::new(),
            touched: BTreeSet::new(),
            writers: BTreeMap::new(),
            release: release(preview.target),
            is_exhausted: false,
        };
        Self {
            preview,
            catalog,
            graph: None,
            state: None,
            active: BTreeSet::new(),
            pending: BTreeSet::new(),
            held: Vec::new(),
            stopped: None,
            devices: BTreeSet::new(),
            wave: 0,
            effort,
            replay,
        }
    }

    fn graph(&mut self) -> usize {
        if let Some(graph) = self.graph {
            return graph;
        }
        let runs = self.preview.runs.iter().map(|run| run.unit.as_str());
        let touched = self.replay.touched.iter().map(String::as_str);
        let roots: Vec<&str> = [DEFAULT].into_iter().chain(runs).chain(touched).collect();
        let graph = Graph::new(&self.catalog, roots, self.replay.release, &self.effort);
        // Of the one before, nothing is needed any more unless there is something to say about it.
        let last = self.replay.graphs.len().checked_sub(1);
        if last.is_some_and(|last| self.replay.troubles.iter().all(|trouble| trouble.graph() != last)) {
            self.replay.graphs.pop();
        }
        self.replay.graphs.push(graph);
        let index = self.replay.graphs.len() - 1;
        self.graph = Some(index);
        index
    }

    /// The transaction of the boot. What comes after the first run of the program is pending.
    fn boot(&mut self) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(root) = graph.find(DEFAULT) else { return };
        let runs: BTreeSet<NodeId> =
            self.preview.runs.iter().filter_map(|run| graph.find(&run.unit)).collect();
        let devices: Vec<NodeId> = devices(graph).collect();
        self.devices = devices.iter().map(|&node| graph.unit(node).name.clone()).collect();
        let state = State {
            active: devices.into_iter().collect(),
            // The drive, the path and the URL start these by themselves.
            pending: runs.iter().map(|&run| (run, Verb::Start)).collect(),
            ..State::default()
        };
        let Ok(transaction) = transaction::plan(graph, root, Verb::Start, &state, &self.effort) else {
            return;
        };
        let waiting = runs.iter().flat_map(|&run| transaction.while_running(graph, run, &state).pending);
        let waiting = waiting.map(|(node, _)| node).chain(runs.iter().copied());
        self.pending = waiting.map(|node| graph.unit(node).name.clone()).collect();
        self.tell(&transaction, index, &By::Boot, |unit, pending| !pending.contains(unit));
    }

    /// Starts and ends runs of the program as their effects begin and end.
    fn enter(&mut self, effect: usize) {
        let runs: &'p [ProgramRun] = &self.preview.runs;
        let ended = runs.iter().filter(|run| run.effects.end <= effect);
        let ended: Vec<&str> = ended.map(|run| run.unit.as_str()).collect();
        self.held.retain(|held| !ended.contains(&held.as_str()));
        if self.stopped.as_deref().is_some_and(|stopped| ended.contains(&stopped)) && !self.hangs() {
            self.stopped = None;
        }
        for unit in ended {
            self.run_pending(unit);
        }
        for run in runs.iter().filter(|run| run.effects.contains(&effect)) {
            if !self.held.contains(&run.unit) {
                self.held.push(run.unit.clone());
            }
        }
    }

    /// Whether a run of the program never ends.
    fn hangs(&self) -> bool {
        self.replay.troubles.iter().any(|trouble| matches!(trouble, Trouble::Waits { .. }))
    }

    /// A run has ended: what has waited for it alone goes on.
    fn run_pending(&mut self, unit: &str) {
        if self.hangs() || !self.pending.remove(unit) {
            return;
        }
        self.state = None;
        self.activate(unit);
        if self.replay.jobs.iter().all(|told| told.unit != unit) {
            self.push(unit.to_owned(), "start", By::Boot, self.wave, JobEnd::Done, None);
            self.wave += 1;
        }
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        // What nobody else holds: in the order of the names, since these are targets of the image.
        let waits = |name: &String| {
            let Some(node) = graph.find(name) else { return false };
            let earlier = graph.earlier(node).map(|(_, other)| graph.unit(other).name.clone());
            earlier.into_iter().any(|other| self.pending.contains(&other))
        };
        let is_run = |name: &String| self.preview.runs.iter().any(|run| run.unit == *name);
        let free: Vec<String> =
            self.pending.iter().filter(|name| !is_run(name) && !waits(name)).cloned().collect();
        for name in free {
            self.pending.remove(&name);
            self.state = None;
            self.activate(&name);
            self.push(name, "start", By::Boot, self.wave, JobEnd::Done, None);
        }
        self.wave += 1;
    }

    fn follow(&mut self, index: usize, action: &Action) {
        match action {
            Action::WriteFile { path, content, .. } if is_unit_file(path) => {
                self.catalog.file(path.as_str(), content.as_str());
                self.replay.writers.insert(path.clone(), index);
                self.changed();
            }
            Action::Mask { path, ok: true, .. } => {
                self.catalog.link(path.as_str(), "/dev/null");
                self.replay.writers.insert(path.clone(), index);
                self.changed();
            }
            Action::Unmask { path, result: Unmasked::Removed, .. } => {
                self.catalog.remove(path);
                self.changed();
            }
            Action::Enable { units, runtime, .. } => {
                for unit in units {
                    self.changed();
                    let links = enable(&self.catalog, unit, *runtime, self.replay.release, &self.effort);
                    for link in links.into_iter().flatten() {
                        self.catalog.link(link.path, link.target);
                    }
                }
            }
            Action::UnitCommand { command, unit, .. } => self.command(index, command, unit),
            _ => {}
        }
    }

    fn command(&mut self, effect: usize, command: &str, unit: &str) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(node) = graph.find(unit) else { return };
        let name = graph.unit(node).name.clone();
        let is_active = self.active.contains(&name);
        let can_reload = graph.unit(node).value("Service", "ExecReload").is_some();
        let Some(verb) = Verb::of_command(command, is_active, can_reload) else { return };
        let held: BTreeSet<NodeId> = self.held.iter().filter_map(|unit| graph.find(unit)).collect();
        // The program's own jobs wait for it, and so for this one.
        let run = self.preview.runs.iter().any(|run| run.unit == name && run.effects.start > effect);
        if run {
            let by = By::Command(effect);
            self.push(name, verb_name(verb), by, self.wave, JobEnd::Done, Some(effect));
            self.wave += 1;
            return;
        }
        if self.stopped.is_some() {
            let by = By::Command(effect);
            self.push(name, verb_name(verb), by, self.wave, JobEnd::NotReached, Some(effect));
            return;
        }
        let state = self.state.take().unwrap_or_else(|| self.state_in(graph));
        let planned = transaction::plan(graph, node, verb, &state, &self.effort);
        self.state = Some(state);
        let transaction = match planned {
            Ok(transaction) => transaction,
            Err(Refusal::Effort) => return,
            Err(refusal) => {
                let unit = unit.to_owned();
                self.push(
                    unit.clone(),
                    verb_name(verb),
                    By::Command(effect),
                    self.wave,
                    JobEnd::Failed,
                    Some(effect),
                );
                self.end_as(&unit, UnitEnd::Failed);
                // Of a unit that is not known here, the image may know more.
                if !matches!(refusal, Refusal::Unit { trouble: transaction::Trouble::NotFound(_), .. }) {
                    self.stopped = self.held.last().cloned();
                }
                self.replay.troubles.push(Trouble::Refused { refusal, graph: index, effect, unit });
                return;
            }
        };
        if let Some(chain) = transaction.waits_forever(graph, &held) {
            let held = self.held.last().cloned().unwrap_or_default();
            self.replay.troubles.push(Trouble::Waits { chain, graph: index, effect, held });
            self.push(
                name.clone(),
                verb_name(verb),
                By::Command(effect),
                self.wave,
                JobEnd::Waiting,
                Some(effect),
            );
            self.end_as(&name, UnitEnd::Waiting);
            self.stopped = self.held.last().cloned();
            self.wave += 1;
            return;
        }
        for cycle in &transaction.cycles {
            let cycle = cycle.clone();
            self.replay.troubles.push(Trouble::Cycle { cycle, graph: index, found: CycleIn::Jobs });
        }
        self.tell(&transaction, index, &By::Command(effect), |_, _| true);
    }

    /// Notes the jobs of a transaction and what becomes of the units.
    fn tell(
        &mut self,
        transaction: &Transaction,
        graph: usize,
        by: &By,
        wanted: impl Fn(&str, &BTreeSet<String>) -> bool,
    ) {
        let first = self.wave;
        let effect = match by {
            By::Command(effect) => Some(*effect),
            By::Boot | By::Unit(_) => None,
        };
        for job in &transaction.jobs {
            let units = &self.replay.graphs[graph];
            let unit = units.unit(job.unit).name.clone();
            if !wanted(&unit, &self.pending) {
                continue;
            }
            let pulled_by = job.cause.map(|edge| {
                let edge = units.edge(edge);
                let other = if edge.from == job.unit { edge.to } else { edge.from };
                By::Unit(units.unit(other).name.clone())
            });
            let fails = job.outcome != Outcome::Runs;
            let end = if fails { JobEnd::Failed } else { JobEnd::Done };
            let wave = first + job.wave;
            self.wave = self.wave.max(wave + 1);
            self.push(
                unit.clone(),
                verb_name(job.action),
                pulled_by.unwrap_or_else(|| by.clone()),
                wave,
                end,
                effect,
            );
            match job.action {
                _ if fails => {
                    self.end_as(&unit, UnitEnd::Failed);
                    let trouble = Trouble::Fails { unit, outcome: job.outcome, graph };
                    self.replay.troubles.push(trouble);
                }
                Verb::Start | Verb::Restart => self.activate(&unit),
                Verb::Stop => {
                    self.deactivate(&unit);
                }
                Verb::Reload | Verb::VerifyActive => {}
            }
        }
    }

    /// How the units of a graph stand.
    fn state_in(&self, graph: &Graph) -> State {
        let nodes = |names: &BTreeSet<String>| -> Vec<NodeId> {
            names.iter().filter_map(|name| graph.find(name)).collect()
        };
        State {
            active: nodes(&self.active).into_iter().chain(devices(graph)).collect(),
            pending: nodes(&self.pending).into_iter().map(|node| (node, Verb::Start)).collect(),
            failing: BTreeSet::new(),
        }
    }

    fn activate(&mut self, unit: &str) {
        let Some(index) = self.graph else { return };
        let graph = &self.replay.graphs[index];
        let Some(node) = graph.find(unit) else { return };
        let loaded = graph.unit(node);
        let is_oneshot = loaded.text("Service", "Type") == "oneshot";
        if is_oneshot && !loaded.flag("Service", "RemainAfterExit", false) {
            self.end_as(unit, UnitEnd::Done);
            return;
        }
        self.active.insert(unit.to_owned());
        if let Some(state) = &mut self.state {
            state.active.insert(node);
        }
        self.end_as(unit, UnitEnd::Active);
    }

    fn deactivate(&mut self, unit: &str) {
        self.active.remove(unit);
        self.state = None;
        self.end_as(unit, UnitEnd::Stopped);
    }

    fn changed(&mut self) {
        self.graph = None;
        self.state = None;
    }

    fn end_as(&mut self, unit: &str, end: UnitEnd) {
        self.replay.ends.insert(unit.to_owned(), end);
    }

    fn push(
        &mut self,
        unit: String,
        verb: &'static str,
        by: By,
        wave: usize,
        end: JobEnd,
        effect: Option<usize>,
    ) {
        self.replay.jobs.push(Told { unit, verb, by, wave, end, effect });
    }

    fn end(mut self) -> Replay {
        if self.effort.is_exhausted() {
            return self.give_up();
        }
        self.enter(self.preview.effects.len());
        let hangs = self.hangs();
        let rest: Vec<String> = std::mem::take(&mut self.pending).into_iter().collect();
        let runs: Vec<&str> = self.preview.runs.iter().map(|run| run.unit.as_str()).collect();
        for unit in rest {
            // A run without an effect has ended, too.
            let is_run = runs.contains(&unit.as_str());
            let end = match hangs {
                true if is_run => JobEnd::Waiting,
                true => JobEnd::NotReached,
                false => JobEnd::Done,
            };
            match end {
                JobEnd::Done => self.activate(&unit),
                _ => self.end_as(&unit, UnitEnd::Waiting),
            }
            self.push(unit, "start", By::Boot, self.wave, end, None);
        }
        self.next_boot();
        if self.effort.is_exhausted() {
            return self.give_up();
        }
        self.replay
    }

    /// What has been found so far holds, and nothing is said about the rest.
    fn give_up(mut self) -> Replay {
        self.graph();
        self.replay.is_exhausted = true;
        self.replay
    }

    /// What is enabled starts at the next boot: its order may have cycles.
    fn next_boot(&mut self) {
        let index = self.graph();
        let graph = &self.replay.graphs[index];
        let Some(root) = graph.find(DEFAULT) else { return };
        let (cycles, is_refused, started) =
            match transaction::plan(graph, root, Verb::Start, &State::default(), &self.effort) {
                Ok(transaction) => {
                    let started =
                        transaction.jobs.iter().map(|job| graph.unit(job.unit).name.clone()).collect();
                    (transaction.cycles, false, started)
                }
                Err(Refusal::Cycle(cycle)) => (vec![cycle], true, Vec::new()),
                Err(Refusal::Unit { .. } | Refusal::Effort) => (Vec::new(), false, Vec::new()),
            };
        let mut needed: Vec<Trouble> = Vec::new();
        for node in self.replay.touched.iter().filter_map(|name| graph.find(name)) {
            for (edge, to) in
                graph.outgoing(node).filter(|(_, edge)| matches!(edge.kind, Kind::Requires | Kind::BindsTo))
            {
                let device = graph.unit(to.to).name.clone();
                if name::suffix(&device) == "device"
                    && !self.devices.contains(&device)
                    && !is_on_drive(&device)
                {
                    let unit = graph.unit(node).name.clone();
                    needed.push(Trouble::Device { unit, device, edge, graph: index });
                }
            }
        }
        self.replay.troubles.extend(needed);
        for unit in started {
            self.replay.ends.entry(unit).or_insert(UnitEnd::Enabled);
        }
        let found = if is_refused { CycleIn::NeededJobs } else { CycleIn::Jobs };
        for cycle in cycles {
            self.replay.troubles.push(Trouble::Cycle { cycle, graph: index, found });
        }
        let asleep = cycles::asleep(&self.replay, index, &self.effort);
        self.replay.troubles.extend(asleep);
    }
}

/// All devices; whether the machine has them is not known, and most often it has.
pub(super) fn devices(graph: &Graph) -> impl Iterator<Item = NodeId> + '_ {
    graph.nodes().filter(|(_, unit)| name::suffix(&unit.name) == "device").map(|(node, _)| node)
}

/// The config drive is there where something mounts it.
fn is_on_drive(device: &str) -> bool {
    device == r"dev-disk-by\x2dlabel-config\x2d2.device"
}

fn verb_name(verb: Verb) -> &'static str {
    match verb {
        Verb::Start => "start",
        Verb::VerifyActive => "verify",
        Verb::Reload => "reload",
        Verb::Stop => "stop",
        Verb::Restart => "restart",
    }
}
