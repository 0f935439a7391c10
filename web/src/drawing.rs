//! What draws the linter's answers: `web/js/problems.js` and `web/js/taken-for.js`, which did so before there was an app.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::client::Stop;
use crate::report::Report;
use crate::state::Checking;

#[wasm_bindgen]
extern "C" {
    /// The functions of the two.
    #[derive(Clone)]
    pub(crate) type Drawing;

    /// A Problems view, with nothing in it yet.
    #[wasm_bindgen(method)]
    pub(crate) fn problems(this: &Drawing, actions: &Actions) -> ProblemsView;

    /// An element for the number of problems.
    #[wasm_bindgen(method)]
    pub(crate) fn counts(this: &Drawing) -> Element;

    #[wasm_bindgen(method, js_name = drawCounts)]
    fn draw_counts(this: &Drawing, host: &Element, answer: &JsValue, is_late: bool, reason: Option<&str>);

    #[wasm_bindgen(method, js_name = drawTakenFor)]
    fn draw_taken_for(this: &Drawing, answer: &JsValue);

    #[wasm_bindgen(method)]
    fn summary(this: &Drawing, answer: &JsValue) -> String;

    pub(crate) type ProblemsView;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &ProblemsView) -> Element;

    #[wasm_bindgen(method)]
    fn show(this: &ProblemsView, answer: &JsValue, is_late: bool, reason: Option<&str>);

    /// Marks the problem under the cursor by its index, and gives its element.
    #[wasm_bindgen(method)]
    pub(crate) fn mark(this: &ProblemsView, current: Option<usize>) -> Option<Element>;

    /// What the buttons of a problem do.
    #[wasm_bindgen(extends = js_sys::Object)]
    #[derive(Clone)]
    pub(crate) type Actions;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_reveal(this: &Actions, reveal: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_explain(this: &Actions, explain: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_apply(this: &Actions, apply: &Function);
}

impl Drawing {
    /// Shows beside the name of the view how many problems there are.
    pub(crate) fn count(&self, host: &Element, report: Option<&Report>, checking: Checking) {
        self.draw_counts(host, &answer(report), checking == Checking::Late, why_none(checking));
    }

    /// Shows above the editor what the text is treated as.
    pub(crate) fn taken_for(&self, report: Option<&Report>) {
        self.draw_taken_for(&answer(report));
    }

    /// A report in a few words: "2 errors, 1 warning".
    pub(crate) fn in_short(&self, report: &Report) -> String {
        self.summary(&report.answer)
    }
}

impl ProblemsView {
    pub(crate) fn report(&self, report: Option<&Report>, checking: Checking) {
        self.show(&answer(report), checking == Checking::Late, why_none(checking));
    }
}

fn answer(report: Option<&Report>) -> JsValue {
    report.map(|report| report.answer.clone()).unwrap_or_default()
}

/// Why there is no report, when there will be none.
fn why_none(checking: Checking) -> Option<&'static str> {
    match checking {
        Checking::Stopped(Stop::Broken) => Some(text!("the linter crashed on this text")),
        Checking::Stopped(Stop::Exhausted) => Some(text!("the linter keeps crashing and was stopped")),
        Checking::Stopped(Stop::Missing) => Some(text!("the linter could not be loaded")),
        Checking::Current | Checking::Late => None,
    }
}
