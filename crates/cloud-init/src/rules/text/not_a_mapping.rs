use dryboot_lint::Severity;
use dryboot_yaml::Span;

use super::wrong_dialect;
use crate::header::{Header, header};
use crate::lint::{Context, Rule, what_it_is};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "not-a-mapping", severity: Severity::Error, docs: docs!("not_a_mapping.md"), check };

fn check(context: &mut Context<'_>) {
    if !context.complaints().any(|complaint| matches!(complaint.cause, Cause::NotAMapping)) {
        return;
    }
    // An older validator takes an archive for a config, too.
    let is_archive = header(context.text) == Some(Header::Archive);
    if is_archive || wrong_dialect::explains_list(context) {
        return;
    }
    let (span, what) = match context.root() {
        Some(root) => (first_line(context.span(&root), context.read), what_it_is(context.value(root.value))),
        None => (Span::empty(0), "empty".to_owned()),
    };
    let message = format!("a cloud-config must be a mapping, and this is {what}: cloud-init ignores it");
    context.report(span, message).help("write `key: value` lines, such as `packages:`, at the first column");
}

fn first_line(span: Span, text: &str) -> Span {
    let line = span.slice(text).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len())
}
