//! The texts beside the user's.

use dryboot_wasm::protocol::boot::Place;

/// Where a text beside the user's belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// What cloud-init fills templates with.
    InstanceData,
    /// Something of the platform that is chosen.
    Platform(OfPlatform),
}

/// A text that a platform gives to its machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfPlatform {
    Metadata,
    /// The config of its image.
    Oem,
}

impl OfPlatform {
    pub(crate) const ALL: [Self; 2] = [Self::Metadata, Self::Oem];

    /// Its name in drafts, and in what a preview says is wrong.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Oem => "oem",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.name() == name)
    }
}

/// What is wrong with such a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    /// Where, if that can be told.
    pub(crate) place: Option<Place>,
}

/// The instance data to begin with. The linter has the same.
pub(crate) const EXAMPLE_INSTANCE_DATA: &str = include_str!("../../examples/instance-data.json");
