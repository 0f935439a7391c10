//! A worker as the page sees it: questions to it, answers to the newest ones only.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};

/// What the client tells the page.
pub(crate) enum News {
    /// The answers to the newest job, as JSON, in the order of its calls.
    Answers(Vec<JsString>),
    /// The worker broke on the newest job; another one has taken over.
    Stopped,
    /// There is no worker: it could not be loaded.
    Missing,
}

/// One question.
#[derive(Clone)]
pub(crate) struct Call {
    /// A function of the worker's module.
    pub(crate) operation: &'static str,
    pub(crate) arguments: Vec<JsValue>,
}

/// A worker, and what it still owes. A message is `[number, operation, …arguments]`, its answer
/// `[number, answer]` or, when the module broke, `[number, undefined, error]`.
#[derive(Clone)]
pub(crate) struct Client(Rc<Inner>);

struct Inner {
    spawn: Box<dyn Fn() -> Result<Worker, JsValue>>,
    tell: Box<dyn Fn(News)>,
    worker: RefCell<Option<Line>>,
    owed: RefCell<Owed>,
}

struct Line {
    worker: Worker,
    /// Whether the worker has ever answered: if not, it could not be loaded.
    proven: bool,
    _answer: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn(Event)>,
}

#[derive(Default)]
struct Owed {
    last: u32,
    /// The one job in flight; newer ones wait, and only the newest of them.
    job: Vec<Part>,
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
        !owed.job.is_empty() || owed.next.is_some()
    }

    /// Asks something else. The promise holds JSON, or `undefined` when there is no answer.
    pub(crate) fn ask(&self, call: &Call) -> Promise {
        Promise::new(&mut |resolve, _| {
            let number = self.number();
            let mut owed = self.0.owed.borrow_mut();
            owed.questions.push((number, resolve));
            drop(owed);
            self.post(number, call);
        })
    }

    fn number(&self) -> u32 {
        let mut owed = self.0.owed.borrow_mut();
        owed.last = owed.last.wrapping_add(1);
        owed.last
    }

    fn run_next(&self) {
        let mut owed = self.0.owed.borrow_mut();
        if !owed.job.is_empty() {
            return;
        }
        let Some(calls) = owed.next.take() else {
            return;
        };
        drop(owed);
        let numbers: Vec<u32> = calls.iter().map(|_| self.number()).collect();
        let parts = numbers.iter().map(|&number| Part { number, answer: None });
        self.0.owed.borrow_mut().job = parts.collect();
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
            (self.0.tell)(News::Missing);
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
        let (number, answer) = (message.get(0).as_f64(), message.get(1));
        if !message.get(2).is_undefined() {
            self.broken();
            return;
        }
        if let Some(line) = self.0.worker.borrow_mut().as_mut() {
            line.proven = true;
        }
        let is_it = |asked: u32| Some(f64::from(asked)) == number;
        let mut owed = self.0.owed.borrow_mut();
        if let Some(part) = owed.job.iter_mut().find(|part| is_it(part.number)) {
            part.answer = Some(answer.dyn_into().unwrap_or_else(|_| JsString::from("")));
            if owed.job.iter().all(|part| part.answer.is_some()) {
                let done = std::mem::take(&mut owed.job);
                drop(owed);
                self.done(done);
            }
        } else if let Some(at) = owed.questions.iter().position(|&(asked, _)| is_it(asked)) {
            let (_, resolve) = owed.questions.swap_remove(at);
            drop(owed);
            // A function of the browser's own; it does not throw.
            let _ = resolve.call1(&JsValue::NULL, &answer);
        }
    }

    fn done(&self, job: Vec<Part>) {
        let stale = self.0.owed.borrow().next.is_some();
        self.run_next();
        if !stale {
            (self.0.tell)(News::Answers(job.into_iter().filter_map(|part| part.answer).collect()));
        }
    }

    /// Gives up on the worker: a broken WebAssembly module cannot be used again.
    fn broken(&self) {
        let Some(line) = self.0.worker.borrow_mut().take() else {
            return;
        };
        line.worker.terminate();
        let mut owed = self.0.owed.borrow_mut();
        owed.job.clear();
        for (_, resolve) in owed.questions.drain(..) {
            let _ = resolve.call0(&JsValue::NULL);
        }
        drop(owed);
        if !line.proven {
            (self.0.tell)(News::Missing);
            return;
        }
        self.connect(false);
        (self.0.tell)(News::Stopped);
        self.run_next();
        // The closures of the old worker may be running: they go when they are done.
        gloo_timers::callback::Timeout::new(0, move || drop(line)).forget();
    }
}
