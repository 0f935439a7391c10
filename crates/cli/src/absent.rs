//! `verify` and `image` in a build without the cargo feature `openpgp`: they say how to get them.

use std::ffi::OsString;

use anyhow::{Result, bail};
use clap::Args;

use crate::Outcome;

/// Whatever the command would take.
#[derive(Args, Debug)]
pub(crate) struct AbsentArgs {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

/// Says that a command is not in this build.
pub(crate) fn run(command: &str, AbsentArgs { rest: _ }: &AbsentArgs) -> Result<Outcome> {
    bail!(
        "`{command}` is not part of this build, which does not include image signatures; run `cargo \
         install --path crates/cli` to install dryboot with all its commands"
    )
}
