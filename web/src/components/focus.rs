//! Where the focus goes before what has it goes away.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The tab of the view that is shown.
pub(crate) const VIEW_TAB: &str = ".view [role=tab][aria-selected=true]";

/// Moves it to the first element that matches.
pub(crate) fn on(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    take(document.and_then(|document| document.query_selector(selector).ok().flatten()));
}

/// Moves it from an item of a list, which is about to go, to the same button of a neighbour; if there is none, to the
/// first element that matches `otherwise`.
pub(crate) fn leave(event: &MouseEvent, button: &str, otherwise: &str) {
    match neighbour(&event.target_unchecked_into(), button) {
        Some(neighbour) => take(Some(neighbour)),
        None => on(otherwise),
    }
}

/// The button behind the one that was clicked in a list, or else the one before.
fn neighbour(clicked: &Element, button: &str) -> Option<Element> {
    let found = clicked.closest("ul, ol").ok().flatten()?.query_selector_all(button).ok()?;
    let buttons: Vec<Element> = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let at = buttons.iter().position(|button| button.contains(Some(clicked)))?;
    buttons.get(at + 1).or_else(|| buttons.get(at.checked_sub(1)?)).cloned()
}

fn take(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Nobody listens for a focus that fails.
        let _ = element.focus();
    }
}
