//! A worker as the page sees it: questions to it, answers to the newest ones only. One that breaks or takes too long is
//! replaced; the text stays with the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Date, Function, JsString, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};

/// After this time a job is late, in milliseconds.
const LATE: u32 = 1000;

/// After this time a job is given up for a newer one, in milliseconds. Each time in a row doubles it: a slow machine must
/// come to an end, too.
const PATIENCE: u32 = 3000;
const LONGEST_PATIENCE: u32 = 8 * PATIENCE;

/// How long a worker that broke waits for its successor, by how many have broken in a row, in milliseconds. When all have,
/// nothing more is tried unasked.
const PAUSES: [u32; 5] = [0, 500, 1000, 2000, 4000];

/// What the client tells the page.
pub(crate) enum News {
    /// The answers to the newest job, as JSON, in the order of its calls.
    Answers(Vec<JsString>),
    /// The newest job is for the worker of another program.
    Elsewhere,
    /// The worker knows more than before: another answer may say more.
    Renewed,
    /// The newest job takes long.
    Late,
    /// A job took too long and was stopped. Another worker has taken over with the newest one.
    GivenUp,
    /// The worker broke on the newest job.
    Stopped(Stop),
}

/// What comes after a worker that stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It broke. Another one takes over with the next job.
    Broken,
    /// It broke again and again: only [`Client::restart`] brings another one.
    Exhausted,
    /// It could not be loaded: likewise.
    Missing,
}

impl Stop {
    /// Whether no other worker comes until somebody asks for one, whatever the text is.
    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::Broken => false,
            Self::Exhausted | Self::Missing => true,
        }
    }
}

/// One question.
#[derive(Clone)]
pub(crate) struct Call {
    /// A function of the worker's module.
    pub(crate) operation: &'static str,
    pub(crate) arguments: Vec<JsValue>,
}

/// A worker, and what it still owes. `web/js/workers/serve.js` has the messages.
#[derive(Clone)]
pub(crate) struct Client(Rc<Inner>);

struct Inner {
    spawn: Box<dyn Fn() -> Result<Worker, JsValue>>,
    tell: Box<dyn Fn(News)>,
    worker: RefCell<Option<Line>>,
    owed: RefCell<Owed>,
    /// Whether the last job has no answer and will get none.
    has_failed: Cell<bool>,
    /// How many workers have broken in a row.
    broken: Cell<usize>,
    /// Waits for what comes next: a look at the job, or another worker.
    look: RefCell<Option<Timeout>>,
    next_worker: RefCell<Option<Timeout>>,
    patience: Cell<u32>,
}

struct Line {
    worker: Worker,
    /// Whether the worker has its module: if not, it could not be loaded.
    proven: bool,
    _answer: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn(Event)>,
}

#[derive(Default)]
struct Owed {
    last: u32,
    /// The one job in flight; newer ones wait, and only the newest of them.
    job: Vec<Part>,
    /// When that was asked for, in milliseconds.
    asked: f64,
    /// When the worker began; none while it is loaded, which may take any time.
    began: Option<f64>,
    is_late: bool,
    next: Option<Vec<Call>>,
    questions: Vec<(u32, Function)>,
}

/// A call of a job, and its answer.
struct Part {
    number: u32,
    answer: Option<JsString>,
}

impl Client {
    /// `spawn` makes a worker. `proven`: the first one has answered before.
    pub(crate) fn new(
        spawn: impl Fn() -> Result<Worker, JsValue> + 'static,
        proven: bool,
        tell: impl Fn(News) + 'static,
    ) -> Self {
        let client = Self(Rc::new(Inner {
            spawn: Box::new(spawn),
            tell: Box::new(tell),
            worker: RefCell::default(),
            owed: RefCell::default(),
            has_failed: Cell::default(),
            broken: Cell::default(),
            look: RefCell::default(),
            next_worker: RefCell::default(),
            patience: Cell::new(PATIENCE),
        }));
        client.connect(proven);
        client
    }

    /// Makes these calls, unless a newer job comes before the worker is free.
    pub(crate) fn run(&self, job: Vec<Call>) {
        self.0.owed.borrow_mut().next = Some(job);
        self.run_next();
    }

