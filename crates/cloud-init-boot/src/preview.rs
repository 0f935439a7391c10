//! The preview of a boot.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use dryboot_cloud_init::parts;
use dryboot_cloud_init::target::Target;
use dryboot_machine::FileTree;
use dryboot_yaml::Limits;

use crate::accounts::User;
use crate::boot::{Boot, INSTANCE};
use crate::configs::Configs;
use crate::datasource::{DataSource, Source, VendorData};
use crate::identify::Identified;
use crate::image::{IMAGES, Image};
use crate::input::Machine;
use crate::journal::Journal;
use crate::raised::Raised;
use crate::recorded::{Kept, Status};
use crate::releases::{self, Change, KNOWN};
use crate::stages::boot_once;
use crate::system::{System, lossy};

/// More boots than these are not shown.
const MOST_BOOTS: u32 = 8;

/// What cloud-init does with user-data.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The image that was booted.
    pub image: &'static Image,
    /// How the boot ends.
    pub status: Status,
    /// All that happens.
    pub journal: Journal,
    /// The files of the machine afterwards.
    pub files: FileTree,
    /// The files of the image.
    pub files_before: FileTree,
    /// The accounts of the machine afterwards.
    pub users: Vec<User>,
    /// The name of the machine afterwards.
    pub hostname: String,
    /// The data source, as messages name it.
    pub source: String,
    /// The user-data after decompression: causes point into it.
    pub text: String,
    /// The vendor-data in the same way, where there is one text of it.
    pub vendor_data: Option<String>,
    /// What the preview cannot know.
    pub notes: Vec<String>,
    /// How the data source is recognised.
    pub(crate) identified: Identified,
    /// What only the recordings have.
    pub(crate) kept: Kept,
}

/// A machine whose boot cannot be previewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoImage {
    /// The distribution that has no image here.
    pub distribution: String,
}

impl fmt::Display for NoImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Image::names();
        let name = &self.distribution;
        write!(f, "the boot of `{name}` cannot be previewed; known distributions: {}", known.join(", "))
    }
}

impl std::error::Error for NoImage {}

/// The image of a machine: what its description names, or what the target is.
fn image(target: &Target, machine: &Machine) -> Result<&'static Image, NoImage> {
    let none = |name: &str| NoImage { distribution: name.to_owned() };
    match (&machine.distro, target.distribution) {
        (Some(name), _) => Image::named(name, "").ok_or_else(|| none(name)),
        (None, Some(distribution)) => Image::of(distribution).ok_or_else(|| none(distribution.name)),
        (None, None) => Ok(&IMAGES[0]),
    }
}

/// Follows a release of cloud-init through user-data on a machine.
///
/// # Errors
/// There is no image of the distribution.
pub fn preview(user_data: &[u8], target: &Target, machine: &Machine) -> Result<Preview, NoImage> {
    let image = image(target, machine)?;
    let identified = Identified::of(machine, image, target.release);
    let mut boot = Boot {
        release: target.release,
        image,
        system: System {
            // An image of a time when cloud-init made such keys has an OpenSSH that does.
            makes_dsa_keys: target.release < Change::NoDsaKeys.since(),
            ..System::new(image, machine)
        },
        journal: Journal::default(),
        source: DataSource::default(),
        failed_source: None,
        config: Rc::default(),
        asked_accounts: None,
        options: BTreeMap::new(),
        done: BTreeSet::new(),
        set_hostname: None,
        previous_hostname: None,
        looked: None,
    };
    let mut configs = Configs::of_image(image.settings, releases::listed(target.release, image));
    boot.config = Rc::new(configs.merged(true));
    match found(machine, user_data, image, &identified) {
        Some(Ok(source)) => boots(&mut boot, source, &mut configs, machine),
        Some(Err(error)) => {
            boot.failed_source = Some((Source::of(machine).name, error));
            boots(&mut boot, DataSource::fallback(), &mut configs, machine);
        }
        None => {}
    }
    let is_disabled = matches!(identified, Identified::Disabled(_));
    let kept = Kept {
        user: configs.user.merged,
        merged: boot.config,
        image: configs.image,
        groups: boot.system.groups.into_vec(),
    };
    let vendor_data = match (&boot.source.vendor_data, &boot.source.vendor_data2) {
        (VendorData::Text(text), VendorData::None) | (VendorData::None, VendorData::Text(text)) => {
            Some(opened(text.as_bytes()))
        }
        _ => None,
    };
    Ok(Preview {
        image,
        status: if is_disabled { Status::Disabled } else { Status::of(&boot.journal) },
        files: boot.system.files,
        files_before: boot.system.before,
        users: boot.system.users.into_vec(),
        hostname: boot.system.hostname,
        source: std::mem::take(&mut boot.source.shown),
        text: opened(boot.source.user_data.as_deref().unwrap_or(user_data)),
        vendor_data,
        journal: boot.journal,
        notes: notes(target, machine, &boot.source.notes),
        identified,
        kept,
    })
}

/// The data source of a machine; none where cloud-init does not run.
fn found(
    machine: &Machine,
    user_data: &[u8],
    image: &Image,
    identified: &Identified,
) -> Option<Result<DataSource, Raised>> {
    let source = Source::of(machine);
    if matches!(identified, Identified::Disabled(_)) {
        return None;
    }
    if !identified.asks(source.name) {
        return Some(Err(Raised::new("DataSourceNotFoundException", "`ds-identify` does not recognise it")));
    }
    Some(DataSource::find(machine, user_data, image))
}

/// Boots as often as the description asks for.
fn boots(boot: &mut Boot, source: DataSource, configs: &mut Configs, machine: &Machine) {
    if source.config.map().is_some() {
        configs.source = source.config.clone();
    }
    boot.source = source;
    boot.config = Rc::new(configs.merged(true));
    let boots = machine.boots.unwrap_or(1).clamp(1, MOST_BOOTS);
    for number in 1..=boots {
        boot_once(boot, number, configs);
        if number < boots {
            restart(boot);
            if machine.new_instance && number + 1 == boots {
                become_new(boot);
            }
        }
    }
}

/// What the preview cannot know of a machine.
fn notes(target: &Target, machine: &Machine, of_source: &[&str]) -> Vec<String> {
    let mut notes: Vec<String> = of_source.iter().map(|note| (*note).to_owned()).collect();
    if target.release < KNOWN {
        notes.push(format!(
            "the modules do what they do in cloud-init {KNOWN}; few of the differences of {} are known here",
            target.release
        ));
    }
    let is_bare = machine.metadata.is_none() && machine.metadata_raw.is_none();
    if is_bare && Source::of(machine).name != "None" {
        notes.push("no metadata was given, so the machine has an id, and neither a name nor keys".to_owned());
    }
    notes
}

/// Data as text, after decompression.
fn opened(bytes: &[u8]) -> String {
    let opened = parts::open(bytes, None, &Limits::default());
    lossy(if opened.is_broken() { bytes } else { &opened.bytes })
}

/// What is lost when a machine restarts.
fn restart(boot: &mut Boot) {
    boot.journal.step("(stage)", None);
    boot.system.files.clear("/run");
    boot.journal.record(crate::journal::Action::Delete { path: "/run".to_owned(), recursive: true });
}

/// The machine is another one to its data source.
fn become_new(boot: &mut Boot) {
    boot.source.instance_id.push_str("-copy");
    boot.done.retain(|name| name.starts_with("once/"));
    boot.set_hostname = None;
    boot.system.files.clear(INSTANCE);
}
