//! Drawings. They say nothing to screen readers; the text beside them does. Their shapes stand in
//! `index.html`.

use yew::prelude::*;

pub(crate) fn named(name: &str) -> Html {
    html! {
        <svg class={classes!("icon", format!("icon-{name}"))} aria-hidden="true">
            <use href={format!("#shape-{name}")} />
        </svg>
    }
}

pub(crate) fn check() -> Html {
    named("check")
}

pub(crate) fn close() -> Html {
    named("close")
}

/// A wrench.
pub(crate) fn fix() -> Html {
    named("fix")
}
