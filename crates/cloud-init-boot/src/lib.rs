//! What cloud-init does to a machine: the stages of a boot, their modules, and every effect with the lines behind it.
//!
//! [`preview`] follows a release of cloud-init on a machine that [`Machine`] describes. Nothing here touches a file, a
//! network or a clock, and no command is run: what commands do to accounts, files and names is played through.

mod accounts;
mod boot;
mod commands;
mod configs;
mod datasource;
mod dump;
mod family;
mod identify;
mod image;
mod input;
mod journal;
mod kept;
mod merge;
mod modules;
mod network;
mod packages;
mod preview;
mod python;
mod raised;
mod read;
mod recorded;
mod releases;
mod stages;
mod story;
mod system;
mod user_data;
mod value;
mod which_boot;

pub use accounts::User;
pub use datasource::{Metadata, SOURCES, Source, VendorDataForm};
pub use family::Family;
pub use image::{IMAGES, Image};
pub use input::{Answer, CommandResult, Hardware, ImageFile, Machine};
pub use journal::{Action, Effect, Journal, Level, Message, ModuleResult, Run, Stage, Step, WriteFile};
pub use preview::{NoImage, Preview, preview};
pub use raised::Raised;
pub use recorded::Status;
pub use which_boot::WhichBoot;
