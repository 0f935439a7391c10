//! One effect of the boot, and where it comes from.

use dryboot_wasm::protocol::boot::{Effect, Origin};
use yew::prelude::*;

use super::whatif;
use crate::boot::origins::{self, Goal, Shown};
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
    /// The line with the cursor is after it.
    pub(crate) marked: bool,
}

/// Draws an effect. Its buttons know it by its number: they stay when the text after it moves.
pub(crate) fn effect(session: &Session, effect: &Effect, settings: &Settings, place: Place) -> Html {
    let tabindex = if place.active { "0" } else { "-1" };
    let index = place.index;
    let leads = origins::goal(&effect.origins).is_some();
    let class = classes!("effect", effect.failed.then_some("failed"));
    html! {
        // The focus stays with it when others come or go.
        <li key={place.index} {class} aria-current={place.marked.then_some("true")} data-effect={place.index.to_string()}>
            {go_by(leads.then(|| show(session, index)), tabindex, title(effect))}
            <div class="effect-foot">
                {chips_by(&origins::shown(&effect.origins), Some(tabindex), |nth, _| show_origin(session, index, nth))}
                if let Some(fail) = &effect.fail {
                    {whatif::toggle(session, fail, what(&effect.title), settings.fails(fail), tabindex)}
                }
            </div>
        </li>
    }
}

/// What is done, and whether it fails.
pub(crate) fn title(effect: &Effect) -> Html {
    html! {
        <>
            if effect.failed {
                <span class="failed-word">{icon::named("failed")}{t!("fails")}{": "}</span>
            }
            {prose::sentence(what(&effect.title))}
        </>
    }
}

/// A title without what it says of a failure.
pub(crate) fn what(title: &str) -> &str {
    const ENDINGS: [&str; 2] = [": fails", ", which ends with exit code"];
    ENDINGS.iter().find_map(|ending| title.split_once(ending)).map_or(title, |(what, _)| what)
}

/// A button that shows what something is due to, or its words alone when there is nothing to show.
pub(crate) fn go(session: &Session, origins: &[Origin], tabindex: &'static str, words: Html) -> Html {
    let onclick = origins::goal(origins).map(|goal| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.go(goal))
    });
    go_by(onclick, tabindex, words)
}

fn go_by(onclick: Option<Callback<MouseEvent>>, tabindex: &'static str, words: Html) -> Html {
    match onclick {
        Some(onclick) => {
            html! { <button type="button" class={GO_CLASS} {tabindex} {onclick}>{words}</button> }
        }
        None => html! { <span class={classes!(GO_CLASS, "still")} {tabindex}>{words}</span> },
    }
}

fn show(session: &Session, effect: u32) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_| session.show_effect(effect))
}

fn show_origin(session: &Session, effect: u32, nth: usize) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_| session.show_origin(effect, nth))
}

/// Small buttons, one for each place.
pub(crate) fn chips(session: &Session, shown: &[Shown], tabindex: Option<&'static str>) -> Html {
    chips_by(shown, tabindex, |_, goal| {
        let session = session.clone();
        Callback::from(move |_| session.go(goal))
    })
}

fn chips_by(
    shown: &[Shown],
    tabindex: Option<&'static str>,
    go: impl Fn(usize, Goal) -> Callback<MouseEvent>,
) -> Html {
    let chip = |(nth, shown): (usize, &Shown)| match shown.goal {
        Some(goal) => html! {
            <button type="button" class="origin" {tabindex} onclick={go(nth, goal)}>{&shown.words}</button>
        },
        None => html! { <span class="origin">{&shown.words}</span> },
    };
    if shown.is_empty() {
        return html! {};
    }
    html! {
        <span class="origins">
            { for shown.iter().enumerate().take(CHIPS).map(chip) }
            if shown.len() > CHIPS {
                <span class="origin">{t!("and {count} more", count = shown.len() - CHIPS)}</span>
            }
        </span>
    }
}
