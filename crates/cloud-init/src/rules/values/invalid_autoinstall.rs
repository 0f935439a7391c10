use dryboot_lint::{Safety, Severity, nearest};
use dryboot_schema::Value;

use crate::lint::{At, Context, Rule, what_it_is};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-autoinstall",
    severity: Severity::Error,
    docs: docs!("invalid_autoinstall.md"),
    check,
};

/// What a key of the installer takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Anything,
    Text,
    List,
    Mapping,
    /// Commands: each is a string or a list of words.
    Commands,
}

/// The keys of Ubuntu's installer.
///
/// Source: its reference of the autoinstall file.
const KEYS: [(&str, Takes); 30] = [
    ("version", Takes::Anything),
    ("interactive-sections", Takes::List),
    ("early-commands", Takes::Commands),
    ("locale", Takes::Text),
    ("refresh-installer", Takes::Mapping),
    ("keyboard", Takes::Mapping),
    ("source", Takes::Mapping),
    ("network", Takes::Anything),
    ("proxy", Takes::Anything),
    ("apt", Takes::Mapping),
    ("storage", Takes::Mapping),
    ("identity", Takes::Mapping),
    ("active-directory", Takes::Mapping),
    ("ubuntu-pro", Takes::Mapping),
    ("ubuntu-advantage", Takes::Mapping),
    ("ssh", Takes::Mapping),
    ("codecs", Takes::Mapping),
    ("drivers", Takes::Mapping),
    ("oem", Takes::Mapping),
    ("snaps", Takes::List),
    ("debconf-selections", Takes::Text),
    ("packages", Takes::List),
    ("kernel", Takes::Mapping),
    ("kernel-crash-dumps", Takes::Mapping),
    ("timezone", Takes::Text),
    ("updates", Takes::Text),
    ("shutdown", Takes::Text),
    ("late-commands", Takes::Commands),
    ("error-commands", Takes::Commands),
    ("user-data", Takes::Mapping),
];

/// Keys that have no documentation or that only some builds have.
const OTHERS: [&str; 3] = ["reporting", "zdevs", "mirror"];

fn check(context: &mut Context<'_>) {
    let Some(root) = context.top("autoinstall") else { return };
    for (name, at) in context.entries(&root) {
        match KEYS.iter().find(|(key, _)| *key == name) {
            Some((_, takes)) => value(context, name, &at, *takes),
            None if OTHERS.contains(&name) => {}
            None => unknown(context, name, &at),
        }
    }
    identity(context, &root);
}

fn unknown<'c>(context: &mut Context<'c>, name: &str, at: &At<'c>) {
    let hyphenated = name.replace('_', "-");
    let names = || KEYS.iter().map(|(key, _)| *key);
    let meant = names().find(|key| *key == hyphenated).or_else(|| nearest(name, names()));
    let span = context.key_span(at);
    let message = format!("the installer of Ubuntu does not know the key `{name}` and ignores it");
    let finding = context.report(span, message).severity(Severity::Warning).path(at.path);
    if let Some(meant) = meant {
        let finding = finding.help(format!("did you mean `{meant}`?"));
        finding.fix(Safety::Unsafe, format!("write `{meant}`"), span, meant);
    }
}

fn value<'c>(context: &mut Context<'c>, name: &str, at: &At<'c>, takes: Takes) {
    let value = context.value(at.value);
    let (fits, wanted) = match takes {
        Takes::Anything => return,
        Takes::Text => (matches!(value, Value::Str(_) | Value::Other), "a string"),
        Takes::List => (matches!(value, Value::List(_)), "a list"),
        Takes::Mapping => (matches!(value, Value::Map(_)), "a mapping"),
        Takes::Commands => (matches!(value, Value::List(_)), "a list of commands"),
    };
    // `proxy: null` and the like mean that nothing is set.
    if !fits && !matches!(value, Value::Null) {
        let span = context.key_span(at);
        let message = format!("`{name}` must be {wanted}, not {}: the installer stops", what_it_is(value));
        context.report(span, message).path(at.path).help(format!("write {wanted}"));
        return;
    }
    if takes == Takes::Commands {
        for item in context.items(at) {
            if matches!(context.value(item.value), Value::Map(_)) {
                let span = context.first_line(&item);
                let message = "a colon and a space make this a mapping, not a command: the installer stops";
                context.report(span, message).path(item.path).help("put the command in quotes");
            }
        }
    }
}

/// Somebody has to be able to log in to what is installed.
fn identity<'c>(context: &mut Context<'c>, root: &At<'c>) {
    let interactive = context.get(root, "interactive-sections");
    let Some(identity) = context.get(root, "identity") else { return };
    if interactive.is_some() || !matches!(context.value(identity.value), Value::Map(_)) {
        return;
    }
    let missing: Vec<String> = ["username", "password"]
        .into_iter()
        .filter(|key| context.get(&identity, key).is_none())
        .map(|key| format!("`{key}`"))
        .collect();
    if !missing.is_empty() {
        let span = context.key_span(&identity);
        let keys = crate::lint::joined(&missing, "and");
        let message = format!("`identity` lacks {keys}: the installer stops");
        let finding = context.report(span, message).path(identity.path);
        finding.help("write a user name, and a hash from `openssl passwd -6`");
    }
}
