//! Arguments of `dryboot verify`, and what `dryboot image` shares with it.

use std::path::PathBuf;

use clap::Args;
use dryboot_core::openpgp::{Fingerprint, Time};

use super::DataFormat;

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// The image as downloaded, or `-` for standard input
    pub(crate) image: PathBuf,

    /// Its detached signature [default: IMAGE.sig or IMAGE.asc]
    pub(crate) signature: Option<PathBuf>,

    /// Copy the image to FILE while it is verified; FILE is only kept if the image is good
    ///
    /// FILE must be new or a regular file, and not one of the inputs. `-` is standard output, which gets the
    /// data before the verdict: do not use any of it until the exit code is 0. The verdict then goes to
    /// standard error.
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
    /// dryboot does not include any keys, and does not use a key just because it is next to the image. It
    /// accepts the keys that you supply, except those that only look like a known key. An image is "good"
    /// only with a known key, or one named by --fingerprint. With any other key, it is "signed by a key that
    /// you supplied": compare the fingerprint in the output.
    #[arg(long, value_name = "KEY", required = true)]
    pub(crate) keyring: Vec<PathBuf>,

    /// Trust only the key with this fingerprint; may be given several times
    ///
    /// The key must be in a keyring. SHA-1 is accepted in such a key's signatures on itself.
    #[arg(long, value_name = "FINGERPRINT", value_parser = Fingerprint::parse)]
    pub(crate) fingerprint: Vec<Fingerprint>,

    /// How many different keys must have signed the image
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) signatures: u16,

    /// Verify as of this time, such as 2019-02-04 or 2019-02-04T19:44:17Z
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at_time: Option<Time>,

    /// Require algorithms that were strong enough at this time [default: --at-time, or now]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) policy_as_of: Option<Time>,

    /// Accept SHA-1 for the image, and in the certificates of keys that are not known by fingerprint
    #[arg(long)]
    pub(crate) accept_sha1: bool,
}
