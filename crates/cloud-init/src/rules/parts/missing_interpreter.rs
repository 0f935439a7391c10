use dryboot_lint::Severity;
use dryboot_text::Span;

use super::first_line;
use crate::header::{Header, header};
use crate::lint::{Context, Rule};
use crate::parts::{Kind, Part};
use crate::rules::docs;

pub(super) static RULE: Rule = Rule {
    name: "missing-interpreter",
    severity: Severity::Error,
    docs: docs!("missing_interpreter.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for (index, part) in context.parts().iter().enumerate() {
        let Some((written, offset)) = script(part) else { continue };
        if written.starts_with("#!") {
            continue;
        }
        let span = match first_line(written) {
            line if line.start == line.end => first_line(&part.text),
            line => Span::new(offset + line.start, offset + line.end),
        };
        let is_behind_blanks = written.trim_start().starts_with("#!");
        let (message, help) = match is_behind_blanks {
            true => (
                "there is something before `#!`: the kernel refuses to run this script",
                "`#!` must be the very first characters of the script",
            ),
            false => (
                "the script does not begin with `#!`: the kernel refuses to run it",
                "begin it with the interpreter: `#!/bin/sh`",
            ),
        };
        context.report_in(index, span, message).help(help);
    }
}

/// What is written to a file and run, and where that begins in the part.
fn script<'p>(part: &'p Part<'_>) -> Option<(&'p str, usize)> {
    let text: &str = &part.text;
    match part.kind {
        // What begins as something else has another finding.
        Kind::Script => header(text).is_none_or(|header| header == Header::Script).then_some((text, 0)),
        Kind::Boothook => {
            const HEADER: &str = "#cloud-boothook";
            let rest = text.strip_prefix(HEADER).unwrap_or(text).trim_start();
            let is_other = header(rest).is_some_and(|header| header != Header::Script);
            (!is_other).then_some((rest, text.len() - rest.len()))
        }
        _ => None,
    }
}
