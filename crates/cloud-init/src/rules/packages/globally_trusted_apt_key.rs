use dryboot_lint::{Safety, Severity};
use dryboot_schema::Release;
use dryboot_yaml::Span;

use super::{apt_sources, has_key};
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "globally-trusted-apt-key",
    severity: Severity::Info,
    docs: docs!("globally_trusted_apt_key.md"),
    check,
};

/// The first release that fills `$KEY_FILE`.
const KNOWS_KEY_FILE: Release = Release::new(21, 3);

fn check(context: &mut Context<'_>) {
    if context.release() < KNOWS_KEY_FILE {
        return;
    }
    for (name, source) in apt_sources(context) {
        let Some(at) = context.get(&source, "source") else { continue };
        let Some(rest) = context.str(&at).and_then(|text| text.strip_prefix("deb ")) else { continue };
        if !has_key(context, &source) || rest.contains("signed-by") {
            continue;
        }
        let span = context.first_line(&at);
        let verbatim = context.verbatim(&at);
        let message = format!("the key of `{name}` is also trusted for every other source");
        let finding = context.report(span, message).path(at.path);
        let finding = finding.help("write `[signed-by=$KEY_FILE]` after `deb`");
        // Where options stand already, there is one more.
        let (behind, text) = match rest.starts_with('[') {
            true => ("deb [", "signed-by=$KEY_FILE "),
            false => ("deb ", "[signed-by=$KEY_FILE] "),
        };
        if let Some(span) = verbatim {
            let place = Span::empty(span.start + behind.len());
            finding.fix(Safety::Unsafe, "add `signed-by`", place, text);
        }
    }
}
