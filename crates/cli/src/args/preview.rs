//! Arguments of `dryboot preview`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dryboot_core::Location;

use super::{TargetChoice, location, target};

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  the program that reads the user-data succeeds, and so do its units on the platform
  1  the program, one of its modules or a unit fails
  2  usage error, a file that cannot be read or written, or an internal error";

#[derive(Args, Debug)]
pub(crate) struct PreviewArgs {
    /// The user-data, `-` for standard input, or the directory of a config drive with its metadata
    pub(crate) file: PathBuf,

    /// The program that will read the user-data: auto, cloud-init, coreos, flatcar, a version or a distribution
    ///
    /// With cloud-init, a distribution such as `ubuntu-24.04` or `debian-12` also says what is on the image.
    #[arg(long, default_value = "auto", value_name = "TARGET", value_parser = target)]
    pub(crate) target: TargetChoice,

    /// Where the machine boots; `dryboot platforms` lists those of coreos-cloudinit
    #[arg(long, value_name = "PLATFORM", value_parser = location)]
    pub(crate) platform: Option<Location>,

    /// The platform's metadata in its native format, or the directory of a config drive
    ///
    /// It is added to the data from --machine. Without either, the platform's example metadata is used;
    /// `dryboot platforms PLATFORM` prints it.
    #[arg(long, value_name = "FILE", requires = "platform")]
    pub(crate) metadata: Option<PathBuf>,

    /// The provider's vendor-data, which cloud-init applies below the user-data
    #[arg(long, value_name = "FILE")]
    pub(crate) vendor_data: Option<PathBuf>,

    /// The config that is baked into CoreOS's image and applied first [default: the platform's own]
    #[arg(long, value_name = "FILE", requires = "platform")]
    pub(crate) oem: Option<PathBuf>,

    /// The datasource that answers first, if the platform has several
    #[arg(long, value_name = "NAME", requires = "platform")]
    pub(crate) datasource: Option<String>,

    /// The machine as JSON: metadata, files, users, and what should fail
    #[arg(long, value_name = "FILE")]
    pub(crate) machine: Option<PathBuf>,

    /// Show what cloud-init does when the machine is restarted
    #[arg(long)]
    pub(crate) second_boot: bool,

    /// Show what cloud-init does when the disk boots as a new instance, as a copied image does
    #[arg(long, conflicts_with = "second_boot")]
    pub(crate) new_instance: bool,

    /// Write the files of the boot below this directory, with a manifest; it must be empty or new
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// How to print the preview
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: PreviewFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PreviewFormat {
    /// For people: stages, steps, files, and the units as they start
    #[default]
    Human,
    /// For programs, versioned
    Json,
    /// The units of coreos-cloudinit and their dependencies, for Graphviz
    Dot,
}
