//! Flatcar's fork from the first byte to the exit code: metadata and network first, then host name
//! and keys from wherever they come, then each part of the user-data on its own.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use dryboot_coreos::Document;
use dryboot_coreos::envelope::Format;
use dryboot_machine::Cause;
use dryboot_machine::bytes::lossy_text;
use dryboot_yaml::Limits;

use super::outcome::{Outcome, notes_on};
use super::receive::{check_netconf_name, interfaces, metadata, user_data, validate};
use super::script::run_script;
use crate::apply::{
    apply_files_and_units, apply_users, authorize_keys, network_units, place_units, restart_network,
    set_hostname,
};
use crate::config::{Config, Refusal};
use crate::netconf::NetconfError;
use crate::program::{Phase, flags};
use crate::run::{Attributed, Run, Step, Stop};
use crate::text::{Part, parts};

/// Longer host names are cut, in bytes.
const HOSTNAME: usize = 63;

/// An error is an exit code, with which everything ends.
pub(super) fn go(run: &mut Run<'_>, bytes: &[u8], limits: &Limits, outcome: &mut Outcome) -> Result<(), i32> {
    check_netconf_name(run)?;
    metadata(run)?;
    set_up_network(run)?;
    let received = user_data(run, bytes, limits.bytes);
    outcome.text.clone_from(&received.envelope.text);
    let mut failed = received.failed;
    let whole = Document::read(&received.envelope, run.program.target, limits);
    if let Some(exit) = validate(run, &whole) {
        return Err(exit);
    }
    outcome.notes.extend(notes_on(&whole, received.envelope.too_long));

    run.enter(Phase::Parse);
    let (parts, fault) = parts(&received.envelope.bytes, run.source, &run.addresses);
    if let [part] = parts.as_slice()
        && part.is_changed
    {
        outcome.substituted = Some(lossy_text(&part.envelope.bytes));
    }
    let documents: Vec<Document<'_>> = parts.iter().map(|part| read(part, run, limits)).collect();
    let configs = configs(&parts, &documents);
    let fault = match (configs, fault) {
        (Err(Refusal::Panic(words)), _) => {
            run.say(format!("panic: {words}"), &[]);
            return Err(2);
        }
        (Err(Refusal::Words(words)), _) | (Ok(_), Some(words)) => Err(words),
        (Ok(configs), None) => Ok(configs),
    };
    let configs = fault.unwrap_or_else(|words| {
        run.fault(&words);
        run.say(format!("Failed to parse user-data: {words}"), &[]);
        failed = true;
        Vec::new()
    });

    set_hostname_and_keys(run, configs.iter().flatten())?;
    if !failed {
        for (part, config) in parts.iter().zip(&configs) {
            if let Err(stop) = run_part(run, part, config.as_ref()) {
                run.fault(&stop.words);
                let name = dryboot_yaml::go_syntax::quote(&part.name);
                run.say(format!("Failed to run part {name}: {}", stop.words), &stop.causes);
                failed = true;
            }
        }
    }
    run.enter(Phase::Exit);
    if failed && !flags::is_on(&run.description.flags, "ignore-failure") { Err(1) } else { Ok(()) }
}

fn set_up_network(run: &mut Run<'_>) -> Result<(), i32> {
    let causes = [Cause::Metadata("network_config")];
    let fail = |run: &mut Run<'_>, words: String| {
        run.say(format!("Failed to setup network units: {words}"), &causes);
        1
    };
    let interfaces = interfaces(run).map_err(|error| match error {
        NetconfError::Panic(words) => {
            run.say(format!("panic: {words}"), &causes);
            2
        }
        NetconfError::Refused(words) => fail(run, format!("error generating interfaces: {words}")),
    })?;
    if interfaces.is_empty() {
        return Ok(());
    }
    let units: Vec<_> = network_units(&interfaces).collect();
    let placed = place_units(run, &units).and_then(|()| restart_network(run, &interfaces));
    placed.map_err(|stop| fail(run, format!("error applying network config: {}", stop.words)))
}

fn read<'p>(part: &'p Part, run: &Run<'_>, limits: &Limits) -> Document<'p> {
    Document::read_as(part.format, &part.envelope, run.program.target, limits)
}

