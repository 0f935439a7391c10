//! What lint says of a boot.

use std::borrow::Cow;

use dryboot_coreos::Target;
use dryboot_coreos::lint::BootProblem;
use dryboot_coreos::platform::Platform;
use dryboot_machine::units::{Problem, ProblemKind};
use dryboot_machine::{Cause, MachineDescription};

use crate::platform::{self, BootInput, presets};
use crate::units::outlook;

/// What surely goes wrong with units while a machine boots with a text; on a platform with an example of its metadata.
#[must_use]
pub fn boot_problems(text: &str, target: Target, platform: Option<&'static Platform>) -> Vec<BootProblem> {
    let mut machine = MachineDescription::default();
    let preview = match platform.filter(|platform| platform.targets.contains(&target)) {
        None => crate::preview(text.as_bytes(), target, &machine),
        Some(platform) => {
            let example = presets(platform).next();
            let described = example.and_then(|example| {
                let bytes = example.text.as_bytes();
                platform::describe(platform, None, target, bytes, |_| None, &mut machine).ok()
            });
            let datasource = described.and_then(|described| described.datasource);
            let input = BootInput { target, platform, datasource, oem: None, machine: &machine };
            match platform::boot(text.as_bytes(), &input) {
                Ok(preview) => preview,
                Err(_) => return Vec::new(),
            }
        }
    };
    let is_told = |problem: &Problem| match problem.kind {
        ProblemKind::Cycle | ProblemKind::Hang => !problem.is_note,
        // Rules about units say what systemd refuses.
        ProblemKind::Refused | ProblemKind::Other => false,
    };
    let problems = outlook(&preview).problems.into_iter().filter(is_told);
    problems.map(told).collect()
}

fn told(problem: Problem) -> BootProblem {
    let places = problem.causes.iter().filter_map(|cause| match cause {
        Cause::Text(span) => Some(*span),
        _ => None,
    });
    BootProblem {
        places: places.collect(),
        message: problem.message,
        help: problem.help.map(Cow::into_owned),
    }
}
