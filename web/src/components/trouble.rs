//! What went wrong with the page itself, and what that means.

use yew::prelude::*;

use super::icon;
use crate::state::Trouble;

#[derive(PartialEq, Properties)]
pub(crate) struct TroubleProps {
    pub(crate) trouble: Option<Trouble>,
    pub(crate) close: Callback<()>,
}

#[component]
pub(crate) fn TroubleBar(props: &TroubleProps) -> Html {
    let close = props.close.reform(|_: MouseEvent| ());
    html! {
        <div class="trouble" role="alert">
            if let Some(trouble) = &props.trouble {
                <p>{message(trouble)}</p>
                <button type="button" class="quiet square" aria-label="Dismiss" onclick={close}>
                    {icon::close()}
                </button>
            }
        </div>
    }
}

fn message(trouble: &Trouble) -> String {
    match trouble {
        Trouble::LinterMissing => {
            "The linter could not be loaded, so nothing is checked. Reload the page to try again.".to_owned()
        }
        Trouble::LinterStopped => {
            "The linter broke on this text: a bug of ours. It has been restarted and checks again with your next change."
                .to_owned()
        }
        Trouble::EditorMissing => {
            "The full editor could not be loaded. This plain one works, and everything is still checked.".to_owned()
        }
        Trouble::FileRefused(reason) => format!("The file was not opened: {reason}."),
    }
}
