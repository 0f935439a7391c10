//! How to verify: what the command has as options.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::icon;
use crate::image::settings::Settings;
use crate::session::Session;

/// Draws them. A change verifies anew.
pub(super) fn options(session: &Session, settings: &Rc<Settings>) -> Html {
    let Settings { accept_sha1, required, fingerprints, at, policy_as_of } = &**settings;
    html! {
        <details class="options">
            <summary>{icon::named("chevron")}{"Options"}</summary>
            <label class="check">
                <input type="checkbox" checked={*accept_sha1}
                    onchange={change(session, |settings, input| settings.accept_sha1 = input.checked())} />
                <span>{"Accept SHA-1"}<small>{"when you know where the file comes from"}</small></span>
            </label>
            <label>
                <span>{"Keys that must have signed"}</span>
                <input type="number" min="1" max="99" value={required.to_string()}
                    onchange={change(session, |settings, input| settings.required = input.value().parse().unwrap_or(1).max(1))} />
            </label>
            <label>
                <span>{"Only these keys"}<small>{"fingerprints; empty trusts every key above"}</small></span>
                <input type="text" class="fingerprint" value={fingerprints.clone()} spellcheck="false" autocomplete="off"
                    onchange={change(session, |settings, input| settings.fingerprints = input.value())} />
            </label>
            <label>
                <span>{"Judge as of"}<small>{"in place of today"}</small></span>
                <input type="date" value={at.clone()}
                    onchange={change(session, |settings, input| settings.at = input.value())} />
            </label>
            <label>
                <span>{"Policy as of"}<small>{"which algorithms were good then"}</small></span>
                <input type="date" value={policy_as_of.clone()}
                    onchange={change(session, |settings, input| settings.policy_as_of = input.value())} />
            </label>
        </details>
    }
}

fn change(session: &Session, set: impl Fn(&mut Settings, &HtmlInputElement) + 'static) -> Callback<Event> {
    let session = session.clone();
    Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        session.change_verification(|settings| set(settings, &input));
    })
}
