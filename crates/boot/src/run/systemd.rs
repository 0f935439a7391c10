//! What the programs ask of systemd.

use dryboot_coreos::schema::UNIT_COMMANDS;
use dryboot_machine::{Action, Cause, TransientProperties};
use dryboot_yaml::go_syntax::quote;

use super::{Run, Step, Stop};

/// How jobs are queued; the targets know no other way.
const REPLACE: &str = "replace";

/// The verbs after which a unit runs that did not before, or runs anew.
const STARTING: [&str; 4] = ["start", "restart", "reload-or-restart", "try-restart"];

/// What systemd does with a unit that it was asked to start: on a platform, units of the image run
/// programs whose effects are part of the boot, the program itself among them.
pub(crate) trait Manager {
    /// A unit has been started, and whoever asked for it waits.
    fn started(&mut self, run: &mut Run<'_>, unit: &str, causes: &[Cause]);
}

impl Run<'_> {
    /// Asks systemd to enable a unit.
    pub(crate) fn enable(&mut self, unit: &str, runtime: bool, causes: &[Cause]) -> Step {
        self.reach_bus(causes)?;
        self.do_action(Action::Enable { force: true, runtime, units: vec![unit.to_owned()] }, causes);
        self.may_fail(&format!("enable:{unit}"), causes)?;
        self.journal.machine.units.entry(unit.to_owned()).or_default().enabled = true;
        Ok(())
    }

    /// Reloads systemd (`daemon-reload`).
    pub(crate) fn daemon_reload(&mut self, causes: &[Cause]) -> Step {
        let reload = |run: &mut Self| {
            run.reach_bus(causes)?;
            run.do_action(Action::DaemonReload {}, causes);
            run.may_fail("daemon_reload", causes)
        };
        let reloaded = reload(self);
        reloaded
            .map_err(|stop| Stop { words: format!("failed systemd daemon-reload: {}", stop.words), ..stop })
    }

    /// Gives a command for a unit.
    pub(crate) fn unit_command(&mut self, command: &str, unit: &str, causes: &[Cause]) -> Step {
        self.reach_bus(causes)?;
        if !UNIT_COMMANDS.contains(&command) {
            let quoted = quote(command);
            return Err(Stop::new(format!("Unsupported systemd command {quoted}"), causes));
        }
        let action =
            Action::UnitCommand { command: command.to_owned(), mode: REPLACE, unit: unit.to_owned() };
        self.do_action(action, causes);
        self.may_fail(&format!("unit_command:{command}:{unit}"), causes)?;
        self.journal.machine.units.entry(unit.to_owned()).or_default().commands.push(command.to_owned());
        if STARTING.contains(&command)
            && let Some(manager) = self.manager.take()
        {
            manager.started(self, unit, causes);
            self.manager = Some(manager);
        }
        Ok(())
    }

    /// Starts a unit that has no file; gives its name as far as the program gets to know it.
    pub(crate) fn start_transient(
        &mut self,
        unit: &str,
        properties: TransientProperties,
        causes: &[Cause],
    ) -> (String, Step) {
        if let Err(stop) = self.reach_bus(causes) {
            return (String::new(), Err(stop));
        }
        let action = Action::StartTransientUnit { mode: REPLACE, properties, unit: unit.to_owned() };
        self.do_action(action, causes);
        let started = self.may_fail("start_transient_unit", causes);
        if started.is_ok() {
            self.journal.machine.units.entry(unit.to_owned()).or_default().commands.push("start".to_owned());
        }
        (unit.to_owned(), started)
    }

    fn reach_bus(&self, causes: &[Cause]) -> Step {
        self.failures.of_bus().map_or(Ok(()), |words| Err(Stop::new(words, causes)))
    }

    fn may_fail(&self, request: &str, causes: &[Cause]) -> Step {
        self.failures.of_request(request).map_or(Ok(()), |words| Err(Stop::new(words, causes)))
    }
}
