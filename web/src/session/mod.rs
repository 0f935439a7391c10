//! The text under work: the editor, the linter, and what goes between them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dryboot_wasm::protocol::Edit;
use gloo_timers::callback::Timeout;
use js_sys::{Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, File};
use yew::UseReducerDispatcher;

use crate::client::{Call, Client, News};
use crate::editor::{Editor, EditorModule, Events, no_events};
use crate::frame::Frame;
use crate::host::{Host, forever};
use crate::report;
use crate::session::previewing::Previewing;
use crate::session::verifying::Verifying;
use crate::state::{Action, Choice, Cursor, Explanation, State, Trouble};

mod previewing;
mod verifying;

/// How long the lint waits for a preview that does not come.
const LINT_WAITS_MS: u32 = 60;

/// A file above this size is no user-data of any platform, and would only freeze the page.
const MAX_FILE: f64 = 16.0 * 1024.0 * 1024.0;

#[derive(Clone)]
pub(crate) struct Session(Rc<Inner>);

struct Inner {
    host: Host,
    frame: Frame,
    dispatch: UseReducerDispatcher<State>,
    client: RefCell<Option<Client>>,
    editor: RefCell<Editor>,
    text: RefCell<JsString>,
    target: Cell<Choice>,
    report: RefCell<Option<JsString>>,
    docs: Promise,
    previewing: Previewing,
    verifying: Verifying,
    /// The lint of the newest text is put off.
    lint_waits: RefCell<Option<Timeout>>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Session {
    /// Goes on with the text, the linter and the report that are there.
    pub(crate) fn new(host: Host, frame: Frame, dispatch: UseReducerDispatcher<State>) -> Self {
        let session = Self(Rc::new(Inner {
            host: host.clone(),
            frame: frame.clone(),
            dispatch,
            client: RefCell::default(),
            editor: RefCell::new(Editor::Plain(frame.area.clone())),
            text: RefCell::new(frame.area.value().into()),
            target: Cell::new(frame.choice()),
            report: RefCell::new(host.report()),
            docs: host.docs(),
            previewing: Previewing::on(frame.platform()),
            verifying: Verifying::default(),
            lint_waits: RefCell::default(),
        }));
        let (proven, behind) = (host.report().is_some(), host.behind());
        let listener = session.clone();
        let spawner = host.clone();
        let client = Client::new(move || spawner.linter(), proven, move |news| listener.answered(news));
        *session.0.client.borrow_mut() = Some(client);
        frame.report_to(&session);
        frame.taken_for.set_text_content(None);
        frame.inputs.set_text_content(None);
        if behind || !proven {
            session.lint();
        }
        session.enrich(host.editor(), frame.editor);
        session
    }

    /// The text is a new one.
    pub(crate) fn changed(&self, text: JsString) {
        *self.0.text.borrow_mut() = text;
        self.lint_and_preview();
    }

    /// What is looked at comes first: two workers at once would only slow each other down. The lint
    /// waits for the preview, but not for long.
    fn lint_and_preview(&self) {
        self.preview();
        if !self.is_previewing() {
            self.lint();
            return;
        }
        self.lint_in(LINT_WAITS_MS);
    }

    fn lint_in(&self, milliseconds: u32) {
        let session = self.clone();
        let wait = Timeout::new(milliseconds, move || {
            session.0.lint_waits.borrow_mut().take();
            session.lint();
        });
        *self.0.lint_waits.borrow_mut() = Some(wait);
    }

    pub(crate) fn choose(&self, target: Choice) {
        self.0.target.set(target);
        self.0.dispatch.dispatch(Action::Choose(target));
        self.lint_and_preview();
    }

    /// Puts another text into the editor.
    pub(crate) fn open(&self, text: &str) {
        self.0.editor.borrow().set_text(text);
        self.changed_plainly();
        self.0.dispatch.dispatch(Action::Cursor(Cursor::default()));
    }

    /// Opens a file of the user's. It is read in the page.
    pub(crate) fn open_file(&self, file: File) {
        if file.size() > MAX_FILE {
            self.trouble(Trouble::FileRefused("it is larger than 16 MB"));
            return;
        }
        let session = self.clone();
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await;
            match text.ok().and_then(|text| text.as_string()) {
                Some(text) => session.open(&text),
                None => session.trouble(Trouble::FileRefused("it could not be read")),
            }
        });
    }

    pub(crate) fn reveal(&self, from: u32, to: u32) {
        self.0.editor.borrow().reveal(from, to);
    }

    /// Applies edits of the last report, unless the text has changed since.
    pub(crate) fn apply(&self, edits: &[Edit]) {
        if self.0.lint_waits.borrow().is_some() || self.client(Client::is_behind).unwrap_or(true) {
            return;
        }
        self.0.editor.borrow().apply(edits);
        self.changed_plainly();
    }

    /// Notes what the page has done to the plain editor; the rich one tells by itself.
    fn changed_plainly(&self) {
        let text = self.0.editor.borrow().plain_text();
        if let Some(text) = text {
            self.changed(text);
        }
    }

    pub(crate) fn explain(&self, rule: &str) {
        let name = rule.to_owned();
        self.0.dispatch.dispatch(Action::Explain(Explanation::Awaited(name.clone())));
        let session = self.clone();
        spawn_local(async move {
            let docs = JsFuture::from(session.0.docs.clone()).await.unwrap_or_default();
            let text = Reflect::get(&docs, &name.as_str().into()).ok().and_then(|text| text.as_string());
            let explanation = match text {
                Some(text) => Explanation::Ready(name, text.into()),
                None => Explanation::Missing(name),
            };
            session.0.dispatch.dispatch(Action::Explained(explanation));
        });
    }

    fn client<T>(&self, use_it: impl FnOnce(&Client) -> T) -> Option<T> {
        self.0.client.borrow().as_ref().map(use_it)
    }

    fn trouble(&self, trouble: Trouble) {
        self.0.dispatch.dispatch(Action::Trouble(trouble));
    }

    fn lint(&self) {
        let text = self.0.text.borrow().clone();
        let target = self.0.target.get().target();
        let platform = self.settings().platform.as_deref().map(JsValue::from).unwrap_or_default();
        let call = Call { operation: "lint", arguments: vec![text.into(), target.into(), platform] };
        self.client(|client| client.run(vec![call]));
    }

    fn answered(&self, news: News) {
        match news {
            News::Answers(answers) => answers.into_iter().for_each(|json| self.reported(json)),
            News::Stopped => self.trouble(Trouble::LinterStopped),
            News::Missing => self.trouble(Trouble::LinterMissing),
        }
    }

    fn reported(&self, json: JsString) {
        let Some(report) = report::report(&json) else {
            self.trouble(Trouble::LinterStopped);
            return;
        };
        self.0.dispatch.dispatch(Action::Report(Rc::new(report)));
        self.0.editor.borrow().set_report(&json);
        *self.0.report.borrow_mut() = Some(json);
    }

    /// Puts the rich editor into `host` when it arrives.
    fn enrich(&self, module: Promise, host: Element) {
        let session = self.clone();
        spawn_local(async move {
            if session.try_enrich(module, host).await.is_err() {
                session.trouble(Trouble::EditorMissing);
            }
        });
    }

    async fn try_enrich(&self, module: Promise, host: Element) -> Result<(), JsValue> {
        let module: EditorModule = JsFuture::from(module).await?.unchecked_into();
        let events = self.events();
        let mut editor = self.0.editor.borrow_mut();
        editor.enrich(&module, &host, &events)?;
        if let Some(report) = &*self.0.report.borrow() {
            editor.set_report(report);
        }
        Ok(())
    }

    /// What the rich editor calls. It lives as long as the page, and so do these functions.
    fn events(&self) -> Events {
        let events = no_events();
        let session = self.clone();
        events.set_change(&forever(move |text: JsString| session.changed(text)));
        let session = self.clone();
        let moved =
            Closure::<dyn Fn(u32, u32)>::new(move |offset, line| session.moved(Cursor { offset, line }));
        events.set_cursor(moved.into_js_value().unchecked_ref());
        let session = self.clone();
        events.set_explain(&forever(move |rule: JsString| {
            session.explain(&String::from(rule));
        }));
        events.set_hover(&self.question("hover"));
        events.set_complete(&self.question("complete"));
        events
    }

    pub(crate) fn moved(&self, cursor: Cursor) {
        self.0.dispatch.dispatch(Action::Cursor(cursor));
    }

    /// A function that asks the linter about an offset of the newest text.
    fn question(&self, operation: &'static str) -> Function {
        let session = self.clone();
        let ask = Closure::<dyn Fn(u32) -> JsValue>::new(move |offset: u32| {
            let text = session.0.text.borrow().clone();
            let target = session.0.target.get().target();
            let call = Call { operation, arguments: vec![text.into(), target.into(), offset.into()] };
            let answer = session.client(|client| client.ask(&call));
            answer.unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED)).into()
        });
        ask.into_js_value().unchecked_into()
    }
}
