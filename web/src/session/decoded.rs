//! The editor of a part that is shown decoded. Nothing can be written there.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlTextAreaElement};

use super::Session;
use crate::editor::{Editor, EditorModule};
use crate::parts::Decoded;

/// What the text of a part is read in.
pub(super) struct DecodedEditor {
    /// Where it began.
    area: HtmlTextAreaElement,
    editor: Editor,
    /// What marks the problems in it: the report, and their places.
    marks: (JsValue, JsValue),
}

impl DecodedEditor {
    fn mark(&self) {
        let (report, places) = &self.marks;
        self.editor.set_report_at(report, places);
    }
}

impl Session {
    /// Shows what a part says in `area`, and in a rich editor within `host` when that is there.
    pub(crate) fn open_decoded(&self, host: Element, area: HtmlTextAreaElement) {
        let editor = Editor::Plain(area.clone());
        let marks = (JsValue::UNDEFINED, JsValue::UNDEFINED);
        *self.0.parts.decoded.borrow_mut() = Some(DecodedEditor { area: area.clone(), editor, marks });
        let session = self.clone();
        spawn_local(async move {
            if let Ok(module) = JsFuture::from(session.0.rich.clone()).await {
                session.enrich_decoded(module.unchecked_ref(), &host, &area);
            }
        });
    }

    fn enrich_decoded(&self, module: &EditorModule, host: &Element, area: &HtmlTextAreaElement) {
        let events = self.new_events();
        events.set_actions(&self.actions());
        let mut open = self.0.parts.decoded.borrow_mut();
        let Some(decoded) = open.as_mut().filter(|decoded| decoded.area == *area) else { return };
        // The plain one stays otherwise.
        if decoded.editor.enrich(module, host, &events).is_ok() {
            decoded.mark();
        }
        drop(open);
        if self.0.parts.goal.get().is_some() {
            self.go_into_decoded();
        }
    }

    /// Ends the editor that began in `area`.
    pub(crate) fn close_decoded(&self, area: &HtmlTextAreaElement) {
        let mut open = self.0.parts.decoded.borrow_mut();
        if let Some(decoded) = open.take_if(|decoded| decoded.area == *area) {
            decoded.editor.destroy();
        }
    }

    /// Has it show a text, and mark what a report says about it.
    pub(crate) fn show_decoded(&self, decoded: &Rc<Decoded>, report: &JsValue) {
        if let Some(open) = self.0.parts.decoded.borrow_mut().as_mut() {
            open.editor.show(&decoded.text);
            // The rich editor begins where the area ends. This fails only for other kinds of input elements.
            let _ = open.area.set_selection_range(0, 0);
            open.marks = (report.clone(), decoded.marks.clone());
            open.mark();
        }
    }

    /// Ends it at once: another part is shown, or none.
    pub(super) fn end_decoded(&self) {
        if let Some(decoded) = self.0.parts.decoded.borrow_mut().take() {
            decoded.editor.destroy();
        }
    }

    /// Gives it the focus, with what is to be shown in it. If it is yet to come, it gets there then.
    pub(super) fn go_into_decoded(&self) {
        let goal = &self.0.parts.goal;
        match (&*self.0.parts.decoded.borrow(), goal.take()) {
            (Some(decoded), Some((from, to))) => decoded.editor.reveal(from, to),
            (Some(decoded), None) => decoded.editor.focus(),
            (None, place) => goal.set(Some(place.unwrap_or_default())),
        }
    }

    pub(super) fn focus_decoded(&self) {
        if let Some(decoded) = &*self.0.parts.decoded.borrow() {
            decoded.editor.focus();
        }
    }
}
