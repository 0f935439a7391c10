//! `dryboot preview`.

mod causes;
mod dot;
mod human;
mod input;
mod out;
mod timeline;
mod tree;

use anyhow::Result;
use dryboot_core::platform::{self, BootInput};
use dryboot_core::units::outlook;
use dryboot_core::{NoPreview, Preview, preview, target_on};
use dryboot_report::output::Output;
use dryboot_report::preview::Document;

use crate::args::{PreviewArgs, PreviewFormat};
use crate::{Outcome, complain, remark};
use input::Input;

pub(crate) fn run(args: &PreviewArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let preview = follow(args)?;
    let mut all_written = true;
    if let Some(directory) = &args.out {
        match out::write(&preview, directory) {
            Ok(count) => remark(&format!("{count} files are below {}", directory.display())),
            Err(error) => {
                complain(&format!("{error:#}"));
                all_written = false;
            }
        }
    }
    let units = outlook(&preview);
    match args.output_format {
        PreviewFormat::Human => human::write(&preview, &units, out)?,
        PreviewFormat::Json => out.json(&Document::new(&preview, &units))?,
        PreviewFormat::Dot => dot::write(&units, out)?,
    }
    if !all_written {
        return Ok(Outcome::Failed);
    }
    let fails = preview.exit_code != 0 || units.fails();
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn follow(args: &PreviewArgs) -> Result<Preview> {
    let mut input = Input::read(args)?;
    let Some(platform) = args.platform else {
        return Ok(preview(&input.text, args.target.target().as_ref(), &input.machine)?);
    };
    let target = target_on(&input.text, args.target.target().as_ref(), platform);
    let program = target.program().title;
    let Some(target) = target.coreos() else { return Err(NoPreview { program }.into()) };
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
