//! What any program does to a machine at boot: effects with their causes, files, accounts, units.
//!
//! A [`MachineDescription`] and an [`Image`] make the machine before the boot. A program that is
//! followed writes what it does into the [`Journal`], which has the machine as it is at each moment.
//! [`units`] replays the journal for systemd. Nothing here knows a program or a platform, and nothing
//! touches a file, a network or a clock.

mod action;
pub mod bytes;
mod cause;
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
