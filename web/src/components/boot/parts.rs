//! The parts of a boot, in tabs.

use std::rc::Rc;

use yew::prelude::*;

use super::commands::Commands;
use super::files::Files;
use super::log::Log;
use super::network::Network;
use super::packages::Packages;
use super::summary::Summary;
use super::timeline::Timeline;
use super::units::Units;
use super::users::Users;
use crate::boot::marks;
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::boot::state::Part;
use crate::components::scroll::Held;
use crate::components::tabs;
use crate::session::Session;
use crate::words::t;

const PARTS: [(Part, &str, &str); 8] = [
    (Part::Stages, "stages", text!("Stages")),
    (Part::Files, "files", text!("Files")),
    (Part::Users, "users", text!("Users")),
    (Part::Packages, "packages", text!("Packages")),
    (Part::Commands, "commands", text!("Commands")),
    (Part::Units, "units", text!("Units")),
    (Part::Network, "network", text!("Network")),
    (Part::Log, "log", text!("Log")),
];

/// The parts that a boot has.
fn parts(preview: &Preview) -> Vec<(Part, &'static str, &'static str)> {
    PARTS.into_iter().filter(|(_, name, _)| preview.has_part(name)).collect()
}

/// The part that is shown when this one was chosen, with its name.
fn shown(preview: &Preview, part: Part) -> (Part, &'static str) {
    let all = parts(preview);
    let found = all.iter().find(|(it, ..)| *it == part).or(all.first());
    found.map_or((Part::Stages, ""), |&(part, name, _)| (part, name))
}

/// The tabs.
pub(super) fn bar(session: &Session, preview: &Preview, part: Part) -> Html {
    let parts = parts(preview);
    let (part, _) = shown(preview, part);
    let choose = {
        let (session, parts) = (session.clone(), parts.clone());
        Callback::from(move |at: usize| {
            session.part(parts.get(at).map(|&(part, ..)| part).unwrap_or_default());
        })
    };
    let titles = parts
        .iter()
        .map(|&(part, name, title)| (name.into(), html! { <>{t(title)}{badge(preview, part)}</> }));
    let chosen = parts.iter().position(|(it, ..)| *it == part).unwrap_or_default();
    html! {
        <div class="sub-bar">{tabs::bar("boot", t!("Boot"), "boot-panel", titles.collect(), chosen, &choose)}</div>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct PartsProps {
    pub(super) session: Session,
    pub(super) preview: Rc<Preview>,
    pub(super) part: Part,
    /// Line of the cursor in the editor.
    pub(super) line: u32,
    pub(super) settings: Rc<Settings>,
}

/// The part that is chosen.
#[component]
pub(super) fn Parts(props: &PartsProps) -> Html {
    let PartsProps { session, preview, part, line, settings } = props;
    // This is before anything of it is drawn, and the effect after all of it is.
    let held = Held::in_panel("#boot-panel");
    use_effect_with(Rc::clone(preview), move |_| held.iter().for_each(Held::keep));
    let path = use_state(|| None::<AttrValue>);
    let marked: Rc<[u32]> = marks::effects(preview.boot(), *line).into();
    let choose_file = {
        let path = path.setter();
        Callback::from(move |chosen| path.set(Some(chosen)))
    };
    let (part, name) = shown(preview, *part);
    let (session, preview, line) = (session.clone(), Rc::clone(preview), *line);
    html! {
        <div id="boot-panel" class="boot-panel" role="tabpanel" aria-labelledby={tabs::id("boot", name)}>
            {match part {
                Part::Stages => html! {
                    <>
                        <Summary session={session.clone()} preview={Rc::clone(&preview)} />
                        <Timeline {session} {preview} {marked} settings={Rc::clone(settings)} />
                    </>
                },
                Part::Files => html! { <Files {session} {preview} {marked} path={(*path).clone()} choose={choose_file} /> },
                Part::Users => html! { <Users {session} {preview} {marked} /> },
                Part::Packages => html! { <Packages {session} {preview} {marked} /> },
                Part::Commands => html! { <Commands {session} {preview} {marked} /> },
                Part::Units => html! { <Units {session} {preview} {line} /> },
                Part::Network => html! { <Network {session} {preview} /> },
                Part::Log => html! { <Log {session} {preview} {line} /> },
            }}
        </div>
    }
}

/// What a tab says of what is behind it.
fn badge(preview: &Preview, part: Part) -> Html {
    let count = match part {
        Part::Log => preview.boot().messages.len(),
        Part::Units => preview.unit_problems().len(),
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
