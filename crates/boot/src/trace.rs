//! What a program has come to: its steps as people tell them apart, and which it did not reach.

use dryboot_config::Target;

use crate::run::Run;
use crate::source::Cause;
use crate::story::{State, Step};

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

impl Run<'_> {
    /// A step begins.
    pub(crate) fn enter(&mut self, phase: Phase) {
        let (effects, messages) = (self.effects.len(), self.messages.len());
        self.trace.push(Mark { phase, effects, messages, fault: None });
    }

    /// The step fails, and the program goes on.
    pub(crate) fn fault(&mut self, words: &str) {
        if let Some(mark) = self.trace.last_mut() {
            mark.fault = Some(words.to_owned());
        }
    }

    /// What the program did, step by step.
    pub(crate) fn steps(&self, exit_code: i32) -> Vec<Step> {
        let mut steps: Vec<Step> = self
            .trace
            .iter()
            .enumerate()
            .filter(|(_, mark)| mark.phase != Phase::Exit)
            .map(|(index, mark)| self.step(index, mark, exit_code))
            .collect();
        let order = match self.target {
            Target::CoreOs => COREOS,
            Target::Flatcar => FLATCAR,
        };
        let is_at_end = self.trace.last().is_some_and(|mark| mark.phase == Phase::Exit);
        let why = if exit_code == 0 { "there is nothing to apply" } else { "the program has ended" };
        for &phase in order.iter().filter(|_| !is_at_end) {
            let is_asked = phase != Phase::Network || crate::receive::netconf_name(self).is_some();
            if is_asked && !self.trace.iter().any(|mark| mark.phase == phase) {
                steps.push(self.telling(phase, State::NotReached, Some(why.to_owned())));
            }
        }
        steps
    }

    fn step(&self, index: usize, mark: &Mark, exit_code: i32) -> Step {
        let next = self.trace.get(index + 1);
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
        Step { effects: indices, causes, ..self.telling(mark.phase, state, why) }
    }

    fn read_network(&self, phase: Phase) -> bool {
        phase == Phase::ReadNetwork && crate::receive::netconf_name(self).is_some()
    }

    fn telling(&self, phase: Phase, state: State, why: Option<String>) -> Step {
        let what = phase.what().to_owned();
        Step { who: "coreos-cloudinit".to_owned(), what, state, why, ..Step::default() }
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
