//! The worker that looks at files and verifies, as the page sees it. It cannot be told to stop: who wants
//! something else meanwhile throws it away and makes a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File, MessageEvent, Worker};

use super::settings::{Settings, set};

/// What the worker says.
pub(crate) enum Said {
    /// How many bytes of the image it has read.
    Read(u32, f64),
    /// The answer to a question, as JSON.
    Answer(u32, JsString),
    /// Why there is none.
    Refused(u32, String),
    /// It broke on a question, and is of no use any more.
    Broke(u32),
    /// It said nothing for too long on a question.
    Stuck(u32),
    /// It ended. Whether it has ever said anything: if not, it could not be loaded.
    Ended(bool),
}

/// How long it may say nothing while it has something to do, in milliseconds. It tells several times a second how far it
/// is; a disk that has to spin up takes a while.
const SILENCE: u32 = 30_000;

/// What is verified.
pub(crate) struct Request<'a> {
    pub(crate) image: &'a File,
    pub(crate) signature: &'a File,
    pub(crate) keys: Vec<&'a File>,
    pub(crate) settings: &'a Settings,
}

/// The worker; it ends with this.
pub(crate) struct Verifier {
    worker: Worker,
    tell: Rc<dyn Fn(Said)>,
    /// Questions without an answer, the oldest first.
    open: Rc<RefCell<Vec<u32>>>,
    silence: Rc<RefCell<Option<Timeout>>>,
    answer: Rc<Closure<dyn Fn(MessageEvent)>>,
    error: Rc<Closure<dyn Fn(Event)>>,
}

impl Verifier {
    pub(crate) fn new(worker: Worker, tell: impl Fn(Said) + 'static) -> Self {
        let tell: Rc<dyn Fn(Said)> = Rc::new(tell);
        let proven = Rc::new(Cell::new(false));
        let open = Rc::new(RefCell::new(Vec::new()));
        let silence = Rc::new(RefCell::new(None));
        let answer = {
            let (tell, proven, open, silence) = (tell.clone(), proven.clone(), open.clone(), silence.clone());
            Closure::new(move |event: MessageEvent| {
                proven.set(true);
                let said = said(&event);
                if let Some(Said::Answer(number, _) | Said::Refused(number, _)) = said {
                    open.borrow_mut().retain(|other| *other != number);
                }
                listen(&silence, &open, &tell);
                if let Some(said) = said {
                    tell(said);
                }
            })
        };
        let error = {
            let tell = Rc::clone(&tell);
            Closure::new(move |_: Event| tell(Said::Ended(proven.get())))
        };
        worker.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        Self { worker, tell, open, silence, answer: Rc::new(answer), error: Rc::new(error) }
    }

    /// Asks what a file is.
    pub(crate) fn sort(&self, number: u32, file: &File) {
        self.post(number, &Array::of3(&number.into(), &"sort".into(), file));
    }

    pub(crate) fn verify(&self, number: u32, request: &Request<'_>) {
        let message = Object::new();
        set(&message, "image", request.image);
        set(&message, "signature", request.signature);
        set(&message, "keys", &request.keys.iter().copied().collect::<Array>());
        set(&message, "name", &request.image.name().into());
        set(&message, "options", &request.settings.options());
        self.post(number, &Array::of3(&number.into(), &"verify".into(), &message));
    }

    /// Files and texts can always be posted.
    fn post(&self, number: u32, message: &JsValue) {
        self.open.borrow_mut().push(number);
        listen(&self.silence, &self.open, &self.tell);
        let _ = self.worker.post_message(message);
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        self.worker.terminate();
        self.silence.borrow_mut().take();
        // They may be running: they go when they are done.
        let closures = (Rc::clone(&self.answer), Rc::clone(&self.error));
        Timeout::new(0, move || drop(closures)).forget();
    }
}

/// Waits anew for the next word, if one is owed.
fn listen(silence: &Rc<RefCell<Option<Timeout>>>, open: &Rc<RefCell<Vec<u32>>>, tell: &Rc<dyn Fn(Said)>) {
    let first = open.borrow().first().copied();
    *silence.borrow_mut() = first.map(|number| {
        let (tell, silence) = (Rc::clone(tell), Rc::clone(silence));
        Timeout::new(SILENCE, move || {
            silence.borrow_mut().take();
            tell(Said::Stuck(number));
        })
    });
}

/// None when it is just loaded.
fn said(event: &MessageEvent) -> Option<Said> {
    let message = Array::from(&event.data());
    let number = message.get(0).as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the page has counted in u32"
    )]
    let number = number as u32;
    if message.get(3).is_truthy() {
        return Some(Said::Broke(number));
    }
    if let Some(reason) = message.get(2).as_string() {
        return Some(Said::Refused(number, reason));
    }
    Some(match message.get(1).as_f64() {
        Some(read) => Said::Read(number, read),
        None => Said::Answer(number, message.get(1).dyn_into().unwrap_or_else(|_| JsString::from(""))),
    })
}
