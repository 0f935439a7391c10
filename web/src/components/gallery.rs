//! Examples to begin with.

use yew::prelude::*;

use super::icon;
use crate::examples::{self, Example};
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct GalleryProps {
    pub(crate) session: Session,
}

/// A button with a menu below. The browser's popover opens and closes it.
#[component]
pub(crate) fn Gallery(props: &GalleryProps) -> Html {
    let entry = |example: Example| {
        let session = props.session.clone();
        let onclick = move |_: MouseEvent| session.open(example.text);
        html! {
            <li>
                <button type="button" class="menu-item" popovertarget="examples" popovertargetaction="hide" {onclick}>
                    {example.title()}
                </button>
            </li>
        }
    };
    html! {
        <div class="gallery">
            <button type="button" class="quiet" popovertarget="examples">
                {"Examples"}{icon::chevron()}
            </button>
            <div id="examples" class="popover menu" popover="auto">
                <ul>{ for examples::ALL.into_iter().map(entry) }</ul>
            </div>
        </div>
    }
}
