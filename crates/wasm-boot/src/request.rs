//! From a question of the page to the core's preview.

use dryboot_core::platform::{self, BootInput, Platform};
use dryboot_core::{self as core, CloudInitTarget, MachineDescription, Preview, Span, Target};
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Boot, Trouble, Wanted};
use serde::Deserialize;

use crate::{answer, cloud_init};

/// What a preview depends on besides text and target.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Options {
    /// Name of the platform.
    pub(crate) platform: Option<String>,
    /// Metadata in the platform's own form; without it, the platform's first preset.
    pub(crate) metadata: Option<String>,
    /// Config of the image, instead of the platform's own.
    oem: Option<String>,
    /// Vendor-data, which only cloud-init reads.
    #[serde(alias = "vendorData")]
    pub(crate) vendor_data: Option<String>,
    /// Which boot of a machine with cloud-init: `first`, `second` or `new-instance`.
    pub(crate) boot: Option<String>,
    /// What shall fail.
    pub(crate) fail: Vec<String>,
    /// Leaves the units out, which take longer than all else.
    without_units: bool,
    /// Leaves out what has become of the machine, which is half of what there is to say.
    without_machine: bool,
}

impl Options {
    pub(crate) fn wanted(&self) -> Wanted {
        Wanted { units: !self.without_units, machine: !self.without_machine }
    }
}

/// Follows a boot with user-data of which an editor shows `text`.
pub(crate) fn boot(bytes: &[u8], text: &str, target: Option<&Target>, options: Options) -> Option<Boot> {
    if let Some(target) = cloud_init_target(bytes, target, &options) {
        return Some(cloud_init::boot(bytes, text, &target, &options));
    }
    let wanted = options.wanted();
    let Followed { preview, machine, troubles } = follow(bytes, target, options)?;
    Some(answer::boot(text, &preview, &machine, troubles, wanted))
}

/// A boot that was followed.
pub(crate) struct Followed {
    pub(crate) preview: Preview,
    /// The machine before it.
    machine: MachineDescription,
    /// What could not be used; the boot is one without it.
    pub(crate) troubles: Vec<Trouble>,
}

/// The target of a text that cloud-init reads.
pub(crate) fn cloud_init_target(
    bytes: &[u8],
    target: Option<&Target>,
    options: &Options,
) -> Option<CloudInitTarget> {
    let location = options.platform.as_deref().and_then(core::Location::from_name).unwrap_or_default();
    match core::target_for(bytes, target, location) {
        Target::CloudInit(target) => Some(target),
        Target::Coreos(_) => None,
    }
}

/// Follows a boot; none with a program that cannot be previewed.
pub(crate) fn follow(bytes: &[u8], target: Option<&Target>, options: Options) -> Option<Followed> {
    let Options { platform, metadata, oem, fail, .. } = options;
    let mut machine = MachineDescription { fail, ..MachineDescription::default() };
    let mut troubles = Vec::new();
    let Some(platform) = platform.as_deref().and_then(Platform::from_name) else {
        let preview = core::preview(bytes, target, &machine).ok()?;
        return Some(Followed { preview, machine, troubles });
    };
    let target = core::target_on(bytes, target, platform).coreos()?;
    let mut datasource = None;
    let mut notes = Vec::new();
    // Without other metadata, what the platform typically gives: the page shows it as the text to begin with.
    let own = platform::presets(platform).next().map(|preset| preset.text);
    if let Some(metadata) = metadata.as_deref().or(own).filter(|text| !text.trim().is_empty()) {
        let mut described = machine.clone();
        match platform::describe(platform, None, target, metadata.as_bytes(), |_| None, &mut described) {
            Ok(found) => {
                machine = described;
                datasource = found.datasource;
                notes = found.notes;
            }
            Err(error) => {
                let at = error.offset(metadata).map(|at| Places::new(metadata).place(Span::empty(at)));
                troubles.push(Trouble { place: at, ..trouble("metadata", &error.message()) });
            }
        }
    }
    let oem = oem.as_deref().map(str::as_bytes);
    let input = BootInput { target, platform, datasource, oem, machine: &machine };
    let mut preview = match platform::boot(bytes, &input) {
        Ok(preview) => preview,
        Err(error) => {
            troubles.push(trouble("platform", &error));
            core::preview(bytes, Some(&Target::Coreos(target)), &machine).ok()?
        }
    };
    preview.notes.extend(notes);
    Some(Followed { preview, machine, troubles })
}

fn trouble(about: &str, error: &impl ToString) -> Trouble {
    Trouble { about: about.to_owned(), message: error.to_string(), place: None }
}
