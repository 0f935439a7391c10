//! The machine: what is known of it before the boot, and what it has become.

mod description;
mod failures;
mod files;
mod state;

pub use description::{HttpResponse, MachineDescription, NetconfFormat, parse_description};
pub(crate) use failures::Failures;
pub use files::{Entry, FileTree, Mode, Node};
pub(crate) use files::{Errno, rooted};
pub use state::{Account, MachineState, UnitState};
