//! The choice of the boot: the first one, or a later one.

use yew::prelude::*;

use crate::boot::settings::Settings;
use crate::boot::which::WhichBoot;
use crate::components::views::Offers;
use crate::session::Session;
use crate::words::t;

/// Draws it for a program that does something else at later boots.
pub(super) fn which_boot(session: &Session, settings: &Settings, offers: &Offers) -> Html {
    if !offers.has_boots {
        return html! {};
    }
    let chosen = settings.chosen().which_boot;
    let segment = |which: WhichBoot| {
        let onchange = {
            let session = session.clone();
            move |_: Event| session.choose_boot(which)
        };
        html! {
            <label class="segment" title={t(which.about())}>
                <input type="radio" name="which-boot" value={which.name()} checked={which == chosen} {onchange} />
                <span>{t(which.title())}</span>
            </label>
        }
    };
    html! {
        <fieldset class="segments which-boot">
            <legend class="visually-hidden">{t!("Boot to preview")}</legend>
            { for WhichBoot::ALL.into_iter().map(segment) }
        </fieldset>
    }
}
