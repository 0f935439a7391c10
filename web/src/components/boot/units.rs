//! The units: what is wrong with them, the graph, and the order in which they start.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{UnitProblem, Units as All};
use yew::prelude::*;

use super::effect::chips;
use super::unit_graph::UnitGraph;
use super::unit_jobs::jobs;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::components::{icon, prose};
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
        return html! { <p class="nothing">{"Looking at the units…"}</p> };
    };
    if units.nodes.is_empty() && units.problems.is_empty() {
        return html! { <p class="nothing">{"The boot does not affect any units."}</p> };
    }
    let choice = |title: &'static str, list: bool| {
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
                <ul class="unit-problems">{ for units.problems.iter().map(|it| problem(session, units, it)) }</ul>
            }
            <div class="unit-choice" role="group" aria-label="Show the units as">
                {choice("Graph", false)}
                {choice("Start order", true)}
            </div>
            if *is_list {
                {jobs(session, units, *line)}
            } else {
                <UnitGraph session={session.clone()} preview={Rc::clone(preview)} line={*line} />
            }
        </div>
    }
}

fn problem(session: &Session, units: &All, problem: &UnitProblem) -> Html {
    let name = |index: &u32| units.nodes.get(usize::try_from(*index).ok()?).map(|unit| unit.name.as_str());
    let mut chain: Vec<&str> = problem.units.iter().filter_map(name).collect();
    let is_cycle = units
        .edges
        .iter()
        .any(|edge| edge.cycle && problem.units.contains(&edge.from) && problem.units.contains(&edge.to));
    if is_cycle {
        chain.extend(chain.first().copied());
    }
    html! {
        <li>
            {icon::named(if problem.is_note { "info" } else { "error" })}
            <div>
                <p class="message">{prose::sentence(&problem.message)}</p>
                if chain.len() > 1 {
                    <p class="chain">
                        { for chain.iter().enumerate().map(|(at, name)| html! {
                            <>
                                if at > 0 {
                                    <span aria-label={if is_cycle { "waits for" } else { "and" }}>{ if is_cycle { " → " } else { ", " } }</span>
                                }
                                <code>{*name}</code>
                            </>
                        }) }
                    </p>
                }
                if let Some(help) = &problem.help {
                    <p class="help">{prose::sentence(help)}</p>
                }
                {chips(session, &origins::shown(&problem.origins), None)}
            </div>
        </li>
    }
}
