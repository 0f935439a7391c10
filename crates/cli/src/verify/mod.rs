//! `dryboot verify`.

mod human;
mod input;
mod json;
mod stream;
mod tee;
mod text;

use anyhow::Result;
use dryboot_core::openpgp::Verdict;

use crate::Outcome;
use crate::args::{DataFormat, VerifyArgs};
use input::Input;
pub(crate) use tee::Tee;

use crate::screen::Screen;
pub(crate) use input::{keyring, options};
pub(crate) use stream::Meter;

pub(crate) fn run(args: &VerifyArgs, out: &mut Screen) -> Result<Outcome> {
    let mut input = Input::open(args)?;
    let mut tee = args.tee.as_deref().map(Tee::create).transpose()?;
    let verdict = stream::verify(&mut input, tee.as_mut())?;
    if let Some(tee) = tee.filter(|_| verdict.good) {
        tee.keep()?;
    }
    report(&verdict, &input.name, args.output_format, out)
}

/// Prints the verdict on what is called `name`.
pub(crate) fn report(verdict: &Verdict, name: &str, format: DataFormat, out: &mut Screen) -> Result<Outcome> {
    match format {
        DataFormat::Human => human::write(verdict, name, out)?,
        DataFormat::Json => json::write(verdict, name, out)?,
    }
    Ok(if verdict.good { Outcome::Clean } else { Outcome::Findings })
}