/// The configs of the parts that are some.
fn configs<'d>(parts: &'d [Part], documents: &'d [Document<'d>]) -> Result<Vec<Option<Config<'d>>>, Refusal> {
    let config = |(part, document): (&'d Part, &'d Document<'d>)| {
        if part.format != Format::CloudConfig {
            return Ok(None);
        }
        let config = Config::read(document, &part.map).map_err(|refusal| match refusal {
            Refusal::Words(words) => Refusal::Words(format!("{}{words}", part.error_prefix)),
            Refusal::Panic(words) => Refusal::Panic(words),
        })?;
        // The fork looks for the header without looking at the length.
        let header = dryboot_coreos::HEADER.len();
        match part.envelope.bytes.len() {
            length if length < header => Err(Refusal::Panic(format!(
                "runtime error: slice bounds out of range [:{header}] with length {length}"
            ))),
            _ => Ok(Some(config)),
        }
    };
    parts.iter().zip(documents).map(config).collect()
}

/// Both are tried before either failure ends the program.
fn set_hostname_and_keys<'c, 'd: 'c>(
    run: &mut Run<'_>,
    configs: impl Iterator<Item = &'c Config<'d>> + Clone,
) -> Result<(), i32> {
    let name = hostname(run, configs.clone());
    run.enter(Phase::Hostname);
    let named = set_hostname(run, &name);
    if let Err(stop) = &named {
        run.fault(&stop.words);
        let words = format!("Failed to set hostname: error setting hostname: {}", stop.words);
        run.say(words, &stop.causes);
    }
    let keys = keys(run, configs);
    run.enter(Phase::Keys);
    let authorized = if keys.is_empty() {
        Ok(())
    } else {
        authorize_keys(run, "core", flags::key_set(run.description), &keys, &[])
    };
    if let Err(stop) = &authorized {
        run.say(format!("Failed to apply SSH keys: {}", stop.words), &stop.causes);
    }
    if named.and(authorized).is_ok() { Ok(()) } else { Err(1) }
}

/// The name of the first config that has one, else that of the metadata; without its domain.
fn hostname<'c, 'd: 'c>(run: &mut Run<'_>, configs: impl Iterator<Item = &'c Config<'d>>) -> Attributed {
    let own = configs.map(|config| config.text(config.root(), "hostname")).find(|name| !name.text.is_empty());
    let given = || run.description.hostname.as_deref().map(|name| Attributed::metadata(name, "hostname"));
    let mut name = own.or_else(given).unwrap_or_default();
    name.text.truncate(name.text.find('.').unwrap_or(name.text.len()));
    if name.text.len() > HOSTNAME {
        let end = (0..=HOSTNAME).rev().find(|&end| name.text.is_char_boundary(end)).unwrap_or_default();
        let short = &name.text[..end];
        let words =
            format!("Hostname too long. Truncating hostname {} to {HOSTNAME} bytes ({short})", name.text);
        run.say(words, &name.causes);
        name.text.truncate(end);
    }
    name
}

/// The keys of all configs, those of a user `core` among them, each once; then the metadata's.
fn keys<'c, 'd: 'c>(run: &Run<'_>, configs: impl Iterator<Item = &'c Config<'d>>) -> Vec<Attributed> {
    let mut keys: Vec<Attributed> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for config in configs {
        let root = config.root();
        let core = root.sections("users").filter(|(_, user)| user.text("name") == "core");
        let of_core = core.flat_map(|(_, user)| config.texts(user, "ssh_authorized_keys"));
        for key in config.texts(root, "ssh_authorized_keys").into_iter().chain(of_core) {
            match places.entry(key.text.clone()) {
                Entry::Occupied(place) => keys[*place.get()].causes.extend(key.causes),
                Entry::Vacant(place) => {
                    place.insert(keys.len());
                    keys.push(key);
                }
            }
        }
    }
    let given = run.description.ssh_keys.values().map(|key| Attributed::metadata(key, "ssh_keys"));
    keys.into_iter().chain(given).collect()
}

fn run_part(run: &mut Run<'_>, part: &Part, config: Option<&Config<'_>>) -> Step {
    let causes = [run.source.cause(part.whole)];
    match (part.format, config) {
        (Format::CloudConfig, Some(config)) => {
            run.enter(Phase::Users);
            let applied = apply_users(run, config).and_then(|()| apply_files_and_units(run, config, &[]));
            applied.map_err(|stop| Stop {
                words: format!("error applying cloud-config: {}", stop.words),
                ..stop
            })
        }
        (Format::Script, _) => {
            run.enter(Phase::Script);
            run_script(run, &part.envelope.bytes, &causes)
        }
        (format, _) => {
            run.say(format!("ignoring part of type {}", format.name()), &causes);
            Ok(())
        }
    }
}
