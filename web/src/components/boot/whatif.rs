//! What if this fails?

use std::rc::Rc;

use yew::prelude::*;

use super::effect::what;
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::components::{focus, icon, prose};
use crate::session::Session;

/// A switch on an effect.
pub(crate) fn toggle(session: &Session, fail: &str, title: &str, on: bool, tabindex: &'static str) -> Html {
    switch(session, fail, (t!("What if it fails?"), title), on, tabindex)
}

/// A switch on the step that chooses where the machine's data come from.
pub(crate) fn unreachable(session: &Session, fail: &str, title: &str, on: bool) -> Html {
    switch(session, fail, (t!("What if it cannot be reached?"), title), on, "0")
}

fn switch(
    session: &Session,
    fail: &str,
    (question, title): (AttrValue, &str),
    on: bool,
    tabindex: &'static str,
) -> Html {
    let onclick = {
        let (session, fail) = (session.clone(), fail.to_owned());
        move |_: MouseEvent| session.toggle_failure(&fail)
    };
    html! {
        <button
            type="button"
            class="whatif"
            aria-pressed={if on { "true" } else { "false" }}
            {tabindex}
            {onclick}
        >
            {icon::named("whatif")}{question}
            <span class="visually-hidden">{": "}{prose::said(html! { {title.replace('`', "")} })}</span>
        </button>
    }
}

/// What is taken to fail.
pub(crate) fn active(session: &Session, settings: &Settings, preview: &Preview) -> Html {
    let failures = settings.failures();
    if failures.is_empty() {
        return html! {};
    }
    let item = |fail: &Rc<str>| {
        let onclick = {
            let (session, fail) = (session.clone(), Rc::clone(fail));
            move |event: MouseEvent| {
                focus::leave(&event, "button", "#boot-tab-stages");
                session.toggle_failure(&fail);
            }
        };
        let effect = preview.boot().effects.iter().find(|effect| effect.fail.as_deref() == Some(&**fail));
        let title = effect.map_or_else(|| words(fail), |effect| effect.title.clone());
        html! {
            <li key={fail.to_string()}>
                <button type="button" class="chip removable" {onclick}>
                    <span class="visually-hidden">{t!("Remove")}{": "}</span>
                    <span>{prose::said(prose::line(what(&title)))}</span>{icon::close()}
                </button>
            </li>
        }
    };
    html! {
        <div class="whatifs">
            <p>{icon::named("whatif")}{t!("What if this fails:")}</p>
            <ul>{ for failures.iter().map(item) }</ul>
        </div>
    }
}

/// What a failure is called when the boot does not come to it.
fn words(fail: &str) -> String {
    let command = fail.strip_prefix("cmd:").unwrap_or(fail);
    command.replace(':', " ")
}
