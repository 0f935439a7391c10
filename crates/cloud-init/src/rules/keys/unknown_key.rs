use std::collections::HashSet;

use dryboot_lint::{Safety, Severity, nearest};
use dryboot_schema::{Object, ProblemKind, Release, Step};
use dryboot_yaml::NodeId;

use super::meant::{foreign, home, synonym};
use super::unsupported_by_release::{acts, removed_key, unsupported};
use crate::keys::KEYS;
use crate::lint::{Context, Place, Rule, joined};
use crate::rules::docs;
use crate::rules::packages::old_apt_key;
use crate::rules::text::wrong_dialect::Claims;

pub(super) static RULE: Rule =
    Rule { name: "unknown-key", severity: Severity::Error, docs: docs!("unknown_key.md"), check };

/// Keys of the top level that only images should set; before 23.4, the validator did not mind them.
const OF_IMAGES: [&str; 14] = [
    "datasource",
    "datasource_list",
    "system_info",
    "default_user",
    "manual_cache_clean",
    "log_cfgs",
    "def_log_file",
    "syslog_fix_perms",
    "cloud_dir",
    "warnings",
    "reporting",
    "policy",
    "locale_configfile",
    "allow_userdata",
];

/// A key that is not known where it stands.
struct Unknown<'c> {
    key: NodeId,
    name: &'c str,
    /// The path of the mapping, and the same without numbers.
    parent: String,
    pattern: String,
    /// What the mapping may have instead.
    known: Vec<&'static str>,
    /// Whether the validator refuses the text for it.
    refused: bool,
}

fn check(context: &mut Context<'_>) {
    let unknown = unknown_keys(context);
    if unknown.is_empty() {
        return;
    }
    let paths: HashSet<String> = context.places.all().iter().map(|place| place.at.path.to_string()).collect();
    for unknown in unknown {
        report(context, &unknown, &paths);
    }
}

fn unknown_keys<'c>(context: &Context<'c>) -> Vec<Unknown<'c>> {
    let release = context.release();
    let mut found = Vec::new();
    for (_, problem) in context.problems(|kind| matches!(kind, ProblemKind::UnknownKey(_))) {
        let ProblemKind::UnknownKey(key) = problem.kind else { continue };
        let (Some(tree), Some(object)) = (context.tree(), problem.object()) else { continue };
        let name = tree.node(key).text().unwrap_or_default();
        if context.place(key).is_some_and(|place| unsupported(place, release).is_some()) {
            continue;
        }
        let parent = problem.dotted();
        found.push(Unknown {
            key,
            name,
            parent,
            pattern: pattern(&problem.path),
            known: known_keys(object, release),
            refused: true,
        });
    }
    let is_reported = |place: &&Place<'_>| !found.iter().any(|unknown| Some(unknown.key) == place.at.key);
    let silent = context.places.all().iter().filter(|place| place.depth == 0 && place.keys.is_empty());
    let silent: Vec<Unknown<'c>> = silent
        .filter(is_reported)
        .filter_map(|place| {
            let (name, key) = (place.name?, place.at.key?);
            let known =
                KEYS.iter().filter(|key| key.node.life.includes(release)).map(|key| key.name).collect();
            let (parent, pattern) = (String::new(), String::new());
            let is_ours = OF_IMAGES.contains(&name) || is_for_anchors(name) || foreign(name).is_some();
            (!is_ours).then_some(Unknown { key, name, parent, pattern, known, refused: false })
        })
        .collect();
    found.extend(silent);
    let claims = Claims::of(context);
    let is_free =
        |name: &str| !claims.has(name) && removed_key(name, release).is_none() && !old_apt_key::is_read(name);
    found.retain(|unknown| !unknown.parent.is_empty() || is_free(unknown.name));
    found
}

