use std::borrow::Cow;
use std::collections::HashSet;

use dryboot_lint::Severity;
use dryboot_systemd::check::{FaultKind, Role};
use dryboot_systemd::file::{Assignment, LineKind, lines};
use dryboot_systemd::{Release, Span, name};

use crate::{Remark, UnitFile};

const RESET: &str = "add an empty `ExecStart=` above it to remove the one in the unit";

/// More than one `ExecStart=` in a service that can have only one, in the order of the files: the index of the file, and
/// what there is to say about it.
#[must_use]
pub fn repeated_exec_start(files: &[&UnitFile<'_>], release: Release) -> Vec<(usize, Remark)> {
    let settled = settled(files, release);
    let remark = |file: &UnitFile<'_>| {
        let repeated = file.whole.as_ref().filter(|fault| fault.kind == FaultKind::RepeatedExecStart);
        if let Some(fault) = repeated {
            let help = match file.role {
                Role::Unit => "set `Type=oneshot`, or run the others with `ExecStartPre=`",
                Role::DropIn => RESET,
            };
            let message = "only a service of `Type=oneshot` can have more than one `ExecStart=`: systemd \
                refuses the unit";
            return Some(Remark::new(fault.span, message).help(help));
        }
        let span = added(file, release).filter(|_| !settled.contains(&*file.unit))?;
        let message =
            "this adds to the unit's own `ExecStart=`: systemd refuses the unit unless it is `Type=oneshot`";
        Some(Remark::new(span, message).severity(Severity::Warning).help(RESET))
    };
    files.iter().enumerate().filter_map(|(index, file)| Some((index, remark(file)?))).collect()
}

/// The units of which nothing can be said but for their own file: the config has that, or takes away
/// what the machine has, or says that they may have several commands.
fn settled<'f>(files: &[&'f UnitFile<'_>], release: Release) -> HashSet<&'f str> {
    let settles = |file: &&&UnitFile<'_>| {
        file.role == Role::Unit
            || commands(&file.text, release).any(|(key, value, _)| match key {
                "ExecStart" => value.is_empty(),
                _ => value == "oneshot",
            })
    };
    files.iter().filter(settles).map(|file| &*file.unit).collect()
}

/// The command that a drop-in adds to those of a unit that is on the system already.
fn added(file: &UnitFile<'_>, release: Release) -> Option<Span> {
    let is_service = file.role == Role::DropIn && name::suffix(&file.unit) == "service";
    let mut commands = commands(&file.text, release).filter(|(key, ..)| is_service && *key == "ExecStart");
    commands.next().map(|(.., span)| span)
}

/// `ExecStart=` and `Type=` of a text.
fn commands(text: &str, release: Release) -> impl Iterator<Item = (&str, Cow<'_, str>, Span)> {
    let mut section = "";
    lines(text, release).filter_map(move |line| match line.kind {
        LineKind::Section(name) => {
            section = name;
            None
        }
        LineKind::Assignment(Assignment { key: key @ ("ExecStart" | "Type"), value, value_span, .. }) => {
            (section == "Service").then_some((key, value, value_span))
        }
        _ => None,
    })
}
