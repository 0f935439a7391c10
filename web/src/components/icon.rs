//! Drawings. They say nothing to screen readers; the text beside them does. Their shapes stand in
//! `index.html`.

use dryboot_wasm::protocol::Severity;
use yew::prelude::*;

fn icon(name: &str) -> Html {
    html! {
        <svg class={classes!("icon", format!("icon-{name}"))} aria-hidden="true">
            <use href={format!("#shape-{name}")} />
        </svg>
    }
}

pub(crate) fn severity(severity: Severity) -> Html {
    icon(severity.name())
}

pub(crate) fn check() -> Html {
    icon("check")
}

pub(crate) fn close() -> Html {
    icon("close")
}

/// A wrench.
pub(crate) fn fix() -> Html {
    icon("fix")
}
