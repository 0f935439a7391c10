//! What goes wrong with units during a boot, among the problems of the text: the module that previews boots finds it out, and
//! the linter, which knows nothing of boots, is asked once more with it.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Session;
use crate::client::Call;
use crate::state::Choice;

/// Following a boot takes longer than all else: it waits until typing pauses.
const PAUSE_MS: u32 = 500;

/// Without one of these, no unit waits for another one, and there is nothing to find out.
const ORDERS: [&str; 2] = ["After=", "Before="];

/// What is known of a text.
pub(super) struct Booted {
    about: About,
    /// The problems, as the linter takes them.
    problems: JsString,
}

/// What it depends on.
#[derive(Clone, PartialEq)]
struct About {
    text: JsString,
    target: Choice,
    platform: Option<Rc<str>>,
}

impl Session {
    fn about_now(&self) -> About {
        About {
            text: self.0.text.borrow().clone(),
            target: self.0.target.borrow().clone(),
            platform: self.settings().platform(),
        }
    }

    /// What goes wrong during a boot with the newest text, if that is known.
    pub(super) fn known_problems_of_boot(&self) -> Option<JsValue> {
        let booted = self.0.booted.borrow();
        let booted = booted.as_ref().filter(|booted| booted.about == self.about_now())?;
        Some(booted.problems.clone().into())
    }

    /// Finds out what goes wrong during a boot with the newest text, when typing pauses, if there can be something.
    pub(super) fn look_into_boot_soon(&self) {
        let has_orders = || ORDERS.iter().any(|order| self.0.text.borrow().includes(order, 0));
        if !self.has_units() || self.known_problems_of_boot().is_some() || !has_orders() {
            *self.0.boot_waits.borrow_mut() = None;
            return;
        }
        let session = self.clone();
        let wait = Timeout::new(PAUSE_MS, move || session.look_into_boot());
        *self.0.boot_waits.borrow_mut() = Some(wait);
    }

    fn look_into_boot(&self) {
        let about = self.about_now();
        let platform = about.platform.as_deref().map(JsValue::from).unwrap_or_default();
        let arguments = vec![about.text.clone().into(), self.used_target(), platform];
        let answer = self.previewer().ask(&Call { operation: "boot_problems", arguments });
        let session = self.clone();
        spawn_local(async move {
            let problems =
                JsFuture::from(answer).await.ok().and_then(|json| json.dyn_into::<JsString>().ok());
            if let Some(problems) = problems.filter(|_| about == session.about_now()) {
                let is_news = problems != *"[]";
                *session.0.booted.borrow_mut() = Some(Booted { about, problems });
                if is_news {
                    session.lint();
                }
            }
        });
    }
}
