//! The choice of a second boot to compare with.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::boot::other::Other;
use crate::boot::settings::Settings;
use crate::boot::which::WhichBoot;
use crate::components::icon;
use crate::components::views::Offers;
use crate::session::Session;
use crate::words::t;

/// A kind of what can be compared: its title, and each with its own.
type Group = (AttrValue, Vec<(Other, AttrValue)>);

/// Draws it, if there is something to compare.
pub(super) fn compared_with(
    session: &Session,
    settings: &Settings,
    offers: &Offers,
    used_target: &str,
) -> Html {
    if !offers.can_compare(settings) {
        return html! {};
    }
    let onchange = {
        let session = session.clone();
        move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            session.compare_with(Other::from_value(&select.value()));
        }
    };
    let other = settings.chosen().other;
    let swap = other.as_ref().map(|other| {
        let session = session.clone();
        let onclick = move |_: MouseEvent| session.swap_boots();
        let title = t(other.swap_title());
        html! {
            <button key="swap" type="button" class="quiet square" aria-label={title.clone()} {title} {onclick}>{icon::named("swap")}</button>
        }
    });
    let groups = groups(settings, offers, used_target);
    let is_one = groups.len() == 1;
    let group = |(title, all): Group| {
        let options: Html = all.into_iter().map(|it| option(it, other.as_ref())).collect();
        // One kind alone needs no title.
        if is_one {
            options
        } else {
            html! { <optgroup label={title}>{options}</optgroup> }
        }
    };
    // The keys keep the choice, and its focus, when the button beside it comes.
    html! {
        <div class="compared-with">
            <label key="choice" class="select small">
                <span class="select-label">{t!("Compare with")}</span>
                <select {onchange}>
                    <option value="" selected={other.is_none()}>{t!("nothing")}</option>
                    { for groups.into_iter().map(group) }
                </select>
                {icon::named("chevron")}
            </label>
            { for swap }
        </div>
    }
}

fn option((it, title): (Other, AttrValue), chosen: Option<&Other>) -> Html {
    html! { <option value={it.value()} selected={chosen == Some(&it)}>{title}</option> }
}

/// What a boot can be compared with, by kind; kinds of which there is nothing are left out.
fn groups(settings: &Settings, offers: &Offers, used_target: &str) -> Vec<Group> {
    let choices = settings.chosen();
    let platforms = offers.platforms.iter().filter(|(name, _)| choices.platform.as_ref() != Some(name));
    let versions = offers.versions.iter().filter(|(name, _)| **name != *used_target);
    let boots = WhichBoot::ALL.into_iter().filter(|which| offers.has_boots && *which != choices.which_boot);
    let groups = [
        (t!("Boots"), boots.map(|which| (Other::Boot(which), t(which.title()))).collect::<Vec<_>>()),
        (
            t!("Platforms"),
            platforms.map(|(name, title)| (Other::Platform(Rc::clone(name)), title.clone().into())).collect(),
        ),
        (
            t!("Versions"),
            versions.map(|(name, title)| (Other::Target(Rc::clone(name)), title.clone().into())).collect(),
        ),
    ];
    groups.into_iter().filter(|(_, all)| !all.is_empty()).collect()
}
