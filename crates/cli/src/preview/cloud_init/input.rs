//! The machine that a boot of cloud-init happens on.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use dryboot_core::cloud_init_boot::{Machine, Metadata, Source, VendorDataForm};
use dryboot_core::{CLOUD_INIT_PLATFORMS, CloudInitPlatform, Location};
use serde_json::Value as Json;

use crate::args::PreviewArgs;
use crate::discover;
use crate::preview::Text;

/// The machine: what its description says, and what other options add. Notes say what was made up.
pub(super) fn machine(args: &PreviewArgs, text: &Text, notes: &mut Vec<String>) -> Result<Machine> {
    let is_bare = args.machine.is_none() && text.drive.is_none() && args.metadata.is_none();
    let mut machine = match (&args.machine, args.platform) {
        (Some(path), location) => {
            let json = discover::read(path)?;
            let described = Machine::parse(&json).map_err(|words| anyhow!(words));
            let mut machine =
                described.with_context(|| format!("{} does not describe a machine", path.display()))?;
            if let Some(location) = location {
                machine.datasource = Some(data_source(location)?.name.to_owned());
            }
            machine
        }
        (None, Some(location)) => {
            let name = location.name().unwrap_or_default();
            let machine = data_source(location)?.example(name);
            if is_bare { machine } else { machine.without_data() }
        }
        (None, None) => Machine::default(),
    };
    if let Some(drive) = &text.drive {
        add_drive(&mut machine, drive)?;
    }
    if let Some(path) = &args.metadata {
        add_metadata(&mut machine, path).with_context(|| format!("cannot use {}", path.display()))?;
    }
    if is_bare && machine.metadata.is_some() {
        notes.push(
            "no metadata was given, so this boot uses an example; `--metadata FILE` uses yours".to_owned(),
        );
    }
    if let Some(path) = &args.vendor_data {
        add_vendor_data(&mut machine, path).with_context(|| format!("cannot use {}", path.display()))?;
    }
    if args.second_boot || args.new_instance {
        machine.boots = Some(machine.boots.unwrap_or(1).max(1) + 1);
        machine.new_instance = args.new_instance;
    }
    Ok(machine)
}

/// The data source of a platform.
fn data_source(location: Location) -> Result<&'static Source> {
    let name = location.name().unwrap_or_default();
    let of = |platform: &CloudInitPlatform| Source::named(platform.datasource);
    location.cloud_init.and_then(of).ok_or_else(|| {
        let known = CLOUD_INIT_PLATFORMS.iter().filter(|platform| of(platform).is_some());
        let names: Vec<&str> = known.map(|platform| platform.name).collect();
        anyhow!(
            "dryboot cannot preview a boot of cloud-init on `{name}` yet; it can on: {}",
            names.join(", ")
        )
    })
}

fn json(path: &Path) -> Result<Json> {
    Ok(serde_json::from_slice(&discover::read(path)?)?)
}

/// A config drive has everything of its machine.
fn add_drive(machine: &mut Machine, drive: &Path) -> Result<()> {
    let latest = drive.join("openstack/latest");
    let file = |name: &str| {
        let path = latest.join(name);
        let read = || json(&path).with_context(|| format!("cannot use {}", path.display()));
        path.exists().then(read).transpose()
    };
    machine.datasource.get_or_insert_with(|| "ConfigDrive".to_owned());
    machine.metadata = file("meta_data.json")?.or(machine.metadata.take());
    machine.vendordata_json = file("vendor_data.json")?.or(machine.vendordata_json.take());
    machine.vendordata2_json = file("vendor_data2.json")?.or(machine.vendordata2_json.take());
    machine.network_data = file("network_data.json")?.or(machine.network_data.take());
    machine.no_userdata = !latest.join("user_data").exists();
    Ok(())
}

fn add_metadata(machine: &mut Machine, path: &Path) -> Result<()> {
    if path.is_dir() {
        return add_drive(machine, path);
    }
    if Source::of(machine).metadata == Metadata::Yaml {
        let text = String::from_utf8(discover::read(path)?).context("it is not UTF-8")?;
        machine.metadata_raw = Some(text);
    } else {
        machine.metadata = Some(json(path)?);
    }
    Ok(())
}

fn add_vendor_data(machine: &mut Machine, path: &Path) -> Result<()> {
    let text = String::from_utf8(discover::read(path)?).context("it is not UTF-8")?;
    let source = Source::of(machine);
    match source.vendor_data {
        // Providers hand over JSON; a text is what cloud-init finds in it.
        VendorDataForm::Json => {
            machine.vendordata_json = Some(serde_json::from_str(&text).unwrap_or(Json::String(text)));
        }
        VendorDataForm::Text => machine.vendordata = Some(text),
        VendorDataForm::Never => bail!("the data source {} has no vendor-data", source.name),
    }
    Ok(())
}
