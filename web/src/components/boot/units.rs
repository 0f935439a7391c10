//! The units: what is wrong with them, the graph, and the order in which they start.

use std::rc::Rc;

use yew::prelude::*;

use super::problems::list;
use super::unit_graph::UnitGraph;
use super::unit_jobs::jobs;
use crate::boot::preview::Preview;
use crate::boot::problems;
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct UnitsProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Line of the cursor.
    pub(crate) line: u32,
}

#[component]
pub(crate) fn Units(props: &UnitsProps) -> Html {
    let UnitsProps { session, preview, line } = props;
    let is_list = use_state(|| false);
    let Some(units) = preview.units() else {
        return html! { <p class="nothing">{t!("Looking at the units…")}</p> };
    };
    if units.nodes.is_empty() && units.problems.is_empty() {
        return html! { <p class="nothing">{t!("The boot does not affect any units.")}</p> };
    }
    let choice = |title: AttrValue, list: bool| {
        let is_chosen = *is_list == list;
        let chosen = is_list.setter();
        let onclick = move |_: MouseEvent| chosen.set(list);
        html! {
            <button type="button" class="chip" aria-pressed={if is_chosen { "true" } else { "false" }} {onclick}>{title}</button>
        }
    };
    html! {
        <div class="units">
            if !units.problems.is_empty() {
                {list(session, &problems::of_units(units))}
            }
            <div class="unit-choice" role="group" aria-label={t!("Show the units as")}>
                {choice(t!("Graph"), false)}
                {choice(t!("Start order"), true)}
            </div>
            if *is_list {
                {jobs(session, units, *line)}
            } else {
                <UnitGraph session={session.clone()} preview={Rc::clone(preview)} line={*line} />
            }
        </div>
    }
}
