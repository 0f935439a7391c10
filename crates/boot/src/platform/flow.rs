//! The boot around the program, in its order: the image, the OEM config, the user's text.

use std::collections::BTreeMap;

use dryboot_coreos::platform::Field;
use dryboot_machine::{Journal, MachineDescription, MachineState, Stage, State, Step};

use super::BootInput;
use super::boot::{Boot, Ended};
use super::launch::take_away;
use crate::follow::Outcome;
use crate::preview::{Preview, Variable};
use crate::program::Program;
use crate::text::addresses;

const UNREAD: &str = "nothing reads the user-data";

/// Follows a machine of a platform through its boot.
pub(super) fn follow(bytes: &[u8], input: &BootInput<'_>) -> Preview {
    let bare = bare(input.machine);
    let program = Program::of(input.target);
    let mut journal = Journal::new(MachineState::before(program.image, &bare));
    let mut boot = Boot { bytes, input, program, bare: &bare, failed: None, ended: None, notes: Vec::new() };
    boot.image(&mut journal);
    let oem = boot.image_config(&mut journal);
    boot.late_programs(&mut journal);
    boot.user_config(&mut journal);
    boot.end(journal, oem)
}

impl Boot<'_> {
    fn end(mut self, mut journal: Journal, oem: Option<String>) -> Preview {
        let ended = self.ended.take().unwrap_or_else(|| self.unread(&mut journal));
        let mut preview = Preview::of(self.program, journal, ended.outcome, ended.variables);
        preview.platform = Some(self.input.platform.name);
        preview.oem = oem;
        preview.notes.splice(0..0, self.notes);
        preview.notes.extend(unused(self.input));
        preview
    }

    /// Nothing has run the program with the user's text.
    fn unread(&mut self, journal: &mut Journal) -> Ended {
        let why = match self.starting_unit() {
            None => "the OEM config does not start a unit that runs coreos-cloudinit with it",
            Some(_) => "the unit that applies it does not run",
        };
        let step = Step::done("coreos-cloudinit", "apply the user-data").ended(State::NotReached, why);
        journal.stages.push(Stage { name: UNREAD.to_owned(), steps: vec![step] });
        self.notes.push(format!("{UNREAD}: {why}"));
        Ended {
            outcome: Outcome { exit_code: 1, text: self.unread_text(), ..Outcome::default() },
            variables: addresses(self.bare).map(Variable::from),
        }
    }
}

/// The machine without metadata, and without the arguments of its program.
fn bare(machine: &MachineDescription) -> MachineDescription {
    let mut bare = MachineDescription {
        env: BTreeMap::new(),
        flags: Vec::new(),
        userdata_error: None,
        metadata_error: None,
        ..machine.clone()
    };
    for field in Field::ALL {
        take_away(&mut bare, field);
    }
    bare
}

/// What the description of the machine has and no machine of the platform gets.
fn unused(input: &BootInput<'_>) -> impl Iterator<Item = String> {
    let mut machine: MachineDescription = input.machine.clone();
    let platform = input.platform;
    platform.lacks().filter(move |&field| take_away(&mut machine, field)).map(|field| {
        let (name, title) = (platform.name, field.title());
        format!(
            "on `{name}`, the machine does not get the {title} from anywhere: the given value is not used"
        )
    })
}
