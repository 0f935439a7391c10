//! Drawings. They say nothing to screen readers; the text beside them does.

use dryboot_wasm::protocol::Severity;
use yew::prelude::*;

/// A glyph of 16 × 16, drawn with the colour of the text.
fn glyph(class: &'static str, path: &'static str) -> Html {
    html! {
        <svg class={classes!("icon", class)} viewBox="0 0 16 16" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

/// Each severity has a shape of its own: colour alone tells too few people.
pub(crate) fn severity(severity: Severity) -> Html {
    let (class, path) = match severity {
        Severity::Error => (
            "icon-error",
            "M8 .75a7.25 7.25 0 1 0 0 14.5A7.25 7.25 0 0 0 8 .75ZM5.53 4.47 8 6.94l2.47-2.47 1.06 1.06L9.06 8l2.47 \
             2.47-1.06 1.06L8 9.06l-2.47 2.47-1.06-1.06L6.94 8 4.47 5.53Z",
        ),
        Severity::Warning => (
            "icon-warning",
            "M8 1.1c-.5 0-.95.27-1.2.7L.5 12.9A1.4 1.4 0 0 0 1.72 15h12.56a1.4 1.4 0 0 0 1.21-2.1L9.2 1.8A1.4 1.4 0 0 0 8 \
             1.1ZM7.25 5.5h1.5v4.25h-1.5Zm0 5.5h1.5v1.5h-1.5Z",
        ),
        Severity::Info => (
            "icon-info",
            "M3.5 1A2.5 2.5 0 0 0 1 3.5v9A2.5 2.5 0 0 0 3.5 15h9a2.5 2.5 0 0 0 2.5-2.5v-9A2.5 2.5 0 0 0 12.5 1ZM7.25 \
             3.75h1.5v1.5h-1.5Zm0 3h1.5v5.5h-1.5Z",
        ),
    };
    glyph(class, path)
}

pub(crate) fn check() -> Html {
    glyph(
        "icon-check",
        "M13.78 3.72a.75.75 0 0 1 0 1.06l-7.25 7.25a.75.75 0 0 1-1.06 0L2.22 8.78a.75.75 0 0 1 1.06-1.06L6 10.44l6.72-6.72a.75.75 0 0 1 1.06 0Z",
    )
}

pub(crate) fn close() -> Html {
    glyph(
        "icon-close",
        "M3.72 3.72a.75.75 0 0 1 1.06 0L8 6.94l3.22-3.22a.75.75 0 1 1 1.06 1.06L9.06 8l3.22 3.22a.75.75 0 1 1-1.06 1.06L8 9.06l-3.22 3.22a.75.75 0 0 1-1.06-1.06L6.94 8 3.72 4.78a.75.75 0 0 1 0-1.06Z",
    )
}

pub(crate) fn chevron() -> Html {
    glyph(
        "icon-chevron",
        "M12.78 5.72a.75.75 0 0 1 0 1.06l-4.25 4.25a.75.75 0 0 1-1.06 0L3.22 6.78a.75.75 0 0 1 1.06-1.06L8 9.44l3.72-3.72a.75.75 0 0 1 1.06 0Z",
    )
}

/// A wrench.
pub(crate) fn fix() -> Html {
    glyph(
        "icon-fix",
        "M11.2 1.2a4 4 0 0 0-4.98 5.02L1.6 10.84a1.9 1.9 0 0 0 0 2.69l.87.87c.74.74 1.95.74 2.69 0l4.62-4.62a4 4 0 0 0 5.02-4.98l-2.3 2.3-2.2-.6-.6-2.2Z",
    )
}

pub(crate) fn lock() -> Html {
    glyph(
        "icon-lock",
        "M8 1a3.5 3.5 0 0 0-3.5 3.5V6H4a1.5 1.5 0 0 0-1.5 1.5v6A1.5 1.5 0 0 0 4 15h8a1.5 1.5 0 0 0 1.5-1.5v-6A1.5 1.5 0 0 0 12 6h-.5V4.5A3.5 3.5 0 0 0 8 1Zm2 5H6V4.5a2 2 0 1 1 4 0Z",
    )
}

/// Half sun, half moon: the switch of the theme.
pub(crate) fn theme() -> Html {
    glyph("icon-theme", "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5v11a5.5 5.5 0 0 1 0-11Z")
}

/// The mark of the product: a drop that is ticked off.
pub(crate) fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path class="mark-drop" d="M16 2.5S6 12.7 6 19.4a10 10 0 0 0 20 0C26 12.7 16 2.5 16 2.5Z" />
            <path class="mark-tick" d="m11.2 19.6 3.5 3.5 6.3-7" />
        </svg>
    }
}
