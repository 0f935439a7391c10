//! The parts of the user's text: which of them is shown alone. The editor decides that, since it knows where they are
//! after each change.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::Session;
use super::decoded::DecodedEditor;
use crate::client::Client;
use crate::parts::{Part, decoded_place};
use crate::report::{Report, problem_at};
use crate::state::{Action, Config, Input};

/// What the session keeps for it.
#[derive(Default)]
pub(super) struct Parts {
    /// Those of the last report.
    all: RefCell<Rc<[Part]>>,
    /// The index of the one that is shown alone.
    shown: Cell<Option<usize>>,
    /// The editor of one that is shown decoded.
    pub(super) decoded: RefCell<Option<DecodedEditor>>,
    /// What that editor is to show as soon as it is there.
    pub(super) goal: Cell<Option<(u32, u32)>>,
}

impl Session {
    /// Shows a part of the user's text alone, or all of it.
    pub(crate) fn show_part(&self, part: Option<usize>) {
        self.0.editor.borrow().show_part(part);
    }

    /// The editor shows this part from now on.
    pub(super) fn part_is_shown(&self, part: Option<usize>) {
        self.0.parts.shown.set(part);
        self.0.parts.goal.take();
        self.end_decoded();
        if self.0.input.get() == Input::UserData {
            self.show_editor();
        }
        self.0.dispatch.dispatch(Action::Part(part));
    }

    /// From now on, there are the parts of this report.
    pub(super) fn follow_parts(&self, report: Option<&Report>) {
        *self.0.parts.all.borrow_mut() = report.map(|report| Rc::clone(&report.parts)).unwrap_or_default();
        self.place_parts();
    }

    /// Tells the editor where they are. While a report on a newer text is to come, it knows better.
    pub(super) fn place_parts(&self) {
        let is_behind = self.0.lint_waits.borrow().is_some() || self.client(Client::is_behind) == Some(true);
        if !is_behind {
            self.0.editor.borrow().set_parts(&self.0.parts.all.borrow());
        }
    }

    /// Whether a part is shown as what it says after decoding, instead of the editor.
    pub(super) fn shows_decoded(&self) -> bool {
        let all = self.0.parts.all.borrow();
        let shown = self.0.parts.shown.get().and_then(|index| all.get(index));
        shown.is_some_and(|part| part.decoded.is_some())
    }

    /// A hidden editor can neither scroll nor take the focus: it does not wait for the next drawing.
    pub(super) fn show_editor(&self) {
        if !self.shows_decoded() {
            self.0.frame.editor.remove_attribute("hidden").unwrap_or_default();
        }
    }

    /// Shows the place of a problem. `span` is the report's own.
    pub(super) fn reveal_span(&self, from: u32, to: u32, span: &JsValue) {
        match problem_at(&self.0.report.borrow(), span).filter(|_| self.config() == Config::User) {
            Some(index) => self.reveal_problem(index, (from, to)),
            None => self.reveal(from, to),
        }
    }

    /// Shows the place of a problem; if it is in a part that is decoded, and parts are looked at one by one, in that text.
    pub(super) fn reveal_problem(&self, index: usize, (from, to): (u32, u32)) {
        let is_alone = self.0.parts.shown.get().is_some() && self.config() == Config::User;
        let place = decoded_place(&self.0.parts.all.borrow(), index).filter(|_| is_alone);
        if let Some((part, place)) = place {
            self.show_part(Some(part));
            self.0.parts.goal.set(Some(place));
        }
        self.reveal(from, to);
    }
}
