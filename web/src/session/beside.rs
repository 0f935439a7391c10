//! The editor of the text beside the user's that is open.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Place;
use gloo_timers::callback::Timeout;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlTextAreaElement};

use super::Session;
use crate::client::Call;
use crate::editor::{Editor, EditorModule, Events};
use crate::host::forever;
use crate::slot::{Fault, Slot};
use crate::state::{Config, Cursor, Input};
use crate::words::t;

/// A text beside the user's that is edited.
pub(super) struct Beside {
    slot: Slot,
    /// Where it was edited at first.
    area: HtmlTextAreaElement,
    editor: Editor,
    faults: Vec<Fault>,
    /// The report on it, if it is linted, as the editor takes it.
    report: JsValue,
}

impl Beside {
    fn mark(&self) {
        if self.slot.is_config() {
            self.editor.set_report(&self.report);
        } else {
            self.editor.set_faults(&self.faults);
        }
    }
}

impl Session {
    /// Edits a text in `area`, and in a rich editor within `host` when that is there.
    pub(crate) fn open_beside(&self, slot: Slot, host: Element, area: HtmlTextAreaElement) {
        let editor = Editor::Plain(area.clone());
        let opened =
            Beside { slot, area: area.clone(), editor, faults: Vec::new(), report: JsValue::UNDEFINED };
        *self.0.beside.borrow_mut() = Some(opened);
        if slot.is_config() {
            self.lint();
        }
        let session = self.clone();
        spawn_local(async move {
            if let Ok(module) = JsFuture::from(session.0.rich.clone()).await {
                session.enrich_beside(module.unchecked_ref(), &host, &area);
            }
        });
    }

    fn enrich_beside(&self, module: &EditorModule, host: &Element, area: &HtmlTextAreaElement) {
        let mut open = self.0.beside.borrow_mut();
        let Some(beside) = open.as_mut().filter(|beside| beside.area == *area) else { return };
        let events = self.events_beside(beside.slot);
        // The plain one stays otherwise.
        if beside.editor.enrich(module, host, &events).is_ok() {
            beside.mark();
        }
    }

    /// Ends the editor that began in `area`.
    pub(crate) fn close_beside(&self, area: &HtmlTextAreaElement) {
        let mut open = self.0.beside.borrow_mut();
        if let Some(beside) = open.take_if(|beside| beside.area == *area) {
            beside.editor.destroy();
        }
    }

    /// Has the editor show the text of its slot: the user's, or else `own`.
    pub(crate) fn show_beside(&self, slot: Slot, own: Option<&str>) {
        let text = self.text_of(slot);
        let text = text.as_deref().or(own).unwrap_or_default();
        let has_changed = self.beside(slot, |beside| {
            let has_changed = beside.editor.text() != *text;
            beside.editor.show(text);
            has_changed
        });
        if slot.is_config() && has_changed == Some(true) {
            self.lint();
        }
    }

    /// Marks what is wrong with the text of a slot.
    pub(crate) fn mark_beside(&self, slot: Slot, faults: Vec<Fault>) {
        let mut open = self.0.beside.borrow_mut();
        if let Some(beside) = open.as_mut().filter(|beside| beside.slot == slot) {
            beside.faults = faults;
            beside.mark();
        }
    }

    pub(super) fn show_report_beside(&self, report: JsValue) {
        if let Some(beside) = self.0.beside.borrow_mut().as_mut() {
            beside.report = report;
            beside.mark();
        }
    }

    /// Shows a range of the text of a slot.
    pub(crate) fn reveal_beside(&self, slot: Slot, from: u32, to: u32) {
        self.beside(slot, |beside| beside.editor.reveal(from, to));
    }

    /// Shows a place of a text, whichever is open.
    pub(crate) fn show_place(&self, slot: Slot, place: Place) {
        self.0.frame.show_text_pane();
        self.turn_to(slot.input());
        let session = self.clone();
        // Its editor comes with the next drawing.
        Timeout::new(0, move || session.reveal_beside(slot, place.from, place.to)).forget();
    }

    /// Has its labels in the language of the interface.
    pub(super) fn relabel_beside(&self) {
        if let Some(beside) = &*self.0.beside.borrow() {
            beside.editor.relabel(&t(beside.slot.title()));
        }
    }

    pub(super) fn focus_beside(&self) {
        if let Some(beside) = &*self.0.beside.borrow() {
            beside.editor.focus();
        }
    }

    /// Gives the focus to the text that is open.
    pub(super) fn focus_text(&self) {
        match self.0.input.get() {
            Input::UserData if self.shows_decoded() => self.focus_decoded(),
            Input::UserData => self.0.editor.borrow().focus(),
            _ => self.focus_beside(),
        }
    }

    /// The user's own text of a slot.
    fn text_of(&self, slot: Slot) -> Option<Rc<str>> {
        match slot {
            Slot::InstanceData => self.instance_data(),
            Slot::Platform(text) => self.settings().inputs().get(text).cloned(),
        }
    }

    fn beside<T>(&self, slot: Slot, use_it: impl FnOnce(&Beside) -> T) -> Option<T> {
        self.0.beside.borrow().as_ref().filter(|beside| beside.slot == slot).map(use_it)
    }

    /// The slot of the config of the platform that is open.
    pub(super) fn config_beside(&self) -> Option<Slot> {
        self.0.beside.borrow().as_ref().map(|beside| beside.slot).filter(|slot| slot.is_config())
    }

    /// Uses the editor of the config of the platform that is open.
    pub(super) fn with_config_beside<T>(&self, use_it: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.beside(self.config_beside()?, |beside| use_it(&beside.editor))
    }

    /// Asks for the problems of that config, as long as somebody looks at them.
    pub(super) fn lint_beside(&self) -> Option<Call> {
        let text = self.config_text_beside().filter(|_| self.is_open(Config::Beside))?;
        Some(Call { operation: "lint", arguments: vec![text, self.used_target()] })
    }

    /// Its text. The editor tells what is typed before it has it itself.
    pub(super) fn config_text_beside(&self) -> Option<JsValue> {
        let shown = self.with_config_beside(Editor::text)?;
        let own = self.text_of(self.config_beside()?);
        Some(own.map_or(shown.into(), |text| JsValue::from(&*text)))
    }

    /// Whether the problems are about this config.
    pub(super) fn is_open(&self, config: Config) -> bool {
        self.0.input.get().config() == config
    }

    fn events_beside(&self, slot: Slot) -> Events {
        let events = self.new_events();
        let session = self.clone();
        events.set_change(&forever(move |text: JsString| {
            session.write(slot, Some(String::from(text).into()));
        }));
        if slot.is_config() {
            self.set_config_events(&events, Config::Beside);
        }
        events
    }

    pub(super) fn moved_in(&self, config: Config) -> impl Fn(u32, u32) + use<> {
        let session = self.clone();
        move |offset, line| session.moved(config, Cursor { offset, line })
    }

    /// Shows a text that something was done to.
    pub(super) fn turn_to(&self, input: Input) {
        self.input(input);
        if input == Input::UserData {
            self.show_editor();
        }
    }
}
