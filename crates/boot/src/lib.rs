//! What a machine does with user-data: the effects of a boot, in order and each with its causes.
//!
//! [`preview`] follows a target from the first byte of user-data to its exit code on a machine
//! that [`MachineDescription`] describes. [`convert_netconf`] converts a network configuration as
//! the targets do. Nothing here touches a file, a network or a clock.

mod actions;
mod addresses;
mod apply;
mod config;
mod coreos;
mod describe;
mod flatcar;
mod go_errors;
mod machine;
mod mime;
mod netconf;
mod outcome;
mod parts;
pub mod platform;
mod preview;
mod receive;
mod run;
mod script;
mod source;
mod story;
mod substitution;
mod trace;
pub mod units;

pub use actions::{Action, Effect, Purpose, TransientProperties, Unmasked};
pub use machine::{
    Account, Entry, FileTree, HttpResponse, MachineDescription, MachineState, Mode, NetconfFormat, Node,
    UnitState, parse_description,
};
pub use netconf::{Interface, InterfaceKind, Netconf, NetconfError, NetconfFile, convert_netconf};
pub use preview::{Preview, Variable, preview};
pub use run::Message;
pub use source::{Cause, Source};
pub use story::{Stage, State, Step};
