//! Arguments of `dryboot image`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use dryboot_core::openpgp::channel::{BOARDS, CURRENT, Distribution, IMAGES};

use super::{DataFormat, TrustArgs};

#[derive(Debug, Subcommand)]
pub(crate) enum ImageCommand {
    /// Print the URLs of an image, its signature and its version, without downloading them
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

    /// Directory for the image
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) directory: PathBuf,

    /// Decompress a file that ends in .bz2, and keep only the decompressed file
    #[arg(long)]
    pub(crate) decompress: bool,

    /// How to print the verdict
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: DataFormat,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// A day and a year, in seconds.
const DAY: u64 = 24 * 60 * 60;
const YEAR: u64 = 366 * DAY;

/// How much patience to have with a server.
#[derive(Args, Debug)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitArgs {
    /// How often to retry after a network failure
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(..=1000))]
    pub(crate) retries: u32,

    /// Seconds without data after which a connection counts as lost
    ///
    /// Signatures and version.txt must be complete within this time.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=DAY))]
    pub(crate) timeout: u64,

    /// Bytes per second below which a connection counts as lost; 0 accepts any speed
    ///
    /// The speed is averaged over the time of --timeout.
    #[arg(long, value_name = "BYTES", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(..=1 << 40))]
    pub(crate) min_speed: u64,

    /// Seconds after which to give up, including retries
    #[arg(long, value_name = "SECONDS", default_value_t = DAY, value_parser = clap::value_parser!(u64).range(1..=YEAR))]
    pub(crate) max_time: u64,

    /// Maximum size of the image in MiB, also after decompression
    #[arg(long, value_name = "MIB", default_value_t = 16 << 10, value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    pub(crate) max_size: u64,
}

/// Which image.
#[derive(Args, Debug)]
pub(crate) struct WhichArgs {
    /// The platform or kind of the image
    #[arg(value_name = "IMAGE", required_unless_present = "file", value_parser = image_names())]
    pub(crate) image: Option<String>,

    /// Another file of the release, by its name
    #[arg(long, value_name = "NAME", conflicts_with = "image")]
    pub(crate) file: Option<String>,

    /// The distribution
    #[arg(long, value_enum, default_value_t, value_name = "DISTRIBUTION")]
    pub(crate) distribution: DistributionArg,

    /// Release channel: alpha, beta, stable, or lts (flatcar only)
    #[arg(long, value_name = "CHANNEL", default_value = "stable")]
    pub(crate) channel: String,

    /// Kind of machine
    #[arg(long, value_name = "BOARD", default_value = BOARDS[0], value_parser = BOARDS)]
    pub(crate) board: String,

    /// Version, such as 2023.4.0, or `current`
    #[arg(long, value_name = "VERSION", default_value = CURRENT)]
    pub(crate) release: String,

    /// URL of a mirror, with a directory for each board
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
    /// CoreOS Container Linux; needs a mirror, because its servers no longer exist
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
