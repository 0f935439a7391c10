//! One problem of the list.

use dryboot_wasm::protocol::{Diagnostic, Fix, Label};
use yew::prelude::*;

use super::{icon, prose};
use crate::session::Session;

/// The class by which the list finds the buttons between which the arrow keys go.
pub(crate) const GO_CLASS: &str = "problem-go";

/// Draws a problem. `active`: its buttons take part in the tab order. `current`: the cursor of
/// the editor is in it.
pub(crate) fn problem(session: &Session, found: &Diagnostic, active: bool, current: bool) -> Html {
    let tabindex = if active { "0" } else { "-1" };
    let go = reveal(session, found.place.from, found.place.to);
    let explain = {
        let (session, rule) = (session.clone(), found.rule.clone());
        move |_: MouseEvent| session.explain(&rule)
    };
    html! {
        <li class={classes!("problem", found.severity.name())} aria-current={current.then_some("true")}>
            {icon::severity(found.severity)}
            <button type="button" class={GO_CLASS} {tabindex} onclick={go}>
                <span class="visually-hidden">{found.severity.name()}{": "}</span>
                <span class="message">{prose::sentence(&found.message)}</span>
                <span class="visually-hidden">{", at "}</span>
                <span class="place">{format!("{}:{}", found.place.line, found.place.column)}</span>
            </button>
            <div class="about">
                <button type="button" class="link rule" {tabindex} onclick={explain}>{found.rule.clone()}</button>
                if !found.path.is_empty() {
                    <span class="path">{found.path.clone()}</span>
                }
                if found.tentative {
                    <span class="tentative">{"may change once the syntax error is fixed"}</span>
                }
            </div>
            if let Some(help) = &found.help {
                <p class="help">{prose::sentence(help)}</p>
            }
            { for found.labels.iter().map(|place| label(session, place, tabindex)) }
            if !found.fixes.is_empty() {
                <div class="fixes">
                    { for found.fixes.iter().map(|remedy| fix(session, remedy, tabindex)) }
                </div>
            }
        </li>
    }
}

fn label(session: &Session, label: &Label, tabindex: &'static str) -> Html {
    let onclick = reveal(session, label.place.from, label.place.to);
    html! {
        <button type="button" class="link related" {tabindex} {onclick}>
            <span class="place">{format!("{}:{}", label.place.line, label.place.column)}</span>
            <span>{prose::sentence(&label.message)}</span>
        </button>
    }
}

fn fix(session: &Session, fix: &Fix, tabindex: &'static str) -> Html {
    let onclick = {
        let (session, edits) = (session.clone(), fix.edits.clone());
        move |_: MouseEvent| session.apply(&edits)
    };
    let title = (!fix.safe).then_some("Look at the result: this may change what the config means");
    html! {
        <button type="button" class={classes!("fix", (!fix.safe).then_some("unsafe"))} {title} {tabindex} {onclick}>
            {icon::fix()}
            <span>{if fix.safe { "Fix: " } else { "Try: " }}{prose::line(&fix.title)}</span>
        </button>
    }
}

fn reveal(session: &Session, from: u32, to: u32) -> impl Fn(MouseEvent) + 'static {
    let session = session.clone();
    move |_: MouseEvent| session.reveal(from, to)
}
