//! What is said in passing, below the texts.

use yew::prelude::*;

use super::icon;
use crate::notice::{Notices, Work};
use crate::session::Session;
use crate::words::t;

#[derive(PartialEq, Properties)]
pub(crate) struct NoticeBarProps {
    pub(crate) session: Session,
    pub(crate) notices: Notices,
}

#[component]
pub(crate) fn NoticeBar(props: &NoticeBarProps) -> Html {
    let NoticeBarProps { session, notices } = props;
    let act = |act: fn(&Session)| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| act(&session))
    };
    html! {
        <>
            { for notices.given_up.iter().map(|&work| given_up(session, work)) }
            if let Some(replaced) = &notices.replaced {
                <div class="notice-line">
                    <p>{replaced.words()}</p>
                    <button type="button" class="fix" onclick={act(Session::undo)}>{icon::named("undo")}{t!("Undo")}</button>
                    {close(act(Session::close_replaced))}
                </div>
            }
        </>
    }
}

fn given_up(session: &Session, work: Work) -> Html {
    let session = session.clone();
    html! {
        <div class="notice-line slow">
            {icon::named("enabled")}
            <p>{t(work.given_up())}</p>
            {close(Callback::from(move |_: MouseEvent| session.close_given_up(work)))}
        </div>
    }
}

fn close(onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="quiet square" aria-label={t!("Dismiss")} {onclick}>{icon::close()}</button>
    }
}
