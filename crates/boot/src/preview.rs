//! The preview of a boot.

use dryboot_config::Target;
use dryboot_yaml::Limits;

use crate::actions::Effect;
use crate::machine::{MachineDescription, MachineState};
use crate::run::{Message, Run};
use crate::story::Stage;
use crate::{coreos, flatcar};

/// What a machine does with user-data.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The program that was followed.
    pub target: Target,
    /// Its exit code.
    pub exit_code: i32,
    /// Failures, warnings and what was skipped, in its words.
    pub messages: Vec<Message>,
    /// What it prints.
    pub stdout: String,
    /// The user's text after decompression: what spans point into. Empty when the program ends
    /// before it has it.
    pub text: String,
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
}

/// Follows `target` through user-data on a machine.
///
/// Spans in the result point into the user's text after decompression. What the machine is and
/// which of its parts fail is all in `machine`; there is no other input.
#[must_use]
pub fn preview(bytes: &[u8], target: Target, machine: &MachineDescription) -> Preview {
    let mut run = Run::new(target, machine);
    let limits = Limits::default();
    let outcome = match target {
        Target::CoreOs => coreos::boot(&mut run, bytes, &limits),
        Target::Flatcar => flatcar::boot(&mut run, bytes, &limits),
    };
    let stages = vec![Stage { name: "coreos-cloudinit".to_owned(), steps: run.steps(outcome.exit_code) }];
    Preview {
        target,
        exit_code: outcome.exit_code,
        messages: run.messages,
        stdout: run.stdout,
        text: outcome.text,
        substituted: outcome.substituted,
        effects: run.effects,
        machine: run.machine,
        platform: None,
        stages,
        notes: outcome.notes,
    }
}
