//! A boot under way: the machine, what was done to it, and the few ways in which the targets touch
//! it. Everything that can be made to fail fails here.

use std::collections::HashSet;

use dryboot_coreos::linux_path::{LONGEST_PATH, TEMPORARY_NAME};
use dryboot_coreos::{Target, go_path};
use dryboot_machine::bytes::{base64_unless_text, lossy_text};
use dryboot_machine::path::rooted;
use dryboot_machine::{
    Action, Cause, Effect, Failures, MachineDescription, MachineState, Message, Mode, Node, Purpose, Source,
    Stage, TransientProperties,
};

use crate::addresses::{Address, addresses};
use crate::trace::Trace;
use crate::{flags, image};

/// Why a target stops before the end, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) words: String,
    pub(crate) causes: Vec<Cause>,
}

impl Stop {
    pub(crate) fn new(words: impl Into<String>, causes: &[Cause]) -> Self {
        Self { words: words.into(), causes: causes.to_vec() }
    }
}

/// What a step comes to.
pub(crate) type Step<T = ()> = Result<T, Stop>;

/// A text with what it is due to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributed {
    pub(crate) text: String,
    pub(crate) causes: Vec<Cause>,
}

impl Attributed {
    pub(crate) fn metadata(text: &str, field: &'static str) -> Self {
        Self { text: text.to_owned(), causes: vec![Cause::Metadata(field)] }
    }
}

/// A file that is about to be written.
#[derive(Clone, Debug)]
pub(crate) struct PlannedFile {
    /// As it was given: relative paths are taken from the root.
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    /// Octal; empty for the default.
    pub(crate) permissions: String,
    /// As `chown` takes it; empty for root.
    pub(crate) owner: String,
    pub(crate) purpose: Purpose,
    pub(crate) unit: Option<String>,
    pub(crate) causes: Vec<Cause>,
}

/// How the system calls a command that failed.
const EXIT_STATUS: &str = "exit status 1";

/// How jobs are queued; the targets know no other way.
const REPLACE: &str = "replace";

/// The verbs after which a unit runs that did not before, or runs anew.
const STARTING: [&str; 4] = ["start", "restart", "reload-or-restart", "try-restart"];

/// What systemd does with a unit that it was asked to start: on a platform, units of the image run
/// programs whose effects are part of the boot, the program itself among them.
pub(crate) trait Manager {
    /// A unit has been started, and whoever asked for it waits.
    fn started(&self, run: &mut Run<'_>, unit: &str, causes: &[Cause]);
}

/// What a run reads, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    pub(crate) user_data: Vec<String>,
    pub(crate) metadata: Vec<String>,
    /// Variables of the environment come from here.
    pub(crate) environment: Vec<String>,
}

pub(crate) struct Run<'m> {
    pub(crate) target: Target,
    /// Whose config it is.
    pub(crate) source: Source,
    pub(crate) description: &'m MachineDescription,
    pub(crate) addresses: [Address; 4],
    pub(crate) machine: MachineState,
    pub(crate) effects: Vec<Effect>,
    pub(crate) messages: Vec<Message>,
    pub(crate) stdout: String,
    /// What is taken for granted, for the reader.
    pub(crate) notes: Vec<String>,
    pub(crate) trace: Trace,
    /// What has been told of the boot so far.
    pub(crate) stages: Vec<Stage>,
    pub(crate) reads: Reads,
    pub(crate) manager: Option<&'m dyn Manager>,
    failures: Failures,
}

impl<'m> Run<'m> {
    pub(crate) fn new(target: Target, source: Source, description: &'m MachineDescription) -> Self {
        Self {
            target,
            source,
            description,
            addresses: addresses(description),
            machine: MachineState::before(image::of(target), description),
            effects: Vec::new(),
            messages: Vec::new(),
            stdout: String::new(),
            notes: Vec::new(),
            trace: Trace::default(),
            stages: Vec::new(),
            reads: Reads::default(),
            manager: None,
            failures: Failures::new(&description.fail),
        }
    }

    /// Hands the boot over to another run, or takes it back: the machine, what was done to it, and
    /// what was said and told.
    pub(crate) fn exchange(&mut self, other: &mut Run<'_>) {
        std::mem::swap(&mut self.machine, &mut other.machine);
        std::mem::swap(&mut self.effects, &mut other.effects);
        std::mem::swap(&mut self.messages, &mut other.messages);
        std::mem::swap(&mut self.stdout, &mut other.stdout);
        std::mem::swap(&mut self.notes, &mut other.notes);
        std::mem::swap(&mut self.stages, &mut other.stages);
    }

    /// Whether a datasource does not answer, as a what-if.
    pub(crate) fn is_silent(&self, datasource: &str) -> bool {
        self.failures.of_datasource(datasource)
    }

    pub(crate) fn say(&mut self, text: impl Into<String>, causes: &[Cause]) {
        self.messages.push(Message { text: text.into(), causes: causes.to_vec() });
    }

    pub(crate) fn do_action(&mut self, action: Action, causes: &[Cause]) {
        let mut seen = HashSet::with_capacity(causes.len());
        let once = causes.iter().filter(|cause| seen.insert(*cause)).cloned().collect();
        self.effects.push(Effect { action, causes: once });
    }

