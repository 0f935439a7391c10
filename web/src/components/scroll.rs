//! Scrolling within the view on the right.

use web_sys::Element;

/// What is left free beside it.
const AIR: f64 = 6.0;

/// Scrolls the view, and nothing but the view, so that a part of it can be seen.
pub(crate) fn into_view(item: &Element) {
    let Ok(Some(view)) = item.closest(".pane-body") else {
        return;
    };
    // The verdict and the tabs within the view stay at its top.
    let bar = view.query_selector(".boot-bar").ok().flatten();
    let covered = bar.map_or(0.0, |bar| bar.get_bounding_client_rect().height());
    let (outer, inner) = (view.get_bounding_client_rect(), item.get_bounding_client_rect());
    let above = outer.top() + covered + AIR - inner.top();
    let below = inner.bottom() + AIR - outer.bottom();
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
    view.set_scroll_top(view.scroll_top() + by.round() as i32);
}

/// Whether the focus is in the editor of the user's text.
pub(crate) fn is_editing() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let focused = document.and_then(|document| document.active_element());
    focused.and_then(|focused| focused.closest("#editor").ok().flatten()).is_some()
}