    /// Whether the last answers are not those to the newest job.
    pub(crate) fn is_behind(&self) -> bool {
        let owed = self.0.owed.borrow();
        self.0.has_failed.get() || !owed.job.is_empty() || owed.next.is_some()
    }

    /// Whether the newest job has no answer and will get none: what it is about may break the worker again.
    pub(crate) fn has_failed(&self) -> bool {
        self.0.has_failed.get()
    }

    /// Asks something else. The promise holds the answer, or `undefined` when there is none.
    pub(crate) fn ask(&self, call: &Call) -> Promise {
        if self.0.worker.borrow().is_none() {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        Promise::new(&mut |resolve, _| {
            let number = self.number();
            let mut owed = self.0.owed.borrow_mut();
            owed.questions.push((number, resolve));
            drop(owed);
            self.post(number, call);
        })
    }

    /// Brings another worker after one that was stopped for good.
    pub(crate) fn restart(&self) {
        self.0.broken.set(0);
        if self.0.worker.borrow().is_none() {
            self.connect(false);
        }
        self.run_next();
    }

    fn number(&self) -> u32 {
        let mut owed = self.0.owed.borrow_mut();
        owed.last = owed.last.wrapping_add(1);
        owed.last
    }

    fn run_next(&self) {
        let Some(proven) = self.0.worker.borrow().as_ref().map(|line| line.proven) else {
            return;
        };
        let mut owed = self.0.owed.borrow_mut();
        if !owed.job.is_empty() {
            return;
        }
        let Some(calls) = owed.next.take() else {
            return;
        };
        drop(owed);
        self.0.has_failed.set(false);
        let numbers: Vec<u32> = calls.iter().map(|_| self.number()).collect();
        let parts = numbers.iter().map(|&number| Part { number, answer: None });
        let mut owed = self.0.owed.borrow_mut();
        owed.job = parts.collect();
        owed.asked = Date::now();
        owed.began = proven.then(Date::now);
        owed.is_late = false;
        drop(owed);
        self.look_in(LATE);
        for (number, call) in numbers.into_iter().zip(&calls) {
            self.post(number, call);
        }
    }

    fn post(&self, number: u32, call: &Call) {
        let message = Array::of2(&number.into(), &call.operation.into());
        for argument in &call.arguments {
            message.push(argument);
        }
        let worker = self.0.worker.borrow();
        let posted = worker.as_ref().map(|line| line.worker.post_message(&message));
        if !matches!(posted, Some(Ok(()))) {
            drop(worker);
            self.broken();
        }
    }

    fn connect(&self, proven: bool) {
        let Ok(worker) = (self.0.spawn)() else {
            self.stopped(Stop::Missing);
            return;
        };
        let client = self.clone();
        let answer = Closure::new(move |event: MessageEvent| client.answered(&event));
        let client = self.clone();
        let error = Closure::new(move |_| client.broken());
        worker.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        *self.0.worker.borrow_mut() = Some(Line { worker, proven, _answer: answer, _error: error });
    }

    fn answered(&self, event: &MessageEvent) {
        let message = Array::from(&event.data());
        if let Some(word) = message.get(0).as_string() {
            self.heard(&word, &message);
            return;
        }
        let (number, answer) = (message.get(0).as_f64(), message.get(1));
        if !message.get(2).is_undefined() {
            self.broken();
            return;
        }
        let is_it = |asked: u32| Some(f64::from(asked)) == number;
        let mut owed = self.0.owed.borrow_mut();
        if let Some(part) = owed.job.iter_mut().find(|part| is_it(part.number)) {
            part.answer = Some(answer.dyn_into().unwrap_or_else(|_| JsString::from("")));
            if owed.job.iter().all(|part| part.answer.is_some()) {
                let done = std::mem::take(&mut owed.job);
                drop(owed);
                self.done_with(News::Answers(done.into_iter().filter_map(|part| part.answer).collect()));
            }
        } else if let Some(at) = owed.questions.iter().position(|&(asked, _)| is_it(asked)) {
            let (_, resolve) = owed.questions.swap_remove(at);
            drop(owed);
            // A function of the browser's own; it does not throw.
            let _ = resolve.call1(&JsValue::NULL, &answer);
        }
    }

    /// What is not an answer.
    fn heard(&self, word: &str, message: &Array) {
        match word {
            "ready" => self.is_loaded(true),
            // The time that this takes is the network's.
            "loading" => self.is_loaded(false),
            "renewed" => (self.0.tell)(News::Renewed),
            _ => self.is_for_another(message.get(1).as_f64()),
        }
    }

    fn is_loaded(&self, is_loaded: bool) {
        if let Some(line) = self.0.worker.borrow_mut().as_mut() {
            line.proven = is_loaded;
            self.0.owed.borrow_mut().began = is_loaded.then(Date::now);
        }
    }

    /// A question is for the worker of another program: so is the job that it is part of.
    fn is_for_another(&self, number: Option<f64>) {
        let is_it = |asked: u32| Some(f64::from(asked)) == number;
        let mut owed = self.0.owed.borrow_mut();
        if owed.job.iter().any(|part| is_it(part.number)) {
            owed.job.clear();
            drop(owed);
            self.done_with(News::Elsewhere);
        } else if let Some(at) = owed.questions.iter().position(|&(asked, _)| is_it(asked)) {
            let (_, resolve) = owed.questions.swap_remove(at);
            drop(owed);
            let _ = resolve.call0(&JsValue::NULL);
        }
    }

    /// The job in flight has come to its end.
    fn done_with(&self, news: News) {
        self.0.broken.set(0);
        self.0.patience.set(PATIENCE);
        let stale = self.0.owed.borrow().next.is_some();
        self.run_next();
        if !stale {
            (self.0.tell)(news);
        }
    }

    /// Has a look at the job, unless that is planned already: one timer serves all jobs while somebody types.
    fn look_in(&self, milliseconds: u32) {
        let mut look = self.0.look.borrow_mut();
        if look.is_none() {
            let client = self.clone();
            *look = Some(Timeout::new(milliseconds, move || client.look()));
        }
    }

    fn look(&self) {
        self.0.look.borrow_mut().take();
        let mut owed = self.0.owed.borrow_mut();
        if owed.job.is_empty() {
            return;
        }
        let now = Date::now();
        if now - owed.asked < f64::from(LATE) {
            drop(owed);
            self.look_in(LATE);
            return;
        }
        let is_news = !std::mem::replace(&mut owed.is_late, true);
        let time = owed.began.map_or(0.0, |began| now - began);
        let is_too_late = owed.next.is_some() && time >= f64::from(self.0.patience.get());
        drop(owed);
        if is_too_late {
            self.give_up();
            return;
        }
        self.look_in(LATE / 4);
        if is_news {
            (self.0.tell)(News::Late);
        }
    }

    /// Gives up the job in flight for the one that waits.
    fn give_up(&self) {
        self.0.patience.set((2 * self.0.patience.get()).min(LONGEST_PATIENCE));
        self.disconnect();
        self.connect(false);
        (self.0.tell)(News::GivenUp);
        self.run_next();
    }

    /// Gives up on the worker: a broken WebAssembly module cannot be used again.
    fn broken(&self) {
        let Some(proven) = self.disconnect() else {
            return;
        };
        if !proven {
            self.stopped(Stop::Missing);
            return;
        }
        let broken = self.0.broken.get();
        self.0.broken.set(broken + 1);
        let Some(&pause) = PAUSES.get(broken) else {
            self.stopped(Stop::Exhausted);
            return;
        };
        let client = self.clone();
        let connect = Timeout::new(pause, move || {
            client.0.next_worker.borrow_mut().take();
            client.connect(false);
            client.run_next();
        });
        *self.0.next_worker.borrow_mut() = Some(connect);
        self.stopped(Stop::Broken);
    }

    fn stopped(&self, stop: Stop) {
        self.0.has_failed.set(true);
        (self.0.tell)(News::Stopped(stop));
    }

    /// Ends the worker, and with it what it owes; says whether it ever said anything. None when there is no worker.
    fn disconnect(&self) -> Option<bool> {
        let line = self.0.worker.borrow_mut().take()?;
        line.worker.terminate();
        let proven = line.proven;
        let mut owed = self.0.owed.borrow_mut();
        owed.job.clear();
        let questions = std::mem::take(&mut owed.questions);
        drop(owed);
        for (_, resolve) in questions {
            let _ = resolve.call0(&JsValue::NULL);
        }
        // The closures of the old worker may be running: they go when they are done.
        Timeout::new(0, move || drop(line)).forget();
        Some(proven)
    }
}
