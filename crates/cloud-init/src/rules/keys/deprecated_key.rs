use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Grade, ProblemKind, Step};
use dryboot_yaml::{Content, Span, Tree};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "deprecated-key", severity: Severity::Info, docs: docs!("deprecated_key.md"), check };

fn check(context: &mut Context<'_>) {
    for (complaint, problem) in context.problems(|kind| matches!(kind, ProblemKind::Deprecated(_))) {
        let ProblemKind::Deprecated(deprecated) = problem.kind else { continue };
        let path = problem.dotted();
        let name = match problem.path.last() {
            Some(Step::Key(name)) => name.as_str(),
            _ => &path,
        };
        let version = deprecated.version;
        let message = match deprecated.grade {
            Grade::Deprecated => format!("`{name}` is deprecated since cloud-init {version}"),
            Grade::Changed => format!("this form of `{name}` is discouraged since cloud-init {version}"),
        };
        let renamed =
            new_name(name, deprecated.instead).filter(|_| deprecated.grade == Grade::Deprecated).filter(
                |renamed| context.tree().is_some_and(|tree| is_free(tree, complaint.place, name, renamed)),
            );
        let mut finding = context.report_at(complaint.place, message).path(path.clone());
        if !deprecated.instead.is_empty() {
            finding = finding.help(format!("use {}", deprecated.instead));
        }
        if let Some(renamed) = renamed {
            finding.fix(Safety::Safe, format!("rename to `{renamed}`"), complaint.place, renamed);
        }
    }
}

/// The name that a key has now, when renaming is all there is to do: the same with underscores.
fn new_name<'i>(name: &str, instead: &'i str) -> Option<&'i str> {
    let renamed = instead.strip_prefix('`')?.strip_suffix('`')?;
    (renamed == name.replace('-', "_")).then_some(renamed)
}

/// Whether the key at `place` is the only one of its mapping with either name: otherwise, renaming it changes which
/// value counts.
fn is_free(tree: &Tree, place: Span, name: &str, renamed: &str) -> bool {
    let mapping = tree.ids().find_map(|id| match &tree.node(id).content {
        Content::Mapping(entries) if entries.iter().any(|entry| tree.node(entry.key).span == place) => {
            Some(entries)
        }
        _ => None,
    });
    let has_either = |text: Option<&str>| text.is_some_and(|text| text == name || text == renamed);
    mapping.is_some_and(|entries| {
        entries.iter().filter(|entry| has_either(tree.node(entry.key).text())).count() == 1
    })
}
