//! The preview of the text under work: asked for while somebody looks at it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Origin, Wanted};
use gloo_timers::callback::Timeout;
use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Session;
use crate::boot::answer;
use crate::boot::origins::{self, Goal};
use crate::boot::other::Other;
use crate::boot::preview::Preview;
use crate::boot::settings::{Asked, Inputs, Place, Settings};
use crate::boot::state::{BootAction, Part, Previews};
use crate::boot::which::WhichBoot;
use crate::client::{Call, Client, News, Stop};
use crate::notice::Work;
use crate::programs::Program;
use crate::state::{Action, Input, Range, View};

/// The units take longer than all else, and the machine is half of what there is to tell: while somebody types,
/// they wait until they are looked at or typing pauses.
const PAUSE_MS: u32 = 400;

/// What the session keeps for the preview.
pub(super) struct Previewing {
    /// None until the preview is needed for the first time: it is not loaded before.
    client: RefCell<Option<Client>>,
    settings: RefCell<Rc<Settings>>,
    /// Whether the preview is looked at.
    shown: Cell<bool>,
    /// Whether boots of the program of the text start units, as far as that is known.
    has_units: Cell<bool>,
    /// The part of it that is.
    part: Cell<Part>,
    /// The newest preview.
    newest: RefCell<Option<Rc<Preview>>>,
    /// Asks for the units when there is time for them.
    pause: RefCell<Option<Timeout>>,
    /// How often a range was to be shown.
    ranges: Cell<u32>,
}

impl Previewing {
    pub(super) fn with(settings: Settings) -> Self {
        Self {
            client: RefCell::default(),
            settings: RefCell::new(Rc::new(settings)),
            shown: Cell::default(),
            has_units: Cell::new(true),
            part: Cell::default(),
            newest: RefCell::default(),
            pause: RefCell::default(),
            ranges: Cell::default(),
        }
    }
}

impl Session {
    pub(super) fn settings(&self) -> Rc<Settings> {
        Rc::clone(&self.0.previewing.settings.borrow())
    }

    /// Changes the right side.
    pub(crate) fn view(&self, view: View) {
        self.0.view.set(view);
        self.0.previewing.shown.set(view == View::Boot);
        self.0.dispatch.dispatch(Action::View(view));
        self.preview();
    }

    /// Changes what is shown of the boot.
    pub(crate) fn part(&self, part: Part) {
        self.0.previewing.part.set(part);
        self.boot_action(BootAction::Part(part));
        let wanted = self.wanted();
        if !self.0.previewing.newest.borrow().as_ref().is_some_and(|newest| newest.has(wanted)) {
            self.preview();
        }
    }

    /// Changes the left side.
    pub(crate) fn input(&self, input: Input) {
        if matches!(input, Input::Platform(..)) {
            // What stands there at first is known to the preview alone.
            self.previewer();
        }
        self.0.input.set(input);
        self.0.dispatch.dispatch(Action::Input(input));
        if self.shows_faults() {
            self.preview();
        }
    }

    /// Chooses a platform of a program, which need not be that of the text.
    pub(crate) fn choose_platform(&self, program: &Rc<str>, platform: Option<Rc<str>>) {
        if self.settings().program() != &**program {
            self.note(|settings| settings.with_platform_of(Rc::clone(program), platform));
            return;
        }
        if platform.is_none() {
            self.input(Input::UserData);
        }
        self.keep_choice("platform", platform.as_deref());
        self.change(|settings| settings.on(platform));
        self.lint();
    }

    pub(crate) fn compare_with(&self, other: Option<Other>) {
        self.change(|settings| settings.beside(other));
    }

    pub(crate) fn choose_boot(&self, which: WhichBoot) {
        self.change(|settings| settings.booting(which));
    }

