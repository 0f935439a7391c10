//! Examples to begin with.

use yew::prelude::*;

use super::prose;
use crate::examples::{self, Example};
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct GalleryProps {
    pub(crate) session: Session,
}

/// The menu below the button "Examples". The browser's popover opens and closes it.
#[component]
pub(crate) fn Gallery(props: &GalleryProps) -> Html {
    let entry = |example: Example| {
        let session = props.session.clone();
        let onclick = move |_: MouseEvent| session.open_example(example);
        html! {
            <li>
                <button type="button" class="menu-item" popovertarget="examples" popovertargetaction="hide" {onclick}>
                    {prose::said(html! { {example.title()} })}
                </button>
            </li>
        }
    };
    html! { <ul>{ for examples::ALL.into_iter().map(entry) }</ul> }
}
