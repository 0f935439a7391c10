//! Arguments of `dryboot image`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use dryboot_core::openpgp::channel::{BOARDS, CURRENT, Distribution, IMAGES};

use super::{DataFormat, TrustArgs};

#[derive(Debug, Subcommand)]
pub(crate) enum ImageCommand {
    /// Print the addresses of an image, its signature and its version; nothing is fetched
    Urls {
        #[command(flatten)]
        which: WhichArgs,

        /// How to print them
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        output_format: DataFormat,
    },
    /// Download an image, and keep it only if its signature is good
    #[command(after_help = super::VERIFY_EXIT_CODES)]
    Fetch(FetchArgs),
}

#[derive(Args, Debug)]
pub(crate) struct FetchArgs {
    #[command(flatten)]
    pub(crate) which: WhichArgs,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,

    /// Directory for the image
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) directory: PathBuf,

    /// Decompress a file that ends in .bz2, and keep only that
    #[arg(long)]
    pub(crate) decompress: bool,

    /// How often to try again after a failure of the network
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) retries: u32,

    /// Seconds without any data after which a connection counts as lost
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: u64,

    /// How to print the verdict
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: DataFormat,
}

/// Which image.
#[derive(Args, Debug)]
pub(crate) struct WhichArgs {
    /// Where the image boots, or what it is
    #[arg(value_name = "IMAGE", required_unless_present = "file", value_parser = image_names())]
    pub(crate) image: Option<String>,

    /// Another file of the release, by its name
    #[arg(long, value_name = "NAME", conflicts_with = "image")]
    pub(crate) file: Option<String>,

    /// Who makes it
    #[arg(long, value_enum, default_value_t, value_name = "DISTRIBUTION")]
    pub(crate) distribution: DistributionArg,

    /// Release channel: alpha, beta, stable, and lts of flatcar
    #[arg(long, value_name = "CHANNEL", default_value = "stable")]
    pub(crate) channel: String,

    /// Kind of machine
    #[arg(long, value_name = "BOARD", default_value = BOARDS[0], value_parser = BOARDS)]
    pub(crate) board: String,

    /// Version like 2023.4.0, or `current`
    #[arg(long, value_name = "VERSION", default_value = CURRENT)]
    pub(crate) release: String,

    /// Address of a mirror, below which there are boards with versions
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
}

fn image_names() -> Vec<&'static str> {
    IMAGES.iter().map(|image| image.name).collect()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DistributionArg {
    /// Flatcar Container Linux
    #[default]
    Flatcar,
    /// CoreOS Container Linux; needs a mirror, as its servers are gone
    Coreos,
}

impl DistributionArg {
    pub(crate) fn distribution(self) -> Distribution {
        match self {
            Self::Flatcar => Distribution::Flatcar,
            Self::Coreos => Distribution::CoreOs,
        }
    }
}
