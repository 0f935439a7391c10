use dryboot_lint::Severity;
use dryboot_yaml::Span;

use crate::lint::{Context, Rule, line_span};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "yaml-syntax", severity: Severity::Error, docs: docs!("yaml_syntax.md"), check };

fn check(context: &mut Context<'_>) {
    for complaint in context.complaints() {
        match &complaint.cause {
            Cause::Syntax(error) => {
                let message = format!("invalid YAML: {}: cloud-init ignores the whole text", error.message);
                let finding = context.report(Span::empty(error.place), message);
                if let Some((words, at)) = &error.context
                    && *at != error.place
                {
                    finding.label(Span::empty(*at), words.clone());
                }
            }
            Cause::Value(error) => {
                let message =
                    format!("this value cannot be built ({error}): cloud-init ignores the whole text");
                context.report(complaint.place, message);
            }
            Cause::Limit(limit) => {
                context.report(complaint.place, format!("{limit}: the rest was not read"));
            }
            Cause::Template(error) => {
                let line = line_span(context.text, error.line);
                let what = if error.is_syntax { "cannot be read" } else { "cannot be filled" };
                let message = format!("the Jinja template {what} ({}): cloud-init ignores it", error.message);
                context.report_at(line, message);
            }
            _ => {}
        }
    }
}
