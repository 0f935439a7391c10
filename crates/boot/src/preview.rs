//! The preview of a boot.

use dryboot_coreos::Target;
use dryboot_machine::{
    Cause, Effect, Journal, MachineDescription, MachineState, Message, ProgramRun, Source, Stage,
};
use serde::Serialize;

use crate::follow::{Outcome, follow};
use crate::program::Program;
use crate::run::{Reads, Run};
use crate::text::Address;

/// What a machine does with user-data.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The program that was followed.
    pub target: Target,
    /// Its exit code; of the run that reads the user's text, where there are several.
    pub exit_code: i32,
    /// Failures, warnings and what was skipped, in its words.
    pub messages: Vec<Message>,
    /// What it prints.
    pub stdout: String,
    /// The user's text after decompression: what spans point into. Empty when the program ends
    /// before it has it.
    pub text: String,
    /// What becomes of the address variables in the user's text.
    pub variables: [Variable; 4],
    /// The config of the image, after decompression: what spans in it point into. None when none was
    /// applied.
    pub oem: Option<String>,
    /// The text after substitution, if that changed it. Of a message with several parts there is
    /// no such text.
    pub substituted: Option<String>,
    /// What it does, in order. The last effect before a failure is where it stopped.
    pub effects: Vec<Effect>,
    /// What has become of the machine.
    pub machine: MachineState,
    /// The name of the platform, if one was chosen.
    pub platform: Option<&'static str>,
    /// The boot as a person reads it. Steps name their effects by index.
    pub stages: Vec<Stage>,
    /// Remarks of ours on what this preview leaves out.
    pub notes: Vec<String>,
    /// The runs of the program, for what systemd does meanwhile.
    pub(crate) runs: Vec<ProgramRun>,
}

/// Follows `target` through user-data on a machine.
///
/// Spans in the result point into the user's text after decompression. What the machine is and
/// which of its parts fail is all in `machine`; there is no other input.
#[must_use]
pub fn preview(bytes: &[u8], target: Target, machine: &MachineDescription) -> Preview {
    let program = Program::of(target);
    let mut journal = Journal::new(MachineState::before(program.image, machine));
    let mut run = Run::new(program, Source::User, machine, Reads::default(), &mut journal);
    let outcome = follow(&mut run, bytes);
    let variables = run.addresses.clone().map(Variable::from);
    run.close("coreos-cloudinit", outcome.exit_code);
    // Whoever starts it: the units for the user's text are ordered alike.
    journal.ran(CONFIG_DRIVE_UNIT, 0);
    Preview::of(program, journal, outcome, variables)
}

/// The unit that applies the user's text of a config drive.
pub(crate) const CONFIG_DRIVE_UNIT: &str = "user-configdrive.service";

impl Preview {
    /// The machine before this boot, as it was described.
    #[must_use]
    pub fn machine_before(&self, described: &MachineDescription) -> MachineState {
        MachineState::before(Program::of(self.target).image, described)
    }

    pub(crate) fn of(
        program: &Program,
        journal: Journal,
        mut outcome: Outcome,
        variables: [Variable; 4],
    ) -> Self {
        outcome.notes.extend(journal.notes);
        Self {
            target: program.target,
            exit_code: outcome.exit_code,
            variables,
            messages: journal.messages,
            stdout: journal.stdout,
            text: outcome.text,
            oem: None,
            substituted: outcome.substituted,
            effects: journal.effects,
            machine: journal.machine,
            platform: None,
            stages: journal.stages,
            notes: outcome.notes,
            runs: journal.runs,
        }
    }
}

/// An address variable, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// As it is written in user-data.
    pub name: &'static str,
    /// The value; empty when the variable disappears.
    pub value: String,
    /// Where the value comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

impl From<Address> for Variable {
    fn from(address: Address) -> Self {
        Self { name: address.variable, value: address.value, cause: address.cause }
    }
}
