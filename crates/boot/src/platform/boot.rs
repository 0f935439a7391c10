//! The state of a boot on a platform.

use dryboot_coreos::envelope::open;
use dryboot_machine::units::Service;
use dryboot_machine::{Journal, MachineDescription};
use dryboot_yaml::Limits;

use super::BootInput;
use crate::follow::Outcome;
use crate::preview::Variable;
use crate::program::Program;

/// What is given, and what has come of the boot so far, except for the journal.
pub(super) struct Boot<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) input: &'a BootInput<'a>,
    pub(super) program: &'static Program,
    /// The machine before the user's text is read: it has neither metadata nor environment.
    pub(super) bare: &'a MachineDescription,
    /// The unit of the image that has failed.
    pub(super) failed: Option<&'static str>,
    /// How the program ended with the user's text.
    pub(super) ended: Option<Ended>,
    /// What the reader should know about the boot as a whole.
    pub(super) notes: Vec<String>,
}

/// How the program ended, and what it made of the variables.
pub(super) struct Ended {
    pub(super) outcome: Outcome,
    pub(super) variables: [Variable; 4],
}

impl Boot<'_> {
    /// The service of this name, as the machine has it now.
    pub(super) fn service(&self, journal: &Journal, unit: &str) -> Service {
        Service::on(&journal.machine.files, &self.program.image.units, unit)
    }

    /// The failed unit that a service requires.
    pub(super) fn failed_requirement(&self, service: &Service) -> Option<&'static str> {
        self.failed.filter(|failed| service.requires.iter().any(|required| required == failed))
    }

    /// The user's text after decompression, for a boot in which no program reads it.
    pub(super) fn unread_text(&self) -> String {
        open(self.bytes, Limits::default().bytes).text
    }
}
