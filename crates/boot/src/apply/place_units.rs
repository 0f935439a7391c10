//! Placing units: written, masked and enabled in the order of the list, then reloaded, then
//! commanded.

use dryboot_coreos::go_path;
use dryboot_machine::{Action, Cause, Node, Purpose, Unmasked};
use dryboot_yaml::go_syntax::quote;

use crate::apply::units::PlannedUnit;
use crate::program::Phase;
use crate::run::{PlannedFile, Run, Step, Stop};

const NETWORKD: &str = "systemd-networkd.service";

/// Places all units and then gives their commands.
pub(crate) fn place_units(run: &mut Run<'_>, units: &[PlannedUnit]) -> Step {
    run.enter(Phase::Units);
    let mut commands: Vec<(&str, &str, Vec<Cause>)> = Vec::new();
    let mut written: Vec<Cause> = Vec::new();
    let mut reload = false;
    let mut network: Option<Vec<Cause>> = None;
    for unit in units {
        if unit.name.is_empty() {
            run.say("Skipping unit without name", &unit.causes(&["content", "command"]));
            continue;
        }
        let place = Place::of(unit);
        for file in place.files(unit) {
            reload = true;
            written.extend(file.causes.iter().cloned());
            let state = run.journal.machine.units.entry(unit.name.clone()).or_default();
            state.files.push(dryboot_machine::path::rooted(&file.path).into_owned());
            run.write(file)?;
        }
        if unit.mask {
            mask(run, unit, &place.path)?;
        } else if unit.runtime {
            unmask(run, unit, &place.path)?;
        }
        if unit.enable {
            let causes = unit.causes(&["enable", "runtime"]);
            if place.is_network {
                let skipped = format!("Skipping enable for network-like unit {}", quote(&unit.name));
                run.say(skipped, &causes);
            } else {
                run.enable(&unit.name, unit.runtime, &causes)?;
            }
        }
        if place.is_network {
            network.get_or_insert_default().extend(unit.named_by.iter().cloned());
        } else if !unit.command.is_empty() {
            commands.push((&unit.command, &unit.name, unit.causes(&["command"])));
        }
    }
    run.enter(Phase::Reload);
    if reload {
        run.daemon_reload(&written)?;
    }
    run.enter(Phase::Commands);
    if let Some(causes) = network {
        run.unit_command("restart", NETWORKD, &causes)?;
    }
    commands.into_iter().try_for_each(|(command, unit, causes)| run.unit_command(command, unit, &causes))
}

/// Restarts the service that reads network units.
pub(crate) fn restart_networkd(run: &mut Run<'_>, causes: &[Cause]) -> Step {
    run.unit_command("restart", NETWORKD, causes)
}

/// Where a unit goes.
struct Place {
    directory: String,
    path: String,
    is_network: bool,
}

impl Place {
    fn of(unit: &PlannedUnit) -> Self {
        let file_name = unit.name.rsplit('/').next().unwrap_or_default();
        let extension = file_name.rsplit_once('.').map(|(_, extension)| extension);
        let is_network = matches!(extension, Some("network" | "netdev" | "link"));
        let root = if unit.runtime { "/run" } else { "/etc" };
        let directory = format!("{root}/systemd/{}", if is_network { "network" } else { "system" });
        let path = go_path::clean(&format!("{directory}/{}", unit.name));
        Self { directory, path, is_network }
    }

    /// The unit file and the drop-ins, those that have a content.
    fn files(&self, unit: &PlannedUnit) -> Vec<PlannedFile> {
        let file = |path: &str, content: &[u8], purpose, causes: &[Cause]| PlannedFile {
            permissions: "0644".to_owned(),
            unit: Some(unit.name.clone()),
            ..PlannedFile::new(path, content.to_vec(), purpose, causes)
        };
        let mut files = Vec::new();
        if !unit.content.is_empty() {
            let causes = unit.causes(&["content", "runtime"]);
            files.push(file(&self.path, &unit.content, Purpose::Unit, &causes));
        }
        for drop_in in &unit.drop_ins {
            if !drop_in.name.is_empty() && !drop_in.content.is_empty() {
                let path = format!("{}/{}.d/{}", self.directory, unit.name, drop_in.name);
                let causes = [unit.causes(&["runtime"]), drop_in.causes.clone()].concat();
                files.push(file(&path, &drop_in.content, Purpose::DropIn, &causes));
            }
        }
        files
    }
}

/// Links the unit to `/dev/null` instead of what is there.
fn mask(run: &mut Run<'_>, unit: &PlannedUnit, path: &str) -> Step {
    let causes = unit.causes(&["mask", "runtime"]);
    let existed = run.journal.machine.files.entry(path).is_some();
    let outcome = link_to_null(run, path);
    let ok = outcome.is_ok();
    run.do_action(Action::Mask { existed, ok, path: path.to_owned(), unit: unit.name.clone() }, &causes);
    outcome.map_err(|words| Stop::new(words, &causes))?;
    run.journal.machine.units.entry(unit.name.clone()).or_default().masked = true;
    Ok(())
}

fn link_to_null(run: &mut Run<'_>, path: &str) -> Result<(), String> {
    use dryboot_machine::Errno;
    let files = &mut run.journal.machine.files;
    // A link to nowhere counts as nothing here, and is in the way afterwards.
    match files.stat(path) {
        Err(Errno::Missing) => {
            files.make_directories(&go_path::dir(path)).map_err(|error| format!("mkdir {error}"))?;
        }
        _ => files.remove(path).map_err(|errno| format!("remove {path}: {}", errno))?,
    }
    let linked = files.link(path, "/dev/null", run.journal.effects.len());
    linked.map_err(|errno| format!("symlink /dev/null {path}: {}", errno))
}

/// Removes an empty file or a link to a device; what has content stays.
fn unmask(run: &mut Run<'_>, unit: &PlannedUnit, path: &str) -> Step {
    use dryboot_machine::Errno;
    let causes = unit.causes(&["runtime"]);
    let result = match run.journal.machine.files.stat(path) {
        Err(Errno::Missing) => Unmasked::Absent,
        Err(errno) => return Err(Stop::new(format!("stat {path}: {}", errno), &causes)),
        Ok(Node::Device) => Unmasked::Removed,
        Ok(Node::File(content)) if content.is_empty() => Unmasked::Removed,
        Ok(_) => Unmasked::Kept,
    };
    match result {
        Unmasked::Absent => {}
        Unmasked::Removed => {
            let removed = run.journal.machine.files.remove(path);
            removed.map_err(|errno| Stop::new(format!("remove {path}: {}", errno), &causes))?;
        }
        Unmasked::Kept => run.say(format!("{path} is not null or empty, refusing to unmask"), &causes),
    }
    run.do_action(Action::Unmask { path: path.to_owned(), result, unit: unit.name.clone() }, &causes);
    Ok(())
}
