use crate::Target;
use crate::schema::FILE;
use crate::typed::{Decoded, Field, Value};
use dryboot_schema::{Key, Shape, allowed};

use crate::lint::context::Context;
use crate::lint::parts::{is_network, shown};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-value",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("invalid_value.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let config = &context.document.model.config;
    in_section(context, config);
}

fn in_section(context: &mut Context<'_>, decoded: &Decoded) {
    // Encodings and permissions have rules of their own.
    if decoded.object == &FILE {
        return;
    }
    for (key, field) in decoded.object.keys.iter().zip(&decoded.fields) {
        match &field.value {
            Value::Section(inner) => in_section(context, inner),
            Value::List(elements) => {
                for element in elements {
                    if let Value::Section(inner) = &element.value {
                        in_section(context, inner);
                    }
                }
            }
            Value::Text(text) if !text.is_empty() && !key.node.allows(text) => {
                report(context, decoded, key, field, text);
            }
            _ => {}
        }
    }
}

fn report(context: &mut Context<'_>, section: &Decoded, key: &Key, field: &Field, text: &str) {
    let Some(node) = field.node else { return };
    let Some(span) = written::span_of(context.document, field) else { return };
    // The command of a network unit is ignored, of which another rule tells.
    if key.name == "command" && is_network(section.text("name")) {
        return;
    }
    let (severity, outcome) = outcome(section, key);
    let message = format!("`{}` is not a valid value for `{}`: {outcome}", shown(text), key.name);
    let place = written::verbatim(context.document, node);
    let finding = context.report(span, message).severity(severity).path_of(node);
    let suggestion = suggestion(key, text);
    let help = match suggestion {
        Some(Suggestion::Value(value)) => format!("did you mean `{value}`?"),
        Some(Suggestion::Words(words)) => words.to_owned(),
        None => format!("valid values: {}", allowed(&key.node)),
    };
    let finding = finding.help(help);
    if let (Some(place), Some(Suggestion::Value(value))) = (place, suggestion) {
        finding.fix(Safety::Unsafe, format!("write `{value}`"), place, value);
    }
}

/// How bad it is, and what the target does with it.
fn outcome(section: &Decoded, key: &Key) -> (Severity, &'static str) {
    match key.name {
        "reboot_strategy" => {
            (Severity::Error, "coreos-cloudinit stops before any file is written or unit started")
        }
        "command" if section.text("name").is_empty() => {
            (Severity::Warning, "this has no effect, because a unit without a name is skipped")
        }
        "command" => (Severity::Error, "coreos-cloudinit fails at the end, and later commands do not run"),
        "proxy" => (Severity::Warning, "it is passed to etcd unchanged, which refuses to start"),
        _ => (Severity::Warning, "it is passed to locksmith unchanged, which cannot use it"),
    }
}

#[derive(Clone, Copy)]
enum Suggestion {
    Value(&'static str),
    Words(&'static str),
}

fn suggestion(key: &Key, text: &str) -> Option<Suggestion> {
    let known = match (key.name, text.to_ascii_lowercase().as_str()) {
        ("command", "enable" | "enabled") => Suggestion::Words("`enable: true` enables a unit"),
        ("command", "mask") => Suggestion::Words("`mask: true` masks a unit"),
        ("command", "unmask") => Suggestion::Words("`runtime: true` without `mask` unmasks a unit"),
        ("command", "try-reload" | "force-reload") => Suggestion::Value("reload-or-try-restart"),
        ("command", "reload-restart") => Suggestion::Value("reload-or-restart"),
        ("reboot_strategy", "best-effort") => {
            Suggestion::Words("only releases before 1.14.0 accept it; it means `reboot`")
        }
        ("reboot_strategy", "false" | "no" | "none" | "never" | "disabled") => Suggestion::Value("off"),
        ("proxy", "true" | "yes") => Suggestion::Value("on"),
        ("proxy", "false" | "no") => Suggestion::Value("off"),
        (_, text) => {
            let Shape::Words(words) = key.node.shape else { return None };
            let trimmed = text.trim().replace('_', "-");
            let exact = words.iter().copied().find(|word| *word == trimmed);
            Suggestion::Value(exact.or_else(|| nearest(&trimmed, words.iter().copied()))?)
        }
    };
    Some(known)
}
