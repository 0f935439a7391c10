//! What JavaScript hands to the page, and the start.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Worker};

use crate::app::{App, AppProps};

/// The things that only JavaScript can name: the files beside the page, whose names hold a hash.
#[derive(Clone, PartialEq)]
pub(crate) struct Host {
    spawn_linter: Function,
    load_editor: Function,
}

impl Host {
    /// Starts a linter.
    pub(crate) fn spawn_linter(&self) -> Result<Worker, JsValue> {
        self.spawn_linter.call0(&JsValue::NULL)?.dyn_into()
    }

    /// Loads the module of the rich editor.
    pub(crate) fn load_editor(&self) -> Result<Promise, JsValue> {
        self.load_editor.call0(&JsValue::NULL)?.dyn_into()
    }
}

/// Draws the page into `root`. `spawn_linter` returns a new worker; `load_editor` returns a
/// promise of the editor's module.
#[wasm_bindgen]
pub fn start(root: Element, spawn_linter: Function, load_editor: Function) {
    let host = Host { spawn_linter, load_editor };
    yew::Renderer::<App>::with_root_and_props(root, AppProps { host }).render();
}
