//! Units on the machine: those of the image, what the boot makes of them, and when they start.
//!
//! [`outlook`] replays a boot for systemd: unit files and links as they come, and each command as
//! the transaction that it takes.

mod cycles;
mod devices;
mod draw;
mod image;
mod problems;
mod replay;
mod replayed;
mod service;
mod touched;

use dryboot_systemd::Effort;
use serde::Serialize;

use crate::cause::Cause;
use crate::files::FileTree;
use crate::journal::{Effect, ProgramRun};

pub use image::ImageUnits;
pub use service::Service;

/// A boot whose units are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Boot<'b> {
    /// The units that the machine had before.
    pub image: &'b ImageUnits,
    /// What was done to the machine.
    pub effects: &'b [Effect],
    /// The files that it has now.
    pub files: &'b FileTree,
    /// The runs of the program, in whose units it waits for what it starts.
    pub runs: &'b [ProgramRun],
    /// The name of the program that gives commands.
    pub program: &'b str,
    /// What the program does when systemd refuses a command.
    pub when_refused: &'b str,
    /// The user's text, in which causes have their places.
    pub text: &'b str,
    /// The config of the image, in the same way.
    pub oem: Option<&'b str>,
    /// It is known what starts the program. Without that, a boot that touches no unit is not shown.
    pub is_whole: bool,
}

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
    /// The unit that pulls it in, or the name of the program, or `boot`.
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

/// How many steps all units of a boot take at the most, together. A boot that starts ten units takes 20,000.
const EFFORT: usize = 5_000_000;

/// What systemd does with the units of a boot.
#[must_use]
pub fn outlook(boot: &Boot<'_>) -> Units {
    outlook_within(boot, EFFORT)
}

fn outlook_within(boot: &Boot<'_>, steps: usize) -> Units {
    let replay = replay::replay(boot, Effort::new(steps));
    if !boot.is_whole && replay.touched.is_empty() {
        return Units::default();
    }
    draw::draw(boot, replay)
}

#[cfg(test)]
mod tests {
    use dryboot_systemd::Release;

    use super::*;
    use crate::action::{Action, Purpose};

    const IMAGE: ImageUnits = ImageUnits {
        release: Release(257),
        files: "# /usr/lib/systemd/system/multi-user.target\n[Unit]\n",
        others: "basic.target sysinit.target shutdown.target system.slice",
        backbone: &[],
        devices: &[],
    };

    /// A program that writes units and starts them.
    fn effects(units: usize) -> Vec<Effect> {
        let name = |unit| format!("u{unit}.service");
        let written = (0..units).map(|unit| Action::WriteFile {
            content: "[Service]\nExecStart=/bin/true\n".to_owned(),
            content_base64: None,
            purpose: Purpose::Unit,
            mode: "0644".to_owned(),
            owner: None,
            path: format!("/etc/systemd/system/{}", name(unit)),
            unit: Some(name(unit)),
        });
        let started = (0..units).map(|unit| Action::UnitCommand {
            command: "start".to_owned(),
            mode: "replace",
            unit: name(unit),
        });
        written.chain(started).map(|action| Effect { action, causes: Vec::new() }).collect()
    }

    #[test]
    fn what_is_too_much_to_follow_ends_with_a_note() {
        let effects = effects(10);
        let files = crate::files::tests::tree(&[]);
        let boot = Boot {
            image: &IMAGE,
            effects: &effects,
            files: &files,
            runs: &[],
            program: "a program",
            when_refused: "it stops",
            text: "",
            oem: None,
            is_whole: false,
        };
        for (effort, is_enough) in [(100, false), (1000, false), (2_000_000, true)] {
            let outlook = outlook_within(&boot, effort);
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
