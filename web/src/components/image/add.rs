//! How files come in without being dropped.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::view::all;
use crate::components::focus;
use crate::session::Session;

/// What ends a key in text form.
const END: &str = "-----END PGP ";

#[derive(PartialEq, Properties)]
pub(crate) struct AddProps {
    pub(crate) session: Session,
}

#[component]
pub(crate) fn Add(props: &AddProps) -> Html {
    let session = &props.session;
    let input = use_node_ref();
    let area = use_node_ref();
    let is_pasting = use_state(|| false);
    {
        let area = area.clone();
        use_effect_with(*is_pasting, move |_| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                // Nobody listens for a focus that fails.
                let _ = area.focus();
            }
        });
    }
    let choose = {
        let input = input.clone();
        move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let onchange = {
        let session = session.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(list) = input.files() {
                session.add_files(all(&list));
            }
            // The same file may be chosen again.
            input.set_value("");
        }
    };
    let toggle = {
        let (pasting, next) = (is_pasting.setter(), !*is_pasting);
        move |_: MouseEvent| pasting.set(next)
    };
    let oninput = {
        let (session, pasting) = (session.clone(), is_pasting.setter());
        move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            let text = area.value();
            if text.contains(END) {
                focus::on(".add > [aria-expanded]");
                session.add_key(&text);
                pasting.set(false);
            }
        }
    };
    html! {
        <div class="add">
            <input ref={input} type="file" multiple={true} class="visually-hidden" tabindex="-1" aria-label={t!("Files")} {onchange} />
            <button type="button" class="fix" onclick={choose}>{t!("Choose files")}</button>
            <button type="button" class="fix unsafe" aria-expanded={if *is_pasting { "true" } else { "false" }} onclick={toggle}>
                {t!("Paste a key")}
            </button>
            if *is_pasting {
                <label class="paste">
                    <span>{t!("The signer’s public key, as it is published")}</span>
                    <textarea
                        ref={area}
                        class="code-area"
                        rows="6"
                        placeholder="-----BEGIN PGP PUBLIC KEY BLOCK-----"
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        {oninput}
                    />
                </label>
            }
        </div>
    }
}
