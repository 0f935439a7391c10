//! What a machine does with user-data: the effects of a boot, in order and each with its causes.
//!
//! [`preview`] follows a target from the first byte of user-data to its exit code on a machine
//! that [`MachineDescription`] describes. [`convert_netconf`] converts a network configuration as
//! the targets do. Nothing here touches a file, a network or a clock.

mod apply;
mod config;
mod follow;
mod image_paths;
mod netconf;
pub mod platform;
mod preview;
mod problems;
mod program;
mod run;
mod text;
pub mod units;

pub use dryboot_machine::{
    Account, Action, Cause, Effect, Entry, FileTree, HttpResponse, MachineDescription, MachineState, Message,
    Mode, Node, Purpose, Source, Stage, State, Step, TransientProperties, UnitState, Unmasked,
    parse_description,
};
pub use netconf::{
    Interface, InterfaceKind, Netconf, NetconfError, NetconfFile, NetconfFormat, convert_netconf,
};
pub use preview::{Preview, Variable, preview};
pub use problems::boot_problems;
