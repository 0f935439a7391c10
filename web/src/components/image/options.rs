//! How to verify: what the command has as options.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::icon;
use crate::image::settings::Settings;
use crate::session::Session;
use crate::words::t;

/// A field for a text of the settings.
struct Field {
    title: &'static str,
    /// What it is good for.
    about: Option<&'static str>,
    kind: &'static str,
    class: Option<&'static str>,
    get: fn(&Settings) -> &String,
    set: fn(&mut Settings, String),
}

const FIELDS: [Field; 4] = [
    Field {
        title: text!("Keys that must have signed"),
        about: None,
        kind: "number",
        class: None,
        get: |settings| &settings.required,
        set: |settings, text| settings.required = text,
    },
    Field {
        title: text!("Only these keys"),
        about: Some(text!("fingerprints; if empty, every supplied key is accepted")),
        kind: "text",
        class: Some("fingerprint"),
        get: |settings| &settings.fingerprints,
        set: |settings, text| settings.fingerprints = text,
    },
    Field {
        title: text!("Judge as of"),
        about: Some(text!("instead of today")),
        kind: "date",
        class: None,
        get: |settings| &settings.at,
        set: |settings, text| settings.at = text,
    },
    Field {
        title: text!("Policy as of"),
        about: Some(text!("which algorithms were good then")),
        kind: "date",
        class: None,
        get: |settings| &settings.policy_as_of,
        set: |settings, text| settings.policy_as_of = text,
    },
];

/// Draws them. A change verifies anew.
pub(super) fn options(session: &Session, settings: &Settings) -> Html {
    let accept = {
        let session = session.clone();
        move |event: Event| {
            let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            session.change_verification(|settings| settings.accept_sha1 = checked);
        }
    };
    html! {
        <details class="options">
            <summary>{icon::named("chevron")}{t!("Options")}</summary>
            <label class="check">
                <input type="checkbox" checked={settings.accept_sha1} onchange={accept} />
                <span>{t!("Accept SHA-1")}<small>{t!("when you know where the file comes from")}</small></span>
            </label>
            { for FIELDS.iter().map(|it| field(session, settings, it)) }
        </details>
    }
}

/// What is written is noted at once, since the field is drawn again while an image is read.
fn field(session: &Session, settings: &Settings, it: &Field) -> Html {
    let set = it.set;
    let oninput = {
        let session = session.clone();
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            session.note_verification(|settings| set(settings, text));
        }
    };
    let onchange = {
        let session = session.clone();
        move |_: Event| session.change_verification(|_| ())
    };
    html! {
        <label>
            <span>{t(it.title)}{ for it.about.map(|about| html! { <small>{t(about)}</small> }) }</span>
            <input
                type={it.kind}
                class={it.class}
                min={(it.kind == "number").then_some("1")}
                value={(it.get)(settings).clone()}
                spellcheck="false"
                autocomplete="off"
                {oninput}
                {onchange}
            />
        </label>
    }
}