    /// The name under which keys of config and metadata are stored.
    pub(crate) fn key_set(&self) -> &'m str {
        flags::key_set(self.description)
    }

    /// Runs a command, which `action` describes.
    pub(crate) fn command(
        &mut self,
        argv: Vec<String>,
        causes: &[Cause],
        action: impl FnOnce(Vec<String>, Option<i32>) -> Action,
    ) -> Step {
        let exit = self.failures.of_command(&argv).then_some(1);
        self.do_action(action(argv, exit), causes);
        if exit.is_some() { Err(Stop::new(EXIT_STATUS, causes)) } else { Ok(()) }
    }

    /// Writes a file as the targets do: beside its place, then moved over what is there.
    pub(crate) fn write(&mut self, file: PlannedFile) -> Step {
        let stop = |words: String| Stop::new(words, &file.causes);
        let path = rooted(&file.path);
        let directory = go_path::dir(&path);
        match self.machine.files.stat(&directory) {
            Ok(Node::Directory) => {}
            Ok(_) => return Err(stop(format!("{directory} is not a directory"))),
            Err(_) => self
                .machine
                .files
                .make_directories(&directory)
                .map_err(|error| stop(format!("mkdir {error}")))?,
        }
        let mode = parse_mode(&file.permissions).ok_or_else(|| {
            let quoted = dryboot_yaml::go_syntax::quote(&file.permissions);
            stop(format!("Unable to parse file permissions {quoted} as integer"))
        })?;
        let inside = directory.trim_end_matches('/');
        let temporary = format!("{inside}/cloudinit-temp<rand>");
        if inside.len() + 1 + TEMPORARY_NAME > LONGEST_PATH {
            return Err(stop(format!("open {temporary}: file name too long")));
        }
        if !self.machine.files.is_writable(&directory) {
            return Err(stop(format!("open {temporary}: read-only file system")));
        }
        let owner = Some(file.owner.as_str()).filter(|owner| !owner.is_empty());
        // A change of owner takes the set-uid bit away.
        let mode = Mode { setuid: mode.setuid && owner.is_none(), ..mode };
        if let Some(owner) = owner {
            let argv = vec!["chown".to_owned(), owner.to_owned(), format!("{inside}/<tmp>")];
            self.command(argv, &file.causes, |argv, exit| Action::ChangeOwner { argv, exit })?;
        }
        let content = lossy_text(&file.content);
        let content_base64 = base64_unless_text(&file.content);
        let written_by = self.effects.len();
        self.machine
            .files
            .replace(&path, file.content, mode, owner, written_by)
            .map_err(|errno| Stop::new(format!("rename {temporary} {path}: {}", errno), &file.causes))?;
        let action = Action::WriteFile {
            content,
            content_base64,
            purpose: file.purpose,
            mode: mode.to_string(),
            owner: owner.map(str::to_owned),
            path,
            unit: file.unit,
        };
        self.do_action(action, &file.causes);
        Ok(())
    }

    /// Asks systemd to enable a unit.
    pub(crate) fn enable(&mut self, unit: &str, runtime: bool, causes: &[Cause]) -> Step {
        self.reach_bus(causes)?;
        self.do_action(Action::Enable { force: true, runtime, units: vec![unit.to_owned()] }, causes);
        self.may_fail(&format!("enable:{unit}"), causes)?;
        self.machine.units.entry(unit.to_owned()).or_default().enabled = true;
        Ok(())
    }

    /// Asks systemd to read its units again.
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
        if !dryboot_coreos::schema::UNIT_COMMANDS.contains(&command) {
            let quoted = dryboot_yaml::go_syntax::quote(command);
            return Err(Stop::new(format!("Unsupported systemd command {quoted}"), causes));
        }
        let action =
            Action::UnitCommand { command: command.to_owned(), mode: REPLACE, unit: unit.to_owned() };
        self.do_action(action, causes);
        self.may_fail(&format!("unit_command:{command}:{unit}"), causes)?;
        self.machine.units.entry(unit.to_owned()).or_default().commands.push(command.to_owned());
        if let Some(manager) = self.manager.filter(|_| STARTING.contains(&command)) {
            manager.started(self, unit, causes);
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
            self.machine.units.entry(unit.to_owned()).or_default().commands.push("start".to_owned());
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

/// A mode as the targets read it: signed, octal, 32 bits; none when it is no such number.
fn parse_mode(permissions: &str) -> Option<Mode> {
    /// Go's file modes keep the set-uid bit here.
    const SETUID: u32 = 1 << 23;
    if permissions.is_empty() {
        return Some(Mode::DEFAULT);
    }
    let number = i32::from_str_radix(permissions, 8).ok()?.cast_unsigned();
    Some(Mode { bits: number & 0o777, setuid: number & SETUID != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nine_bits_of_a_mode_take_effect() {
        for (permissions, mode) in [
            ("", Some("0644")),
            ("64", Some("0064")),
            ("+644", Some("0644")),
            ("4755", Some("0755")),
            ("-1", Some("0777+setuid")),
            ("17777777777", Some("0777+setuid")),
            ("20000000000", None),
            ("888", None),
            ("0o644", None),
            ("rw-r--r--", None),
            (" 644", None),
        ] {
            assert_eq!(
                parse_mode(permissions).map(|mode| mode.to_string()).as_deref(),
                mode,
                "{permissions}"
            );
        }
    }
}
