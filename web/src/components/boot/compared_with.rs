//! The choice of a second platform.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::boot::settings::Settings;
use crate::components::icon;
use crate::components::views::Platforms;
use crate::session::Session;

/// Draws it. Without a first platform there is nothing to compare.
pub(super) fn compared_with(session: &Session, settings: &Settings, platforms: &Platforms) -> Html {
    if settings.platform.is_none() {
        return html! {};
    }
    let onchange = {
        let session = session.clone();
        move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            session.compare_with(Some(select.value()).filter(|name| !name.is_empty()).map(Rc::from));
        }
    };
    let swap = {
        let session = session.clone();
        move |_: MouseEvent| session.swap_platforms()
    };
    let is_other = |name: &Rc<str>| settings.other.as_ref() == Some(name);
    let others = platforms.iter().filter(|(name, _)| settings.platform.as_ref() != Some(name));
    html! {
        <div class="compared-with">
            <label class="select small">
                <span class="select-label">{"Compare with"}</span>
                <select {onchange}>
                    <option value="" selected={settings.other.is_none()}>{"nothing"}</option>
                    { for others.map(|(name, title)| html! {
                        <option value={name.to_string()} selected={is_other(name)}>{title.clone()}</option>
                    }) }
                </select>
                {icon::named("chevron")}
            </label>
            if settings.other.is_some() {
                <button type="button" class="quiet square" aria-label="Swap the platforms" title="Swap the platforms" onclick={swap}>
                    {icon::named("swap")}
                </button>
            }
        </div>
    }
}
