//! What is kept over a reload: `web/js/draft.js` does it, and asks here whether a text holds a secret.

use js_sys::{Array, JsString, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::Session;
use crate::boot::settings::{Inputs, Settings};
use crate::client::{Call, Client};
use crate::host::Host;

/// The name of the text in the editor in a draft.
const USER_DATA: &str = "user-data";

/// What the user had given the platforms before a reload.
pub(crate) fn restored(host: &Host) -> Settings {
    let texts = Reflect::get(&host.restored(), &"texts".into()).unwrap_or_default();
    let Some(texts) = texts.dyn_ref::<Object>() else { return Settings::default() };
    let entries = Object::entries(texts).iter().map(|entry| Array::from(&entry)).collect::<Vec<_>>();
    let named =
        entries.into_iter().filter_map(|entry| Some((entry.get(0).as_string()?, entry.get(1).as_string()?)));
    named.fold(Settings::default(), |settings, (name, text)| settings.with_kept(&name, &text))
}

impl Session {
    /// Keeps the texts that are there, and has the linter judge them.
    pub(super) fn keep_from_now_on(&self) {
        let session = self.clone();
        let judge =
            Closure::<dyn Fn(JsString, JsString) -> Promise>::new(move |text: JsString, target: JsString| {
                let call = Call { operation: "holds_secret", arguments: vec![text.into(), target.into()] };
                let nobody = || Promise::resolve(&JsValue::UNDEFINED);
                let ask = |client: &Client| if client.has_failed() { nobody() } else { client.ask(&call) };
                session.client(ask).unwrap_or_else(nobody)
            });
        let draft = self.0.host.draft();
        draft.set_judge(judge.into_js_value().unchecked_ref());
        draft.put(USER_DATA, Some(&self.0.text.borrow()));
    }

    pub(super) fn keep_user_data(&self, text: &JsString) {
        self.0.host.draft().put(USER_DATA, Some(text));
    }

    /// Keeps the texts of a platform.
    pub(super) fn keep_inputs(&self, platform: &str, inputs: &Inputs) {
        for (name, text) in inputs.named() {
            let text = text.map(|text| JsString::from(&**text));
            self.0.host.draft().put(&format!("{platform}/{name}"), text.as_ref());
        }
    }

    pub(super) fn keep_choice(&self, name: &str, value: Option<&str>) {
        self.0.host.draft().choose(name, value);
    }
}
