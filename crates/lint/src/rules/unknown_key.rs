use dryboot_config::Target;
use dryboot_config::schema::{ETCD, ETCD2, FLANNEL, FLEET, SECTIONS, Section};

use crate::context::Context;
use crate::places::KeyPlace;
use crate::rule::{Rule, Scope};
use crate::suggest::nearest;
use crate::{Safety, Severity};

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
    for key in places.keys().filter(|key| key.known.is_none()) {
        if super::wrong_dialect::names(key.section, &key.name()) {
            continue;
        }
        report(context, key);
    }
}

fn report(context: &mut Context<'_>, key: KeyPlace<'_>) {
    let span = key.key_span(context.tree());
    let written = key.written;
    let message = format!("unknown key `{written}`{}: it is ignored", within(key.section));
    let near = nearest(&key.name(), key.section.keys.iter().map(|known| known.name));
    let home = home_of(&key.name(), key.section);
    let finding = context.report(span, message).at(key.id);
    match (near, home) {
        (_, Some(home)) => {
            finding.help(format!("`{written}` belongs {}", placed(home)));
        }
        (Some(near), None) => {
            finding.help(format!("did you mean `{near}`?")).fix(
                Safety::Unsafe,
                format!("rename to `{near}`"),
                span,
                near,
            );
        }
        (None, None) => {
            // Nobody knows what it was for; as a place for anchors it does no harm.
            finding.severity(Severity::Warning).help(format!(
                "known keys{}: {}",
                within(key.section),
                listed(key.section)
            ));
        }
    }
}

/// The one section elsewhere that has a key of this name, if it is plain which is meant.
fn home_of(name: &str, section: &Section) -> Option<&'static Section> {
    let mut homes = SECTIONS
        .into_iter()
        .filter(|home| home.path != section.path && home.find(name).is_some())
        // The services have keys of many names, which tell nothing.
        .filter(|home| ![&ETCD, &ETCD2, &FLEET, &FLANNEL].contains(home));
    let first = homes.next()?;
    homes.next().is_none().then_some(first)
}

fn placed(section: &Section) -> String {
    if section.path.is_empty() { "at the top level".to_owned() } else { format!("under `{}`", section.path) }
}

fn within(section: &Section) -> String {
    if section.path.is_empty() { String::new() } else { format!(" in `{}`", section.path) }
}

fn listed(section: &Section) -> String {
    let names: Vec<String> = section.keys.iter().take(12).map(|key| format!("`{}`", key.name)).collect();
    let more = if section.keys.len() > names.len() { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}