    /// Puts the two boots that are compared in each other's place.
    pub(crate) fn swap_boots(&self) {
        let settings = self.settings();
        if let Some(Other::Target(other)) = settings.chosen().other {
            let used = Rc::clone(&self.0.used_target.borrow());
            self.note(|settings| settings.beside(Some(Other::Target(used))));
            self.0.frame.show_version(&other);
            self.choose(Some(other));
            return;
        }
        self.change(Settings::swapped);
        let platform = self.settings().platform();
        self.keep_choice("platform", platform.as_deref());
        self.0.frame.show_platform(settings.program(), platform.as_deref());
        self.lint();
    }

    pub(crate) fn toggle_failure(&self, fail: &str) {
        self.change(|settings| settings.toggled(fail));
    }

    pub(super) fn set_inputs_of(&self, place: Place, inputs: Inputs) {
        self.keep_inputs(&place, &inputs);
        self.note(|settings| settings.with_inputs_of(place, inputs));
        self.lint_and_preview();
    }

    fn change(&self, change: impl FnOnce(Settings) -> Settings) {
        self.note(change);
        self.preview();
    }

    pub(super) fn note(&self, change: impl FnOnce(Settings) -> Settings) {
        let settings = Rc::new(change((*self.settings()).clone()));
        *self.0.previewing.settings.borrow_mut() = Rc::clone(&settings);
        self.boot_action(BootAction::Settings(settings));
    }

    /// Shows what something is due to.
    pub(crate) fn show(&self, origins: &[Origin]) {
        if let Some(goal) = origins::goal(origins) {
            self.go(goal);
        }
    }

    /// Shows what an effect of the newest preview is due to.
    pub(crate) fn show_effect(&self, index: u32) {
        self.go_if_there(index, origins::goal);
    }

    /// Shows one of its origins, by their order in [`origins::shown`].
    pub(crate) fn show_origin(&self, index: u32, nth: usize) {
        self.go_if_there(index, |origins| origins::shown(origins).get(nth)?.goal);
    }

    fn go_if_there(&self, index: u32, goal: impl FnOnce(&[Origin]) -> Option<Goal>) {
        let newest = self.0.previewing.newest.borrow().clone();
        if let Some(goal) = newest.and_then(|newest| goal(&newest.effect(index)?.origins)) {
            self.go(goal);
        }
    }

    /// Shows a place.
    pub(crate) fn go(&self, goal: Goal) {
        self.0.frame.show_text_pane();
        match goal {
            Goal::User(from, to) => {
                self.turn_to(Input::UserData);
                self.reveal(from, to);
            }
            Goal::Platform(text, range) => {
                let number = self.0.previewing.ranges.get().wrapping_add(1);
                self.0.previewing.ranges.set(number);
                let range = range.map(|(from, to)| Range { from, to, number });
                self.turn_to(Input::Platform(text, range));
            }
        }
    }

    /// The module that lays out graphs; it is loaded when a graph is shown first.
    pub(crate) fn layout(&self) -> Promise {
        self.0.host.layout()
    }

    /// Starts the preview once more, after it was stopped for good.
    pub(crate) fn retry_preview(&self) {
        self.boot_action(BootAction::Failure(None));
        let client = self.previewer();
        client.restart();
        self.ask_platforms(&client);
        self.preview();
    }

    /// Previews the newest text, if somebody looks.
    pub(super) fn preview(&self) {
        self.preview_with(self.wanted());
    }

    /// What is looked at. Two machines are compared whatever is.
    fn wanted(&self) -> Wanted {
        let part = self.0.previewing.part.get();
        let is_first = self.0.previewing.newest.borrow().is_none();
        let machine = is_first || part != Part::Stages || self.settings().chosen().other.is_some();
        Wanted { units: part == Part::Units, machine }
    }

    fn preview_with(&self, wanted: Wanted) {
        *self.0.previewing.pause.borrow_mut() = None;
        if !self.is_previewing() {
            return;
        }
        let settings = self.settings();
        let (operation, text) = self.question_about_text("preview", "preview_file");
        let call = |asked: &Asked| {
            let target = asked.target.as_deref().map_or_else(|| self.target(), JsValue::from);
            Call { operation, arguments: vec![text.clone(), target, settings.options(asked, wanted)] }
        };
        let job = settings.boots().iter().map(call).collect();
        self.previewer().run(job);
    }

