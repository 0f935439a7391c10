use dryboot_lint::Severity;
use dryboot_yaml::Span;

use crate::header::Header;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "invalid-include-line",
    severity: Severity::Error,
    docs: docs!("invalid_include_line.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    if !matches!(context.judged.header, Some(Header::Include | Header::IncludeOnce)) {
        return;
    }
    let text = context.text;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line_text = line.trim();
        if line_text.is_empty() || line_text.starts_with('#') || is_address(line_text) {
            continue;
        }
        let blank = line.len() - line.trim_start().len();
        let span = Span::new(at + blank, at + blank + line_text.len());
        let message = "every line of this file must be an address: cloud-init fails on this one, and ignores all user-data";
        let help = "put other user-data into a part of its own, or into a file behind an address";
        context.report_at(span, message).help(help);
        // What follows is most often more of the same.
        return;
    }
}

/// A URL, or the path of a file on the machine.
fn is_address(line: &str) -> bool {
    let scheme = line.split_once("://").map(|(scheme, _)| scheme);
    let is_scheme =
        |scheme: &str| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    scheme.is_some_and(is_scheme) || line.starts_with('/')
}
