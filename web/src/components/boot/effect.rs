//! One effect of the boot, and where it comes from.

use dryboot_wasm::protocol::boot::{Effect, Origin};
use yew::prelude::*;

use super::whatif;
use crate::boot::origins::{self, Shown};
use crate::boot::settings::Settings;
use crate::components::{icon, prose};
use crate::session::Session;

/// The class by which lists find what the arrow keys go between.
pub(crate) const GO_CLASS: &str = "go";

/// More origins than anybody follows.
const CHIPS: usize = 4;

/// How an effect takes part in its list.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Its number in the boot.
    pub(crate) index: u32,
    /// Its buttons are in the tab order.
    pub(crate) active: bool,
    /// The line with the cursor is behind it.
    pub(crate) marked: bool,
}

/// Draws an effect.
pub(crate) fn effect(session: &Session, effect: &Effect, settings: &Settings, place: Place) -> Html {
    let tabindex = if place.active { "0" } else { "-1" };
    let class = classes!("effect", effect.failed.then_some("failed"));
    html! {
        // The focus stays with it when others come or go.
        <li key={place.index} {class} aria-current={place.marked.then_some("true")} data-effect={place.index.to_string()}>
            {go(session, &effect.origins, tabindex, title(effect))}
            {chips(session, &origins::shown(&effect.origins), Some(tabindex))}
            if let Some(fail) = &effect.fail {
                {whatif::toggle(session, fail, what(&effect.title), settings.fails(fail), tabindex)}
            }
        </li>
    }
}

/// What is done, and whether it fails.
pub(crate) fn title(effect: &Effect) -> Html {
    html! {
        <>
            if effect.failed {
                <span class="failed-word">{icon::named("failed")}{"fails: "}</span>
            }
            {prose::sentence(what(&effect.title))}
        </>
    }
}

/// A title without what it says of a failure.
pub(crate) fn what(title: &str) -> &str {
    title.split_once(": fails").map_or(title, |(what, _)| what)
}

/// A button that shows what something is due to, or its words alone when there is nothing to show.
pub(crate) fn go(session: &Session, origins: &[Origin], tabindex: &'static str, words: Html) -> Html {
    if origins::goal(origins).is_none() {
        return html! { <span class={classes!(GO_CLASS, "still")} {tabindex}>{words}</span> };
    }
    let (session, origins) = (session.clone(), origins.to_vec());
    let onclick = move |_: MouseEvent| session.show(&origins);
    html! { <button type="button" class={GO_CLASS} {tabindex} {onclick}>{words}</button> }
}

/// Small buttons, one for each place.
pub(crate) fn chips(session: &Session, shown: &[Shown], tabindex: Option<&'static str>) -> Html {
    let chip = |shown: &Shown| match shown.goal {
        Some(goal) => {
            let session = session.clone();
            let onclick = move |_: MouseEvent| session.go(goal);
            html! { <button type="button" class="origin" {tabindex} {onclick}>{&shown.words}</button> }
        }
        None => html! { <span class="origin">{&shown.words}</span> },
    };
    if shown.is_empty() {
        return html! {};
    }
    html! {
        <span class="origins">
            { for shown.iter().take(CHIPS).map(chip) }
            if shown.len() > CHIPS {
                <span class="origin">{format!("and {} more", shown.len() - CHIPS)}</span>
            }
        </span>
    }
}