    /// Asks for what a boot came without, when typing pauses.
    fn complete(&self) {
        let session = self.clone();
        let ask = Timeout::new(PAUSE_MS, move || session.preview_with(Wanted::ALL));
        *self.0.previewing.pause.borrow_mut() = Some(ask);
    }

    /// The preview's worker, which is loaded when it is needed first.
    pub(super) fn previewer(&self) -> Client {
        if let Some(client) = &*self.0.previewing.client.borrow() {
            return client.clone();
        }
        let (host, listener) = (self.0.host.clone(), self.clone());
        let client = Client::new(move || host.previewer(), false, move |news| listener.previewed(news));
        *self.0.previewing.client.borrow_mut() = Some(client.clone());
        self.ask_platforms(&client);
        client
    }

    fn ask_platforms(&self, client: &Client) {
        let answer = client.ask(&Call { operation: "platforms", arguments: Vec::new() });
        let session = self.clone();
        spawn_local(async move {
            let json = JsFuture::from(answer).await.ok().and_then(|json: JsValue| json.dyn_into().ok());
            if let Some(platforms) = json.and_then(|json: JsString| answer::platforms(&json)) {
                session.boot_action(BootAction::Platforms(Rc::new(platforms)));
            }
        });
    }

    fn previewed(&self, news: News) {
        self.show_cursor();
        let action = match news {
            News::Stopped(stop) => BootAction::Failure(Some(stop)),
            News::Late => BootAction::Late,
            // The report says so as well, and what is shown goes by that.
            News::Elsewhere | News::Renewed => {
                self.lint_if_it_waits();
                return;
            }
            News::GivenUp => {
                self.0.dispatch.dispatch(Action::GivenUp(Work::Preview));
                return;
            }
            News::Answers(answers) => match self.read(&answers) {
                Some(previews) => BootAction::Previews(previews),
                None => BootAction::Failure(Some(Stop::Broken)),
            },
        };
        self.boot_action(action);
        // After the preview is drawn.
        self.lint_if_it_waits();
    }

    fn lint_if_it_waits(&self) {
        if self.0.lint_waits.borrow().is_some() {
            self.lint_in(0);
        }
    }

    /// Notes what the program of the text has to choose and to give; gives whether that changes the boot.
    pub(super) fn note_program_of_boot(&self, program: &Program) -> bool {
        self.0.previewing.has_units.set(program.has_units);
        if matches!(self.0.input.get(), Input::Platform(text, _) if !program.texts.contains(&text)) {
            self.input(Input::UserData);
        }
        let before = self.settings();
        if before.program() == &*program.module {
            return false;
        }
        self.note(|settings| settings.of_program(Rc::clone(&program.module)));
        self.settings().chosen() != before.chosen()
    }

    /// Whether boots of the program of the text start units, as far as that is known.
    pub(super) fn has_units(&self) -> bool {
        self.0.previewing.has_units.get()
    }

    /// Whether a text is open of which the preview alone knows what is wrong with it.
    fn shows_faults(&self) -> bool {
        matches!(self.0.input.get(), Input::Platform(text, _) if !text.is_config())
    }

    pub(super) fn is_previewing(&self) -> bool {
        self.0.previewing.shown.get() || self.shows_faults()
    }

    fn read(&self, answers: &[JsString]) -> Option<Previews> {
        let previous = self.0.previewing.newest.borrow().clone();
        let mut read = answers.iter().map(|json| Preview::read(json, previous.as_deref()).map(Rc::new));
        let (first, second) = (read.next().flatten()?, read.next().flatten());
        if !first.has(Wanted::ALL) {
            self.complete();
        }
        *self.0.previewing.newest.borrow_mut() = Some(Rc::clone(&first));
        Some(Previews { first, second })
    }

    fn boot_action(&self, action: BootAction) {
        self.0.dispatch.dispatch(Action::Boot(action));
    }
}
