//! What is kept over a reload: `web/js/draft.js` does it, and asks here whether a text holds a secret.

use std::rc::Rc;

use js_sys::{Array, JsString, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::Session;
use crate::boot::settings::{Inputs, Place, Settings};
use crate::client::{Call, Client};
use crate::host::Host;
use crate::slot::OfPlatform;

/// The name of the text in the editor in a draft.
const USER_DATA: &str = "user-data";

/// The name of the instance data in a draft.
const INSTANCE_DATA: &str = "instance-data";

/// What the user had given the platforms before a reload.
pub(crate) fn restored(host: &Host) -> Settings {
    let texts = texts(host);
    texts.iter().fold(Settings::default(), |settings, (name, text)| settings.with_kept(name, text))
}

/// The instance data that the user had before a reload.
pub(crate) fn restored_instance_data(host: &Host) -> Option<Rc<str>> {
    texts(host).into_iter().find(|(name, _)| name == INSTANCE_DATA).map(|(_, text)| text.into())
}

/// The texts that were kept, each with its name.
fn texts(host: &Host) -> Vec<(String, String)> {
    let texts = Reflect::get(&host.restored(), &"texts".into()).unwrap_or_default();
    let Some(texts) = texts.dyn_ref::<Object>() else { return Vec::new() };
    let entries = Object::entries(texts).iter().map(|entry| Array::from(&entry)).collect::<Vec<_>>();
    let named = |entry: Array| Some((entry.get(0).as_string()?, entry.get(1).as_string()?));
    entries.into_iter().filter_map(named).collect()
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
    pub(super) fn keep_inputs(&self, place: &Place, inputs: &Inputs) {
        for slot in OfPlatform::ALL {
            self.keep(&place.draft_name(slot), inputs.get(slot).map(|text| &**text));
        }
    }

    pub(super) fn keep_instance_data(&self, text: Option<&str>) {
        self.keep(INSTANCE_DATA, text);
    }

    fn keep(&self, name: &str, text: Option<&str>) {
        self.0.host.draft().put(name, text.map(JsString::from).as_ref());
    }

    pub(super) fn keep_choice(&self, name: &str, value: Option<&str>) {
        self.0.host.draft().choose(name, value);
    }
}
