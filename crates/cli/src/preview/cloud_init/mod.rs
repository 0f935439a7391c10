//! The boot with cloud-init.

mod human;
mod input;

use anyhow::{Result, bail};
use dryboot_core::CloudInitTarget;
use dryboot_core::cloud_init_boot::{Status, preview};
use dryboot_report::cloud_init_boot::Document;
use dryboot_report::output::Output;

use super::{Text, out, refuse, write_files};
use crate::Outcome;
use crate::args::{PreviewArgs, PreviewFormat};

pub(super) fn run(
    args: &PreviewArgs,
    text: &Text,
    target: &CloudInitTarget,
    out: &mut Output<'_>,
) -> Result<Outcome> {
    refuse(&[("--oem", args.oem.is_some()), ("--datasource", args.datasource.is_some())], "cloud-init")?;
    if args.output_format == PreviewFormat::Dot {
        bail!("the units of cloud-init's boots cannot be drawn: use another `--output-format`");
    }
    let mut notes = Vec::new();
    let machine = input::machine(args, text, &mut notes)?;
    let mut preview = preview(&text.bytes, target, &machine)?;
    preview.notes.splice(0..0, notes);
    let platform = args.platform.and_then(|location| location.name());
    let written = out::Machine { target: target.name(), platform, files: &preview.files };
    let is_unwritten = write_files(args, &written);
    match args.output_format {
        PreviewFormat::Human => human::write(&preview, target, platform, out)?,
        PreviewFormat::Json | PreviewFormat::Dot => {
            out.json(&Document::new(&preview, target.name(), platform))?;
        }
    }
    Ok(match preview.status {
        _ if is_unwritten => Outcome::Failed,
        Status::Error | Status::Disabled => Outcome::Findings,
        Status::Done | Status::Degraded => Outcome::Clean,
    })
}
