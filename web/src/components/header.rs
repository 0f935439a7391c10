//! The top of the page.

use yew::prelude::*;

use super::gallery::Gallery;
use super::icon;
use super::target_switch::TargetSwitch;
use super::theme_switch::ThemeSwitch;
use crate::session::Session;
use crate::state::Choice;

#[derive(PartialEq, Properties)]
pub(crate) struct HeaderProps {
    pub(crate) session: Session,
    pub(crate) choice: Choice,
}

#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    html! {
        <header class="top">
            <div class="brand">
                {icon::mark()}
                <h1>{"dryboot"}</h1>
                <p>{"Know what your cloud-config does before it boots"}</p>
            </div>
            <TargetSwitch session={props.session.clone()} choice={props.choice} />
            <div class="tools">
                <Gallery session={props.session.clone()} />
                <ThemeSwitch />
            </div>
        </header>
    }
}
