//! What a program has come to: its steps as people tell them apart, and which it did not reach.

use dryboot_coreos::Target;
use dryboot_machine::{Cause, Stage, State, Step};

use crate::run::Run;

/// A step of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    UserData,
    Validate,
    Metadata,
    Substitute,
    Parse,
    ReadNetwork,
    Hostname,
    Users,
    Keys,
    Files,
    Environment,
    Network,
    Units,
    Reload,
    Commands,
    Script,
    /// Nothing is left but the exit code.
    Exit,
}

/// The moment at which a step began.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    phase: Phase,
    effects: usize,
    messages: usize,
    /// What went wrong without ending the program.
    fault: Option<String>,
}

/// In the order of coreos-cloudinit v1.14.0.
const COREOS: &[Phase] = &[
    Phase::UserData,
    Phase::Validate,
    Phase::Metadata,
    Phase::Substitute,
    Phase::Parse,
    Phase::ReadNetwork,
    Phase::Hostname,
    Phase::Users,
    Phase::Keys,
    Phase::Files,
    Phase::Environment,
    Phase::Network,
    Phase::Units,
    Phase::Reload,
    Phase::Commands,
    Phase::Script,
];

/// In the order of the fork, with one part.
const FLATCAR: &[Phase] = &[
    Phase::Metadata,
    Phase::ReadNetwork,
    Phase::UserData,
    Phase::Validate,
    Phase::Parse,
    Phase::Hostname,
    Phase::Keys,
    Phase::Users,
    Phase::Files,
    Phase::Environment,
    Phase::Units,
    Phase::Reload,
    Phase::Commands,
    Phase::Script,
];

impl Phase {
    fn what(self) -> &'static str {
        match self {
            Self::UserData => "read the user-data",
            Self::Validate => "check the user-data, for the log alone",
            Self::Metadata => "read the metadata",
            Self::Substitute => "replace the address variables",
            Self::Parse => "decide what the user-data is, and parse it",
            Self::ReadNetwork => "convert the network configuration",
            Self::Hostname => "set the host name",
            Self::Users => "create users and set passwords",
            Self::Keys => "authorize SSH keys for `core`",
            Self::Files => "write files",
            Self::Environment => "write the addresses to `/etc/environment`",
            Self::Network => "take the network down and configure it",
            Self::Units => "place, mask and enable units",
            Self::Reload => "have systemd read its units again",
            Self::Commands => "give the units their commands",
            Self::Script => "run the script",
            Self::Exit => "end",
        }
    }

    /// What it means that the step did nothing; none for steps that only read.
    fn nothing(self) -> Option<&'static str> {
        Some(match self {
            Self::Hostname => "neither user-data nor metadata has a host name",
            Self::Users => "no users are asked for",
            Self::Keys => "neither user-data nor metadata has a key",
            Self::Files => "no files are asked for",
            Self::Environment => "no address is known, or the file has them already",
            Self::Network => "no interfaces were converted",
            Self::Units => "no units are asked for",
            Self::Reload => "no unit was written",
            Self::Commands => "no unit has a command",
            Self::Script => "the user-data is no script",
            Self::ReadNetwork => "nothing is converted here",
            _ => return None,
        })
    }
}

/// The steps of a run that have begun.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    marks: Vec<Mark>,
    /// Those that stand in a stage already.
    told: Vec<Phase>,
}

