//! What any program does to a machine at boot: effects with their causes, files, accounts and units.
//!
//! An [`Image`] and a [`MachineDescription`] give the machine before the boot. The [`Journal`] holds the
//! machine as it is now and everything a program has done to it. [`units`] replays the journal to find
//! out what systemd does. This crate knows no program and no platform, and touches no file, network or
//! clock.

mod action;
pub mod bytes;
mod cause;
mod codes;
mod description;
mod failures;
mod files;
mod image;
mod journal;
pub mod path;
mod state;
mod story;
pub mod units;
mod words;

pub use action::{Action, Purpose, TransientProperties, Unmasked};
pub use cause::{Cause, Source};
pub use description::{HttpResponse, MachineDescription, parse_description};
pub use failures::Failures;
pub use files::{Entry, Errno, FileTree, Mode, Node, PathError};
pub use image::{Image, ImageUnits};
pub use journal::{Effect, Journal, Message, ProgramRun};
pub use state::{Account, MachineState, UnitState};
pub use story::{Stage, State, Step};
