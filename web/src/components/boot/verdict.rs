//! The verdict on a boot, which stays in view.

use dryboot_wasm::protocol::boot::{Place, Trouble};
use yew::prelude::*;

use crate::boot::preview::Preview;
use crate::boot::verdict::{Quality, Verdict};
use crate::boot::which::WhichBoot;
use crate::components::views::Offers;
use crate::components::{icon, prose};
use crate::session::Session;
use crate::slot::{OfPlatform, Slot};
use crate::words::t;

/// The title of a platform.
pub(super) fn title(name: Option<&str>, offers: &Offers) -> String {
    let Some(name) = name else {
        let without =
            if offers.has_boots { t!("a machine with NoCloud") } else { t!("a machine without a platform") };
        return without.to_string();
    };
    let known = offers.platforms.iter().find(|(known, _)| &**known == name);
    let title = known.map_or(name, |(_, title)| title.as_str());
    // It stands within a sentence.
    title.strip_prefix("A ").map_or_else(|| title.to_owned(), |rest| format!("a {rest}"))
}

/// Draws it. `summary` says what the platform is.
pub(super) fn verdict(preview: &Preview, offers: &Offers, summary: Option<&str>) -> Html {
    let boot = preview.boot();
    let platform = title(boot.platform.as_deref(), offers);
    let later = WhichBoot::from_name(&boot.which_boot).filter(|which| *which != WhichBoot::First);
    html! {
        <div class={classes!("verdict", class(preview))} title={summary.map(str::to_owned)}>
            {icon::named(shape(preview))}
            <p class="verdict-word">{words(preview)}</p>
            <p class="verdict-about">{t!("{program} on {platform}", program = boot.program, platform)}{ for later.map(|which| format!(", {}", t(which.in_sentence()))) }</p>
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
    match Verdict::of(preview).quality {
        Quality::Good => "done",
        Quality::Warned => "warning",
        Quality::Bad => "failed",
    }
}

pub(super) fn class(preview: &Preview) -> &'static str {
    match Verdict::of(preview).quality {
        Quality::Good => "good",
        Quality::Warned => "warned",
        Quality::Bad => "bad",
    }
}

/// An input that cannot be used, with the way to its mistake. What is shown below is the boot without it.
fn trouble(session: &Session, trouble: &Trouble) -> Html {
    let slot = OfPlatform::from_name(&trouble.about);
    let go = slot.zip(trouble.place).map(|(slot, place)| go(session, Slot::Platform(slot), place));
    let rest = slot.map(|_| t!("Below is the boot without it."));
    html! {
        <li><span>{prose::sentence(&trouble.message)}{". "}{ for rest }</span>{ for go }</li>
    }
}

fn go(session: &Session, slot: Slot, place: Place) -> Html {
    let session = session.clone();
    let onclick = move |_: MouseEvent| session.show_place(slot, place);
    html! {
        <button type="button" class="origin" {onclick}>{t!("line {line}, column {column}", line = place.line, column = place.column)}</button>
    }
}
