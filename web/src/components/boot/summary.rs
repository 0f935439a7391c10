//! What to know first about a boot: what goes wrong, what becomes of the variables, and remarks.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Variable;
use yew::prelude::*;

use super::effect::chips;
use super::problems::list;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::boot::problems::of_steps;
use crate::components::{icon, prose};
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct SummaryProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
}

#[component]
pub(crate) fn Summary(props: &SummaryProps) -> Html {
    let SummaryProps { session, preview } = props;
    let boot = preview.boot();
    let mut problems = of_steps(boot);
    problems.extend_from_slice(preview.unit_problems());
    let told = boot.variables.iter().filter(|variable| variable.used || !variable.value.is_empty());
    let variables: Vec<Html> = told.map(|it| variable(session, it)).collect();
    if problems.is_empty() && variables.is_empty() && boot.notes.is_empty() {
        return html! {};
    }
    html! {
        <div class="summary">
            if !problems.is_empty() {
                {list(session, &problems)}
            }
            if !variables.is_empty() {
                <dl class="variables">{ for variables }</dl>
            }
            if !boot.notes.is_empty() {
                <ul class="notes">
                    { for boot.notes.iter().map(|note| html! {
                        <li>{icon::named("info")}<span>{prose::sentence(note)}</span></li>
                    }) }
                </ul>
            }
        </div>
    }
}

/// What a variable becomes. One that is used and disappears leaves a hole in the config.
fn variable(session: &Session, variable: &Variable) -> Html {
    let is_lost = variable.value.is_empty();
    let class = classes!("variable", (is_lost && variable.used).then_some("lost"));
    let shown = origins::shown(variable.origin.as_slice());
    html! {
        <div {class}>
            <dt><code>{&variable.name}</code></dt>
            <dd>
                if is_lost {
                    {icon::named("warning")}{t!("becomes empty")}
                } else {
                    <span class="arrow" aria-label={t!("becomes")}>{"→"}</span><code>{&variable.value}</code>
                    {chips(session, &shown, None)}
                }
            </dd>
        </div>
    }
}
