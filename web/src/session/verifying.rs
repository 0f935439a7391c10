//! The verification of an image: which files there are, and what is done with them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Date, JsString};
use wasm_bindgen::JsValue;
use web_sys::File;
use yew::AttrValue;

use super::Session;
use crate::image::file::{self, Given, Kind, Sorted, of_kind};
use crate::image::report::Report;
use crate::image::settings::Settings;
use crate::image::state::{ImageAction, Progress, Verification};
use crate::image::verifier::{Request, Said, Verifier};
use crate::state::Action;
use crate::words::t;

/// Why there is no answer about all files, or about a single one.
struct Silence {
    these: &'static str,
    this: &'static str,
}

const BROKEN: Silence = Silence {
    these: text!("The verification crashed on these files: this is a bug in dryboot"),
    this: text!("The verification crashed on this file: this is a bug in dryboot"),
};

const MISSING: &str = text!("The verification could not be loaded: check that you are online, and try again");

const STUCK: Silence = Silence {
    these: text!("The verification got stuck on these files: it did not respond for 30 seconds"),
    this: text!("The verification got stuck on this file: it did not respond for 30 seconds"),
};

/// What the session keeps for it.
#[derive(Default)]
pub(super) struct Verifying {
    /// None until there is a file for the first time: it is not loaded before.
    verifier: RefCell<Option<Verifier>>,
    files: RefCell<Vec<Given>>,
    settings: RefCell<Rc<Settings>>,
    /// The last number of a question.
    last: Cell<u32>,
    run: Cell<Option<Run>>,
}

/// A verification at work.
#[derive(Clone, Copy)]
struct Run {
    number: u32,
    /// Size of the image in bytes.
    total: f64,
    /// When it began, in milliseconds.
    began: f64,
}

impl Run {
    fn progress(self, read: f64) -> Progress {
        Progress { read, total: self.total, seconds: (Date::now() - self.began) / 1000.0 }
    }
}

impl Session {
    /// Takes files of any kind, and looks what they are.
    pub(crate) fn add_files(&self, files: impl IntoIterator<Item = File>) {
        self.stop();
        for file in files {
            let number = self.next_number();
            self.0.verifying.files.borrow_mut().push(Given { number, file, sorted: None });
        }
        self.sort();
        self.tell_files();
        self.verify();
    }

    /// Takes a key that was pasted.
    pub(crate) fn add_key(&self, text: &str) {
        let parts = Array::of1(&JsValue::from(text));
        if let Ok(file) = File::new_with_str_sequence(&parts, &t!("pasted key")) {
            self.add_files([file]);
        }
    }

    pub(crate) fn remove_file(&self, number: u32) {
        self.stop();
        self.0.verifying.files.borrow_mut().retain(|given| given.number != number);
        self.tell_files();
        self.verify();
    }

    /// Changes how to verify, and verifies anew.
    pub(crate) fn change_verification(&self, change: impl FnOnce(&mut Settings)) {
        self.note_verification(change);
        self.stop();
        self.verify();
    }

    /// Notes how to verify while somebody still writes it.
    pub(crate) fn note_verification(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = (**self.0.verifying.settings.borrow()).clone();
        change(&mut settings);
        let settings = Rc::new(settings);
        *self.0.verifying.settings.borrow_mut() = Rc::clone(&settings);
        self.image_action(ImageAction::Settings(settings));
    }

    pub(crate) fn cancel_verification(&self) {
        self.stop();
        self.tell(Verification::Cancelled);
    }

    /// Verifies, once all files are there.
    pub(crate) fn verify(&self) {
        let state = &self.0.verifying;
        let files = state.files.borrow();
        let keys: Vec<&File> = files
            .iter()
            .filter(|given| given.kind() == Some(Kind::Keyring))
            .map(|given| &given.file)
            .collect();
        let is_sorting = files.iter().any(|given| given.sorted.is_none());
        let parts = file::verified(&files).zip(of_kind(&files, Kind::Signature));
        let Some((image, signature)) = parts.filter(|_| !is_sorting && !keys.is_empty()) else {
            self.tell(Verification::Waiting);
            return;
        };
        let (image, signature) = (&image.file, &signature.file);
        let settings = state.settings.borrow().clone();
        let run = Run { number: self.next_number(), total: image.size(), began: Date::now() };
        state.run.set(Some(run));
        let request = Request { image, signature, keys, settings: &settings };
        self.tell(Verification::Reading(run.progress(0.0)));
        self.ask(|verifier| verifier.verify(run.number, &request));
    }

    /// Begins again after a failure.
    pub(crate) fn retry_verification(&self) {
        self.sort();
        self.verify();
    }

