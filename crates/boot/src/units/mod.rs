//! Units on the machine: those of the image, what the boot makes of them, and when they start.
//!
//! [`outlook`] replays a boot for systemd: unit files and links as they come, and each command as
//! the transaction that it takes.

mod cycles;
mod draw;
mod problems;
mod replay;
mod replayed;
mod service;
mod stock;
mod touched;

use dryboot_systemd::Effort;
use serde::Serialize;

use crate::preview::Preview;
use crate::source::Cause;

pub(crate) use service::{Service, service};

/// The units that a boot touches and those that matter for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Units {
    /// The units.
    pub units: Vec<Unit>,
    /// What they have to do with each other.
    pub edges: Vec<Edge>,
    /// Jobs, in an order in which they run.
    pub jobs: Vec<Job>,
    /// What goes wrong.
    pub problems: Vec<Problem>,
}

impl Units {
    /// Whether something surely goes wrong.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.problems.iter().any(|problem| !problem.is_note)
    }
}

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Who brings it.
    pub from: Origin,
    /// What has become of it.
    pub state: UnitEnd,
    /// What its file calls it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its unit file and drop-ins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// What it is due to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}

/// Who brings a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Nobody: its name is not among those that are known of the image.
    #[default]
    Missing,
    /// The image.
    Stock,
    /// The program, for a setting.
    Generated,
    /// The config of the image.
    Oem,
    /// The user's text.
    User,
}

/// What has become of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitEnd {
    /// Nothing has started it.
    #[default]
    Inactive,
    /// It runs.
    Active,
    /// It has run to its end.
    Done,
    /// Its job waits for something that does not come.
    Waiting,
    /// It does not start.
    Failed,
    /// It was stopped.
    Stopped,
    /// It is masked.
    Masked,
    /// It starts at the next boot.
    Enabled,
}

/// What a unit has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// Index of the unit that depends.
    pub from: usize,
    /// Index of the unit that it depends on, or comes after.
    pub to: usize,
    /// systemd's words for it; of `Before`, the other way round as `After`.
    pub kinds: Vec<&'static str>,
    /// It is part of a cycle.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cycle: bool,
}

/// Something that systemd does with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Index of the unit.
    pub unit: usize,
    /// `start`, `stop`, `restart`, …
    pub verb: &'static str,
    /// The unit that pulls it in, or `coreos-cloudinit`, or `boot`.
    pub by: String,
    /// Jobs of one wave can run side by side.
    pub wave: usize,
    /// What becomes of it.
    pub state: JobEnd,
    /// Index of the effect that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<usize>,
}

/// What becomes of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobEnd {
    /// It runs.
    Done,
    /// It fails.
    Failed,
    /// It waits for ever.
    Waiting,
    /// What it comes after never ends.
    NotReached,
}

/// Something about units that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'static str>,
    /// It depends on something that is not known here, and may well be all right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_note: bool,
    /// Indices of the units; of a cycle in its order.
    pub units: Vec<usize>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}

/// How many steps all units of a boot may take together. A boot that starts ten units takes 20,000.
const EFFORT: usize = 5_000_000;

/// What systemd does with the units of a boot.
#[must_use]
pub fn outlook(preview: &Preview) -> Units {
    outlook_within(preview, Effort::new(EFFORT))
}

fn outlook_within(preview: &Preview, effort: Effort) -> Units {
    let replay = replay::replay(preview, effort);
    // Without a platform, it is not known who starts the program.
    if preview.platform.is_none() && replay.touched.is_empty() {
        return Units::default();
    }
    draw::draw(preview, replay)
}

#[cfg(test)]
mod tests {
    use dryboot_coreos::Target;

    use super::*;
    use crate::machine::MachineDescription;

    fn boot(units: usize) -> Preview {
        let unit = |unit| {
            format!(
                "    - name: u{unit}.service\n      command: start\n      content: |\n        [Service]\n        \
                 ExecStart=/bin/true\n"
            )
        };
        let units: String = (0..units).map(unit).collect();
        let text = format!("#cloud-config\ncoreos:\n  units:\n{units}");
        crate::preview(text.as_bytes(), Target::Flatcar, &MachineDescription::default())
    }

    #[test]
    fn what_is_too_much_to_follow_ends_with_a_note() {
        let preview = boot(10);
        for (effort, is_enough) in [(1000, false), (15_000, false), (2_000_000, true)] {
            let outlook = outlook_within(&preview, Effort::new(effort));
            let note = outlook
                .problems
                .iter()
                .find(|problem| problem.message.contains("not all of it was followed"));
            assert_eq!(note.is_none(), is_enough, "{effort}");
            assert!(note.is_none_or(|note| note.is_note));
            assert!(outlook.units.iter().any(|unit| unit.name == "u9.service"), "{effort}");
        }
    }
}
