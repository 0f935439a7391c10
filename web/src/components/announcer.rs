//! Tells screen readers what comes of the text, once typing pauses.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

const PAUSE_MS: u32 = 800;

#[derive(PartialEq, Properties)]
pub(crate) struct AnnouncerProps {
    pub(crate) news: Option<AttrValue>,
    /// It answers a key: nothing is waited for.
    pub(crate) at_once: bool,
}

#[component]
pub(crate) fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_state(AttrValue::default);
    let (news, pause) = (props.news.clone(), if props.at_once { 0 } else { PAUSE_MS });
    {
        let said = said.clone();
        use_effect_with(news, move |news| {
            let timeout = news.clone().map(|news| Timeout::new(pause, move || said.set(news)));
            move || drop(timeout)
        });
    }
    html! { {&*said} }
}
