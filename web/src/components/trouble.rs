//! What went wrong with the page itself, and what that means.

use yew::prelude::*;

use super::icon;
use crate::client::Stop;
use crate::session::Session;
use crate::state::Trouble;

#[derive(PartialEq, Properties)]
pub(crate) struct TroubleProps {
    pub(crate) session: Session,
    pub(crate) trouble: Option<Trouble>,
    pub(crate) close: Callback<()>,
}

#[component]
pub(crate) fn TroubleBar(props: &TroubleProps) -> Html {
    let close = props.close.reform(|_: MouseEvent| ());
    let retry = {
        let session = props.session.clone();
        move |_: MouseEvent| session.restart_linter()
    };
    html! {
        if let Some(trouble) = &props.trouble {
            <p>{message(trouble)}</p>
            if can_retry(trouble) {
                <button type="button" class="fix unsafe" onclick={retry}>{"Try again"}</button>
            }
            <button type="button" class="quiet square" aria-label="Dismiss" onclick={close}>
                {icon::close()}
            </button>
        }
    }
}

/// Whether the linter stays away unless somebody asks for it.
fn can_retry(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Linter(Stop::Missing | Stop::Exhausted))
}

fn message(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Linter(Stop::Missing) => {
            "The linter could not be loaded, so nothing is checked. Your text is still here.".to_owned()
        }
        Trouble::Linter(Stop::Broken) => {
            "The linter crashed on this text, which is a bug in dryboot. It has been restarted and checks \
             again with your next change."
                .to_owned()
        }
        Trouble::Linter(Stop::Exhausted) => {
            "The linter keeps crashing, which is a bug in dryboot. It has been stopped, so nothing is \
             checked. Your text is still here."
                .to_owned()
        }
        Trouble::EditorMissing => {
            "The full editor could not be loaded. This plain one works, and everything is still checked."
                .to_owned()
        }
        Trouble::FileRefused(reason) => format!("The file was not opened: {reason}."),
    }
}
