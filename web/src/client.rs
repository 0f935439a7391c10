//! The linter as the page sees it: questions to a worker, answers to the newest ones only.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker};

use crate::host::Host;

/// What the client tells the page.
pub(crate) enum Answer {
    /// The report on the newest text, as JSON.
    Report(JsString),
    /// The linter broke on the newest text; another one has taken over.
    Stopped,
    /// There is no linter: it could not be loaded.
    Missing,
}

/// A worker, and what it still owes. A message is `[number, operation, …arguments]`, its answer
/// `[number, answer]` or, when the linter broke, `[number, undefined, error]`.
#[derive(Clone)]
pub(crate) struct Client(Rc<Inner>);

struct Inner {
    host: Host,
    tell: Box<dyn Fn(Answer)>,
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
    /// The one lint in flight; newer texts wait, and only the newest of them.
    lint: Option<u32>,
    next_lint: Option<(JsString, Option<&'static str>)>,
    questions: Vec<(u32, Function)>,
}

impl Client {
    pub(crate) fn new(host: Host, tell: impl Fn(Answer) + 'static) -> Self {
        let client = Self(Rc::new(Inner {
            host,
            tell: Box::new(tell),
            worker: RefCell::default(),
            owed: RefCell::default(),
        }));
        client.connect();
        client
    }

    /// Lints `text`, unless a newer text comes before the linter is free.
    pub(crate) fn lint(&self, text: JsString, target: Option<&'static str>) {
        self.0.owed.borrow_mut().next_lint = Some((text, target));
        self.lint_next();
    }

    /// Whether the last report is not about the newest text.
    pub(crate) fn is_behind(&self) -> bool {
        let owed = self.0.owed.borrow();
        owed.lint.is_some() || owed.next_lint.is_some()
    }

    /// Asks something else. The promise holds JSON, or `undefined` when there is no answer.
    pub(crate) fn ask(&self, operation: &str, arguments: &[JsValue]) -> Promise {
        Promise::new(&mut |resolve, _| {
            let number = self.number();
            let mut owed = self.0.owed.borrow_mut();
            owed.questions.push((number, resolve));
            drop(owed);
            self.post(number, operation, arguments);
        })
    }

    fn number(&self) -> u32 {
        let mut owed = self.0.owed.borrow_mut();
        owed.last = owed.last.wrapping_add(1);
        owed.last
    }

    fn lint_next(&self) {
        let mut owed = self.0.owed.borrow_mut();
        if owed.lint.is_some() {
            return;
        }
        let Some((text, target)) = owed.next_lint.take() else {
            return;
        };
        drop(owed);
        let number = self.number();
        self.0.owed.borrow_mut().lint = Some(number);
        self.post(number, "lint", &[text.into(), target.into()]);
    }

    fn post(&self, number: u32, operation: &str, arguments: &[JsValue]) {
        let message = Array::of2(&number.into(), &operation.into());
        for argument in arguments {
            message.push(argument);
        }
        let worker = self.0.worker.borrow();
        let posted = worker.as_ref().map(|line| line.worker.post_message(&message));
        if !matches!(posted, Some(Ok(()))) {
            drop(worker);
            self.broken();
        }
    }

    fn connect(&self) {
        let Ok(worker) = self.0.host.spawn_linter() else {
            (self.0.tell)(Answer::Missing);
            return;
        };
        let client = self.clone();
        let answer = Closure::new(move |event: MessageEvent| client.answered(&event));
        let client = self.clone();
        let error = Closure::new(move |_| client.broken());
        worker.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        *self.0.worker.borrow_mut() = Some(Line { worker, proven: false, _answer: answer, _error: error });
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
        let mut owed = self.0.owed.borrow_mut();
        if owed.lint.map(f64::from) == number {
            owed.lint = None;
            let stale = owed.next_lint.is_some();
            drop(owed);
            self.lint_next();
            if let (false, Ok(report)) = (stale, answer.dyn_into()) {
                (self.0.tell)(Answer::Report(report));
            }
        } else if let Some(at) = position(&owed.questions, number) {
            let (_, resolve) = owed.questions.swap_remove(at);
            drop(owed);
            // A function of the browser's own; it does not throw.
            let _ = resolve.call1(&JsValue::NULL, &answer);
        }
    }

    /// Gives up on the worker: a broken WebAssembly module cannot be used again.
    fn broken(&self) {
        let Some(line) = self.0.worker.borrow_mut().take() else {
            return;
        };
        line.worker.terminate();
        let mut owed = self.0.owed.borrow_mut();
        owed.lint = None;
        for (_, resolve) in owed.questions.drain(..) {
            let _ = resolve.call0(&JsValue::NULL);
        }
        drop(owed);
        if !line.proven {
            (self.0.tell)(Answer::Missing);
            return;
        }
        self.connect();
        (self.0.tell)(Answer::Stopped);
        self.lint_next();
        // The closures of the old worker may be running: they go when they are done.
        gloo_timers::callback::Timeout::new(0, move || drop(line)).forget();
    }
}

fn position(questions: &[(u32, Function)], number: Option<f64>) -> Option<usize> {
    let asked = |&(question, _): &(u32, Function)| Some(f64::from(question)) == number;
    questions.iter().position(asked)
}
