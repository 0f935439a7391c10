//! Tabs, as ARIA describes them: arrow keys change the tab.

use yew::prelude::*;

use super::roving::{self, Axis};

/// A tab: its name in identifiers, and what is written on it.
pub(crate) type Tab = (AttrValue, Html);

/// The id of a tab.
pub(crate) fn id(group: &str, tab: &str) -> String {
    format!("{group}-tab-{tab}")
}

/// Draws the tabs of a group. `panel` is the id of what the chosen one shows.
pub(crate) fn bar(
    group: &'static str,
    label: AttrValue,
    panel: &'static str,
    tabs: Vec<Tab>,
    chosen: usize,
    choose: &Callback<usize>,
) -> Html {
    let tab = |(at, (name, content)): (usize, Tab)| {
        let is_chosen = at == chosen;
        let onclick = choose.reform(move |_: MouseEvent| at);
        html! {
            <button
                type="button"
                id={id(group, &name)}
                class="tab"
                role="tab"
                aria-selected={if is_chosen { "true" } else { "false" }}
                aria-controls={is_chosen.then_some(panel)}
                tabindex={(!is_chosen).then_some("-1")}
                {onclick}
            >
                {content}
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={label} onkeydown={keys}>
            { for tabs.into_iter().enumerate().map(tab) }
        </div>
    }
}

fn keys(event: KeyboardEvent) {
    if let Some(tab) = roving::go(&event, "[role=tablist]", "[role=tab]", Axis::Horizontal, true) {
        tab.click();
    }
}
