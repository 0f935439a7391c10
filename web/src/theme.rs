//! Dark or light. `web/js/theme.js` applies the stored choice before the first paint.

use web_sys::{HtmlElement, Window};

use wasm_bindgen::JsCast;

const KEY: &str = "theme";

/// What the user chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that a click on the switch chooses.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    /// The choice of an earlier visit. The storage may be forbidden; then it is as if empty.
    pub(crate) fn stored() -> Self {
        let name = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        match name.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// Applies and keeps the choice.
    pub(crate) fn choose(self) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, self.name());
        }
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element())
            .and_then(|root| root.dyn_into::<HtmlElement>().ok());
        if let Some(root) = root {
            let _ = root.dataset().set("theme", self.name());
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    let local = |window: Window| window.local_storage().ok().flatten();
    web_sys::window().and_then(local)
}
