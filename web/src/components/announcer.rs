//! Tells screen readers how many problems there are, once typing pauses.

use std::rc::Rc;

use dryboot_wasm::protocol::Report;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::problems::summary;

const PAUSE_MS: u32 = 800;

#[derive(PartialEq, Properties)]
pub(crate) struct AnnouncerProps {
    pub(crate) report: Option<Rc<Report>>,
}

#[component]
pub(crate) fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_state(String::new);
    let news = props.report.as_ref().map(|report| summary(report));
    {
        let said = said.clone();
        use_effect_with(news, move |news| {
            let timeout = news.clone().map(|news| Timeout::new(PAUSE_MS, move || said.set(news)));
            move || drop(timeout)
        });
    }
    html! { <p class="visually-hidden" role="status">{&*said}</p> }
}
