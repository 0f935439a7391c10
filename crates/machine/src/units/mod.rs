//! Units on the machine: those of the image, what the boot makes of them, and when they start.
//!
//! [`outlook`] replays a boot for systemd: unit files and links as they come, and each command as
//! the transaction that it takes.

mod boot;
mod cycles;
mod devices;
mod draw;
mod image;
mod problems;
mod replay;
mod replayed;
mod service;
mod shown;
mod touched;

use dryboot_systemd::Effort;

pub use boot::Boot;
pub use service::Service;
pub use shown::{Edge, Job, JobEnd, Origin, Problem, ProblemKind, Unit, UnitEnd, Units};

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
    use crate::image::ImageUnits;
    use crate::journal::Effect;

    const IMAGE: ImageUnits = ImageUnits {
        release: Release(257),
        files: "# /usr/lib/systemd/system/multi-user.target\n[Unit]\n",
        others: "basic.target sysinit.target shutdown.target system.slice",
        gone: &[],
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
                .find(|problem| problem.message.contains("not everything was followed"));
            assert_eq!(note.is_none(), is_enough, "{effort}");
            assert!(note.is_none_or(|note| note.is_note));
            assert!(outlook.units.iter().any(|unit| unit.name == "u9.service"), "{effort}");
        }
    }
}
