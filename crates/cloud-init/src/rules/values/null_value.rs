use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};

use dryboot_lint::{Safety, Severity};
use dryboot_schema::{ProblemKind, Value};
use dryboot_yaml::{NodeId, Span};

use crate::lint::{At, Context, Path, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "null-value", severity: Severity::Error, docs: docs!("null_value.md"), check };

/// What cloud-init does where nothing stands, in every release.
const EFFECTS: [(&str, &str); 4] = [
    ("ssh_authorized_keys", "cloud-init fails on it and sets no SSH keys, not even the platform's"),
    ("users[].ssh_authorized_keys", NO_FURTHER_USERS),
    ("users[].ssh-authorized-keys", NO_FURTHER_USERS),
    ("write_files[].content", "the validator rejects it, and at boot the file is empty"),
];

const NO_FURTHER_USERS: &str =
    "cloud-init fails on it and creates neither the users below nor the default user";

fn check(context: &mut Context<'_>) {
    let is_type = |kind: &ProblemKind| {
        matches!(kind, ProblemKind::Type(_) | ProblemKind::Value(_) | ProblemKind::NoAlternative(_))
    };
    let refused: BTreeSet<NodeId> = context.problems(is_type).map(|(_, problem)| problem.value).collect();
    let mut only = BTreeSet::new();
    let places = context.places.all();
    let siblings = LazyCell::new(|| {
        let mut siblings: HashMap<Option<Path<'_>>, usize> = HashMap::new();
        for place in places {
            *siblings.entry(place.at.path.parent()).or_default() += 1;
        }
        siblings
    });
    for place in places {
        if !matches!(context.value(place.at.value), Value::Null) {
            continue;
        }
        let effect = EFFECTS.iter().find(|(pattern, _)| **pattern == *place.pattern).map(|(_, does)| *does);
        if effect.is_none() && !refused.contains(&place.at.value) {
            continue;
        }
        // Through aliases, a value can stand at several places.
        if !only.insert((place.at.path, place.at.value)) {
            continue;
        }
        let span = context.key_span(&place.at);
        let line = place.at.key.filter(|_| siblings.get(&place.at.path.parent()) > Some(&1));
        let line = line.and_then(|_| line_of(context, &place.at));
        let path = place.at.path;
        let outcome = effect.unwrap_or("the validator rejects it");
        let message = format!("`{path}` has no value: {outcome}");
        let help = match place.at.key {
            None => "remove the item, or indent what belongs to it",
            Some(_) => "give it a value, or remove the line",
        };
        let finding = context.report(span, message).path(path).help(help);
        if let Some(line) = line {
            finding.fix(Safety::Unsafe, "remove the line", line, "");
        }
    }
}

/// The line of a key that stands on it alone.
fn line_of<'c>(context: &Context<'c>, at: &At<'c>) -> Option<Span> {
    let key = context.key_span(at);
    let (text, value) = (context.read, context.span(at));
    let start = text[..key.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[key.end..].find('\n').map_or(text.len(), |end| key.end + end + 1);
    let rest = text[key.end..end].trim().trim_start_matches(':').trim();
    let is_alone = text[start..key.start].trim().is_empty() && value.end <= end;
    (is_alone && ["", "~", "null"].contains(&rest)).then(|| Span::new(start, end))
}
