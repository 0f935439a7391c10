//! How the platform is recognised, before cloud-init starts: by `ds-identify`, which looks at the firmware, the disks, the
//! seeds and the kernel's command line, and leaves cloud-init out where it recognises nothing.
//!
//! Source: cloud-init 26.2, `tools/ds-identify`.

use dryboot_cloud_init::target::Release;
use dryboot_machine::{State, Step};

use crate::datasource::Source;
use crate::image::Image;
use crate::input::{Hardware, Machine};

/// A text in the firmware, as Linux shows it below `/sys/class/dmi/id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The vendor of the machine.
    SysVendor,
    /// The name of the machine.
    ProductName,
    /// The serial number.
    ProductSerial,
    /// The UUID.
    ProductUuid,
    /// The tag of the case.
    ChassisAssetTag,
}

impl Field {
    /// The name of the file.
    const fn file(self) -> &'static str {
        match self {
            Self::SysVendor => "sys_vendor",
            Self::ProductName => "product_name",
            Self::ProductSerial => "product_serial",
            Self::ProductUuid => "product_uuid",
            Self::ChassisAssetTag => "chassis_asset_tag",
        }
    }
}

/// What a text in the firmware has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// This one.
    Is(&'static str),
    /// One that begins with this.
    Starts(&'static str),
    /// One that ends with this.
    Ends(&'static str),
    /// One with this in it.
    Contains(&'static str),
}

impl Test {
    fn holds(self, text: &str) -> bool {
        match self {
            Self::Is(own) => text == own,
            Self::Starts(own) => text.starts_with(own),
            Self::Ends(own) => text.ends_with(own),
            Self::Contains(own) => text.contains(own),
        }
    }
}

/// A sign of a data source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A text in the firmware.
    Dmi(Field, Test),
    /// A file system with one of these labels.
    Label(&'static [&'static str]),
    /// A file or a socket.
    Path(&'static str),
    /// A word on the kernel's command line.
    CommandLine(&'static str),
    /// Data for cloud-init among the variables that VMware keeps for the machine.
    GuestInfo,
}

impl Sign {
    /// How a machine shows it, for people; none if it does not.
    fn shown_by(self, hardware: &Hardware) -> Option<String> {
        match self {
            Self::Dmi(field, test) => {
                let text = hardware.dmi.get(field.file()).filter(|text| test.holds(text))?;
                Some(format!("`{text}` in /sys/class/dmi/id/{}", field.file()))
            }
            Self::Label(labels) => {
                let label = hardware.labels.iter().find(|label| labels.contains(&label.as_str()))?;
                Some(format!("the label `{label}` of a file system"))
            }
            Self::Path(path) => {
                hardware.paths.iter().any(|own| own == path).then(|| format!("{path}, which exists"))
            }
            Self::CommandLine(word) => words(hardware)
                .any(|own| own == word)
                .then(|| format!("`{word}` on the kernel's command line")),
            Self::GuestInfo => {
                let is_there = hardware.virtualization == "vmware" && hardware.guestinfo;
                is_there.then(|| "data in VMware's guestinfo".to_owned())
            }
        }
    }
}

/// The order in which data sources are asked, where the image does not say. Those that cannot be previewed are among
/// them.
pub(crate) const ORDER: &str = "MAAS ConfigDrive NoCloud AltCloud Azure Bigstep CloudSigma CloudStack DigitalOcean \
    Vultr AliYun Ec2 GCE OpenNebula OpenStack VMware OVF SmartOS Scaleway Hetzner IBMCloud Oracle Exoscale RbxCloud \
    UpCloud LXD NWCS Akamai WSL CloudCIX";

/// The words of the command line that name the data source.
const CHOOSING: [&str; 3] = ["ds", "ci.ds", "ci.datasource"];

/// What `ds-identify` comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Identified {
    /// Nothing is known of the hardware, or the image has one data source alone: it is not asked.
    #[default]
    NotAsked,
    /// These data sources, in the order in which they are asked.
    Found(Vec<Found>),
    /// cloud-init does not run.
    Disabled(String),
}

/// A data source that is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its name.
    pub(crate) name: String,
    /// Why it is chosen.
    pub(crate) why: String,
}

impl Identified {
    /// What is recognised in a machine.
    #[must_use]
    pub(crate) fn of(machine: &Machine, image: &Image, release: Release) -> Self {
        let Some(hardware) = &machine.hardware else { return Self::NotAsked };
        if words(hardware).any(|word| word == "cloud-init=disabled") {
            return Self::Disabled("`cloud-init=disabled` stands on the kernel's command line".to_owned());
        }
        if let Some(found) = words(hardware).filter_map(chosen).last() {
            return Self::Found(vec![found]);
        }
        let list = machine.datasource_list.clone();
        let list =
            list.unwrap_or_else(|| image.datasource_list.split_whitespace().map(str::to_owned).collect());
        let named: Vec<&String> = list.iter().filter(|name| *name != "None").collect();
        if let [] | [_] = named.as_slice() {
            let name = named.first().map_or("None", |name| name.as_str()).to_owned();
            return Self::Found(vec![Found { name, why: "the only one that the image allows".to_owned() }]);
        }
        let found: Vec<Found> = named
            .into_iter()
            .filter_map(|name| Source::named(name))
            .filter(|source| source.is_in(release))
            .filter_map(|source| {
                let by = source.signs.iter().find_map(|sign| sign.shown_by(hardware))?;
                Some(Found { name: source.name.to_owned(), why: format!("recognised by {by}") })
            })
            .collect();
        if found.is_empty() {
            let source = Source::of(machine);
            return Self::Disabled(match source.since.filter(|_| !source.is_in(release)) {
                Some(since) => format!("the data source {} came with cloud-init {since}", source.name),
                None => "no data source is recognised".to_owned(),
            });
        }
        Self::Found(found)
    }

    /// Whether a data source is asked at all.
    #[must_use]
    pub(crate) fn asks(&self, name: &str) -> bool {
        match self {
            Self::NotAsked => true,
            Self::Found(found) => found.iter().any(|found| found.name.eq_ignore_ascii_case(name)),
            Self::Disabled(_) => false,
        }
    }

    /// The step that people read.
    #[must_use]
    pub(crate) fn told(&self) -> Option<Step> {
        match self {
            Self::NotAsked => None,
            Self::Found(found) => {
                let each: Vec<String> =
                    found.iter().map(|found| format!("{}, {}", found.name, found.why)).collect();
                Some(Step::done("ds-identify", format!("chooses {}", each.join("; and "))))
            }
            Self::Disabled(why) => {
                let step = Step::done("ds-identify", "decides whether cloud-init runs");
                Some(step.ended(State::Skipped, format!("{why}, so it does not run")))
            }
        }
    }
}

/// The words of the kernel's command line.
fn words(hardware: &Hardware) -> impl Iterator<Item = &str> {
    hardware.command_line.split_whitespace()
}

/// The data source that a word of the command line chooses: `ds=nocloud;s=/seed/`.
fn chosen(word: &str) -> Option<Found> {
    let (key, value) = word.split_once('=')?;
    let name = value.split(';').next().unwrap_or_default();
    let is_known = CHOOSING.contains(&key) && !name.is_empty();
    is_known.then(|| Found {
        name: name.to_owned(),
        why: format!("named by `{word}` on the kernel's command line"),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::image::IMAGES;
    use crate::releases::KNOWN;

    fn of(hardware: Hardware) -> Identified {
        Identified::of(&Machine { hardware: Some(hardware), ..Machine::default() }, &IMAGES[0], KNOWN)
    }

    fn vendor(name: &str) -> Hardware {
        Hardware { dmi: BTreeMap::from([("sys_vendor".to_owned(), name.to_owned())]), ..Hardware::default() }
    }

    #[test]
    fn every_example_is_recognised_as_what_it_is() {
        for source in &crate::datasource::SOURCES {
            for (platform, _) in source.examples {
                let machine = source.example(platform);
                let identified = Identified::of(&machine, &IMAGES[0], KNOWN);
                assert!(identified.asks(source.name), "{platform}: {identified:?}");
                assert!(
                    !matches!(&identified, Identified::Found(found) if found.len() > 1),
                    "{platform}: {identified:?}"
                );
            }
        }
    }

    #[test]
    fn the_command_line_decides_before_the_firmware() {
        let found =
            of(Hardware { command_line: "ro ds=nocloud;s=/seed/ quiet".to_owned(), ..vendor("Hetzner") });
        assert!(found.asks("NoCloud") && !found.asks("Hetzner"), "{found:?}");
        let disabled = of(Hardware { command_line: "cloud-init=disabled".to_owned(), ..vendor("Hetzner") });
        assert!(matches!(disabled, Identified::Disabled(_)));
    }

    #[test]
    fn an_unknown_machine_leaves_cloud_init_out() {
        assert!(matches!(of(vendor("QEMU")), Identified::Disabled(_)));
        let one = Machine {
            hardware: Some(vendor("QEMU")),
            datasource_list: Some(vec!["Ec2".to_owned(), "None".to_owned()]),
            ..Machine::default()
        };
        assert!(Identified::of(&one, &IMAGES[0], KNOWN).asks("Ec2"));
    }
}