    /// Gives up what is being verified, and with it the worker.
    fn stop(&self) {
        if self.0.verifying.run.take().is_some() {
            self.0.verifying.verifier.take();
        }
    }

    /// Asks what the files are that nobody has looked at.
    fn sort(&self) {
        let files = self.0.verifying.files.borrow();
        for given in files.iter().filter(|given| given.sorted.is_none()) {
            self.ask(|verifier| verifier.sort(given.number, &given.file));
        }
    }

    /// Uses the worker, which is loaded when it is needed first.
    fn ask(&self, ask: impl FnOnce(&Verifier)) {
        let mut verifier = self.0.verifying.verifier.borrow_mut();
        if verifier.is_none() {
            let session = self.clone();
            let worker = self.0.host.verifier().ok();
            *verifier = worker.map(|worker| Verifier::new(worker, move |said| session.heard(said)));
        }
        if let Some(verifier) = &*verifier {
            ask(verifier);
            return;
        }
        drop(verifier);
        self.failed(t(MISSING));
    }

    fn heard(&self, said: Said) {
        let run = self.0.verifying.run.get();
        let is_run = |number: u32| run.filter(|run| run.number == number);
        match said {
            Said::Read(number, read) => {
                if let Some(run) = is_run(number) {
                    self.tell(Verification::Reading(run.progress(read)));
                }
            }
            Said::Answer(number, json) => match is_run(number) {
                Some(run) => self.verified(run, &json),
                None => self.sorted(number, Sorted::read(&json)),
            },
            Said::Refused(number, reason) => match is_run(number) {
                Some(_) => self.failed(reason.into()),
                None => self.sorted(number, Some(Sorted::refused(reason))),
            },
            Said::Broke(number) => self.gave_no_answer(number, &BROKEN),
            Said::Stuck(number) => self.gave_no_answer(number, &STUCK),
            Said::Ended(true) => self.failed(t(BROKEN.these)),
            Said::Ended(false) => self.failed(t(MISSING)),
        }
    }

    /// A worker without an answer is of no use any more. A file that it could not say anything about is left
    /// out, and another worker looks at the others.
    fn gave_no_answer(&self, number: u32, why: &Silence) {
        let run = self.0.verifying.run.get();
        if run.is_some_and(|run| run.number == number) {
            self.failed(t(why.these));
            return;
        }
        self.0.verifying.verifier.take();
        self.0.verifying.run.set(None);
        self.sorted(number, Some(Sorted::refused(t(why.this).to_string())));
        self.sort();
    }

    fn verified(&self, run: Run, json: &JsString) {
        self.0.verifying.run.set(None);
        self.tell(match Report::read(json) {
            Some(report) => Verification::Done(Rc::new(report), run.progress(run.total)),
            None => {
                Verification::Failed(t!("The verification returned no verdict; this is a bug in dryboot"))
            }
        });
    }

    /// A module that has thrown may be broken for good.
    fn failed(&self, reason: AttrValue) {
        self.0.verifying.verifier.take();
        self.0.verifying.run.set(None);
        self.tell(Verification::Failed(reason));
    }

    /// Notes what a file is. There is one image at a time, and so on: the newest stays. Answers that nobody waits for
    /// are passed over: a file may have been asked about twice, or a verification given up.
    fn sorted(&self, number: u32, sorted: Option<Sorted>) {
        let sorted = sorted.unwrap_or_else(|| {
            let why = t!("The type of the file could not be determined; this is a bug in dryboot");
            Sorted::refused(why.to_string())
        });
        let kind = sorted.kind;
        let mut files = self.0.verifying.files.borrow_mut();
        if !files.iter().any(|given| given.number == number && given.sorted.is_none()) {
            return;
        }
        let is_single = matches!(kind, Kind::Image | Kind::Signature | Kind::Version);
        files.retain(|given| given.number >= number || !is_single || given.kind() != Some(kind));
        if let Some(given) = files.iter_mut().find(|given| given.number == number) {
            given.sorted = Some(sorted);
        }
        drop(files);
        self.tell_files();
        self.verify();
    }

    fn next_number(&self) -> u32 {
        let number = self.0.verifying.last.get().wrapping_add(1);
        self.0.verifying.last.set(number);
        number
    }

    fn tell_files(&self) {
        let files = Rc::new(self.0.verifying.files.borrow().clone());
        self.image_action(ImageAction::Files(files));
    }

    fn tell(&self, verification: Verification) {
        self.image_action(ImageAction::Verification(verification));
    }

    fn image_action(&self, action: ImageAction) {
        self.0.dispatch.dispatch(Action::Image(action));
    }
}
