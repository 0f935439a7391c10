//! Which steps of a program have begun, what came of each, and which it did not reach.

use dryboot_machine::{Cause, Journal, Stage, State, Step};

use crate::program::Phase;

/// The program, for people.
const WHO: &str = "coreos-cloudinit";

/// What a run reads, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    pub(crate) user_data: Vec<String>,
    pub(crate) metadata: Vec<String>,
    /// Variables of the environment come from here.
    pub(crate) environment: Vec<String>,
}

impl Reads {
    fn of(&self, phase: Phase) -> &[String] {
        match phase {
            Phase::UserData => &self.user_data,
            Phase::Metadata => &self.metadata,
            Phase::Substitute => &self.environment,
            _ => &[],
        }
    }
}

/// The point of the journal at which a step began, and what is known about the step.
#[derive(Clone, Debug)]
struct Mark {
    phase: Phase,
    effects: usize,
    messages: usize,
    /// It did something that is not an effect.
    has_worked: bool,
    /// What it found out.
    found: Option<String>,
    /// What went wrong without ending the program.
    fault: Option<String>,
}

/// The steps of a run.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// All steps that this run can reach.
    order: Vec<Phase>,
    reads: Reads,
    /// Those that have begun.
    marks: Vec<Mark>,
    /// Those that are already in a stage.
    shown: Vec<Phase>,
}

impl Trace {
    pub(crate) fn new(order: Vec<Phase>, reads: Reads) -> Self {
        Self { order, reads, marks: Vec::new(), shown: Vec::new() }
    }

    /// A step begins.
    pub(crate) fn enter(&mut self, phase: Phase, journal: &Journal) {
        self.marks.push(Mark {
            phase,
            effects: journal.effects.len(),
            messages: journal.messages.len(),
            has_worked: false,
            found: None,
            fault: None,
        });
    }

    /// The step does something that is not an effect.
    pub(crate) fn work(&mut self) {
        if let Some(mark) = self.marks.last_mut() {
            mark.has_worked = true;
        }
    }

    /// The step finds something out.
    pub(crate) fn find(&mut self, what: String) {
        if let Some(mark) = self.marks.last_mut() {
            mark.found = Some(what);
        }
    }

    /// The step fails, and the program goes on.
    pub(crate) fn fault(&mut self, why: &str) {
        if let Some(mark) = self.marks.last_mut() {
            mark.fault = Some(why.to_owned());
        }
    }

    /// Makes a stage of what the program has done so far: it waits, and something else happens now.
    pub(crate) fn break_off(&mut self, name: &str, journal: &mut Journal) {
        let name = self.stage_name(name);
        let steps = self.begun(0, journal);
        let last = self.marks.last().map(|mark| mark.phase);
        self.shown.extend(self.marks.drain(..).map(|mark| mark.phase));
        if !steps.is_empty() {
            journal.stages.push(Stage { name, steps });
        }
        if let Some(phase) = last {
            self.enter(phase, journal);
        }
    }

    /// Goes on after [`Trace::break_off`]: what has happened since is in other stages.
    pub(crate) fn resume(&mut self, journal: &Journal) {
        if let Some(mark) = self.marks.last_mut() {
            mark.effects = journal.effects.len();
            mark.messages = journal.messages.len();
        }
    }

    /// Makes a stage of the rest, with the steps that the program did not reach.
    pub(crate) fn close(&self, name: &str, exit_code: i32, journal: &mut Journal) {
        let mut steps = self.begun(exit_code, journal);
        let is_at_end = self.marks.last().is_some_and(|mark| mark.phase == Phase::Exit);
        if !is_at_end {
            steps.extend(self.not_reached(exit_code));
        }
        let is_rest = !self.shown.is_empty() && steps.iter().all(|step| step.state == State::Skipped);
        if !is_rest {
            journal.stages.push(Stage { name: self.stage_name(name), steps });
        }
    }

    fn stage_name(&self, name: &str) -> String {
        if self.shown.is_empty() { name.to_owned() } else { format!("{name}, continued") }
    }

    /// The steps that have begun. With an exit code of failure, the last one is where it failed.
    fn begun(&self, exit_code: i32, journal: &Journal) -> Vec<Step> {
        let marks = self.marks.iter().enumerate();
        let steps = marks.filter(|(_, mark)| mark.phase != Phase::Exit);
        steps.filter_map(|(index, mark)| self.step(index, mark, exit_code, journal)).collect()
    }

    fn not_reached(&self, exit_code: i32) -> impl Iterator<Item = Step> + '_ {
        let why = if exit_code == 0 { "there is nothing to apply" } else { "coreos-cloudinit has exited" };
        let began = |phase| self.shown.contains(&phase) || self.marks.iter().any(|mark| mark.phase == phase);
        let missed = self.order.iter().copied().filter(move |&phase| !began(phase));
        missed.map(move |phase| self.unmarked(phase).ended(State::NotReached, why))
    }

    /// None for the rest of a step that is already in a stage and did nothing more.
    fn step(&self, index: usize, mark: &Mark, exit_code: i32, journal: &Journal) -> Option<Step> {
        let next = self.marks.get(index + 1);
        let last_effect = next.map_or(journal.effects.len(), |next| next.effects);
        let last_message = next.map_or(journal.messages.len(), |next| next.messages);
        let effects = journal.effects.get(mark.effects..last_effect).unwrap_or_default();
        let said = journal.messages.get(mark.messages..last_message).and_then(<[_]>::last);
        let is_idle = effects.iter().all(|effect| effect.action.is_idle());
        let (state, why) = match (&mark.fault, mark.phase.nothing()) {
            (Some(fault), _) => (State::Failed, Some(fault.clone())),
            _ if next.is_none() && exit_code != 0 => (State::Failed, said.map(|said| said.text.clone())),
            _ if is_idle && index == 0 && self.shown.contains(&mark.phase) => return None,
            (None, Some(nothing)) if is_idle && !mark.has_worked => {
                (State::Skipped, Some(nothing.to_owned()))
            }
            _ => (State::Done, mark.found.clone()),
        };
        let mut causes: Vec<Cause> = effects.iter().flat_map(|effect| effect.causes.clone()).collect();
        causes.sort_unstable();
        causes.dedup();
        let effects = (mark.effects..last_effect).collect();
        Some(Step { effects, causes, state, why, ..self.unmarked(mark.phase) })
    }

    /// A step before anything is known of it.
    fn unmarked(&self, phase: Phase) -> Step {
        Step { reads: self.reads.of(phase).to_vec(), ..Step::done(WHO, phase.what()) }
    }
}
