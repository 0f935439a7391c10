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
    /// Whether it holds a cloud-config, which is linted as the user's is.
    pub(crate) fn is_config(self) -> bool {
        matches!(self, Self::Platform(text) if text.is_config())
    }

    /// Its name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::InstanceData => text!("Instance data"),
            Self::Platform(text) => text.title(),
        }
    }

    /// The tab in which it is edited.
    pub(crate) fn input(self) -> Input {
        match self {
            Self::InstanceData => Input::InstanceData,
            Self::Platform(text) => Input::Platform(text, None),
        }
    }
}

/// A text that a platform gives to its machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OfPlatform {
    Metadata,
    /// The config of its image.
    Oem,
    /// What the provider adds to the user's text.
    VendorData,
}

impl OfPlatform {
    pub(crate) const ALL: [Self; 3] = [Self::Metadata, Self::Oem, Self::VendorData];

    /// Its name in drafts, in the frame, and in what a preview says is wrong.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Oem => "oem",
            Self::VendorData => "vendor-data",
        }
    }

    /// Its name in the options of a preview.
    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::VendorData => "vendor_data",
            Self::Metadata | Self::Oem => self.name(),
        }
    }

    /// Its name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Metadata => text!("Metadata"),
            Self::Oem => text!("OEM config"),
            Self::VendorData => text!("Vendor-data"),
        }
    }

    /// The same within a sentence.
    pub(crate) fn in_sentence(self) -> &'static str {
        match self {
            Self::Metadata => text!("metadata"),
            Self::VendorData => text!("vendor-data"),
            Self::Oem => self.title(),
        }
    }

    /// Whether it is a cloud-config.
    pub(crate) fn is_config(self) -> bool {
        matches!(self, Self::Oem | Self::VendorData)
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
