//! The boot as a line of stages and steps.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Stage;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent};
use yew::prelude::*;

use super::effect::GO_CLASS;
use super::step::{Drawing, quiet, step};
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::boot::steps::{Run, runs};
use crate::components::roving::{self, Axis};
use crate::components::{prose, scroll};
use crate::session::Session;

#[derive(Properties)]
pub(crate) struct TimelineProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Effects of the line with the cursor.
    pub(crate) marked: Rc<[u32]>,
    pub(crate) settings: Rc<Settings>,
}

/// Mostly, a keystroke changes nothing of it; so it is not drawn for each.
impl PartialEq for TimelineProps {
    fn eq(&self, other: &Self) -> bool {
        let Self { session, preview, marked, settings } = self;
        (session, marked, settings) == (&other.session, &other.marked, &other.settings)
            && (Rc::ptr_eq(preview, &other.preview) || preview.stages_look_like(&other.preview))
    }
}

#[component]
pub(crate) fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { session, preview, marked, settings } = props;
    let list = use_node_ref();
    let active = use_state(|| None::<u32>);
    {
        let list = list.clone();
        use_effect_with(Rc::clone(marked), move |marked| {
            let selector = marked.first().map(|index| format!("[data-effect=\"{index}\"]"));
            let item = list.cast::<Element>().zip(selector);
            let item = item.and_then(|(list, selector)| list.query_selector(&selector).ok().flatten());
            if let Some(item) = item.filter(|_| scroll::is_editing()) {
                scroll::into_view(&item);
            }
        });
    }
    let first = preview.boot().effects.iter().zip(0..).find(|(effect, _)| !effect.idle);
    let drawing = Drawing {
        session,
        preview,
        settings,
        marked,
        active: active.or(marked.first().copied()).or(first.map(|(_, index)| index)),
    };
    let onfocusin = {
        let active = active.setter();
        move |event: FocusEvent| {
            let focused: Element = event.target_unchecked_into();
            let item = focused.closest("[data-effect]").ok().flatten();
            let index = item.and_then(|item| item.get_attribute("data-effect")?.parse().ok());
            if index.is_some() {
                active.set(index);
            }
        }
    };
    html! {
        <div class="timeline" ref={list} onkeydown={keys} {onfocusin}>
            { for preview.boot().stages.iter().enumerate().map(|(key, it)| stage(&drawing, it, key)) }
        </div>
    }
}

fn stage(drawing: &Drawing<'_>, stage: &Stage, key: usize) -> Html {
    let mut steps = Vec::new();
    let mut who = "";
    for (key, run) in runs(&stage.steps).into_iter().enumerate() {
        steps.push(match run {
            Run::Told(it) => step(drawing, it, key, std::mem::replace(&mut who, &it.who) != it.who),
            Run::Quiet(alike) => quiet(alike, key),
        });
    }
    html! {
        <section {key} class="stage">
            <h3>{prose::said(prose::heading(&stage.name))}</h3>
            <ol class="steps">{ for steps }</ol>
        </section>
    }
}

fn keys(event: KeyboardEvent) {
    let target: Element = event.target_unchecked_into();
    if target.dyn_ref::<Element>().is_some_and(|target| target.closest(".effect").ok().flatten().is_some()) {
        roving::go(&event, ".timeline", &format!(".effect > .{GO_CLASS}"), Axis::Vertical, false);
    }
}
