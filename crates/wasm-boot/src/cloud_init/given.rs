//! From a question of the page to the machine that cloud-init runs on.

use dryboot_core::CloudInitPlatform;
use dryboot_core::Span;
use dryboot_core::cloud_init_boot::{CommandResult, Machine, WhichBoot};
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Place, Trouble};

use super::source::{self, Unusable};
use crate::request::Options;

/// What the name of a command begins with in a list of what shall fail.
pub(crate) const COMMAND: &str = "cmd:";

/// What the name of a data source begins with in such a list.
pub(crate) const DATASOURCE: &str = "datasource:";

/// A machine, and what could not be used of what it was given.
pub(crate) struct Given {
    pub(crate) machine: Machine,
    pub(crate) troubles: Vec<Trouble>,
}

/// The machine that the options describe; without a platform, one with NoCloud that nobody has told anything.
///
/// # Errors
/// A boot on the platform cannot be previewed.
pub(crate) fn machine(options: &Options) -> Result<Given, Trouble> {
    let mut machine = Machine::default();
    let mut troubles = Vec::new();
    if let Some(platform) = options.platform.as_deref().and_then(CloudInitPlatform::from_name) {
        if !source::is_known(platform) {
            let message = format!("the boot of cloud-init on {} cannot be previewed yet", platform.title);
            return Err(Trouble { about: "no-preview".to_owned(), message, place: None });
        }
        machine = source::machine(platform);
        machine.unreachable = options.fail.iter().any(|fail| *fail == unreachable(platform));
        // Without other metadata, what the platform typically gives: the page shows it as the text to begin with.
        let metadata = options.metadata.clone().or_else(|| source::example(platform));
        give(&mut troubles, "metadata", metadata.as_deref(), |text| {
            source::take_metadata(&mut machine, text)
        });
        give(&mut troubles, "vendor-data", options.vendor_data.as_deref(), |text| {
            source::take_vendor_data(&mut machine, text)
        });
    }
    machine.boot_again(options.which_boot());
    let fails = options.fail.iter().filter_map(|fail| fail.strip_prefix(COMMAND));
    machine.commands.extend(fails.map(|words| CommandResult {
        words: words.to_owned(),
        exit: 1,
        ..CommandResult::default()
    }));
    Ok(Given { machine, troubles })
}

/// The name under which the data source of a platform can be made to give no answer.
pub(crate) fn unreachable(platform: &CloudInitPlatform) -> String {
    format!("{DATASOURCE}{}", platform.datasource)
}

/// Gives a text to the machine, unless there is nothing in it.
fn give(
    troubles: &mut Vec<Trouble>,
    about: &str,
    text: Option<&str>,
    take: impl FnOnce(&str) -> Result<(), Unusable>,
) {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
    if let Err(unusable) = take(text) {
        let place = unusable.at.and_then(|(line, column)| place(text, line, column));
        troubles.push(Trouble { about: about.to_owned(), message: unusable.message, place });
    }
}

/// A place in a text by line and column in bytes, from 1.
fn place(text: &str, line: usize, column: usize) -> Option<Place> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Some(Places::new(text).place(Span::empty(at)))
}

impl Options {
    /// The boot that is asked for.
    pub(crate) fn which_boot(&self) -> WhichBoot {
        self.boot.as_deref().and_then(WhichBoot::from_name).unwrap_or_default()
    }
}
