//! The worker that looks at files and verifies, as the page sees it. It cannot be told to stop: who wants
//! something else meanwhile throws it away and makes a new one.

use std::cell::Cell;
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
    /// It is of no use any more. Whether it has ever said anything: if not, it could not be loaded.
    Broken(bool),
}

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
    answer: Rc<Closure<dyn Fn(MessageEvent)>>,
    error: Rc<Closure<dyn Fn(Event)>>,
}

impl Verifier {
    pub(crate) fn new(worker: Worker, tell: impl Fn(Said) + 'static) -> Self {
        let tell = Rc::new(tell);
        let proven = Rc::new(Cell::new(false));
        let (listener, heard) = (Rc::clone(&tell), Rc::clone(&proven));
        let answer = Closure::new(move |event: MessageEvent| {
            heard.set(true);
            listener(said(&event));
        });
        let error = Closure::new(move |_: Event| tell(Said::Broken(proven.get())));
        worker.set_onmessage(Some(answer.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        Self { worker, answer: Rc::new(answer), error: Rc::new(error) }
    }

    /// Asks what a file is.
    pub(crate) fn sort(&self, number: u32, file: &File) {
        self.post(&Array::of3(&number.into(), &"sort".into(), file));
    }

    pub(crate) fn verify(&self, number: u32, request: &Request<'_>) {
        let message = Object::new();
        set(&message, "image", request.image);
        set(&message, "signature", request.signature);
        set(&message, "keys", &request.keys.iter().copied().collect::<Array>());
        set(&message, "name", &request.image.name().into());
        set(&message, "options", &request.settings.options());
        self.post(&Array::of3(&number.into(), &"verify".into(), &message));
    }

    /// Files and texts can always be posted.
    fn post(&self, message: &JsValue) {
        let _ = self.worker.post_message(message);
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        self.worker.terminate();
        // They may be running: they go when they are done.
        let closures = (Rc::clone(&self.answer), Rc::clone(&self.error));
        Timeout::new(0, move || drop(closures)).forget();
    }
}

fn said(event: &MessageEvent) -> Said {
    let message = Array::from(&event.data());
    let number = message.get(0).as_f64().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the page has counted in u32"
    )]
    let number = number as u32;
    if let Some(reason) = message.get(2).as_string() {
        return Said::Refused(number, reason);
    }
    match message.get(1).as_f64() {
        Some(read) => Said::Read(number, read),
        None => Said::Answer(number, message.get(1).dyn_into().unwrap_or_else(|_| JsString::from(""))),
    }
}
