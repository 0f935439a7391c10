use dryboot_lint::Severity;
use dryboot_schema::known::Known;
use dryboot_schema::{Key, Release, Value};

use crate::lint::{Context, Path, Place, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unsupported-by-release",
    severity: Severity::Error,
    docs: docs!("unsupported_by_release.md"),
    check,
};

/// What an older release does with a key or a form that it does not know, where it does more than ignore it.
struct Effect {
    /// The place.
    pattern: &'static str,
    /// What the release does, behind its number; empty when it ignores the key.
    does: &'static str,
    /// What to write for it; empty when there is nothing.
    instead: &'static str,
}

const fn effect(pattern: &'static str, does: &'static str, instead: &'static str) -> Effect {
    Effect { pattern, does, instead }
}

const PACKAGE_NAMES: &str = "list the names of the packages without `apt:` and `snap:`";

static EFFECTS: [Effect; 10] = [
    effect("chpasswd.users", "sets no password", "use `chpasswd.list`"),
    effect("packages[].apt", "installs no package at all", PACKAGE_NAMES),
    effect("packages[].snap", "installs no package at all", PACKAGE_NAMES),
    effect("snap", "", "use `snappy`, or run `snap install` in `runcmd`"),
    effect("ubuntu_pro", "", "use `ubuntu_advantage`"),
    effect("write_files[].append", "replaces the file", "append to the file in `runcmd`"),
    effect(
        "write_files[].defer",
        "writes the file early, before accounts and packages exist",
        "write the file in `runcmd` if it needs them",
    ),
    effect(
        "write_files[].source",
        "downloads nothing and writes `content`, or an empty file",
        "download the file in `runcmd`",
    ),
    effect("yum_repos.*.metalink", "skips a repository without a `baseurl`", "add `baseurl`"),
    effect("keyboard", "", "set the layout in `runcmd`"),
];

/// What a release does that does not know the key at a place, where it does more than ignore it.
pub(crate) fn does_without(pattern: &str) -> Option<&'static str> {
    let effect = EFFECTS.iter().find(|effect| effect.pattern == pattern)?;
    Some(effect.does).filter(|does| !does.is_empty())
}

/// Any key that `rh_subscription` does not know.
const UNREGISTERED: Effect = effect("", "does not register the machine", "");

/// A form of a value that older releases do not act on.
struct Form {
    pattern: &'static str,
    has: fn(&Value<'_>) -> bool,
    what: &'static str,
    since: Release,
    does: &'static str,
    instead: &'static str,
}

const NO_EMPTY_ITEM: Form = Form {
    pattern: "runcmd[]",
    has: |value| matches!(value, Value::Null),
    what: "an empty item",
    since: Release::new(21, 4),
    does: "fails on it and runs none of the commands",
    instead: "remove the item, or put its comment on a line of its own without the dash",
};

static FORMS: [Form; 4] = [
    NO_EMPTY_ITEM,
    Form { pattern: "bootcmd[]", ..NO_EMPTY_ITEM },
    Form {
        pattern: "users[].uid",
        has: |value| matches!(value, Value::Int(_)),
        what: "a number as `uid`",
        since: Release::new(22, 2),
        does: "ignores it",
        instead: "put the number in quotes",
    },
    Form {
        pattern: "ansible.pull",
        has: |value| matches!(value, Value::List(_)),
        what: "a list in `ansible.pull`",
        since: Release::new(25, 2),
        does: "fails on it and runs no playbook",
        instead: "write a single mapping",
    },
];

/// Keys of the top level that were gone before there were tables of them: the release without them, and what to write.
const REMOVED: [(&str, Release, &str); 2] = {
    const V22_1: Release = Release::new(22, 1);
    [
        ("apt_add_repo_match", V22_1, "apt: {add_apt_repo_match: …}"),
        ("debconf_selections", V22_1, "apt: {debconf_selections: …}"),
    ]
};

/// The release that removed a key of the top level that the tables do not have, if it is not later than `release`, and
/// what took its place.
pub(super) fn removed_key(name: &str, release: Release) -> Option<(Release, &'static str)> {
    let row = REMOVED.iter().find(|(key, until, _)| *key == name && *until <= release)?;
    Some((row.1, row.2))
}

/// Why a release does not act on a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsupported {
    /// A later release was the first to act on it.
    CameWith(Release),
    /// This or an earlier release removed it.
    RemovedIn(Release),
}

