//! Reads what the linter answers.

use std::rc::Rc;

use dryboot_wasm::protocol::FileText;
use dryboot_wasm::protocol::boot::Place;
use js_sys::JsString;
use wasm_bindgen::JsValue;
use yew::AttrValue;

use crate::answer::Answer;
use crate::parts::{self, Part};
use crate::slot::Fault;

/// What the app itself needs of an answer; all else is for `web/js/problems.js`, which draws it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Report {
    /// The answer.
    pub(crate) answer: JsValue,
    /// The report in it, which has the form that the command prints.
    pub(crate) document: JsValue,
    /// Name of the target that was used.
    pub(crate) target: String,
    /// Only a part of the program's rules has been checked: another report is to come.
    pub(crate) is_partial: bool,
    /// Instance data fills the text, or a part of it.
    pub(crate) is_template: bool,
    /// What is wrong with the instance data.
    pub(crate) instance_data_fault: Option<Fault>,
    /// Where the findings are, in their order.
    pub(crate) places: Vec<(u32, u32)>,
    /// The remedies that are certain, each as its edits: the first one of a finding.
    pub(crate) safe_fixes: Vec<Vec<Edit>>,
    /// What kind of text it is: `cloud-config`, `mime`.
    pub(crate) kind: String,
    /// What the text is made of, if that is several parts.
    pub(crate) parts: Rc<[Part]>,
    /// Because of an error, the program sees no part in it, as in an archive that is not valid YAML.
    pub(crate) is_without_parts: bool,
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Offset of the first code unit that is replaced.
    pub(crate) start: u32,
    /// Offset behind the last.
    pub(crate) end: u32,
    /// What comes in its place.
    pub(crate) text: String,
}

impl Report {
    /// A problem in words, by its index.
    pub(crate) fn in_words(&self, index: usize) -> Option<AttrValue> {
        let file = Answer::of(self.document.clone()).list("files", Answer::clone).into_iter().next()?;
        let found = file.list("diagnostics", Answer::clone).into_iter().nth(index)?;
        let message = found.text("message").replace('`', "");
        let line = found.get("span").get("start").number("line");
        Some(match found.text("severity").as_str() {
            "error" => t!("error in line {line}: {message}", line, message),
            "warning" => t!("warning in line {line}: {message}", line, message),
            _ => t!("info in line {line}: {message}", line, message),
        })
    }
}

/// A report; none if the text is not JSON of one.
pub(crate) fn report(json: &JsString) -> Option<Report> {
    read(&Answer::parse(json)?)
}

/// The report of an answer; none if it is not one.
pub(crate) fn read(answer: &Answer) -> Option<Report> {
    let document = answer.get("report");
    let file = document.list("files", Answer::clone).into_iter().next()?;
    let fixes = file.list("diagnostics", |it| it.list("fixes", safe).into_iter().next().flatten());
    Some(Report {
        answer: answer.value().clone(),
        document: document.value().clone(),
        target: file.text("target"),
        is_partial: answer.is("partial"),
        is_template: answer.is("is_template"),
        instance_data_fault: answer
            .has("instance_data_fault")
            .then(|| fault(&answer.get("instance_data_fault"))),
        places: file.list("diagnostics", |it| place(&it.get("span"))),
        safe_fixes: fixes.into_iter().flatten().collect(),
        kind: file.text("kind"),
        parts: parts::read(answer, &file),
        is_without_parts: file.list("parts", |_| ()).is_empty() && has_error(&file),
    })
}

fn has_error(file: &Answer) -> bool {
    file.list("diagnostics", |it| it.text("severity") == "error").contains(&true)
}

/// The index of the problem in the document of a report to which a span belongs: not one like it, but the very object.
pub(crate) fn problem_at(document: &JsValue, span: &JsValue) -> Option<usize> {
    let file = Answer::of(document.clone()).list("files", Answer::clone).into_iter().next()?;
    file.list("diagnostics", |it| it.get("span").value() == span).into_iter().position(|is_it| is_it)
}

/// Edits, as a report has them.
pub(crate) fn edits(of_fix: &Answer) -> Vec<Edit> {
    of_fix.items(|it| Edit {
        start: it.number("start"),
        end: it.number("end"),
        text: it.raw("text").unwrap_or_default(),
    })
}

fn fault(it: &Answer) -> Fault {
    let at = it.number("offset");
    let place = Place { from: at, to: at, line: it.number("line"), column: it.number("column") };
    Fault { message: it.text("message"), place: Some(place) }
}

/// The edits of a remedy, if it is certain.
fn safe(fix: &Answer) -> Option<Vec<Edit>> {
    (fix.text("safety") == "safe").then(|| edits(&fix.get("edits")))
}

fn place(span: &Answer) -> (u32, u32) {
    (span.get("start").number("offset"), span.get("end").number("offset"))
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
