//! Reads what the linter answers.

use dryboot_wasm::protocol::{Diagnostic, Edit, FileText, Fix, Label, Report, Severity};
use js_sys::JsString;

use crate::answer::Answer;

/// A report; none if the text is no JSON.
pub(crate) fn report(json: &JsString) -> Option<Report> {
    let it = Answer::parse(json)?;
    Some(Report {
        kind: it.text("kind"),
        compression: it.text("compression"),
        target: it.text("target"),
        program: it.text("program"),
        reason: it.text("reason"),
        not_checked: it.text("not_checked"),
        partial: it.is("partial"),
        diagnostics: it.list("diagnostics", diagnostic),
        suppressed: it.list("suppressed", diagnostic),
    })
}

/// What is shown of a file; none if the text is no JSON.
pub(crate) fn file_text(json: &JsString) -> Option<FileText> {
    let it = Answer::parse(json)?;
    Some(FileText {
        text: it.raw("text")?,
        compression: it.text("compression"),
        too_long: it.is("too_long"),
        invalid: it.number("invalid"),
    })
}

fn diagnostic(it: &Answer) -> Diagnostic {
    Diagnostic {
        rule: it.text("rule"),
        severity: severity(it),
        message: it.text("message"),
        path: it.text("path"),
        place: it.place("place"),
        help: it.optional("help"),
        labels: it.list("labels", |it| Label { place: it.place("place"), message: it.text("message") }),
        fixes: it.list("fixes", |it| Fix {
            title: it.text("title"),
            safe: it.is("safe"),
            edits: it.list("edits", edit),
        }),
        tentative: it.is("tentative"),
    }
}

fn edit(it: &Answer) -> Edit {
    Edit { from: it.number("from"), to: it.number("to"), insert: it.raw("insert").unwrap_or_default() }
}

fn severity(it: &Answer) -> Severity {
    match it.text("severity").as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}