/// Why `release` does not act on the key of a place, if it is one of the tables.
pub(crate) fn unsupported(place: &Place<'_>, release: Release) -> Option<Unsupported> {
    let removed = |known: &Known| known.node.life.until.filter(|until| *until <= release);
    let mut soonest = None;
    for known in place.keys.iter().filter(|known| removed(known).is_none()) {
        match known.past.works_since.filter(|since| release < *since) {
            None => return None,
            Some(since) => soonest = Some(soonest.map_or(since, |soonest: Release| soonest.min(since))),
        }
    }
    match soonest {
        Some(since) => Some(Unsupported::CameWith(since)),
        None => place.keys.iter().filter_map(removed).max().map(Unsupported::RemovedIn),
    }
}

fn check(context: &mut Context<'_>) {
    let release = context.release();
    let mut inside: Option<Path<'_>> = None;
    for place in context.places.all() {
        // What stands in a key that does nothing does nothing, either.
        if inside.is_some_and(|outer| place.at.path.is_inside(outer)) {
            continue;
        }
        if let (Some(name), Some(reason)) = (place.name, unsupported(place, release)) {
            inside = Some(place.at.path);
            report_key(context, place, name, reason);
        } else if let (0, true, Some((until, instead))) =
            (place.depth, place.keys.is_empty(), place.name.and_then(|name| removed_key(name, release)))
        {
            let name = place.at.path;
            let message = format!("cloud-init {until} removed `{name}`: {release} ignores it");
            let span = context.key_span(&place.at);
            context.report(span, message).path(name).help(format!("write `{instead}`"));
        } else if let Some(form) = FORMS.iter().find(|form| {
            form.pattern == &*place.pattern
                && release < form.since
                && (form.has)(&context.value(place.at.value))
        }) {
            let Form { what, since, does, .. } = form;
            let span = context.key_span(&place.at);
            inside = Some(place.at.path);
            let message = format!("{what} only works since cloud-init {since}: {release} {does}");
            context.report(span, message).path(place.at.path).help(form.instead);
        }
    }
}

fn report_key(context: &mut Context<'_>, place: &Place<'_>, name: &str, reason: Unsupported) {
    let release = context.release();
    let span = context.key_span(&place.at);
    let effect = EFFECTS.iter().find(|effect| effect.pattern == &*place.pattern);
    let effect = effect.or((place.pattern.starts_with("rh_subscription.")).then_some(&UNREGISTERED));
    let (message, does) = match reason {
        Unsupported::CameWith(since) => {
            let does = effect.map_or("", |effect| effect.does);
            (format!("`{name}` was added in cloud-init {since}: {release}"), does)
        }
        Unsupported::RemovedIn(until) => (format!("cloud-init {until} removed `{name}`: {release}"), ""),
    };
    let message = format!("{message} {}", if does.is_empty() { "ignores it" } else { does });
    let instead = match (effect, other_spelling(place, name, release)) {
        (_, Some(spelling)) => Some(format!("use `{spelling}`")),
        (Some(effect), None) if matches!(reason, Unsupported::CameWith(_)) && !effect.instead.is_empty() => {
            Some(effect.instead.to_owned())
        }
        _ => None,
    };
    let finding = context.report(span, message).path(place.at.path);
    if let Some(instead) = instead {
        finding.help(instead);
    }
}

/// The same key with hyphens instead of underscores or the reverse, if the release acts on that.
fn other_spelling(place: &Place<'_>, name: &str, release: Release) -> Option<&'static str> {
    let known = place.keys.first()?;
    let spelled = |other: &str| other != name && other.replace('-', "_") == name.replace('-', "_");
    let acts = |key| acts(key, release);
    known.object.keys.iter().find(|key| spelled(key.name) && acts(key)).map(|key| key.name)
}

/// Whether a release acts on a key, as far as the key itself says.
pub(super) fn acts(key: &Key, release: Release) -> bool {
    let lives = key.node.life.until.is_none_or(|until| release < until);
    lives && key.works_since.is_none_or(|since| since <= release)
}
