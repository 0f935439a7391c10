//! Reads the linter's answers, which JavaScript has parsed, into the shared types. The browser's
//! own JSON parser is faster than a second one in WebAssembly, and nobody has to download it.

use dryboot_wasm::protocol::{Diagnostic, Edit, Fix, Label, Place, Report, Rule, Severity};
use js_sys::{Array, JSON, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A report; none if the text is no JSON.
pub(crate) fn report(json: &JsString) -> Option<Report> {
    let it = parse(json)?;
    Some(Report {
        kind: it.text("kind"),
        target: it.text("target"),
        program: it.text("program"),
        reason: it.text("reason"),
        diagnostics: it.list("diagnostics", diagnostic),
        suppressed: it.list("suppressed", diagnostic),
    })
}

/// A rule with its documentation; none if there is no such rule.
pub(crate) fn rule(json: &JsValue) -> Option<Rule> {
    let it = parse(json.dyn_ref()?)?;
    Some(Rule {
        name: it.text("name"),
        summary: it.text("summary"),
        severity: severity(&it),
        docs: it.text("docs"),
    })
}

fn diagnostic(it: &Answer) -> Diagnostic {
    Diagnostic {
        rule: it.text("rule"),
        severity: severity(it),
        message: it.text("message"),
        path: it.text("path"),
        place: place(it),
        help: it.get("help").0.as_string(),
        labels: it.list("labels", |it| Label { place: place(it), message: it.text("message") }),
        fixes: it.list("fixes", |it| Fix {
            title: it.text("title"),
            safe: it.get("safe").0.is_truthy(),
            edits: it.list("edits", edit),
        }),
        tentative: it.get("tentative").0.is_truthy(),
    }
}

fn edit(it: &Answer) -> Edit {
    Edit { from: it.number("from"), to: it.number("to"), insert: it.text("insert") }
}

fn place(it: &Answer) -> Place {
    let it = it.get("place");
    Place {
        from: it.number("from"),
        to: it.number("to"),
        line: it.number("line"),
        column: it.number("column"),
    }
}

fn severity(it: &Answer) -> Severity {
    match it.text("severity").as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}

fn parse(json: &JsString) -> Option<Answer> {
    JSON::parse(&String::from(json)).ok().map(Answer)
}

/// A part of an answer. What is absent is empty, as the linter leaves out what is empty.
struct Answer(JsValue);

impl Answer {
    fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &key.into()).unwrap_or_default())
    }

    fn text(&self, key: &str) -> String {
        self.get(key).0.as_string().unwrap_or_default()
    }

    fn number(&self, key: &str) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the linter counts in u32"
        )]
        let number = self.get(key).0.as_f64().unwrap_or_default() as u32;
        number
    }

    fn list<T>(&self, key: &str, read: impl Fn(&Self) -> T) -> Vec<T> {
        let Ok(items) = self.get(key).0.dyn_into::<Array>() else {
            return Vec::new();
        };
        items.iter().map(|item| read(&Self(item))).collect()
    }
}
