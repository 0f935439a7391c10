//! The preview of a boot.

use dryboot_coreos::Target;
use dryboot_machine::{Cause, Effect, MachineDescription, MachineState, Message, ProgramRun, Source, Stage};
use dryboot_yaml::Limits;
use serde::Serialize;

use crate::addresses::Address;
use crate::outcome::Outcome;
use crate::run::Run;
use crate::{coreos, flatcar, image};

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

/// The machine before a boot with a target.
#[must_use]
pub fn machine_before(target: Target, machine: &MachineDescription) -> MachineState {
    MachineState::before(image::of(target), machine)
}

/// Follows `target` through user-data on a machine.
///
/// Spans in the result point into the user's text after decompression. What the machine is and
/// which of its parts fail is all in `machine`; there is no other input.
#[must_use]
pub fn preview(bytes: &[u8], target: Target, machine: &MachineDescription) -> Preview {
    let mut run = Run::new(target, Source::User, machine);
    let outcome = run_program(&mut run, bytes);
    run.close("coreos-cloudinit", outcome.exit_code);
    let mut preview = Preview::of(run, outcome);
    // Whoever starts it: the units for the user's text are ordered alike.
    let (unit, effects) = ("user-configdrive.service".to_owned(), 0..preview.effects.len());
    preview.runs.push(ProgramRun { unit, effects });
    preview
}

/// Runs the target to its end.
pub(crate) fn run_program(run: &mut Run<'_>, bytes: &[u8]) -> Outcome {
    let limits = Limits::default();
    match run.target {
        Target::CoreOs => coreos::boot(run, bytes, &limits),
        Target::Flatcar => flatcar::boot(run, bytes, &limits),
    }
}

impl Preview {
    pub(crate) fn of(run: Run<'_>, mut outcome: Outcome) -> Self {
        outcome.notes.extend(run.notes);
        Self {
            target: run.target,
            exit_code: outcome.exit_code,
            variables: run.addresses.map(Variable::from),
            messages: run.messages,
            stdout: run.stdout,
            text: outcome.text,
            oem: None,
            substituted: outcome.substituted,
            effects: run.effects,
            machine: run.machine,
            platform: None,
            stages: run.stages,
            notes: outcome.notes,
            runs: Vec::new(),
        }
    }
}

/// An address variable, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// As it is written in user-data.
    pub name: &'static str,
    /// The value; empty when the variable vanishes.
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
