//! One step of the boot.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Step;
use yew::prelude::*;

use super::effect::{Place, effect};
use super::whatif;
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::components::{icon, prose};
use crate::session::Session;

/// More effects of one step than anybody reads; drawing thousands would only make typing slow.
const SHOWN: usize = 100;

/// What drawing a step needs.
pub(crate) struct Drawing<'a> {
    pub(crate) session: &'a Session,
    pub(crate) preview: &'a Preview,
    pub(crate) settings: &'a Settings,
    pub(crate) marked: &'a Rc<[u32]>,
    /// The effect whose buttons are in the tab order.
    pub(crate) active: Option<u32>,
}

/// Draws a step. `by` says that somebody else than before does it; `key` is its number.
pub(crate) fn step(drawing: &Drawing<'_>, step: &Step, key: usize, by: bool) -> Html {
    let indices = step.effects.iter().copied();
    let told = indices.filter_map(|index| Some((index, drawing.preview.effect(index)?)));
    let told: Vec<_> = told.filter(|(_, effect)| !effect.idle).collect();
    let item = |&(index, it): &(u32, &dryboot_wasm::protocol::boot::Effect)| {
        let place =
            Place { index, active: drawing.active == Some(index), marked: drawing.marked.contains(&index) };
        effect(drawing.session, it, drawing.settings, place)
    };
    let hidden = told.len().saturating_sub(SHOWN);
    html! {
        <li {key} class={classes!("step", step.state.clone(), depth(step))}>
            {state(&step.state)}
            <p class="what">
                {prose::sentence(&step.what)}
                if by {
                    {'\u{2003}'}
                    <span class="who">{&step.who}</span>
                }
            </p>
            if let Some(why) = &step.why {
                <p class="why">{prose::sentence(why)}</p>
            }
            if let Some(fail) = &step.fail {
                {whatif::unreachable(drawing.session, fail, &step.what, drawing.settings.fails(fail))}
            }
            if !step.reads.is_empty() {
                <p class="reads">
                    <span class="visually-hidden">{t!("reads")}{" "}</span>
                    { for step.reads.iter().map(|read| html! { <code>{read}</code> }) }
                </p>
            }
            if !told.is_empty() {
                <ol class="effects">{ for told.iter().take(SHOWN).map(item) }</ol>
            }
            if hidden > 0 {
                <p class="why">{t!("and {count} more", count = hidden)}</p>
            }
        </li>
    }
}

/// Draws steps in which nothing happens as one line.
pub(crate) fn quiet(steps: &[Step], key: usize) -> Html {
    let Some(first) = steps.first() else { return html! {} };
    let (word, count) = (word(&first.state), steps.len());
    let item = |step: &Step| {
        html! {
            <li>
                {prose::sentence(&step.what)}
                if let Some(why) = &step.why {
                    <span class="why">{prose::said(prose::line(why))}</span>
                }
            </li>
        }
    };
    let names = steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        <li {key} class={classes!("step", "quiet-steps", first.state.clone(), depth(first))}>
            {icon::named(&first.state)}
            <details>
                <summary>
                    <span class="quiet-word">{ if count > 1 { format!("{count} ") } else { String::new() } }{word}{": "}</span>
                    <span class="quiet-names">{prose::said(prose::line(&names))}</span>
                </summary>
                <ul>{ for steps.iter().map(item) }</ul>
            </details>
        </li>
    }
}

fn state(state: &str) -> Html {
    let word = word(state);
    let is_loud = state != "done";
    html! {
        <>
            {icon::named(state)}
            <span class={if is_loud { "state-word" } else { "visually-hidden" }}>{word}<span class="visually-hidden">{": "}</span></span>
        </>
    }
}

/// The state in words.
fn word(state: &str) -> AttrValue {
    match state {
        "done" => t!("done"),
        "skipped" => t!("skipped"),
        "failed" => t!("failed"),
        _ => t!("not reached"),
    }
}

/// How far a step is set in.
fn depth(step: &Step) -> Option<&'static str> {
    match step.depth {
        0 => None,
        1 => Some("depth-1"),
        _ => Some("depth-2"),
    }
}
