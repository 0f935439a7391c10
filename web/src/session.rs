//! The text under work: the editor, the linter, and what goes between them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dryboot_wasm::protocol::Edit;
use js_sys::{Function, JsString, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, File, HtmlTextAreaElement};
use yew::UseReducerDispatcher;

use crate::answer;
use crate::client::{Answer, Client};
use crate::editor::{Editor, EditorModule, Events, no_events};
use crate::host::Host;
use crate::state::{Action, Choice, Explanation, State, Trouble};

/// A file above this size is no user-data of any platform, and would only freeze the page.
const MAX_FILE: f64 = 16.0 * 1024.0 * 1024.0;

#[derive(Clone)]
pub(crate) struct Session(Rc<Inner>);

struct Inner {
    host: Host,
    dispatch: UseReducerDispatcher<State>,
    client: RefCell<Option<Client>>,
    editor: RefCell<Editor>,
    /// The element in which the editor lives.
    frame: RefCell<Option<Element>>,
    text: RefCell<JsString>,
    target: Cell<Choice>,
    report: RefCell<Option<JsString>>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Session {
    pub(crate) fn new(host: Host, dispatch: UseReducerDispatcher<State>) -> Self {
        let session = Self(Rc::new(Inner {
            host: host.clone(),
            dispatch,
            client: RefCell::default(),
            editor: RefCell::new(Editor::Absent),
            frame: RefCell::default(),
            text: RefCell::new(JsString::from("")),
            target: Cell::default(),
            report: RefCell::default(),
        }));
        let listener = session.clone();
        let client = Client::new(host, move |answer| listener.answered(answer));
        *session.0.client.borrow_mut() = Some(client);
        session
    }

    /// Takes the text area that has just been drawn.
    pub(crate) fn attach(&self, frame: Element, area: HtmlTextAreaElement) {
        let text = JsString::from(area.value());
        *self.0.editor.borrow_mut() = Editor::Plain(area);
        *self.0.frame.borrow_mut() = Some(frame);
        self.changed(text);
    }

    /// The text is a new one.
    pub(crate) fn changed(&self, text: JsString) {
        *self.0.text.borrow_mut() = text;
        self.lint();
    }

    pub(crate) fn choose(&self, target: Choice) {
        self.0.target.set(target);
        self.0.dispatch.dispatch(Action::Choose(target));
        self.lint();
    }

    /// Puts another text into the editor.
    pub(crate) fn open(&self, text: &str) {
        self.0.editor.borrow().set_text(text);
        self.changed_plainly();
        self.0.dispatch.dispatch(Action::Cursor(0));
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
        if self.client(Client::is_behind).unwrap_or(true) {
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
        let awaited = Explanation::Awaited(name.clone());
        self.0.dispatch.dispatch(Action::Explain(awaited));
        let Some(answer) = self.client(|client| client.ask("explain", &[rule.into()])) else {
            return;
        };
        let session = self.clone();
        spawn_local(async move {
            let json = JsFuture::from(answer).await.unwrap_or_default();
            let explanation = match answer::rule(&json) {
                Some(rule) => Explanation::Ready(Rc::new(rule)),
                None => Explanation::Unknown(name),
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
        self.client(|client| client.lint(text, target));
    }

    fn answered(&self, answer: Answer) {
        match answer {
            Answer::Report(json) => self.reported(json),
            Answer::Stopped => self.trouble(Trouble::LinterStopped),
            Answer::Missing => self.trouble(Trouble::LinterMissing),
        }
    }

    fn reported(&self, json: JsString) {
        let Some(report) = answer::report(&json) else {
            self.trouble(Trouble::LinterStopped);
            return;
        };
        self.0.dispatch.dispatch(Action::Report(Rc::new(report)));
        self.0.editor.borrow().set_report(&json);
        let first = self.0.report.replace(Some(json)).is_none();
        if first {
            self.enrich();
        }
    }

    /// Fetches the rich editor. It comes after the first report: that is what people wait for.
    fn enrich(&self) {
        let session = self.clone();
        spawn_local(async move {
            if session.try_enrich().await.is_err() {
                session.trouble(Trouble::EditorMissing);
            }
        });
    }

    async fn try_enrich(&self) -> Result<(), JsValue> {
        let module = JsFuture::from(self.0.host.load_editor()?).await?;
        let module: EditorModule = module.unchecked_into();
        let Some(frame) = self.0.frame.borrow().clone() else {
            return Ok(());
        };
        let events = self.events();
        let mut editor = self.0.editor.borrow_mut();
        editor.enrich(&module, &frame, &events)?;
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
        events.set_cursor(&forever(move |offset: u32| session.moved(offset)));
        let session = self.clone();
        events.set_explain(&forever(move |rule: JsString| {
            session.explain(&String::from(rule));
        }));
        events.set_hover(&self.question("hover"));
        events.set_complete(&self.question("complete"));
        events
    }

    pub(crate) fn moved(&self, offset: u32) {
        self.0.dispatch.dispatch(Action::Cursor(offset));
    }

    /// A function that asks the linter about an offset of the newest text.
    fn question(&self, operation: &'static str) -> Function {
        let session = self.clone();
        let ask = Closure::<dyn Fn(u32) -> JsValue>::new(move |offset: u32| {
            let text = session.0.text.borrow().clone();
            let target = session.0.target.get().target();
            let arguments = [text.into(), target.into(), offset.into()];
            let answer = session.client(|client| client.ask(operation, &arguments));
            answer.unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED)).into()
        });
        ask.into_js_value().unchecked_into()
    }
}

fn forever<T: wasm_bindgen::convert::FromWasmAbi + 'static>(call: impl Fn(T) + 'static) -> Function {
    let closure = Closure::<dyn Fn(T)>::new(call);
    closure.into_js_value().unchecked_into()
}
