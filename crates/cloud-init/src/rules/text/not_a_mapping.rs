use dryboot_lint::Severity;
use dryboot_yaml::Span;

use super::wrong_dialect;
use crate::header::{Header, header};
use crate::lint::{Context, Rule, what_it_is};
use crate::rules::docs;
use crate::verdict::Cause;

const HEADER: &str = "#cloud-config";

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
    if context.root().is_none() && is_joined(context.text) {
        let span = Span::new(0, context.text.trim_end().len());
        let message = "the whole config is on the same line as its header, so all of it is a comment: \
            cloud-init ignores it";
        context.report(span, message).help(
            "its line breaks were lost on the way here: copy it again from its source, and find out what \
             joined the lines",
        );
        return;
    }
    let (span, what) = match context.root() {
        Some(root) => (first_line(context.span(&root), context.read), what_it_is(context.value(root.value))),
        None => (Span::empty(0), "empty".to_owned()),
    };
    let message = format!("a cloud-config must be a mapping, but this is {what}: cloud-init ignores it");
    context.report(span, message).help("write `key: value` lines, such as `packages:`, in the first column");
}

/// Whether a config follows its header on the one line that there is.
fn is_joined(text: &str) -> bool {
    let line = text.trim();
    let behind = line.get(HEADER.len()..).unwrap_or_default();
    let has_keys = behind.contains("\\n") || behind.split_whitespace().any(|word| word.ends_with(':'));
    !line.contains(['\n', '\r']) && has_keys && !behind.trim_start().starts_with('#')
}

fn first_line(span: Span, text: &str) -> Span {
    let line = span.slice(text).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len())
}