fn report(context: &mut Context<'_>, unknown: &Unknown<'_>, paths: &HashSet<String>) {
    let Unknown { key, name, parent, pattern, known, refused } = unknown;
    let Some(tree) = context.tree() else { return };
    let span = tree.node(*key).span;
    let release = context.release();
    let path = if parent.is_empty() { (*name).to_owned() } else { format!("{parent}.{name}") };
    let within = if parent.is_empty() { String::new() } else { format!(" in `{parent}`") };
    let place = context.place(*key);
    let works = place.is_some_and(|place| {
        place.keys.iter().any(|known| known.node.life.since.is_some_and(|since| release < since))
    });
    if works {
        let message = format!("cloud-init {release} supports `{name}`, but its validator rejects it");
        context.report(span, message).severity(Severity::Info).path(path);
        return;
    }
    let sibling = |name: &str| match parent.is_empty() {
        true => paths.contains(name),
        false => paths.contains(format!("{parent}.{name}").as_str()),
    };
    let is_at_top = !pattern.contains('.') && !pattern.is_empty() && is_top_key(name, release);
    // In a list, a key of the top level is one that is indented too deep.
    let is_misplaced = is_at_top && pattern.ends_with("[]");
    let near = || nearest(name, known.iter().copied()).filter(|_| !is_misplaced);
    let meant = synonym(pattern, name).or_else(near);
    let can_rename = meant.is_some_and(|meant| !sibling(meant));
    let holds_anchors = parent.is_empty() && is_for_anchors(name);
    let message = format!("unknown key `{name}`{within}: cloud-init ignores it");
    let harmless = meant.is_none() && (!*refused || holds_anchors);
    let severity = if harmless { Severity::Warning } else { Severity::Error };
    // A key that is far inside of another mapping says little about where it is meant to be.
    let is_near_top = !pattern.contains('.');
    let home = home(name).filter(|home| is_near_top && home != pattern);
    let finding = context.report(span, message).severity(severity).path(path);
    if let Some(meant) = meant {
        let finding = match name.starts_with(ODD_BLANKS) {
            true => finding.help(ODD_BLANK),
            false => finding.help(format!("did you mean `{meant}`?")),
        };
        if can_rename {
            finding.fix(Safety::Unsafe, format!("rename to `{meant}`"), span, meant);
        }
    } else if let Some(help) = help(unknown, is_at_top, holds_anchors, home) {
        finding.help(help);
    }
}

/// What to say about a key that is not a misspelling.
fn help(unknown: &Unknown<'_>, is_at_top: bool, holds_anchors: bool, home: Option<&str>) -> Option<String> {
    let Unknown { name, parent, pattern, known, .. } = unknown;
    if name.starts_with(ODD_BLANKS) {
        return Some(ODD_BLANK.to_owned());
    }
    if holds_anchors {
        return Some(
            "the validator rejects keys that only hold anchors: put the anchor at its first use".to_owned(),
        );
    }
    if is_at_top {
        return Some(format!("`{name}` belongs at the top level"));
    }
    if pattern == "packages[]" {
        return Some("a version is written as `[NAME, VERSION]`".to_owned());
    }
    if let Some(home) = home {
        return Some(format!("`{name}` belongs in `{home}`"));
    }
    if parent.is_empty() {
        return foreign(name).map(str::to_owned);
    }
    let listed: Vec<String> = known.iter().take(12).map(|key| format!("`{key}`")).collect();
    (!listed.is_empty()).then(|| format!("known keys in `{parent}`: {}", joined(&listed, "and")))
}

/// Whether a key looks like one that only holds anchors for other places.
fn is_for_anchors(name: &str) -> bool {
    ["x-", "_", "."].iter().any(|start| name.starts_with(start))
}

const ODD_BLANK: &str = "the line begins with a no-break space or similar: indent it with plain spaces";

/// Spaces that YAML takes for letters.
const ODD_BLANKS: [char; 4] = ['\u{A0}', '\u{2003}', '\u{2009}', '\u{3000}'];

fn is_top_key(name: &str, release: Release) -> bool {
    KEYS.iter().any(|known| known.name == name && acts(known, release))
}

/// A path with any item as `[]`.
fn pattern(path: &[Step]) -> String {
    let mut pattern = String::new();
    for step in path {
        match step {
            Step::Index(_) => pattern.push_str("[]"),
            Step::Key(key) | Step::Other(key) => {
                if !pattern.is_empty() {
                    pattern.push('.');
                }
                pattern.push_str(key);
            }
        }
    }
    pattern
}

fn known_keys(object: &Object, release: Release) -> Vec<&'static str> {
    let offered =
        object.keys.iter().filter(|key| key.node.life.includes(release) && key.node.deprecated.is_none());
    offered.map(|key| key.name).collect()
}
