//! The texts beside the user's.

use dryboot_wasm::protocol::boot::Place;

use crate::state::Input;

/// Where a text beside the user's belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// What cloud-init fills templates with.
    InstanceData,
    /// Something of the platform that is chosen.
    Platform(OfPlatform),
}

impl Slot {
    /// The config of the image.
    pub(crate) const OEM: Self = Self::Platform(OfPlatform::Oem);

    /// Whether it holds a cloud-config, which is linted as the user's is.
    pub(crate) fn is_config(self) -> bool {
        self == Self::OEM
    }

    /// The tab in which it is edited.
    pub(crate) fn input(self) -> Input {
        match self {
            Self::InstanceData => Input::InstanceData,
            Self::Platform(OfPlatform::Metadata) => Input::Metadata,
            Self::Platform(OfPlatform::Oem) => Input::Oem(None),
        }
    }
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
