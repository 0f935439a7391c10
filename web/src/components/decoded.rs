//! A part of the user's text that cannot be read where it stands: what it says after decoding.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use crate::parts::Decoded;
use crate::session::Session;

/// The id of the panel.
pub(crate) const PANEL: &str = "decoded-part";

#[derive(PartialEq, Properties)]
pub(crate) struct DecodedPartProps {
    pub(crate) session: Session,
    /// The id of its tab.
    pub(crate) tab: String,
    /// What it is called.
    pub(crate) title: String,
    pub(crate) decoded: Rc<Decoded>,
    /// The report on the whole text.
    pub(crate) report: JsValue,
}

#[component]
pub(crate) fn DecodedPart(props: &DecodedPartProps) -> Html {
    let DecodedPartProps { session, tab, title, decoded, report } = props;
    let (host, area) = (use_node_ref(), use_node_ref());
    {
        let (session, host, area) = (session.clone(), host.clone(), area.clone());
        use_effect_with((), move |()| {
            let opened = host.cast::<Element>().zip(area.cast::<HtmlTextAreaElement>());
            if let Some((host, area)) = opened.clone() {
                session.open_decoded(host, area);
            }
            move || {
                if let Some((_, area)) = opened {
                    session.close_decoded(&area);
                }
            }
        });
    }
    {
        let session = session.clone();
        use_effect_with((Rc::clone(decoded), report.clone()), move |(decoded, report)| {
            session.show_decoded(decoded, report);
        });
    }
    let about = if decoded.is_base64 {
        t!("This part is base64 in the text. It is shown decoded, and cannot be edited here.")
    } else {
        t!("This part is encoded in the text. It is shown decoded, and cannot be edited here.")
    };
    html! {
        <div id={PANEL} class="other-input" role="tabpanel" aria-labelledby={tab.clone()}>
            <div class="input-bar"><p>{about}</p></div>
            <div ref={host} class="editor beside">
                <textarea
                    ref={area}
                    class="plain"
                    aria-label={title.clone()}
                    readonly=true
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    wrap="off"
                />
            </div>
        </div>
    }
}
