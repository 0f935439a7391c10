//! The text under work: the editor, the linter, and what goes between them.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::UseReducerDispatcher;

use crate::client::Client;
use crate::drawing::{Actions, Drawing};
use crate::editor::Editor;
use crate::frame::Frame;
use crate::host::Host;
use crate::notice::Replaced;
use crate::report::Edit;
use crate::session::beside::Beside;
use crate::session::booting::Booted;
use crate::session::linting::LastAnswer;
use crate::session::opening::{Opening, Undo};
use crate::session::parts::Parts;
use crate::session::previewing::Previewing;
use crate::session::verifying::Verifying;
use crate::state::{Action, Choice, Config, Cursor, Explanation, Input, State, Trouble, View};

mod beside;
mod booting;
mod decoded;
mod editing;
mod keeping;
mod linting;
mod opening;
mod parts;
mod previewing;
mod slots;
mod speaking;
mod verifying;

pub(crate) use keeping::{restored, restored_instance_data};

#[derive(Clone)]
pub(crate) struct Session(Rc<Inner>);

struct Inner {
    host: Host,
    frame: Frame,
    dispatch: UseReducerDispatcher<State>,
    client: RefCell<Option<Client>>,
    /// The module of the rich editor.
    rich: Promise,
    editor: RefCell<Editor>,
    /// The editor of the text beside the user's that is open.
    beside: RefCell<Option<Beside>>,
    /// The parts of the user's text.
    parts: Parts,
    /// The text that is open.
    input: Cell<Input>,
    text: RefCell<JsString>,
    target: RefCell<Choice>,
    /// The user's own instance data; none for the example.
    instance_data: RefCell<Option<Rc<str>>>,
    /// Name of the module of the program that the last text was for.
    program: RefCell<Rc<str>>,
    /// Name of the target that was used for it.
    used_target: RefCell<Rc<str>>,
    view: Cell<View>,
    /// The report that is shown, as the editor takes it.
    report: RefCell<JsValue>,
    /// The last answer on the user's text.
    last: RefCell<Option<LastAnswer>>,
    /// Somebody has typed, and the editor is about to say where that has led the cursor.
    has_typed: Cell<bool>,
    /// Where the cursor is, as long as that waits for the answer on what was typed.
    cursor_waits: Cell<Option<(Config, Cursor)>>,
    /// What the buttons of problems do.
    actions: OnceCell<Actions>,
    docs: Promise,
    opening: Opening,
    previewing: Previewing,
    /// What goes wrong during a boot with a text.
    booted: RefCell<Option<Booted>>,
    /// Waits until there is time to find it out.
    boot_waits: RefCell<Option<Timeout>>,
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
        let report = host.report();
        let session = Self(Rc::new(Inner {
            host: host.clone(),
            frame: frame.clone(),
            dispatch,
            client: RefCell::default(),
            rich: host.editor(),
            editor: RefCell::new(Editor::Plain(frame.area.clone())),
            beside: RefCell::default(),
            parts: Parts::default(),
            input: Cell::default(),
            text: RefCell::new(frame.area.value().into()),
            target: RefCell::new(frame.choice()),
            instance_data: RefCell::new(restored_instance_data(&host)),
            program: RefCell::new(Rc::from("")),
            used_target: RefCell::new(Rc::from("")),
            view: Cell::default(),
            report: RefCell::new(editing::document(report.as_ref())),
            last: RefCell::default(),
            has_typed: Cell::default(),
            cursor_waits: Cell::default(),
            actions: OnceCell::new(),
            docs: host.docs(),
            opening: Opening::default(),
            previewing: Previewing::with(frame.chosen_platforms(restored(&host))),
            booted: RefCell::default(),
            boot_waits: RefCell::default(),
            verifying: Verifying::default(),
            lint_waits: RefCell::default(),
        }));
        let (proven, is_behind) = (host.is_loaded(), host.behind() || report.is_none());
        let listener = session.clone();
        let spawner = host;
        let client = Client::new(move || spawner.linter(), proven, move |news| listener.answered(news));
        *session.0.client.borrow_mut() = Some(client);
        frame.report_to(&session);
        // The first lint may not have known whose platform is chosen.
        let is_news = report.is_some_and(|report| session.note_program(&report.target));
        session.keep_from_now_on();
        session.open_what_is_dropped();
        session.follow_language();
        frame.inputs.set_text_content(None);
        if is_behind || is_news {
            session.lint();
        }
        session.enrich(frame.editor);
        session
    }

    /// The text is a new one.
    pub(crate) fn changed(&self, text: JsString) {
        *self.0.text.borrow_mut() = text.clone();
        self.drop_undo();
        // The linter works while the rest is done.
        self.lint_and_preview();
        self.keep_user_data(&text);
        self.0.has_typed.set(true);
    }

    pub(crate) fn choose(&self, target: Choice) {
        *self.0.target.borrow_mut() = target.clone();
        self.keep_choice("target", Some(target.as_deref().unwrap_or_default()));
        if let Some(target) = &target {
            self.note_program(target);
        }
        self.0.dispatch.dispatch(Action::Choose(target));
        self.note(|settings| settings.for_target(&self.0.used_target.borrow()));
        self.lint_and_preview();
    }

    /// What draws answers of the linter.
    pub(crate) fn drawing(&self) -> Drawing {
        self.0.host.drawing()
    }

    /// Shows a place of the config that the problems are about.
    pub(crate) fn reveal(&self, from: u32, to: u32) {
        self.0.frame.show_text_pane();
        self.turn_to_config();
        self.with_config(|editor| editor.reveal(from, to));
        if self.config() == Config::User && self.shows_decoded() {
            self.go_into_decoded();
        }
    }

    /// Goes to a problem of that config, and says it.
    pub(crate) fn go_to_problem(&self, index: usize, (from, to): (u32, u32)) {
        if self.0.view.get() != View::Problems {
            self.view(View::Problems);
        }
        self.reveal_problem(index, (from, to));
        self.0.dispatch.dispatch(Action::Said(index));
    }

    /// The config that the problems are about.
    fn config(&self) -> Config {
        self.0.input.get().config()
    }

    fn with_config<T>(&self, use_it: impl FnOnce(&Editor) -> T) -> Option<T> {
        match self.config() {
            Config::User => Some(use_it(&self.0.editor.borrow())),
            Config::Beside => self.with_config_beside(use_it),
        }
    }

    /// Shows the editor of that config.
    fn turn_to_config(&self) {
        self.turn_to(match self.config() {
            Config::User => Input::UserData,
            Config::Beside => self.0.input.get(),
        });
    }

    /// Applies edits of the last report, unless the text has changed since. The rich editor undoes them as what is
    /// typed; the plain one cannot.
    pub(crate) fn apply(&self, edits: &[Edit]) {
        self.apply_telling(edits, None);
    }

    /// Applies the edits of many findings, and says how many.
    pub(crate) fn apply_all(&self, edits: &[Edit], findings: usize) {
        self.apply_telling(edits, Some(Replaced::Fixed(findings)));
    }

    fn apply_telling(&self, edits: &[Edit], replaced: Option<Replaced>) {
        if self.0.lint_waits.borrow().is_some() || self.client(Client::is_behind).unwrap_or(true) {
            return;
        }
        let before = match self.config() {
            Config::User => Some(Undo::UserData(self.user_text())),
            Config::Beside => self.config_beside().and_then(|slot| self.undo_of(slot)),
        };
        self.turn_to_config();
        let plain = self.with_config(|editor| {
            editor.apply(edits);
            editor.plain_text()
        });
        let plain = plain.flatten();
        let is_plain = plain.is_some();
        if let Some(text) = plain {
            self.changed_plainly(text);
        }
        let replaced = replaced.or_else(|| is_plain.then_some(Replaced::Plainly(text!("Fixed."))));
        if let Some((replaced, before)) = replaced.zip(before) {
            self.offer_undo(replaced, before);
        }
    }

    /// Notes what the page has done to a plain editor; a rich one tells by itself.
    fn changed_plainly(&self, text: JsString) {
        match self.config() {
            Config::User => self.changed(text),
            Config::Beside => {
                if let Some(slot) = self.config_beside() {
                    self.write(slot, Some(String::from(text).into()));
                }
            }
        }
    }

    pub(crate) fn explain(&self, rule: &str) {
        let name = rule.to_owned();
        self.0.dispatch.dispatch(Action::Explain(Explanation::Awaited(name.clone())));
        let session = self.clone();
        spawn_local(async move {
            let docs = JsFuture::from(session.0.docs.clone()).await.unwrap_or_default();
            let text = documentation(&docs, &name, &session.0.program.borrow());
            let explanation = match text {
                Some(text) => Explanation::Ready(name, text.into()),
                None => Explanation::Missing(name),
            };
            session.0.dispatch.dispatch(Action::Explained(explanation));
        });
    }

    /// Lists the rules of the program that the text is for.
    pub(crate) fn explain_all(&self) {
        let session = self.clone();
        spawn_local(async move {
            let docs = JsFuture::from(session.0.docs.clone()).await.unwrap_or_default();
            let all = all_documented(&docs, &session.0.program.borrow());
            session.0.dispatch.dispatch(Action::Explain(Explanation::All(all.into())));
        });
    }

    fn client<T>(&self, use_it: impl FnOnce(&Client) -> T) -> Option<T> {
        self.0.client.borrow().as_ref().map(use_it)
    }

    fn trouble(&self, trouble: Trouble) {
        self.0.dispatch.dispatch(Action::Trouble(trouble));
    }

    /// The target that is chosen, as the workers take it.
    fn target(&self) -> JsValue {
        self.0.target.borrow().as_deref().into()
    }

    /// The target of the user's text, chosen or not, as the workers take it.
    fn used_target(&self) -> JsValue {
        JsValue::from(&**self.0.used_target.borrow())
    }

    /// Notes the program of a target that is used from now on. Another program has other platforms; gives whether that is
    /// news to what has been asked.
    fn note_program(&self, target: &str) -> bool {
        let Some(program) = self.0.frame.programs.of(target) else { return false };
        *self.0.program.borrow_mut() = Rc::clone(&program.module);
        *self.0.used_target.borrow_mut() = target.into();
        self.0.frame.show_choices_for(program);
        self.note_program_of_boot(program)
    }
}

/// The rules that a program has, each with the first sentence of its documentation.
fn all_documented(docs: &JsValue, program: &str) -> Vec<(String, String)> {
    let Some(docs) = docs.dyn_ref::<Object>() else { return Vec::new() };
    let named = |entry: JsValue| {
        let entry = Array::from(&entry);
        let text = Reflect::get(&entry.get(1), &program.into()).ok()?.as_string()?;
        let sentence = text.split("\n\n").next()?.replace('\n', " ");
        Some((entry.get(0).as_string()?, sentence))
    };
    let mut all: Vec<_> = Object::entries(docs).iter().filter_map(named).collect();
    all.sort();
    all
}

/// What the documentation says of a rule: as the rule of a program, if that one has it.
fn documentation(docs: &JsValue, rule: &str, program: &str) -> Option<String> {
    let texts = Reflect::get(docs, &rule.into()).ok().filter(JsValue::is_object)?;
    let own = Reflect::get(&texts, &program.into()).ok().and_then(|text| text.as_string());
    let any = || Object::values(texts.unchecked_ref::<Object>()).get(0).as_string();
    own.or_else(any)
}
