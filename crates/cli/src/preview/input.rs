//! What a preview is made from: the text, the machine, its metadata, the config of its image.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use dryboot_core::platform::{self, Datasource, Described, Platform};
use dryboot_core::{CoreosTarget, MachineDescription, parse_description};

use crate::args::PreviewArgs;
use crate::{complain, discover, metadata};

/// Where a config drive has its user-data.
const DRIVE_USER_DATA: &str = "openstack/latest/user_data";

pub(super) struct Input {
    pub(super) text: Vec<u8>,
    pub(super) machine: MachineDescription,
    pub(super) oem: Option<Vec<u8>>,
    /// The config drive that was named instead of a text.
    drive: Option<PathBuf>,
}

impl Input {
    pub(super) fn read(args: &PreviewArgs) -> Result<Self> {
        let drive = args.file.is_dir().then(|| args.file.clone());
        let text = match &drive {
            Some(drive) => of_drive(drive)?,
            None => discover::read(&args.file)?,
        };
        let machine = match &args.machine {
            Some(path) => {
                let json = discover::read(path)?;
                let described = parse_description(&json).map_err(|words| anyhow!(words));
                described.with_context(|| format!("{} does not describe a machine", path.display()))?
            }
            None => MachineDescription::default(),
        };
        for field in machine.unknown.keys() {
            complain(&format!("`{field}` is not a known field of a machine: it is ignored"));
        }
        let oem = args.oem.as_deref().map(discover::read).transpose()?;
        Ok(Self { text, machine, oem, drive })
    }

    /// Adds the platform's metadata: what was given, or else an example.
    pub(super) fn describe(
        &mut self,
        args: &PreviewArgs,
        platform: &'static Platform,
        target: CoreosTarget,
    ) -> Result<Described> {
        let datasource = args.datasource.as_deref().map(|name| named(platform, name)).transpose()?;
        let given = args.metadata.clone().or_else(|| self.drive.clone());
        if let Some(path) = given {
            return metadata::add(&path, platform, datasource, target, &mut self.machine);
        }
        let example = platform::presets(platform).next().filter(|_| args.machine.is_none());
        let Some(example) = example else { return Ok(Described { datasource, notes: Vec::new() }) };
        let bytes = example.text.as_bytes();
        let machine = &mut self.machine;
        let mut described = platform::describe(platform, datasource, target, bytes, |_| None, machine)?;
        described.notes.push(format!(
            "no metadata was given, so this boot uses an example; `--metadata FILE` uses yours, `dryboot \
             platforms {}` prints the example",
            platform.name
        ));
        Ok(described)
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

fn named(platform: &'static Platform, name: &str) -> Result<&'static Datasource> {
    platform.datasource(name).ok_or_else(|| {
        let names: Vec<&str> = platform.datasources.iter().map(|source| source.name).collect();
        anyhow!("`{}` has no datasource `{name}`; valid names: {}", platform.name, names.join(", "))
    })
}
