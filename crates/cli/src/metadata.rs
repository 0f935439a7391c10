//! Metadata that a user gives: a file in the platform's own form, or a directory with several.

use std::path::{Component, Path};

use anyhow::{Context, Result, bail};
use dryboot_core::platform::{self, Datasource, Described, Platform};
use dryboot_core::{CoreosTarget, MachineDescription};

use crate::discover;

/// Where a config drive has its metadata.
const ON_DRIVE: &str = "openstack/latest/meta_data.json";

/// Where Azure's agent has it.
const OF_AGENT: &str = "SharedConfig.xml";

/// Adds the metadata at `path` to a machine.
pub(crate) fn add(
    path: &Path,
    platform: &'static Platform,
    datasource: Option<&'static Datasource>,
    target: CoreosTarget,
    machine: &mut MachineDescription,
) -> Result<Described> {
    let added = read(path, platform, datasource, target, machine);
    added.with_context(|| format!("cannot use {}", path.display()))
}

/// Other files are looked for below the `openstack` of a drive, and nowhere else.
fn read(
    path: &Path,
    platform: &'static Platform,
    datasource: Option<&'static Datasource>,
    target: CoreosTarget,
    machine: &mut MachineDescription,
) -> Result<Described> {
    let directory = path.is_dir().then_some(path);
    let metadata = match directory {
        Some(directory) => {
            let found = [ON_DRIVE, OF_AGENT].map(|file| directory.join(file));
            let Some(file) = found.iter().find(|file| file.is_file()) else {
                bail!("it has neither {ON_DRIVE}, as a config drive, nor {OF_AGENT}, as Azure's agent");
            };
            discover::read(file)?
        }
        None => discover::read(path)?,
    };
    let file = |name: &str| {
        let name = Path::new(name.trim_start_matches('/'));
        let stays = name.components().all(|component| matches!(component, Component::Normal(_)));
        let drive = directory.filter(|_| stays)?.join("openstack");
        // A link must not lead out of the drive.
        let path = drive.join(name).canonicalize().ok()?;
        path.starts_with(drive.canonicalize().ok()?).then(|| discover::read(&path).ok()).flatten()
    };
    Ok(platform::describe(platform, datasource, target, &metadata, file, machine)?)
}
