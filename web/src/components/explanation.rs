//! Why a rule exists and what to do about its findings.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{icon, prose};
use crate::session::Session;
use crate::state::Explanation;

#[derive(PartialEq, Properties)]
pub(crate) struct ExplanationProps {
    pub(crate) session: Session,
    pub(crate) explanation: Explanation,
    pub(crate) close: Callback<()>,
}

#[component]
pub(crate) fn ExplanationPanel(props: &ExplanationProps) -> Html {
    let title = use_node_ref();
    let rule = props.explanation.rule().to_owned();
    // The reader asked for this text: the focus goes where it begins, and back at the end.
    use_effect_with((), move |()| {
        let before = focused();
        move || focus(before)
    });
    {
        let title = title.clone();
        use_effect_with(rule.clone(), move |_| focus(title.cast()));
    }
    let onkeydown = {
        let close = props.close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close.emit(());
            }
        }
    };
    let onclick = props.close.reform(|_: MouseEvent| ());
    let heading = match props.explanation {
        Explanation::All(_) => html! { {t!("All rules")} },
        _ => html! { <code>{rule}</code> },
    };
    html! {
        <section class="pane explanation" aria-labelledby="explanation-title" {onkeydown}>
            <div class="pane-bar">
                <h2 id="explanation-title" ref={title} tabindex="-1">{heading}</h2>
                <button type="button" class="quiet square" aria-label={t!("Close the explanation")} {onclick}>
                    {icon::close()}
                </button>
            </div>
            <div class="prose">{body(&props.session, &props.explanation)}</div>
        </section>
    }
}

fn focused() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.active_element()?.dyn_into().ok()
}

/// Moves the focus; an element that is gone from the page does not take it.
fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

fn body(session: &Session, explanation: &Explanation) -> Html {
    match explanation {
        Explanation::Awaited(_) => html! {},
        Explanation::Missing(_) => {
            html! { <p>{t!("The documentation of this rule could not be loaded.")}</p> }
        }
        Explanation::Ready(_, text) => prose::document(text),
        Explanation::All(rules) => html! {
            <ul class="rules">{ for rules.iter().map(|(name, about)| rule(session, name, about)) }</ul>
        },
    }
}

fn rule(session: &Session, name: &str, about: &str) -> Html {
    let onclick = {
        let (session, name) = (session.clone(), name.to_owned());
        move |_: MouseEvent| session.explain(&name)
    };
    html! {
        <li key={name.to_owned()}>
            <button type="button" class="link rule" {onclick}>{name.to_owned()}</button>
            <span>{prose::said(prose::line(about))}</span>
        </li>
    }
}
