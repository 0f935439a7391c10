//! coreos-cloudinit v1.14.0 from the first byte to the exit code.

use dryboot_coreos::Document;
use dryboot_coreos::envelope::{Format, opened};
use dryboot_machine::Cause;
use dryboot_machine::bytes::lossy_text;
use dryboot_yaml::{Limits, Span};

use super::outcome::{Outcome, notes_on};
use super::receive::{check_netconf_name, interfaces, metadata, user_data, validate};
use super::script::run_script;
use crate::apply::{apply_files_and_units, apply_users, authorize_keys, set_hostname};
use crate::config::{Config, Refusal};
use crate::netconf::{Interface, NetconfError};
use crate::program::{Phase, flags};
use crate::run::{Attributed, Run, Step};
use crate::text::{SourceMap, listed, substitute};

/// An error is an exit code, with which everything ends.
pub(super) fn go(run: &mut Run<'_>, bytes: &[u8], limits: &Limits, outcome: &mut Outcome) -> Result<(), i32> {
    check_netconf_name(run)?;
    let received = user_data(run, bytes, limits.bytes);
    outcome.text.clone_from(&received.envelope.text);
    let mut failed = received.failed;
    let document = Document::read(&received.envelope, run.program.target, limits);
    if let Some(exit) = validate(run, &document) {
        return Err(exit);
    }
    metadata(run)?;
    run.enter(Phase::Substitute);
    run.find(listed(&run.addresses));

    let original = &received.envelope.bytes;
    let substituted = substitute(original, &run.addresses);
    let map = SourceMap::of(run.source).edited(substituted.edits);
    let is_changed = substituted.bytes != **original;
    // Without user-data, because it could not be fetched, the text differs from what was sent.
    let is_lost = original.is_empty() && run.description.userdata_error.is_some() && !bytes.is_empty();
    let envelope = opened(substituted.bytes.into());
    if is_changed || is_lost {
        outcome.substituted = Some(lossy_text(&envelope.bytes));
    }
    let document = if is_changed { Document::read(&envelope, run.program.target, limits) } else { document };
    outcome.notes.extend(notes_on(&document, received.envelope.too_long));

    run.enter(Phase::Parse);
    let config = match document.format {
        Format::Empty | Format::Script => None,
        Format::CloudConfig => match Config::read(&document, &map) {
            Ok(config) => Some(config),
            Err(Refusal::Panic(words)) => return Err(die(run, &words)),
            Err(Refusal::Words(words)) => {
                complain(run, &words);
                failed = true;
                None
            }
        },
        Format::Ignition => {
            run.journal.stdout.push_str("Detected an Ignition config. Exiting...");
            return Ok(());
        }
        Format::MimeMultipart | Format::Unknown => {
            complain(run, "Unrecognized user-data format");
            failed = true;
            None
        }
    };

    let nothing = opened((&[][..]).into());
    let nothing = Document::read_as(Format::CloudConfig, &nothing, run.program.target, limits);
    let config = match config {
        Some(config) => config,
        // What is left is as good as a config without a key.
        None => Config::read(&nothing, &map).map_err(|_| 1)?,
    };
    let hostname = hostname(run, &config);
    let keys = keys(run, &config);
    let interfaces = interfaces(run).map_err(|error| match error {
        NetconfError::Panic(words) => die(run, &words),
        NetconfError::Refused(words) => {
            run.say(format!("Failed to generate interfaces: {words}"), &[Cause::Metadata("network_config")]);
            1
        }
    })?;
    if let Err(stop) = apply(run, &config, &hostname, &keys, &interfaces) {
        run.say(format!("Failed to apply cloud-config: {}", stop.words), &stop.causes);
        return Err(1);
    }
    run.enter(Phase::Script);
    if document.format == Format::Script {
        let causes = [run.source.cause(Span::new(0, original.len()))];
        if let Err(stop) = run_script(run, &document.envelope.bytes, &causes) {
            run.say(format!("Failed to run script: {}", stop.words), &stop.causes);
            return Err(1);
        }
    }
    run.enter(Phase::Exit);
    if failed && !flags::is_on(&run.description.flags, "ignore-failure") { Err(1) } else { Ok(()) }
}

fn complain(run: &mut Run<'_>, words: &str) {
    run.fault(words);
    run.journal.stdout.push_str(&format!("Failed to parse user-data: {words}\nContinuing...\n"));
}

/// Go's exit code for a panic.
fn die(run: &mut Run<'_>, words: &str) -> i32 {
    run.say(format!("panic: {words}"), &[]);
    2
}

/// The config's own name wins over the metadata's.
fn hostname(run: &mut Run<'_>, config: &Config<'_>) -> Attributed {
    let own = config.text(config.root(), "hostname");
    let Some(given) = run.description.hostname.as_deref().filter(|name| !name.is_empty()) else { return own };
    if own.text.is_empty() {
        return Attributed::metadata(given, "hostname");
    }
    let warning = format!("Warning: user-data hostname ({}) overrides metadata hostname ({given})", own.text);
    run.say(warning, &own.causes);
    own
}

/// The config's keys, then the metadata's.
fn keys(run: &Run<'_>, config: &Config<'_>) -> Vec<Attributed> {
    let given = run.description.ssh_keys.values().map(|key| Attributed::metadata(key, "ssh_keys"));
    config.texts(config.root(), "ssh_authorized_keys").into_iter().chain(given).collect()
}

fn apply(
    run: &mut Run<'_>,
    config: &Config<'_>,
    hostname: &Attributed,
    keys: &[Attributed],
    interfaces: &[Interface],
) -> Step {
    run.enter(Phase::Hostname);
    set_hostname(run, hostname)?;
    run.enter(Phase::Users);
    apply_users(run, config)?;
    run.enter(Phase::Keys);
    if !keys.is_empty() {
        authorize_keys(run, "core", flags::key_set(run.description), keys, &[])?;
    }
    apply_files_and_units(run, config, interfaces)
}
