//! What a preview is made from besides the text: the machine, its metadata, the config of its image.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use dryboot_core::platform::{self, Datasource, Described, Platform};
use dryboot_core::{CoreosTarget, MachineDescription, parse_description};

use crate::args::PreviewArgs;
use crate::preview::Text;
use crate::{complain, discover, metadata};

pub(super) struct Input {
    pub(super) machine: MachineDescription,
    pub(super) oem: Option<Vec<u8>>,
    /// The config drive that was named instead of a text.
    drive: Option<PathBuf>,
}

impl Input {
    pub(super) fn read(args: &PreviewArgs, text: &Text) -> Result<Self> {
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
        Ok(Self { machine, oem, drive: text.drive.clone() })
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

fn named(platform: &'static Platform, name: &str) -> Result<&'static Datasource> {
    platform.datasource(name).ok_or_else(|| {
        let names: Vec<&str> = platform.datasources.iter().map(|source| source.name).collect();
        anyhow!("`{}` has no datasource `{name}`; valid names: {}", platform.name, names.join(", "))
    })
}
