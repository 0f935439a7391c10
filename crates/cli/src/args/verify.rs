//! Arguments of `dryboot verify`, and what `dryboot image` shares with it.

use std::path::PathBuf;

use clap::Args;
use dryboot_core::openpgp::{Fingerprint, Time};

use super::DataFormat;

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// The image as it was downloaded; `-` is standard input
    pub(crate) image: PathBuf,

    /// Its detached signature; without one, IMAGE.sig or IMAGE.asc
    pub(crate) signature: Option<PathBuf>,

    /// Write the image on while it is verified; FILE is there only if the image is good
    ///
    /// FILE is a new or a regular file, and none of the inputs. `-` is standard output, which has
    /// the data before there is a verdict: use nothing of it until the exit code is 0. The verdict
    /// goes to standard error then.
    #[arg(long, value_name = "FILE")]
    pub(crate) tee: Option<PathBuf>,

    /// How to print the verdict
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: DataFormat,

    #[command(flatten)]
    pub(crate) trust: TrustArgs,
}

/// Whom to trust, and how far.
#[derive(Args, Debug)]
#[command(next_help_heading = "Trust")]
pub(crate) struct TrustArgs {
    /// File with public keys; may be given several times
    ///
    /// No key comes with this program, and none is taken because it lies beside the image. The
    /// keys that you give count, except those that have the name of a known key and are another;
    /// but only a known key, or one named by --fingerprint, makes an image "good". With any other,
    /// it is "signed by a key that you supplied": compare the fingerprint that is shown.
    #[arg(long, value_name = "KEY", required = true)]
    pub(crate) keyring: Vec<PathBuf>,

    /// Trust only the key with this fingerprint; may be given several times
    ///
    /// It has to be in a keyring. SHA-1 is accepted where such a key vouches for itself.
    #[arg(long, value_name = "FINGERPRINT", value_parser = Fingerprint::parse)]
    pub(crate) fingerprint: Vec<Fingerprint>,

    /// How many different keys must have signed
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) signatures: u16,

    /// Judge as of this time, like 2019-02-04 or 2019-02-04T19:44:17Z
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at_time: Option<Time>,

    /// Which algorithms are strong enough as of this time; without it, as of --at-time or now
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) policy_as_of: Option<Time>,

    /// Accept SHA-1 over the image, and in what binds keys that are not known by fingerprint
    #[arg(long)]
    pub(crate) accept_sha1: bool,
}
