//! The language of the interface, which the user may change at any time.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::Session;
use crate::state::Action;

impl Session {
    /// From now on, the app speaks the language of the page.
    pub(super) fn follow_language(&self) {
        let session = self.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            let language = session.0.host.language();
            language.speak();
            session.relabel();
            session.0.dispatch.dispatch(Action::Language(language.name().into()));
        });
        self.0.host.set_on_language(changed.into_js_value().unchecked_ref());
    }

    /// Editors stay as they are, with the text and what can be undone.
    fn relabel(&self) {
        self.0.editor.borrow().relabel(&t!("User-data"));
        self.relabel_beside();
    }
}
