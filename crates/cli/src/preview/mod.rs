//! `dryboot preview`.

mod causes;
mod cloud_init;
mod coreos;
mod out;
mod stages;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use dryboot_core::{Target, target_for};
use dryboot_report::output::Output;

use crate::args::PreviewArgs;
use crate::{Outcome, complain, discover, remark};

/// Where a config drive has its user-data.
const DRIVE_USER_DATA: &str = "openstack/latest/user_data";

/// The user-data, and the config drive that was named instead of it.
pub(crate) struct Text {
    bytes: Vec<u8>,
    drive: Option<PathBuf>,
}

pub(crate) fn run(args: &PreviewArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let drive = args.file.is_dir().then(|| args.file.clone());
    let bytes = match &drive {
        Some(drive) => of_drive(drive)?,
        None => discover::read(&args.file)?,
    };
    let text = Text { bytes, drive };
    match target_for(&text.bytes, args.target.0.as_ref(), args.platform.unwrap_or_default()) {
        Target::CloudInit(target) => cloud_init::run(args, &text, &target, out),
        Target::Coreos(target) => coreos::run(args, &text, target, out),
    }
}

/// A drive without user-data is one of a machine that was launched without.
fn of_drive(drive: &Path) -> Result<Vec<u8>> {
    let path = drive.join(DRIVE_USER_DATA);
    match path.exists() {
        true => discover::read(&path),
        false if drive.join("openstack").is_dir() => Ok(Vec::new()),
        false => {
            bail!("{} is a directory, but not a config drive: it has no {DRIVE_USER_DATA}", drive.display())
        }
    }
}

/// Writes the files of a boot where they are asked for; gives whether that failed.
fn write_files(args: &PreviewArgs, machine: &out::Machine<'_>) -> bool {
    let Some(directory) = &args.out else { return false };
    match out::write(machine, directory) {
        Ok(count) => {
            remark(&format!("{count} files are below {}", directory.display()));
            false
        }
        Err(error) => {
            complain(&format!("{error:#}"));
            true
        }
    }
}

/// Refuses options that only the other program has.
fn refuse(options: &[(&str, bool)], program: &str) -> Result<()> {
    match options.iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) => {
            bail!("{program} has no use for `{option}`: leave it out, or name another `--target`")
        }
        None => Ok(()),
    }
}
