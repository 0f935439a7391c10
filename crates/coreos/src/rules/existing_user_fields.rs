use std::collections::HashMap;

use crate::typed::{Field, Value};
use crate::{Target, image};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::{shown, users};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "existing-user-fields",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("existing_user_fields.md"),
    scope: Scope::Written,
    check,
};

/// What is applied to a user who exists.
const APPLIED: [&str; 6] = [
    "name",
    "passwd",
    "ssh_authorized_keys",
    "coreos_ssh_import_github",
    "coreos_ssh_import_github_users",
    "coreos_ssh_import_url",
];

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let stock = image::of(document.target).accounts;
    let mut earlier: HashMap<String, Span> = HashMap::new();
    for user in users(document).filter(|user| !user.name().is_empty()) {
        let name = user.name();
        let span = user.head(document, context.places);
        let first = earlier.get(name).copied();
        earlier.entry(name.to_owned()).or_insert(span);
        let why = match (name, first) {
            (name, _) if stock.contains(&name) => "is part of the image",
            (_, Some(_)) => "is created by an earlier item",
            _ => continue,
        };
        let keys = user.decoded.object.keys.iter().zip(&user.decoded.fields);
        let ignored: Vec<(&str, Option<Span>)> = keys
            .filter(|(key, field)| !APPLIED.contains(&key.name) && is_set(field))
            .map(|(key, _)| (key.name, user.entry(document, key.name)))
            .collect();
        let (Some((_, place)), Some(node)) = (ignored.first(), user.field.node) else { continue };
        let names: Vec<String> = ignored.iter().map(|(name, _)| format!("`{name}`")).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let list = match names.as_slice() {
            few if few.len() <= 4 => few.join(", "),
            many => format!("{} and {} more", many[..3].join(", "), many.len() - 3),
        };
        let message = format!("user `{}` {why}: {list} {verb} ignored", shown(name));
        let mut finding = context
            .report(place.unwrap_or(span), message)
            .path_of(node)
            .help("only the password and keys are applied; change the rest in a unit that runs `usermod`");
        for span in ignored.iter().skip(1).filter_map(|(_, span)| *span) {
            finding = finding.label(span, "ignored, too");
        }
        if let Some(first) = first {
            finding.label(first, "the earlier item");
        }
    }
}

fn is_set(field: &Field) -> bool {
    match &field.value {
        Value::Text(text) => !text.is_empty(),
        Value::Bytes(bytes) => !bytes.is_empty(),
        Value::Bool(truth) => *truth,
        Value::List(list) => !list.is_empty(),
        Value::Int(_) | Value::Float(_) | Value::Section(_) => false,
    }
}
