use dryboot_lint::Severity;
use dryboot_yaml::Span;

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "user-data-too-long",
    severity: Severity::Error,
    docs: docs!("user_data_too_long.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let (Some(platform), Some(message)) = (context.platform(), context.message) else { return };
    let Some(limit) = platform.user_data_limit else { return };
    let bytes = message.bytes;
    let Some(words) = limit.exceeded(bytes.len(), platform.name) else { return };
    let help = match bytes.starts_with(&GZIP) {
        true => limit.remedy_for_text(),
        false => platform.remedy(limit, context.subject.gzipped_length.map(|length| length(bytes))),
    };
    context.report_at(Span::default(), words).help(help);
}

/// What compressed bytes begin with.
const GZIP: [u8; 2] = [0x1F, 0x8B];
