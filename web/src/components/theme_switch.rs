//! The switch between dark, light and the system's choice.

use yew::prelude::*;

use super::icon;
use crate::theme::Theme;

#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let theme = use_state_eq(Theme::stored);
    let onclick = {
        let theme = theme.clone();
        move |_: MouseEvent| {
            let next = theme.next();
            next.choose();
            theme.set(next);
        }
    };
    let label = format!("Theme: {}", theme.name());
    html! {
        <button type="button" class="quiet square theme-switch" title={label.clone()} aria-label={label} {onclick}>
            {icon::theme()}
        </button>
    }
}
