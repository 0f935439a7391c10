//! The verdict on a boot, which stays in view.

use dryboot_wasm::protocol::boot::{Place, Trouble};
use yew::prelude::*;

use crate::boot::preview::Preview;
use crate::boot::verdict::Verdict;
use crate::components::views::Platforms;
use crate::components::{icon, prose};
use crate::session::Session;
use crate::slot::{OfPlatform, Slot};

/// The title of a platform.
pub(super) fn title(name: Option<&str>, platforms: &Platforms) -> String {
    let Some(name) = name else { return "a machine without a platform".to_owned() };
    let known = platforms.iter().find(|(known, _)| &**known == name);
    known.map_or(name, |(_, title)| title.as_str()).to_owned()
}

/// Draws it. `summary` says what the platform is.
pub(super) fn verdict(preview: &Preview, platforms: &Platforms, summary: Option<&str>) -> Html {
    let boot = preview.boot();
    let platform = title(boot.platform.as_deref(), platforms);
    html! {
        <div class={classes!("verdict", class(preview))} title={summary.map(str::to_owned)}>
            {icon::named(shape(preview))}
            <p class="verdict-word">{words(preview)}</p>
            <p class="verdict-about">{&boot.program}{" on "}{platform}</p>
        </div>
    }
}

/// What is wrong with the inputs.
pub(super) fn troubles(session: &Session, preview: &Preview) -> Html {
    let troubles = &preview.boot().troubles;
    html! {
        if !troubles.is_empty() {
            <ul class="troubles">{ for troubles.iter().map(|it| trouble(session, it)) }</ul>
        }
    }
}

/// The verdict alone.
pub(super) fn words(preview: &Preview) -> Html {
    let Verdict { word, detail, .. } = Verdict::of(preview);
    html! { <>{word}<span class="verdict-code">{detail}</span></> }
}

pub(super) fn shape(preview: &Preview) -> &'static str {
    if Verdict::of(preview).is_good { "done" } else { "failed" }
}

pub(super) fn class(preview: &Preview) -> &'static str {
    if Verdict::of(preview).is_good { "good" } else { "bad" }
}

/// An input that cannot be used, with the way to its mistake. What is shown below is the boot without it.
fn trouble(session: &Session, trouble: &Trouble) -> Html {
    let slot = OfPlatform::from_name(&trouble.about);
    let go = slot.zip(trouble.place).map(|(slot, place)| go(session, Slot::Platform(slot), place));
    let rest = slot.map(|_| "Below is the boot without it.");
    html! {
        <li><span>{prose::sentence(&trouble.message)}{". "}{ for rest }</span>{ for go }</li>
    }
}

fn go(session: &Session, slot: Slot, place: Place) -> Html {
    let session = session.clone();
    let onclick = move |_: MouseEvent| session.show_place(slot, place);
    html! {
        <button type="button" class="origin" {onclick}>{format!("line {}, column {}", place.line, place.column)}</button>
    }
}
