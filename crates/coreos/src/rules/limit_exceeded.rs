use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "limit-exceeded",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("limit_exceeded.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    if document.envelope.too_long {
        let most = document.limits().bytes >> 20;
        let message = format!("the user-data is larger than {most} MiB, so none of it was checked");
        context
            .report(Span::default(), message)
            .help("no platform accepts this much; download large files at boot");
    }
    if let Some(limit) = &document.parsed.limit {
        let message = format!("{}, so the rest was not checked", limit.message);
        context.report(limit.span, message);
    }
    if document.model.exhausted || context.verdict.exhausted {
        let most = document.limits().alias_expansion;
        let message = format!("aliases expand to more than {most} values: the machine may run out of memory");
        context.report(Span::default(), message).help("write the values out, or share less");
    }
    if document.contents.is_exhausted() {
        let most = document.limits().decoded >> 20;
        let message =
            format!("the contents of files add up to more than {most} MiB, so not all of them were checked");
        context.report(Span::default(), message).help("download large files at boot");
    }
}
