//! The choice of the program whose verdict is asked for.

use yew::prelude::*;

use crate::session::Session;
use crate::state::Choice;

#[derive(PartialEq, Properties)]
pub(crate) struct TargetSwitchProps {
    pub(crate) session: Session,
    pub(crate) choice: Choice,
}

#[component]
pub(crate) fn TargetSwitch(props: &TargetSwitchProps) -> Html {
    let option = |choice: Choice| {
        let session = props.session.clone();
        let onchange = move |_: Event| session.choose(choice);
        html! {
            <label class="segment">
                <input type="radio" name="target" checked={props.choice == choice} {onchange} />
                <span>{choice.label()}</span>
            </label>
        }
    };
    html! {
        <fieldset class="segments">
            <legend class="visually-hidden">{"Target"}</legend>
            { for Choice::ALL.into_iter().map(option) }
        </fieldset>
    }
}
