use dryboot_lint::{Safety, Severity, nearest};
use dryboot_schema::{Object, ProblemKind, Release};

use crate::keys::KEYS;
use crate::lint::{Context, Rule, joined};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "unknown-key", severity: Severity::Error, docs: docs!("unknown_key.md"), check };

fn check(context: &mut Context<'_>) {
    let release = context.release();
    for (_, problem) in context.problems(|kind| matches!(kind, ProblemKind::UnknownKey(_))) {
        let ProblemKind::UnknownKey(key) = problem.kind else { continue };
        let (Some(tree), Some(object)) = (context.tree(), problem.object()) else { continue };
        let node = tree.node(key);
        let (name, span) = (node.text().unwrap_or_default(), node.span);
        let parent = problem.dotted();
        let path = if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
        if let Some(since) = came_with(object, name) {
            let message = format!("`{name}` came with cloud-init {since}: {release} does not know it");
            context.report(span, message).path(path);
            continue;
        }
        let known = known_keys(object, release);
        let within = if parent.is_empty() { String::new() } else { format!(" in `{parent}`") };
        let near = nearest(name, known.iter().copied()).or_else(|| other_word(name, &known));
        let is_at_top = KEYS.iter().any(|known| known.name == name && known.node.life.includes(release));
        let message = format!("unknown key `{name}`{within}: cloud-init ignores it");
        let finding = context.report(span, message).path(path);
        match near {
            Some(near) => {
                let title = format!("rename to `{near}`");
                finding.help(format!("did you mean `{near}`?")).fix(Safety::Unsafe, title, span, near);
            }
            None if !parent.is_empty() && is_at_top => {
                finding.help(format!("`{name}` belongs at the top level"));
            }
            None if !parent.is_empty() => {
                let listed: Vec<String> = known.iter().take(12).map(|key| format!("`{key}`")).collect();
                finding.help(format!("known keys{within}: {}", joined(&listed, "and")));
            }
            None => {}
        }
    }
}

/// Words of other programs, and what cloud-init calls the same.
const OTHER_WORDS: [(&str, &str); 9] = [
    ("mode", "permissions"),
    ("perms", "permissions"),
    ("chmod", "permissions"),
    ("file", "path"),
    ("filename", "path"),
    ("dest", "path"),
    ("destination", "path"),
    ("text", "content"),
    ("data", "content"),
];

/// The key that another program calls `name`.
fn other_word(name: &str, known: &[&'static str]) -> Option<&'static str> {
    // Keys that go together: the words are those of files.
    let is_file = known.contains(&"path") && known.contains(&"permissions");
    let (_, meant) = OTHER_WORDS.iter().find(|(word, _)| *word == name)?;
    is_file.then_some(*meant)
}

/// The release that brought a key that the release at hand does not know.
fn came_with(object: &Object, name: &str) -> Option<Release> {
    object.keys.iter().find(|key| key.name == name)?.node.life.since
}

fn known_keys(object: &Object, release: Release) -> Vec<&'static str> {
    let offered =
        object.keys.iter().filter(|key| key.node.life.includes(release) && key.node.deprecated.is_none());
    offered.map(|key| key.name).collect()
}
