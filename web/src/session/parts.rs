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
    /// Those of the last report that had some, as long as the text is of the same kind.
    all: RefCell<Rc<[Part]>>,
    /// The kind of that text.
    kind: RefCell<String>,
    /// They are of an earlier report: the editor knows better where they are.
    is_earlier: Cell<bool>,
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

    /// While somebody types in an archive, it is not valid YAML for moments: it keeps its parts, without the problems
    /// that they had.
    pub(super) fn keep_parts(&self, report: &mut Report) {
        let kept = &self.0.parts;
        let is_earlier = report.is_without_parts && *kept.kind.borrow() == report.kind;
        kept.is_earlier.set(is_earlier);
        if is_earlier {
            report.parts = kept.all.borrow().iter().map(Part::without_problems).collect();
        }
        kept.kind.borrow_mut().clone_from(&report.kind);
    }

    /// From now on, there are the parts of this report.
    pub(super) fn follow_parts(&self, report: Option<&Report>) {
        if report.is_none() {
            self.0.parts.is_earlier.set(false);
        }
        *self.0.parts.all.borrow_mut() = report.map(|report| Rc::clone(&report.parts)).unwrap_or_default();
        self.place_parts();
    }

    /// Tells the editor where they are. While a report on a newer text is to come, it knows better.
    pub(super) fn place_parts(&self) {
        let is_behind = self.0.lint_waits.borrow().is_some() || self.client(Client::is_behind) == Some(true);
        if !is_behind && !self.0.parts.is_earlier.get() {
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
