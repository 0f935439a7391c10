//! The boot with coreos-cloudinit or its fork.

mod dot;
mod human;
mod input;
mod timeline;

use anyhow::{Result, anyhow};
use dryboot_core::platform::{self, BootInput, PLATFORMS};
use dryboot_core::units::outlook;
use dryboot_core::{CoreosTarget, Preview, Target, preview};
use dryboot_report::output::Output;
use dryboot_report::preview::Document;

use super::{Text, out, refuse, write_files};
use crate::Outcome;
use crate::args::{PreviewArgs, PreviewFormat};
use input::Input;

pub(super) fn run(
    args: &PreviewArgs,
    text: &Text,
    target: CoreosTarget,
    out: &mut Output<'_>,
) -> Result<Outcome> {
    let others = [
        ("--vendor-data", args.vendor_data.is_some()),
        ("--second-boot", args.second_boot),
        ("--new-instance", args.new_instance),
    ];
    refuse(&others, "coreos-cloudinit")?;
    let preview = follow(args, text, target)?;
    let machine = out::Machine {
        target: preview.target.name().to_owned(),
        platform: preview.platform,
        files: &preview.machine.files,
    };
    let is_unwritten = write_files(args, &machine);
    let units = outlook(&preview);
    match args.output_format {
        PreviewFormat::Human => human::write(&preview, &units, out)?,
        PreviewFormat::Json => out.json(&Document::new(&preview, &units))?,
        PreviewFormat::Dot => dot::write(&units, out)?,
    }
    if is_unwritten {
        return Ok(Outcome::Failed);
    }
    let fails = preview.exit_code != 0 || units.fails();
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn follow(args: &PreviewArgs, text: &Text, target: CoreosTarget) -> Result<Preview> {
    let mut input = Input::read(args, text)?;
    let Some(location) = args.platform else {
        return Ok(preview(&text.bytes, Some(&Target::Coreos(target)), &input.machine)?);
    };
    let platform = location.coreos.ok_or_else(|| {
        let names: Vec<&str> = PLATFORMS.iter().map(|platform| platform.name).collect();
        let name = location.name().unwrap_or_default();
        anyhow!("coreos-cloudinit does not run on `{name}`; its platforms: {}", names.join(", "))
    })?;
    let described = input.describe(args, platform, target)?;
    let boot = BootInput {
        target,
        platform,
        datasource: described.datasource,
        oem: input.oem.as_deref(),
        machine: &input.machine,
    };
    let mut preview = platform::boot(&text.bytes, &boot)?;
    preview.notes.splice(0..0, described.notes);
    Ok(preview)
}
