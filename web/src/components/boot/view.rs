//! The Boot view: what comes of the boot in short, then its parts in tabs.

use std::rc::Rc;

use yew::prelude::*;

use super::summary::Summary;
use super::timeline::Timeline;
use super::whatif;
use crate::boot::marks;
use crate::boot::preview::Preview;
use crate::boot::state::{BootState, Failure};
use crate::components::views::Platforms;
use crate::components::{icon, tabs};
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct BootViewProps {
    pub(crate) session: Session,
    pub(crate) boot: BootState,
    /// Line of the cursor in the editor.
    pub(crate) line: u32,
    pub(crate) platforms: Platforms,
}

#[component]
pub(crate) fn BootView(props: &BootViewProps) -> Html {
    let BootViewProps { session, boot, line, platforms } = props;
    let Some(previews) = &boot.previews else {
        return match boot.failure {
            Some(failure) => failed(session, failure),
            None => html! { <p class="loading">{"Loading the preview…"}</p> },
        };
    };
    html! {
        <>
            <h2 class="visually-hidden">{"Boot"}</h2>
            if let Some(failure) = boot.failure {
                {failed(session, failure)}
            }
            {whatif::active(session, &boot.settings, &previews.first)}
            <Single session={session.clone()} preview={Rc::clone(&previews.first)} line={*line}
                settings={Rc::clone(&boot.settings)} platforms={Rc::clone(platforms)} />
        </>
    }
}

/// What to say when there is no preview.
fn failed(session: &Session, failure: Failure) -> Html {
    let retry = {
        let session = session.clone();
        move |_: MouseEvent| session.retry_preview()
    };
    html! {
        <div class="boot-failure" role="alert">
            {icon::named("warning")}
            if failure == Failure::Missing {
                <p>{"The preview could not be loaded. Problems are still found."}</p>
                <button type="button" class="fix unsafe" onclick={retry}>{"Try again"}</button>
            } else {
                <p>{"The preview broke on this text: a bug of ours. It runs again with your next change."}</p>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct SingleProps {
    session: Session,
    preview: Rc<Preview>,
    line: u32,
    settings: Rc<crate::boot::settings::Settings>,
    platforms: Platforms,
}

/// One boot.
#[component]
fn Single(props: &SingleProps) -> Html {
    let SingleProps { session, preview, line, settings, platforms } = props;
    let chosen = use_state(|| 0_usize);
    let marked: Rc<[u32]> = marks::effects(preview.boot(), *line).into();
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |at| chosen.set(at))
    };
    let titles = vec![("stages", html! { {"Stages"} })];
    html! {
        <>
            <Summary session={session.clone()} preview={Rc::clone(preview)} platforms={Rc::clone(platforms)} />
            <div class="sub-bar">{tabs::bar("boot", "Boot", "boot-panel", titles, *chosen, &choose)}</div>
            <div id="boot-panel" role="tabpanel" aria-labelledby={tabs::id("boot", "stages")}>
                <Timeline session={session.clone()} preview={Rc::clone(preview)} {marked} settings={Rc::clone(settings)} />
            </div>
        </>
    }
}
