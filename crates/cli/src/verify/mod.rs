//! `dryboot verify`.

mod human;
mod input;
mod stream;
mod tee;

use std::path::{Path, PathBuf};

use anyhow::Result;
use dryboot_core::openpgp::Verdict;
use dryboot_report::output::Output;
use dryboot_report::verify::Document;

use crate::args::{DataFormat, VerifyArgs};
use crate::{Outcome, is_broken_pipe};
use input::Input;
use tee::Tee;

use crate::screen;
pub(crate) use input::{keyring, options};
pub(crate) use stream::Meter;

pub(crate) fn run(args: &VerifyArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let mut input = Input::open(args)?;
    let mut tee = args.tee.as_deref().map(|path| Tee::begin(path, &inputs(args, &input))).transpose()?;
    let verdict = stream::verify(&mut input, tee.as_mut())?;
    let stdout_has_data = tee.as_ref().is_some_and(Tee::is_stdout);
    if let Some(tee) = tee {
        tee.end(verdict.good)?;
    }
    if stdout_has_data {
        return report(&verdict, &input.name, args.output_format, &mut screen::stderr());
    }
    report(&verdict, &input.name, args.output_format, out)
}

/// All files that are read.
fn inputs<'a>(args: &'a VerifyArgs, input: &'a Input) -> Vec<&'a Path> {
    let keys = args.trust.keyring.iter().map(PathBuf::as_path);
    [args.image.as_path(), &input.signature].into_iter().chain(keys).collect()
}

/// Prints the verdict on what is called `name`.
pub(crate) fn report(
    verdict: &Verdict,
    name: &str,
    format: DataFormat,
    out: &mut Output<'_>,
) -> Result<Outcome> {
    let written = match format {
        DataFormat::Human => human::write(verdict, name, out),
        DataFormat::Json => out.json(&Document::new(verdict, name)).map_err(Into::into),
    };
    match written.and_then(|()| Ok(out.flush()?)) {
        // The verdict stands, whether anybody reads it or not.
        Err(error) if is_broken_pipe(&error) => {}
        written => written?,
    }
    Ok(if verdict.good { Outcome::Clean } else { Outcome::Findings })
}