impl Run<'_> {
    /// A step begins.
    pub(crate) fn enter(&mut self, phase: Phase) {
        let (effects, messages) = (self.effects.len(), self.messages.len());
        self.trace.marks.push(Mark { phase, effects, messages, fault: None });
    }

    /// The step fails, and the program goes on.
    pub(crate) fn fault(&mut self, words: &str) {
        if let Some(mark) = self.trace.marks.last_mut() {
            mark.fault = Some(words.to_owned());
        }
    }

    /// Tells what the program has done so far as a stage, since something else happens while it
    /// waits.
    pub(crate) fn break_off(&mut self, name: &str) {
        let name = self.stage_name(name);
        let steps = self.begun(None);
        let last = self.trace.marks.last().map(|mark| mark.phase);
        self.trace.told.extend(self.trace.marks.drain(..).map(|mark| mark.phase));
        if !steps.is_empty() {
            self.stages.push(Stage { name, steps });
        }
        if let Some(phase) = last {
            self.enter(phase);
        }
    }

    /// Goes on after [`Run::break_off`]: what has happened in between is told.
    pub(crate) fn resume(&mut self) {
        if let Some(mark) = self.trace.marks.last_mut() {
            mark.effects = self.effects.len();
            mark.messages = self.messages.len();
        }
    }

    /// Tells what the program has done since, and what it did not reach.
    pub(crate) fn close(&mut self, name: &str, exit_code: i32) {
        let mut steps = self.begun(Some(exit_code));
        let is_at_end = self.trace.marks.last().is_some_and(|mark| mark.phase == Phase::Exit);
        if !is_at_end {
            steps.extend(self.not_reached(exit_code));
        }
        let is_rest = !self.trace.told.is_empty() && steps.iter().all(|step| step.state == State::Skipped);
        if !is_rest {
            let name = self.stage_name(name);
            self.stages.push(Stage { name, steps });
        }
    }

    fn stage_name(&self, name: &str) -> String {
        let is_first = self.trace.told.is_empty();
        if is_first { name.to_owned() } else { format!("{name}, continued") }
    }

    /// The steps that have begun; without an exit code, the last one is not over.
    fn begun(&self, exit_code: Option<i32>) -> Vec<Step> {
        let marks = self.trace.marks.iter().enumerate();
        let steps = marks.filter(|(_, mark)| mark.phase != Phase::Exit);
        steps.filter_map(|(index, mark)| self.step(index, mark, exit_code.unwrap_or_default())).collect()
    }

    fn not_reached(&self, exit_code: i32) -> impl Iterator<Item = Step> + '_ {
        let order = match self.target {
            Target::CoreOs => COREOS,
            Target::Flatcar => FLATCAR,
        };
        let why = if exit_code == 0 { "there is nothing to apply" } else { "the program has ended" };
        let began = |phase| {
            self.trace.told.contains(&phase) || self.trace.marks.iter().any(|mark| mark.phase == phase)
        };
        let is_asked = |phase| phase != Phase::Network || crate::flags::netconf(self.description).is_some();
        let missed = order.iter().copied().filter(move |&phase| is_asked(phase) && !began(phase));
        missed.map(move |phase| self.telling(phase, State::NotReached, Some(why.to_owned())))
    }

    /// None for the rest of a step that was told before and did nothing more.
    fn step(&self, index: usize, mark: &Mark, exit_code: i32) -> Option<Step> {
        let next = self.trace.marks.get(index + 1);
        let last_effect = next.map_or(self.effects.len(), |next| next.effects);
        let last_message = next.map_or(self.messages.len(), |next| next.messages);
        let is_last = next.is_none();
        let indices: Vec<usize> = (mark.effects..last_effect).collect();
        let effects = self.effects.get(mark.effects..last_effect).unwrap_or_default();
        let is_idle = effects.iter().all(|effect| effect.action.is_idle());
        let words = self.messages.get(mark.messages..last_message).and_then(<[_]>::last);
        let words = words.map(|message| message.text.clone());
        let (state, why) = match &mark.fault {
            Some(fault) => (State::Failed, Some(fault.clone())),
            None if is_last && exit_code != 0 => (State::Failed, words),
            None if is_idle && index == 0 && self.trace.told.contains(&mark.phase) => return None,
            None => match mark.phase.nothing() {
                Some(nothing) if is_idle && !self.read_network(mark.phase) => {
                    (State::Skipped, Some(nothing.to_owned()))
                }
                _ => (State::Done, self.found(mark.phase)),
            },
        };
        let mut causes: Vec<Cause> = effects.iter().flat_map(|effect| effect.causes.clone()).collect();
        causes.sort_unstable();
        causes.dedup();
        Some(Step { effects: indices, causes, ..self.telling(mark.phase, state, why) })
    }

    fn read_network(&self, phase: Phase) -> bool {
        phase == Phase::ReadNetwork && crate::flags::netconf(self.description).is_some()
    }

    fn telling(&self, phase: Phase, state: State, why: Option<String>) -> Step {
        let reads = match phase {
            Phase::UserData => &self.reads.user_data,
            Phase::Metadata => &self.reads.metadata,
            Phase::Substitute => &self.reads.environment,
            _ => &Vec::new(),
        };
        let (who, what) = ("coreos-cloudinit".to_owned(), phase.what().to_owned());
        Step { who, what, reads: reads.clone(), state, why, ..Step::default() }
    }

    /// What the step found out.
    fn found(&self, phase: Phase) -> Option<String> {
        match phase {
            Phase::Substitute => {
                let told = self.addresses.iter().map(|address| match address.value.as_str() {
                    "" => format!("`{}` vanishes", address.variable),
                    value => format!("`{}` is {value}", address.variable),
                });
                Some(told.collect::<Vec<_>>().join(", "))
            }
            Phase::Metadata => {
                let machine = self.description;
                let mut found = Vec::new();
                found.extend(machine.hostname.as_ref().filter(|name| !name.is_empty()).map(|_| "host name"));
                found.extend((!machine.ssh_keys.is_empty()).then_some("SSH keys"));
                let given = [
                    ("public IPv4", &machine.public_ipv4),
                    ("private IPv4", &machine.private_ipv4),
                    ("public IPv6", &machine.public_ipv6),
                    ("private IPv6", &machine.private_ipv6),
                ];
                found.extend(given.iter().filter(|(_, value)| value.is_some()).map(|&(name, _)| name));
                let network = machine.network_config.is_some() || machine.network_map.is_some();
                found.extend(network.then_some("network configuration"));
                Some(if found.is_empty() { "it has nothing".to_owned() } else { found.join(", ") })
            }
            _ => None,
        }
    }
}
