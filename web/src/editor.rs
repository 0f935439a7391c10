//! The editor as the page sees it: a plain text area until the rich editor has arrived.

use js_sys::{Array, Function, JsString};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlTextAreaElement};

use crate::drawing::Actions;
use crate::parts::Part;
use crate::report::Edit;
use crate::slot::Fault;

#[wasm_bindgen]
extern "C" {
    /// The module `web/js/editor`.
    pub(crate) type EditorModule;

    /// Replaces the text area by a rich editor with the same text, selection and focus.
    #[wasm_bindgen(method, catch)]
    fn mount(
        this: &EditorModule,
        host: &Element,
        area: &HtmlTextAreaElement,
        events: &Events,
    ) -> Result<RichEditor, JsValue>;

    /// What the module's `mount` returns.
    pub(crate) type RichEditor;

    #[wasm_bindgen(method, getter)]
    fn text(this: &RichEditor) -> JsString;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &RichEditor, text: &JsString);
    #[wasm_bindgen(method)]
    fn show(this: &RichEditor, text: &str);
    #[wasm_bindgen(method, js_name = setFaults)]
    fn set_faults(this: &RichEditor, faults: &Array);
    #[wasm_bindgen(method, setter = isInvalid)]
    fn set_is_invalid(this: &RichEditor, is_invalid: bool);
    #[wasm_bindgen(method)]
    fn relabel(this: &RichEditor, label: &str);
    #[wasm_bindgen(method)]
    fn focus(this: &RichEditor);
    #[wasm_bindgen(method)]
    fn destroy(this: &RichEditor);
    #[wasm_bindgen(method, js_name = setReport)]
    fn set_report(this: &RichEditor, report: &JsValue);
    #[wasm_bindgen(method, js_name = setReport)]
    fn set_report_at(this: &RichEditor, report: &JsValue, places: &JsValue);
    #[wasm_bindgen(method, js_name = setParts)]
    fn set_parts(this: &RichEditor, parts: &Array);
    #[wasm_bindgen(method, js_name = showPart)]
    fn show_part(this: &RichEditor, index: i32);
    #[wasm_bindgen(method)]
    fn reveal(this: &RichEditor, from: u32, to: u32);
    #[wasm_bindgen(method)]
    fn replace(this: &RichEditor, from: u32, to: u32, insert: &str);
    #[wasm_bindgen(method)]
    fn commit(this: &RichEditor);

    /// A part of the text.
    #[wasm_bindgen(extends = js_sys::Object)]
    type Placed;

    #[wasm_bindgen(method, setter)]
    fn set_from(this: &Placed, from: u32);
    #[wasm_bindgen(method, setter)]
    fn set_to(this: &Placed, to: u32);
    #[wasm_bindgen(method, setter = isDecoded)]
    fn set_is_decoded(this: &Placed, is_decoded: bool);

    /// The functions that the rich editor calls.
    #[wasm_bindgen(extends = js_sys::Object)]
    pub(crate) type Events;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_change(this: &Events, change: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_cursor(this: &Events, cursor: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_part(this: &Events, part: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_hover(this: &Events, hover: &Function);
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_complete(this: &Events, complete: &Function);
    /// What gives texts of the interface.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_t(this: &Events, t: &Function);
    /// What the buttons of problems do.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_actions(this: &Events, actions: &Actions);
}

/// Where the text is edited.
pub(crate) enum Editor {
    /// The text area.
    Plain(HtmlTextAreaElement),
    /// The rich editor.
    Rich(RichEditor),
}

impl Editor {
    /// The text in it.
    pub(crate) fn text(&self) -> JsString {
        match self {
            Self::Plain(area) => area.value().into(),
            Self::Rich(rich) => rich.text(),
        }
    }

    /// Replaces the plain editor by the rich one.
    pub(crate) fn enrich(
        &mut self,
        module: &EditorModule,
        host: &Element,
        events: &Events,
    ) -> Result<(), JsValue> {
        if let Self::Plain(area) = self {
            *self = Self::Rich(module.mount(host, area, events)?);
        }
        Ok(())
    }

    /// The text of the plain editor.
    pub(crate) fn plain_text(&self) -> Option<JsString> {
        match self {
            Self::Plain(area) => Some(area.value().into()),
            Self::Rich(_) => None,
        }
    }

    /// Replaces the whole text and goes to its start.
    pub(crate) fn set_text(&self, text: &JsString) {
        match self {
            Self::Plain(area) => {
                area.set_value(&String::from(text));
                select(area, 0, 0);
            }
            Self::Rich(rich) => rich.set_text(text),
        }
    }

    /// Shows a text that its owner has already; the cursor stays where the text is the same.
    pub(crate) fn show(&self, text: &str) {
        match self {
            Self::Plain(area) if area.value() == text => {}
            Self::Plain(area) => area.set_value(text),
            Self::Rich(rich) => rich.show(text),
        }
    }

    /// Marks what is wrong with a text that is not linted.
    pub(crate) fn set_faults(&self, faults: &[Fault]) {
        match self {
            Self::Plain(area) => {
                let invalid = if faults.is_empty() { "false" } else { "true" };
                // Fails only for an illegal name.
                let _ = area.set_attribute("aria-invalid", invalid);
            }
            Self::Rich(rich) => {
                let placed = faults.iter().filter_map(|fault| {
                    Some(Array::of2(&fault.place?.from.into(), &fault.message.as_str().into()))
                });
                rich.set_faults(&placed.collect());
                rich.set_is_invalid(!faults.is_empty());
            }
        }
    }

    /// Marks what a report says in the text; nothing for none.
    pub(crate) fn set_report(&self, report: &JsValue) {
        if let Self::Rich(rich) = self {
            rich.set_report(report);
        }
    }

    /// Marks what a report says in a text that a part of the reported one is decoded to, at these places.
    pub(crate) fn set_report_at(&self, report: &JsValue, places: &JsValue) {
        if let Self::Rich(rich) = self {
            rich.set_report_at(report, places);
        }
    }

    /// Says which parts the text has.
    pub(crate) fn set_parts(&self, parts: &[Part]) {
        if let Self::Rich(rich) = self {
            rich.set_parts(&parts.iter().map(placed).collect());
        }
    }

    /// Shows a part alone, or all of the text. A plain editor always shows all.
    pub(crate) fn show_part(&self, part: Option<usize>) {
        if let Self::Rich(rich) = self {
            rich.show_part(part.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1));
        }
    }

    /// Selects a range, shows it and takes the focus.
    pub(crate) fn reveal(&self, from: u32, to: u32) {
        match self {
            Self::Plain(area) => {
                select(area, from, to);
                // Nobody listens for a focus that fails.
                let _ = area.focus();
            }
            Self::Rich(rich) => rich.reveal(from, to),
        }
    }

    /// Names the text, and has what else is written in the language of the interface. A plain editor has only its name,
    /// which its owner gives it.
    pub(crate) fn relabel(&self, label: &str) {
        if let Self::Rich(rich) = self {
            rich.relabel(label);
        }
    }

    pub(crate) fn focus(&self) {
        match self {
            // Nobody listens for a focus that fails.
            Self::Plain(area) => drop(area.focus()),
            Self::Rich(rich) => rich.focus(),
        }
    }

    /// Ends an editor whose place in the page goes.
    pub(crate) fn destroy(&self) {
        if let Self::Rich(rich) = self {
            rich.destroy();
        }
    }

    /// Applies edits in ascending order that do not overlap, as one step of the undo history.
    pub(crate) fn apply(&self, edits: &[Edit]) {
        match self {
            Self::Plain(area) => {
                for edit in edits.iter().rev() {
                    // Fails only for an inverted range, which no edit has.
                    let _ = area.set_range_text_with_start_and_end(&edit.text, edit.start, edit.end);
                }
            }
            Self::Rich(rich) => {
                for edit in edits {
                    rich.replace(edit.start, edit.end, &edit.text);
                }
                rich.commit();
            }
        }
    }
}

/// An object without anything in it yet, as [`Events`] or [`Actions`].
pub(crate) fn empty_object<T: JsCast>() -> T {
    js_sys::Object::new().unchecked_into()
}

fn placed(part: &Part) -> Placed {
    let placed: Placed = empty_object();
    let (from, to) = part.span;
    placed.set_from(from);
    placed.set_to(to);
    placed.set_is_decoded(part.decoded.is_some());
    placed
}

fn select(area: &HtmlTextAreaElement, from: u32, to: u32) {
    // Fails only for other kinds of input elements.
    let _ = area.set_selection_range(from, to);
}
