//! What went wrong with the page itself, and what that means.

use yew::prelude::*;

use super::icon;
use crate::client::Stop;
use crate::session::Session;
use crate::state::Trouble;
use crate::words::t;

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
                <button type="button" class="fix unsafe" onclick={retry}>{t!("Try again")}</button>
            }
            <button type="button" class="quiet square" aria-label={t!("Dismiss")} onclick={close}>
                {icon::close()}
            </button>
        }
    }
}

/// Whether the linter stays away unless somebody asks for it.
fn can_retry(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Linter(Stop::Missing | Stop::Exhausted))
}

fn message(trouble: &Trouble) -> AttrValue {
    match trouble {
        Trouble::Linter(Stop::Missing) => {
            t!("The linter could not be loaded, so nothing is checked. Your text is still here.")
        }
        Trouble::Linter(Stop::Broken) => {
            t!(
                "The linter crashed on this text, which is a bug in dryboot. It has been restarted and checks \
                again with your next change."
            )
        }
        Trouble::Linter(Stop::Exhausted) => {
            t!("The linter keeps crashing, which is a bug in dryboot. It has been stopped, so nothing is \
                checked. Your text is still here.")
        }
        Trouble::EditorMissing => {
            t!("The full editor could not be loaded. This plain one works, and everything is still checked.")
        }
        Trouble::FileRefused(reason) => t!("The file was not opened: {reason}.", reason = t(reason)),
    }
}
