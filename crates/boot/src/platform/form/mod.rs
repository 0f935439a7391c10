//! Metadata in a platform's own form, as the program reads it.
//!
//! What the program would refuse becomes [`MachineDescription::metadata_error`]: it is part of the
//! boot, not a fault of the input. Only what has not the form at all is an error here.

mod error;
mod guestinfo;
mod json;
mod tree;
mod waagent;

use std::net::IpAddr;

use dryboot_coreos::Target;
use dryboot_coreos::platform::{Datasource, Form, Platform};
use dryboot_machine::MachineDescription;
use serde_json::Value;

pub use error::FormError;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The datasource whose form it has.
    pub datasource: Option<&'static Datasource>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Adds a platform's metadata to the description of a machine.
///
/// Where datasources race, the form of the metadata tells which one has answered, unless
/// `datasource` does. `file` gives the content of a file of the config drive, by its path below
/// `openstack`; other forms do not ask for files.
///
/// # Errors
/// The text has not the platform's form.
pub fn describe(
    platform: &'static Platform,
    datasource: Option<&'static Datasource>,
    target: Target,
    metadata: &[u8],
    file: impl Fn(&str) -> Option<Vec<u8>>,
    machine: &mut MachineDescription,
) -> Result<Described, FormError> {
    let with_form = || platform.datasources.iter().filter(|source| source.form.is_some());
    let source = match datasource.filter(|source| source.form.is_some()) {
        Some(source) => source,
        None => with_form()
            .find(|source| source.form.is_some_and(|form| looks_like(form, metadata)))
            .or_else(|| with_form().next())
            .ok_or(FormError::None(platform.name))?,
    };
    let mut notes = Vec::new();
    match source.form {
        None => return Err(FormError::None(source.name)),
        Some(Form::Ec2) => tree::ec2(&object(metadata)?, target, machine),
        Some(Form::ConfigDrive) => json::config_drive(&object(metadata)?, file, machine, &mut notes)?,
        Some(Form::DigitalOcean) => json::digitalocean(&object(metadata)?, machine)?,
        Some(Form::Gce) => tree::gce(&object(metadata)?, machine),
        Some(Form::Packet) => json::packet(&object(metadata)?, machine)?,
        Some(Form::CloudSigma) => json::cloudsigma(&object(metadata)?, machine)?,
        Some(Form::Waagent) => waagent::read(metadata, machine)?,
        Some(Form::Guestinfo) => guestinfo::read(metadata, machine)?,
    }
    Ok(Described { datasource: Some(source), notes })
}

/// Whether metadata has the marks of a form that another datasource of the same platform has not.
fn looks_like(form: Form, metadata: &[u8]) -> bool {
    const OF_DRIVE: [&str; 4] = ["uuid", "public_keys", "network_config", "availability_zone"];
    let Ok(Value::Object(members)) = serde_json::from_slice(metadata) else { return false };
    let is_drive = OF_DRIVE.iter().any(|name| members.contains_key(*name));
    is_drive == (form == Form::ConfigDrive)
}

fn object(metadata: &[u8]) -> Result<Value, FormError> {
    let value: Value = serde_json::from_slice(metadata)?;
    if value.is_object() { Ok(value) } else { Err(FormError::NoObject) }
}

fn set(slot: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}

/// What is not an address counts as absent.
fn set_address(slot: &mut Option<String>, text: &str) {
    if text.parse::<IpAddr>().is_ok() {
        *slot = Some(text.to_owned());
    }
}
