//! The Boot view: what comes of the boot in short, then its parts in tabs.

use std::rc::Rc;

use yew::prelude::*;

use super::compared_with::compared_with;
use super::comparison::Comparison;
use super::parts::{self, Parts};
use super::verdict::{troubles, verdict};
use super::whatif;
use super::which_boot::which_boot;
use crate::boot::state::{BootState, Previews};
use crate::client::Stop;
use crate::components::icon;
use crate::components::views::Offers;
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct BootViewProps {
    pub(crate) session: Session,
    pub(crate) boot: BootState,
    /// Line of the cursor in the editor.
    pub(crate) line: u32,
    pub(crate) offers: Rc<Offers>,
    /// The target of the text.
    pub(crate) used_target: AttrValue,
}

#[component]
pub(crate) fn BootView(props: &BootViewProps) -> Html {
    let BootViewProps { session, boot, line, offers, used_target } = props;
    // The boot of an older text would pass for that of the newest.
    if let Some(failure) = boot.failure {
        return failed(session, failure);
    }
    let Some(previews) = &boot.previews else {
        return html! { <p class="loading">{t!("Loading the preview…")}</p> };
    };
    html! {
        <>
            <h2 class="visually-hidden">{t!("Boot")}</h2>
            if boot.is_late {
                <p class="late">{icon::named("enabled")}{t!("Still previewing. This is for an earlier version of the text.")}</p>
            }
            {bar(session, boot, previews, offers, used_target)}
            if let Some(second) = &previews.second {
                <Comparison session={session.clone()} first={Rc::clone(&previews.first)} second={Rc::clone(second)}
                    offers={Rc::clone(offers)} settings={Rc::clone(&boot.settings)} />
            } else {
                <Parts session={session.clone()} preview={Rc::clone(&previews.first)} part={boot.part} line={*line}
                    settings={Rc::clone(&boot.settings)} />
            }
            // At the end, so that nothing above moves when it comes.
            {whatif::active(session, &boot.settings, &previews.first)}
        </>
    }
}

/// What comes of the boot and what it is compared with, which stay in view, and the tabs.
fn bar(session: &Session, boot: &BootState, previews: &Previews, offers: &Offers, used_target: &str) -> Html {
    let first = &previews.first;
    let summary = boot.platform().map(|platform| platform.summary.as_str());
    html! {
        <div class="boot-bar">
            <div class="boot-head">
                if previews.second.is_some() {
                    <h3>{t!("Two boots side by side")}</h3>
                } else {
                    {verdict(first, offers, summary)}
                }
                {which_boot(session, &boot.settings, offers)}
                {compared_with(session, &boot.settings, offers, used_target)}
                if previews.second.is_none() {
                    {troubles(session, first)}
                }
            </div>
            if previews.second.is_none() {
                {parts::bar(session, first, boot.part)}
            }
        </div>
    }
}

/// What to say when there is no preview.
fn failed(session: &Session, failure: Stop) -> Html {
    let retry = {
        let session = session.clone();
        move |_: MouseEvent| session.retry_preview()
    };
    html! {
        <div class="boot-failure" role="alert">
            {icon::named("warning")}
            <p>{match failure {
                Stop::Missing => t!("The preview could not be loaded. The linter still works."),
                Stop::Broken => t!("The preview crashed on this text, which is a bug in dryboot. It runs \
                    again with your next change."),
                Stop::Exhausted => t!("The preview keeps crashing, which is a bug in dryboot. It has been \
                    stopped. The linter still works."),
            }}</p>
            if failure.is_final() {
                <button type="button" class="fix unsafe" onclick={retry}>{t!("Try again")}</button>
            }
        </div>
    }
}
