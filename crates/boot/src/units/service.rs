//! A service as systemd would start it.

use dryboot_coreos::Target;
use dryboot_systemd::load::{LoadState, Unit};
use dryboot_systemd::words::split;

use super::stock::{add_files, release, stock};
use crate::machine::FileTree;

/// What starting a unit runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) is_masked: bool,
    /// Its command lines, in words.
    pub(crate) commands: Vec<Vec<String>>,
    /// The units without which it does not start.
    pub(crate) requires: Vec<String>,
    /// Its environment comes from `/etc/environment`.
    pub(crate) reads_environment: bool,
}

/// The service of this name on a machine with these files.
pub(crate) fn service(files: &FileTree, target: Target, name: &str) -> Service {
    let mut catalog = stock(target);
    add_files(&mut catalog, files, |_| true);
    Service::of(&catalog.load(name, release(target)))
}

impl Service {
    fn of(unit: &Unit) -> Self {
        let commands = unit.values("Service", "ExecStart").map(|setting| {
            let (words, _) = split(&setting.value);
            words.into_iter().map(|word| word.text).collect()
        });
        let requires = unit.values("Unit", "Requires").flat_map(|setting| setting.value.split_whitespace());
        let environment = unit.values("Service", "EnvironmentFile");
        Self {
            is_masked: unit.state == LoadState::Masked,
            commands: commands.collect(),
            requires: requires.map(str::to_owned).collect(),
            reads_environment: environment
                .into_iter()
                .any(|setting| setting.value.trim_start_matches('-') == "/etc/environment"),
        }
    }
}
