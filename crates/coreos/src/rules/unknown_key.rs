use std::collections::HashSet;

use crate::Target;
use crate::kind::section_of;
use crate::schema::{ETCD, ETCD2, FLANNEL, FLEET, NAMES, SECTIONS, Section};
use dryboot_schema::Object;

use crate::lint::context::Context;
use crate::lint::places::{KeyPlace, PlaceId};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-key",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unknown_key.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    let is_unknown =
        |key: &KeyPlace<'_>| key.known.is_none() && !super::wrong_dialect::names(key.object, &key.name());
    let mut unknown = places.keys().filter(is_unknown).peekable();
    if unknown.peek().is_none() {
        return;
    }
    let known = places.keys().filter(|key| key.known.is_some());
    let mut taken: Names = known.map(|key| (key.parent, key.name().into_owned())).collect();
    for key in unknown {
        report(context, key, &mut taken);
    }
}

/// The keys that each place has, or has after renaming: none may come twice.
type Names = HashSet<(Option<PlaceId>, String)>;

fn report(context: &mut Context<'_>, key: KeyPlace<'_>, taken: &mut Names) {
    let span = key.key_span(context.tree());
    let written = key.written;
    let section = section_of(key.object);
    let message = format!("unknown key `{written}`{}: it is ignored", within(section));
    let near = nearest(&key.name(), key.object.keys.iter().map(|known| known.name));
    let home = home_of(&key.name(), section);
    let finding = context.report(span, message).at(key.id);
    match (near, home) {
        (_, Some(home)) => {
            finding.help(format!("`{written}` belongs {}", placed(home)));
        }
        (Some(near), None) => {
            let finding = finding.help(format!("did you mean `{near}`?"));
            if taken.insert((key.parent, near.to_owned())) {
                finding.fix(Safety::Unsafe, format!("rename to `{near}`"), span, near);
            }
        }
        (None, None) => {
            // Nobody knows what it was for; as a place for anchors it does no harm.
            finding.severity(Severity::Warning).help(format!(
                "known keys{}: {}",
                within(section),
                listed(key.object)
            ));
        }
    }
}

/// The one section elsewhere that has a key of this name, if it is plain which is meant. What the
/// top level has, too, is meant for there.
fn home_of(name: &str, section: &Section) -> Option<&'static Section> {
    let mut homes = SECTIONS
        .iter()
        .filter(|home| home.path != section.path && home.object.position(name, NAMES).is_some())
        // The services have keys of many names, which tell nothing.
        .filter(|home| ![&ETCD, &ETCD2, &FLEET, &FLANNEL].contains(&home.object));
    let first = homes.next()?;
    (first.path.is_empty() || homes.next().is_none()).then_some(first)
}

fn placed(section: &Section) -> String {
    if section.path.is_empty() { "at the top level".to_owned() } else { format!("under `{}`", section.path) }
}

fn within(section: &Section) -> String {
    if section.path.is_empty() { String::new() } else { format!(" in `{}`", section.path) }
}

fn listed(object: &Object) -> String {
    let names: Vec<String> = object.keys.iter().take(12).map(|key| format!("`{}`", key.name)).collect();
    let more = if object.keys.len() > names.len() { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::lint::{LintOptions, lint};

    #[test]
    fn no_renaming_makes_a_second_key_of_one_name() {
        for (text, fixes) in [
            ("hostnme: a\nhostname: b", 0),
            ("hostnme: a\nhostnam: b", 1),
            ("users:\n  - nme: a\n  - nme: b", 2),
            ("coreos:\n  units:\n    - drop-ins: []\n      drop_in: []", 0),
        ] {
            let options = LintOptions { select: vec!["unknown-key".to_owned()], ..LintOptions::default() };
            let report = lint(format!("#cloud-config\n{text}\n").as_bytes(), &options);
            let found: usize = report.diagnostics.iter().map(|found| found.fixes.len()).sum();
            assert_eq!(found, fixes, "{text}");
        }
    }
}
