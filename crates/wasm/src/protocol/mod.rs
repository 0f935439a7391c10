//! What the workers answer, apart from reports, whose JSON is that of `dryboot_report`. Offsets are in UTF-16 code units,
//! as JavaScript counts; lines and columns count from 1. Absent lists and texts are left out of the JSON.

pub mod boot;

#[cfg(feature = "worker")]
use serde::Serialize;

/// A program in a version, for a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Target {
    /// The name that `lint` takes.
    pub name: String,
    /// The version of the program.
    pub version: String,
    /// What it is among the targets of the program: `usual`, `distribution` or `release`.
    pub group: String,
}

/// A platform, for a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct PlatformName {
    /// The name that `lint` takes.
    pub name: String,
    /// What it is called at the beginning of a line, without backticks.
    pub title: String,
}

#[cfg(all(feature = "worker", feature = "cloud-init"))]
impl From<&dryboot_core::CloudInitPlatform> for PlatformName {
    fn from(platform: &dryboot_core::CloudInitPlatform) -> Self {
        let plain = platform.title.replace('`', "");
        let mut letters = plain.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Self { name: platform.name.to_owned(), title: first.into_iter().chain(letters).collect() }
    }
}

/// A file as an editor shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct FileText {
    /// The text inside the compression, as far as there is one.
    pub text: String,
    /// `gzip`, `broken-gzip` when the stream breaks off or its checksum is wrong, `bad-gzip` when it cannot be opened, or
    /// empty when there is none.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "String::is_empty"))]
    pub compression: String,
    /// There is more than the limit, and nothing was read.
    #[cfg_attr(feature = "worker", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub too_long: bool,
    /// How many bytes are not valid UTF-8; each is U+FFFD in the text.
    pub invalid: u32,
}

/// Documentation of the thing under the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Hover {
    /// Start of the thing.
    pub from: u32,
    /// End of the thing.
    pub to: u32,
    /// Its name.
    pub title: String,
    /// Paragraphs, with `code` in backticks.
    pub text: String,
}

/// What may be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct Completion {
    /// Start of what is replaced.
    pub from: u32,
    /// End of what is replaced.
    pub to: u32,
    /// The choices.
    pub items: Vec<CompletionItem>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "worker", derive(Serialize))]
pub struct CompletionItem {
    /// What the list shows.
    pub label: String,
    /// A few words beside it.
    pub detail: String,
    /// Paragraphs, with `code` in backticks.
    pub documentation: String,
    /// What is written.
    pub insert: String,
}
