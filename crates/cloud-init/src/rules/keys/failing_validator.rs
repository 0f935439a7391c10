use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Crash, Release, Value};
use dryboot_yaml::NodeId;

use crate::lint::{Context, Rule, what_it_is};
use crate::rules::docs;
use crate::verdict::{Cause, Kind};

pub(super) static RULE: Rule =
    Rule { name: "failing-validator", severity: Severity::Error, docs: docs!("failing_validator.md"), check };

/// The release that began to validate the whole config at boot; nothing catches what the validator raises there.
const VALIDATED_AT_BOOT_SINCE: Release = Release::new(22, 1);

fn check(context: &mut Context<'_>) {
    for complaint in context.complaints() {
        if let Cause::Crash(crash) = complaint.cause {
            report(context, crash);
        }
    }
}

fn report(context: &mut Context<'_>, crash: Crash) {
    let of = |value: NodeId| what_it_is(context.value(value));
    let (node, what) = match crash {
        Crash::KeyIsNotText(key) => (key, format!("this key is {}, not a string", of(key))),
        Crash::UnsortableKeys(key) => {
            (key, "beside this key, others are not strings, or the reverse".to_owned())
        }
        Crash::Unsortable(value) => {
            (value, "the path to this value has a key that is not a string".to_owned())
        }
        Crash::Bytes(value) => (value, "this is binary data, not a string".to_owned()),
        Crash::Endless(value) => (value, "aliases make this value too large to check".to_owned()),
        Crash::NotAMapping(value) => (value, format!("this is {}, not a mapping", of(value))),
    };
    let is_config = !matches!(context.subject.kind, Kind::NetworkConfig);
    let outcome = match is_config && context.release() >= VALIDATED_AT_BOOT_SINCE {
        true => "cloud-init's validator fails, and with it the stage that creates users and writes files",
        false => "cloud-init's validator fails",
    };
    let Some(span) = context.tree().map(|tree| tree.node(node).span) else { return };
    let is_key = matches!(crash, Crash::KeyIsNotText(_))
        && matches!(context.value(node), Value::Bool(_) | Value::Int(_) | Value::Float(_));
    let quoted = format!("'{}'", span.slice(context.read));
    let finding = context.report(span, format!("{what}: {outcome}"));
    if is_key {
        finding.help("put the key in quotes").fix(Safety::Unsafe, format!("write {quoted}"), span, quoted);
    }
}
