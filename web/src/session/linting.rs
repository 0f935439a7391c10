//! The questions to the linter about the newest text, and what comes of its answers.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::JsString;
use wasm_bindgen::JsValue;

use super::Session;
use crate::client::{Call, Client, News, Stop};
use crate::notice::Work;
use crate::report::{self, Report};
use crate::state::{Action, Config, Cursor, Trouble};

/// How long the lint waits for a preview that does not come.
const LINT_WAITS_MS: u32 = 60;

/// An answer of the linter, and the report in it.
pub(super) struct LastAnswer {
    json: JsString,
    report: Rc<Report>,
}

impl Session {
    /// What is looked at comes first: two workers at once would only slow each other down. The lint
    /// waits for the preview, but not for long.
    pub(super) fn lint_and_preview(&self) {
        self.preview();
        if !self.is_previewing() {
            self.lint();
            return;
        }
        self.lint_in(LINT_WAITS_MS);
    }

    pub(super) fn lint_in(&self, milliseconds: u32) {
        let session = self.clone();
        let wait = Timeout::new(milliseconds, move || {
            session.0.lint_waits.borrow_mut().take();
            session.lint();
        });
        *self.0.lint_waits.borrow_mut() = Some(wait);
    }

    /// The cursor is elsewhere. What follows from that is drawn together with what follows from the answer, if one is to come
    /// at once: drawing twice would keep the answer waiting.
    pub(crate) fn moved(&self, config: Config, cursor: Cursor) {
        let is_answer_near =
            || self.0.lint_waits.borrow().is_some() || self.client(Client::is_behind) == Some(true);
        let waits = self.0.has_typed.take() && is_answer_near();
        self.0.cursor_waits.set(Some((config, cursor)));
        if !waits {
            self.show_cursor();
        }
    }

    pub(super) fn show_cursor(&self) {
        if let Some((config, cursor)) = self.0.cursor_waits.take() {
            self.0.dispatch.dispatch(Action::Cursor(config, cursor));
        }
    }

    pub(super) fn lint(&self) {
        let of_boot = self.known_problems_of_boot();
        let (operation, text) = match of_boot {
            Some(_) => self.question_about_text("lint_after_boot", "lint_file_after_boot"),
            None => self.question_about_text("lint", "lint_file"),
        };
        let platform = self.settings().platform().as_deref().map(JsValue::from).unwrap_or_default();
        let instance_data = || self.instance_data().as_deref().map(JsValue::from).unwrap_or_default();
        let last = of_boot.unwrap_or_else(instance_data);
        let call = Call { operation, arguments: vec![text, self.target(), platform, last] };
        let job = std::iter::once(call).chain(self.lint_beside()).collect();
        self.client(|client| client.run(job));
    }

    /// Starts the linter again after it was stopped for good.
    pub(crate) fn restart_linter(&self) {
        self.0.dispatch.dispatch(Action::CloseTrouble);
        self.client(Client::restart);
        self.lint();
        self.keep_from_now_on();
    }

    pub(super) fn answered(&self, news: News) {
        self.show_cursor();
        match news {
            News::Answers(answers) => {
                for (json, config) in answers.into_iter().zip([Config::User, Config::Beside]) {
                    self.reported(config, &json);
                }
            }
            // Modules of other programs are asked before an answer comes this far.
            News::Elsewhere => {}
            News::Renewed => self.lint(),
            News::Late => self.0.dispatch.dispatch(Action::Late),
            News::GivenUp => self.0.dispatch.dispatch(Action::GivenUp(Work::Check)),
            News::Stopped(stop) => self.stopped(stop),
        }
    }

    /// Nothing is known about the newest text, and what was known about an older one is taken back.
    fn stopped(&self, stop: Stop) {
        self.0.last.take();
        self.show_in_editor(Config::User, None);
        self.show_in_editor(Config::Beside, None);
        self.trouble(Trouble::Linter(stop));
    }

    fn read_report(&self, config: Config, json: &JsString) -> Option<Rc<Report>> {
        let mut report = report::report(json)?;
        if config == Config::User {
            self.keep_parts(&mut report);
        }
        let report = Rc::new(report);
        if config == Config::User {
            *self.0.last.borrow_mut() = Some(LastAnswer { json: json.clone(), report: Rc::clone(&report) });
        }
        Some(report)
    }

    /// The last report on the user's text, if this answer says the same again, and there is nothing in it that has a place.
    fn same_again(&self, json: &JsString) -> Option<Rc<Report>> {
        let last = self.0.last.borrow();
        let LastAnswer { report, .. } = last.as_ref().filter(|last| last.json == *json)?;
        (report.places.is_empty() && report.parts.is_empty()).then(|| Rc::clone(report))
    }

    fn reported(&self, config: Config, json: &JsString) {
        let known = if config == Config::User { self.same_again(json) } else { None };
        let is_known = known.is_some();
        let Some(report) = known.or_else(|| self.read_report(config, json)) else {
            self.stopped(Stop::Broken);
            return;
        };
        let is_news = config == Config::User && self.note_program(&report.target);
        if !is_known {
            self.show_in_editor(config, Some(&report));
        }
        self.0.dispatch.dispatch(Action::Report(config, report));
        if is_news {
            self.lint_and_preview();
        } else if config == Config::User {
            self.look_into_boot_soon();
        }
    }
}
