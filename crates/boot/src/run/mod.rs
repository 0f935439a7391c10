//! A run of a program under way: what it knows, and the few ways in which it touches the machine.
//! Everything that can be made to fail fails here.

mod systemd;
mod trace;
mod write;

use dryboot_machine::{Action, Cause, Failures, Journal, MachineDescription, Source};

pub(crate) use systemd::Manager;
pub(crate) use trace::Reads;
pub(crate) use write::PlannedFile;

use crate::program::{Phase, Program, flags};
use crate::text::{Address, addresses};
use trace::Trace;

/// Why a program stops before the end, with its own message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) words: String,
    pub(crate) causes: Vec<Cause>,
}

impl Stop {
    pub(crate) fn new(words: impl Into<String>, causes: &[Cause]) -> Self {
        Self { words: words.into(), causes: causes.to_vec() }
    }
}

/// What a step comes to.
pub(crate) type Step<T = ()> = Result<T, Stop>;

/// A string with what it is due to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributed {
    pub(crate) text: String,
    pub(crate) causes: Vec<Cause>,
}

impl Attributed {
    pub(crate) fn metadata(text: &str, field: &'static str) -> Self {
        Self { text: text.to_owned(), causes: vec![Cause::Metadata(field)] }
    }
}

/// How the system calls a command that failed.
const EXIT_STATUS: &str = "exit status 1";

/// A program that runs on a machine.
pub(crate) struct Run<'m> {
    pub(crate) program: &'static Program,
    /// Whose config it applies.
    pub(crate) source: Source,
    /// What it finds.
    pub(crate) description: &'m MachineDescription,
    pub(crate) addresses: [Address; 4],
    /// The machine, and what all programs have done to it.
    pub(crate) journal: &'m mut Journal,
    manager: Option<&'m mut dyn Manager>,
    trace: Trace,
    failures: Failures,
}

impl<'m> Run<'m> {
    pub(crate) fn new(
        program: &'static Program,
        source: Source,
        description: &'m MachineDescription,
        reads: Reads,
        journal: &'m mut Journal,
    ) -> Self {
        let is_asked = |phase: &Phase| *phase != Phase::Network || flags::netconf(description).is_some();
        let order = program.steps.iter().copied().filter(is_asked).collect();
        Self {
            program,
            source,
            description,
            addresses: addresses(description),
            journal,
            manager: None,
            trace: Trace::new(order, reads),
            failures: Failures::new(&description.fail),
        }
    }

    /// The same run on a machine whose units run programs when they are started.
    pub(crate) fn with_manager(self, manager: &'m mut dyn Manager) -> Self {
        Self { manager: Some(manager), ..self }
    }

    pub(crate) fn say(&mut self, text: impl Into<String>, causes: &[Cause]) {
        self.journal.say(text, causes);
    }

    pub(crate) fn do_action(&mut self, action: Action, causes: &[Cause]) {
        self.journal.record(action, causes);
    }

    /// Whether a program is made to fail, whatever it does.
    pub(crate) fn fails(&self, path: &str) -> bool {
        self.failures.of_command(&[path.to_owned()])
    }

    /// Runs a command, which `action` describes.
    pub(crate) fn command(
        &mut self,
        argv: Vec<String>,
        causes: &[Cause],
        action: impl FnOnce(Vec<String>, Option<i32>) -> Action,
    ) -> Step {
        let exit = self.failures.of_command(&argv).then_some(1);
        self.do_action(action(argv, exit), causes);
        if exit.is_some() { Err(Stop::new(EXIT_STATUS, causes)) } else { Ok(()) }
    }

    /// A step begins.
    pub(crate) fn enter(&mut self, phase: Phase) {
        self.trace.enter(phase, self.journal);
    }

    /// The step does something that is not an effect.
    pub(crate) fn work(&mut self) {
        self.trace.work();
    }

    /// The step finds something out.
    pub(crate) fn find(&mut self, what: String) {
        self.trace.find(what);
    }

    /// The step fails, and the program goes on.
    pub(crate) fn fault(&mut self, why: &str) {
        self.trace.fault(why);
    }

    /// The program waits, and something else happens now: what it has done so far is a stage.
    pub(crate) fn break_off(&mut self, name: &str) {
        self.trace.break_off(name, self.journal);
    }

    /// Goes on after [`Run::break_off`].
    pub(crate) fn resume(&mut self) {
        self.trace.resume(self.journal);
    }

    /// The program has ended: what it has done, and what it did not reach, is a stage.
    pub(crate) fn close(self, name: &str, exit_code: i32) {
        self.trace.close(name, exit_code, self.journal);
    }
}
