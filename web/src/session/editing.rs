//! What goes between the session and the editor, and what the buttons of problems do.

use js_sys::{Function, JsString, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use super::Session;
use crate::answer::Answer;
use crate::client::Call;
use crate::drawing::Actions;
use crate::editor::{EditorModule, Events, empty_object};
use crate::host::forever;
use crate::report::{self, Report};
use crate::state::{Action, Config, Trouble};

impl Session {
    /// What the buttons of problems do. It lives as long as the page, and so do these functions.
    pub(crate) fn actions(&self) -> Actions {
        let make = || {
            let actions: Actions = empty_object();
            let session = self.clone();
            let reveal = Closure::<dyn Fn(u32, u32, JsValue)>::new(move |from, to, span: JsValue| {
                session.reveal_span(from, to, &span);
            });
            actions.set_reveal(reveal.into_js_value().unchecked_ref());
            let session = self.clone();
            actions.set_explain(&forever(move |rule: JsString| session.explain(&String::from(rule))));
            let session = self.clone();
            actions.set_apply(&forever(move |of_fix: JsValue| {
                session.apply(&report::edits(&Answer::of(of_fix)));
            }));
            actions
        };
        self.0.actions.get_or_init(make).clone()
    }

    pub(super) fn show_in_editor(&self, config: Config, report: Option<&Report>) {
        let document = document(report);
        match config {
            Config::User => {
                self.0.editor.borrow().set_report(&document);
                *self.0.report.borrow_mut() = document;
                self.follow_parts(report);
            }
            Config::Beside if self.is_open(Config::Beside) => self.show_report_beside(document),
            Config::Beside => {}
        }
    }

    /// Puts the rich editor into `host` when it arrives.
    pub(super) fn enrich(&self, host: Element) {
        let session = self.clone();
        spawn_local(async move {
            if session.try_enrich(host).await.is_err() {
                session.trouble(Trouble::EditorMissing);
            }
        });
    }

    async fn try_enrich(&self, host: Element) -> Result<(), JsValue> {
        let module: EditorModule = JsFuture::from(self.0.rich.clone()).await?.unchecked_into();
        let events = self.events();
        let mut editor = self.0.editor.borrow_mut();
        editor.enrich(&module, &host, &events)?;
        editor.set_report(&self.0.report.borrow());
        drop(editor);
        self.place_parts();
        self.0.dispatch.dispatch(Action::Enriched);
        Ok(())
    }

    /// What any editor is given.
    pub(super) fn new_events(&self) -> Events {
        let events: Events = empty_object();
        events.set_t(&self.0.host.language().t());
        events
    }

    /// What the rich editor calls. It lives as long as the page, and so do these functions.
    fn events(&self) -> Events {
        let events = self.new_events();
        let session = self.clone();
        events.set_change(&forever(move |text: JsString| session.changed(text)));
        let session = self.clone();
        events.set_part(&forever(move |index: i32| session.part_is_shown(usize::try_from(index).ok())));
        self.set_config_events(&events, Config::User);
        events
    }

    /// What the editor of a config calls beside.
    pub(super) fn set_config_events(&self, events: &Events, config: Config) {
        let moved = Closure::<dyn Fn(u32, u32)>::new(self.moved_in(config));
        events.set_cursor(moved.into_js_value().unchecked_ref());
        events.set_actions(&self.actions());
        events.set_hover(&self.question("hover", config));
        events.set_complete(&self.question("complete", config));
    }

    /// A function that asks the linter about an offset of a config as it is now.
    fn question(&self, operation: &'static str, config: Config) -> Function {
        let session = self.clone();
        let ask = Closure::<dyn Fn(u32) -> JsValue>::new(move |offset: u32| {
            let (text, target) = match config {
                Config::User => (session.0.text.borrow().clone().into(), session.target()),
                Config::Beside => (session.config_text_beside().unwrap_or_default(), session.used_target()),
            };
            let call = Call { operation, arguments: vec![text, target, offset.into()] };
            let answer = session.client(|client| client.ask(&call));
            answer.unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED)).into()
        });
        ask.into_js_value().unchecked_into()
    }
}

/// The report as the editor takes it.
pub(super) fn document(report: Option<&Report>) -> JsValue {
    report.map(|report| report.document.clone()).unwrap_or_default()
}
