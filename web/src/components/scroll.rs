//! Scrolling, within the view on the right above all.

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

/// Scrolls a row sideways, so that one of its items can be seen.
pub(crate) fn along(row: &Element, item: &Element) {
    let (outer, inner) = (row.get_bounding_client_rect(), item.get_bounding_client_rect());
    let before = outer.left() + AIR - inner.left();
    let behind = inner.right() + AIR - outer.right();
    let by = if before > 0.0 { -before } else { behind.max(0.0) };
    #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
    row.set_scroll_left(row.scroll_left() + by.round() as i32);
}

/// What has the focus within a panel, and how far down it is on the screen.
pub(crate) struct Held {
    element: Element,
    top: f64,
}

impl Held {
    /// Looks before something is drawn.
    pub(crate) fn in_panel(panel: &str) -> Option<Self> {
        let focused = focused()?;
        focused.closest(panel).ok().flatten()?;
        let top = focused.get_bounding_client_rect().top();
        Some(Self { element: focused, top })
    }

    /// Scrolls the view so that it is as far down as it was, whatever has come above it.
    pub(crate) fn keep(&self) {
        if let Some(view) = self.element.closest(".pane-body").ok().flatten() {
            let by = self.element.get_bounding_client_rect().top() - self.top;
            #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
            view.set_scroll_top(view.scroll_top() + by.round() as i32);
        }
    }
}

fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Whether the focus is in the editor of the user's text.
pub(crate) fn is_editing() -> bool {
    focused().and_then(|focused| focused.closest("#editor").ok().flatten()).is_some()
}
