use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Grade, ProblemKind, Step};
use dryboot_yaml::{Content, Entry, Span, Tree};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "deprecated-key", severity: Severity::Warning, docs: docs!("deprecated_key.md"), check };

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
            Grade::Deprecated => format!("`{name}` has been deprecated since cloud-init {version}"),
            Grade::Changed => {
                format!("this form of `{name}` has been discouraged since cloud-init {version}")
            }
        };
        let remedy = new_name(name, deprecated.instead)
            .filter(|_| deprecated.grade == Grade::Deprecated)
            .and_then(|renamed| Some((renamed, safety(context.tree()?, complaint.place, name, renamed)?)));
        let mut finding = context.report_at(complaint.place, message).path(path.clone());
        if !deprecated.instead.is_empty() {
            finding = finding.help(format!("use {}", deprecated.instead));
        }
        if let Some((renamed, safety)) = remedy {
            finding.fix(safety, format!("rename to `{renamed}`"), complaint.place, renamed);
        }
    }
}

/// The name that a key has now, when renaming is all there is to do: the same with underscores.
fn new_name<'i>(name: &str, instead: &'i str) -> Option<&'i str> {
    let renamed = instead.strip_prefix('`')?.strip_suffix('`')?;
    (renamed == name.replace('-', "_")).then_some(renamed)
}

/// How safe it is to rename the key at `place`. Nobody renames one of several with either name, since that changes which
/// value counts. A mapping may fail below the new name, where its keys are checked for the first time.
fn safety(tree: &Tree, place: Span, name: &str, renamed: &str) -> Option<Safety> {
    let is_it = |entry: &&Entry| tree.node(entry.key).span == place;
    let (entries, entry) = tree.ids().find_map(|id| match &tree.node(id).content {
        Content::Mapping(entries) => Some((entries, entries.iter().find(is_it)?)),
        _ => None,
    })?;
    let has_either =
        |entry: &&Entry| tree.node(entry.key).text().is_some_and(|text| text == name || text == renamed);
    let is_mapping = matches!(tree.node(entry.value).content, Content::Mapping(_));
    let safety = if is_mapping { Safety::Unsafe } else { Safety::Safe };
    (entries.iter().filter(has_either).count() == 1).then_some(safety)
}
