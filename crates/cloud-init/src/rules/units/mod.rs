//! Units and files of systemd-networkd that `write_files` writes.

mod comment_behind_value;
mod exported_variable;
mod incomplete_unit;
mod invalid_dependency_name;
mod invalid_directive_value;
mod mismatched_unit_path;
mod oneshot_restart;
mod refused_command;
mod repeated_exec_start;
mod unit_content_not_ini;
mod unit_never_started;
mod unknown_directive;
mod unknown_unit_section;
mod unset_variable;

use dryboot_systemd::check::Fault;
use dryboot_unit_lint::{self as unit_lint, Remark, Systemd};

use crate::lint::{Context, Rule, UnitFiles};

pub(crate) const RULES: &[&Rule] = &[
    &comment_behind_value::RULE,
    &exported_variable::RULE,
    &incomplete_unit::RULE,
    &invalid_dependency_name::RULE,
    &invalid_directive_value::RULE,
    &mismatched_unit_path::RULE,
    &oneshot_restart::RULE,
    &refused_command::RULE,
    &repeated_exec_start::RULE,
    &unit_content_not_ini::RULE,
    &unit_never_started::RULE,
    &unknown_directive::RULE,
    &unknown_unit_section::RULE,
    &unset_variable::RULE,
];

/// Says what there is to say about the faults of each file.
fn report_faults(
    context: &mut Context<'_>,
    mut say: impl FnMut(&unit_lint::UnitFile<'_>, &Fault, &Systemd) -> Option<Remark>,
) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in &units.files {
        for remark in file.faults.iter().filter_map(|fault| say(file, fault, &units.systemd)) {
            units.report(context, file, remark);
        }
    }
}

/// Says what there is to say about each unit as a whole.
fn report_wholes(
    context: &mut Context<'_>,
    say: impl Fn(&unit_lint::UnitFile<'_>, &Systemd) -> Option<Remark>,
) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in &units.files {
        if let Some(remark) = say(file, &units.systemd) {
            units.report(context, file, remark);
        }
    }
}

/// Shell syntax in the commands of units, once a line.
pub(super) fn shell_in_command(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in &units.files {
        let mut last_line = None;
        for remark in file.faults.iter().filter_map(|fault| unit_lint::shell_in_command(file, fault)) {
            let line = units.line(file, remark.span.start);
            if last_line.replace(line) != Some(line) {
                units.report(context, file, remark);
            }
        }
    }
}
