//! `dryboot preview`.

mod causes;
mod human;
mod input;
mod json;
mod tree;

use std::io::Write;

use anyhow::Result;
use dryboot_core::platform::{self, BootInput};
use dryboot_core::{Preview, preview, target_on};

use crate::Outcome;
use crate::args::{PreviewArgs, PreviewFormat};
use input::Input;

pub(crate) fn run(args: &PreviewArgs, out: &mut impl Write) -> Result<Outcome> {
    let preview = follow(args)?;
    match args.output_format {
        PreviewFormat::Human => human::write(&preview, out)?,
        PreviewFormat::Json => json::write(&preview, out)?,
    }
    Ok(if preview.exit_code == 0 { Outcome::Clean } else { Outcome::Findings })
}

fn follow(args: &PreviewArgs) -> Result<Preview> {
    let mut input = Input::read(args)?;
    let Some(platform) = args.platform else {
        return Ok(preview(&input.text, args.target.target(), &input.machine));
    };
    let target = target_on(&input.text, args.target.target(), platform);
    let described = input.describe(args, platform, target)?;
    let boot = BootInput {
        target,
        platform,
        datasource: described.datasource,
        oem: input.oem.as_deref(),
        machine: &input.machine,
    };
    let mut preview = platform::boot(&input.text, &boot)?;
    preview.notes.splice(0..0, described.notes);
    Ok(preview)
}
