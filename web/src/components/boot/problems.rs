//! What goes wrong in a boot, as a list.

use yew::prelude::*;

use super::effect::chips;
use crate::boot::origins;
use crate::boot::problems::Problem;
use crate::components::{icon, prose};
use crate::session::Session;

/// Draws it.
pub(super) fn list(session: &Session, problems: &[Problem]) -> Html {
    html! { <ul class="boot-problems">{ for problems.iter().map(|it| item(session, it)) }</ul> }
}

fn item(session: &Session, problem: &Problem) -> Html {
    let Problem { message, help, is_note, chain, is_cycle, origins } = problem;
    let (link, said) = if *is_cycle { (" → ", t!("waits for")) } else { (", ", t!("and")) };
    html! {
        <li class={is_note.then_some("note")}>
            {icon::named(if *is_note { "info" } else { "error" })}
            <div>
                <p class="message">{prose::sentence(message)}</p>
                if chain.len() > 1 {
                    <p class="chain">
                        { for chain.iter().enumerate().map(|(at, name)| html! {
                            <>
                                if at > 0 {
                                    <span aria-label={&said}>{link}</span>
                                }
                                <code>{name}</code>
                            </>
                        }) }
                    </p>
                }
                if let Some(help) = help {
                    <p class="help">{prose::sentence(help)}</p>
                }
                {chips(session, &origins::shown(origins), None)}
            </div>
        </li>
    }
}
