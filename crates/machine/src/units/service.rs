//! A service as systemd would start it.

use dryboot_systemd::load::{LoadState, Unit};
use dryboot_systemd::words::split;

use super::image::add_files;
use crate::files::FileTree;
use crate::image::ImageUnits;

/// What starting a unit runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// It is masked: nothing starts it.
    pub is_masked: bool,
    /// Its command lines, split into words.
    pub commands: Vec<Vec<String>>,
    /// The units without which it does not start.
    pub requires: Vec<String>,
    /// The files that its environment is read from.
    pub environment_files: Vec<String>,
}

impl Service {
    /// The service of this name on a machine with these files.
    #[must_use]
    pub fn on(files: &FileTree, image: &ImageUnits, name: &str) -> Self {
        let mut catalog = image.catalog();
        add_files(&mut catalog, files, |_| true);
        Self::of(&catalog.load(name, image.release))
    }

    fn of(unit: &Unit) -> Self {
        let commands = unit.values("Service", "ExecStart").map(|setting| {
            let (words, _) = split(&setting.value);
            words.into_iter().map(|word| word.text).collect()
        });
        let requires = unit.values("Unit", "Requires").flat_map(|setting| setting.value.split_whitespace());
        let environment = unit.values("Service", "EnvironmentFile");
        let files = environment.map(|setting| setting.value.trim_start_matches('-').to_owned());
        Self {
            is_masked: unit.state == LoadState::Masked,
            commands: commands.collect(),
            requires: requires.map(str::to_owned).collect(),
            environment_files: files.collect(),
        }
    }
}
