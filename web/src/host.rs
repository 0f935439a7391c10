//! What JavaScript hands to the page, and the start.

use js_sys::{Function, JsString, Promise};
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Worker;

use crate::answer::Answer;
use crate::app::{App, AppProps};
use crate::drawing::Drawing;
use crate::frame::Frame;
use crate::report::{self, Report};
use crate::words::Language;

#[wasm_bindgen]
extern "C" {
    /// What only JavaScript knows: the files beside the page, whose names hold a hash, and what it
    /// has done before there was an app. `web/js/boot.js` makes it.
    #[derive(Clone, PartialEq)]
    pub type Host;

    /// A linter: at first the one that is at work, then new ones.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn linter(this: &Host) -> Result<Worker, JsValue>;

    /// A new worker that previews boots.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn previewer(this: &Host) -> Result<Worker, JsValue>;

    /// A new worker that verifies images.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn verifier(this: &Host) -> Result<Worker, JsValue>;

    /// Whether the linter that is at work has its module.
    #[wasm_bindgen(method, getter = isLoaded)]
    pub(crate) fn is_loaded(this: &Host) -> bool;

    /// Keeps the texts over a reload.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn draft(this: &Host) -> Draft;

    /// What it had kept, as `{texts, choices}`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn restored(this: &Host) -> JsValue;

    /// Sets what opens dropped files: a function of the files and whether they fell on the editor.
    #[wasm_bindgen(method, setter = onDrop)]
    pub(crate) fn set_on_drop(this: &Host, opener: &Function);

    /// The module that lays out graphs.
    #[wasm_bindgen(method)]
    pub(crate) fn layout(this: &Host) -> Promise;

    /// The module of the rich editor.
    #[wasm_bindgen(method)]
    pub(crate) fn editor(this: &Host) -> Promise;

    /// An object with the documentation of each rule.
    #[wasm_bindgen(method)]
    pub(crate) fn docs(this: &Host) -> Promise;

    /// The answer of the linter that is shown; `undefined` before the first.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn answer(this: &Host) -> JsValue;

    /// What draws answers.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn drawing(this: &Host) -> Drawing;

    /// The language of the interface.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn language(this: &Host) -> Language;

    /// Sets what hears of another language.
    #[wasm_bindgen(method, setter = onLanguage)]
    pub(crate) fn set_on_language(this: &Host, changed: &Function);

    /// Whether that answer is not about the newest text.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn behind(this: &Host) -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// `web/js/draft.js`.
    #[derive(Clone)]
    pub(crate) type Draft;

    /// Notes a text by its name; none when there is no own one any more.
    #[wasm_bindgen(method)]
    pub(crate) fn put(this: &Draft, name: &str, text: Option<&JsString>);

    /// Notes a choice of the header.
    #[wasm_bindgen(method)]
    pub(crate) fn choose(this: &Draft, name: &str, value: Option<&str>);

    /// Notes that a text can be had again, from an example or a file.
    #[wasm_bindgen(method)]
    pub(crate) fn known(this: &Draft, text: &JsString);

    /// Sets the function that promises whether a text holds a secret.
    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_judge(this: &Draft, judge: &Function);
}

impl Host {
    /// The report that is shown, if there is one.
    pub(crate) fn report(&self) -> Option<Report> {
        report::read(&Answer::of(self.answer()))
    }
}

/// Takes the page over.
///
/// # Errors
/// When the document lacks a part of the frame.
#[wasm_bindgen]
pub fn start(host: Host) -> Result<(), JsValue> {
    host.language().speak();
    let frame = Frame::find()?;
    let reading = frame.reading();
    let findings = frame.findings.clone();
    yew::Renderer::<App>::with_root_and_props(findings, AppProps { host, frame: frame.clone() }).render();
    // Comes after the first rendering, which waits in the same queue.
    spawn_local(async move { frame.resume(&reading) });
    Ok(())
}

/// A function for JavaScript that lives as long as the page.
pub(crate) fn forever<T: FromWasmAbi + 'static>(call: impl Fn(T) + 'static) -> Function {
    Closure::<dyn Fn(T)>::new(call).into_js_value().unchecked_into()
}
