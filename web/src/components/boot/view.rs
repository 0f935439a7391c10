//! The Boot view: what comes of the boot in short, then its parts in tabs.

use std::rc::Rc;

use yew::prelude::*;

use super::comparison::Comparison;
use super::files::Files;
use super::log::Log;
use super::network::Network;
use super::summary::Summary;
use super::timeline::Timeline;
use super::units::Units;
use super::users::Users;
use super::whatif;
use crate::boot::marks;
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::boot::state::{BootState, Part};
use crate::client::Stop;
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
    // The boot of an older text would pass for that of the newest.
    if let Some(failure) = boot.failure {
        return failed(session, failure);
    }
    let Some(previews) = &boot.previews else {
        return html! { <p class="loading">{"Loading the preview…"}</p> };
    };
    html! {
        <>
            <h2 class="visually-hidden">{"Boot"}</h2>
            if boot.is_late {
                <p class="late">{icon::named("enabled")}{"Still previewing. This is for an earlier version \
                    of the text."}</p>
            }
            {whatif::active(session, &boot.settings, &previews.first)}
            if let Some(second) = &previews.second {
                <Comparison session={session.clone()} first={Rc::clone(&previews.first)} second={Rc::clone(second)}
                    platforms={Rc::clone(platforms)} />
            } else {
                <Single session={session.clone()} preview={Rc::clone(&previews.first)} part={boot.part} line={*line}
                    settings={Rc::clone(&boot.settings)} platforms={Rc::clone(platforms)} />
            }
        </>
    }
}

/// What to say about a program whose boot cannot be previewed.
pub(crate) fn no_boot() -> Html {
    html! {
        <div class="calm not-checked">
            <span class="calm-mark">{icon::named("skipped")}</span>
            <h2 class="calm-title">{"No preview for cloud-init yet"}</h2>
            <p>{"dryboot can preview how CoreOS and Flatcar boot with a cloud-config. For cloud-init, it \
                finds problems: see the Problems tab."}</p>
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
                Stop::Missing => "The preview could not be loaded. The linter still works.",
                Stop::Broken => "The preview crashed on this text, which is a bug in dryboot. It runs \
                    again with your next change.",
                Stop::Exhausted => "The preview keeps crashing, which is a bug in dryboot. It has been \
                    stopped. The linter still works.",
            }}</p>
            if failure.is_final() {
                <button type="button" class="fix unsafe" onclick={retry}>{"Try again"}</button>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct SingleProps {
    session: Session,
    preview: Rc<Preview>,
    part: Part,
    line: u32,
    settings: Rc<Settings>,
    platforms: Platforms,
}

const PARTS: [(Part, &str, &str); 6] = [
    (Part::Stages, "stages", "Stages"),
    (Part::Files, "files", "Files"),
    (Part::Users, "users", "Users"),
    (Part::Units, "units", "Units"),
    (Part::Network, "network", "Network"),
    (Part::Log, "log", "Log"),
];

/// One boot.
#[component]
fn Single(props: &SingleProps) -> Html {
    let SingleProps { session, preview, part, line, settings, platforms } = props;
    let path = use_state(|| None::<AttrValue>);
    let marked: Rc<[u32]> = marks::effects(preview.boot(), *line).into();
    let choose = {
        let session = session.clone();
        Callback::from(move |at: usize| {
            session.part(PARTS.get(at).map(|&(part, ..)| part).unwrap_or_default());
        })
    };
    let choose_file = {
        let path = path.setter();
        Callback::from(move |chosen| path.set(Some(chosen)))
    };
    let titles =
        PARTS.iter().map(|&(part, name, title)| (name, html! { <>{title}{badge(preview, part)}</> }));
    let chosen = PARTS.iter().position(|(it, ..)| it == part).unwrap_or_default();
    let (part, name, _) = PARTS[chosen];
    let (session, preview, line) = (session.clone(), Rc::clone(preview), *line);
    html! {
        <>
            <Summary session={session.clone()} preview={Rc::clone(&preview)} platforms={Rc::clone(platforms)} />
            <div class="sub-bar">{tabs::bar("boot", "Boot", "boot-panel", titles.collect(), chosen, &choose)}</div>
            <div id="boot-panel" class="boot-panel" role="tabpanel" aria-labelledby={tabs::id("boot", name)}>
                {match part {
                    Part::Stages => html! { <Timeline {session} {preview} {marked} settings={Rc::clone(settings)} /> },
                    Part::Files => html! { <Files {session} {preview} {marked} path={(*path).clone()} choose={choose_file} /> },
                    Part::Users => html! { <Users {session} {preview} {marked} /> },
                    Part::Units => html! { <Units {session} {preview} {line} /> },
                    Part::Network => html! { <Network {session} {preview} /> },
                    Part::Log => html! { <Log {session} {preview} {line} /> },
                }}
            </div>
        </>
    }
}

/// What a tab says of what is after it.
fn badge(preview: &Preview, part: Part) -> Html {
    let count = match part {
        Part::Log => preview.boot().messages.len(),
        Part::Units => preview.unit_problems(),
        _ => 0,
    };
    if count == 0 {
        return html! {};
    }
    let words = if part == Part::Units { "problems" } else { "messages" };
    html! {
        <span class={classes!("tab-count", (part == Part::Units).then_some("bad"))}>
            {count}<span class="visually-hidden">{" "}{words}</span>
        </span>
    }
}
