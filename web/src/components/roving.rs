//! Arrow keys between the parts of a list, of which only one takes part in the tab order.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The keys that go back and forth.
#[derive(Clone, Copy)]
pub(crate) enum Axis {
    Horizontal,
    Vertical,
}

impl Axis {
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Horizontal => ("ArrowLeft", "ArrowRight"),
            Self::Vertical => ("ArrowUp", "ArrowDown"),
        }
    }
}

/// Moves the focus among the elements that match a selector, in the list around the one that has it;
/// gives the element that has it now. Home and End go to the first and the last one. What is not to be seen is
/// passed over. With `around`, the first one comes after the last.
pub(crate) fn go(
    event: &KeyboardEvent,
    list: &str,
    selector: &str,
    axis: Axis,
    around: bool,
) -> Option<HtmlElement> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let focused: Element = event.target_unchecked_into();
    let list = focused.closest(list).ok().flatten()?;
    let found = list.query_selector_all(selector).ok()?;
    let elements: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .filter(|element: &HtmlElement| element.offset_parent().is_some())
        .collect();
    let at = elements.iter().position(|element| element.contains(Some(&focused)))?;
    let last = elements.len() - 1;
    let (back, forth) = axis.keys();
    let to = match event.key().as_str() {
        key if key == back => at.checked_sub(1).or(around.then_some(last))?,
        key if key == forth => Some(at + 1).filter(|&to| to <= last).or(around.then_some(0))?,
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    event.prevent_default();
    let element = elements.into_iter().nth(to)?;
    // Nobody listens for a focus that fails.
    let _ = element.focus();
    Some(element)
}
