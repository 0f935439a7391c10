//! The Problems view. What is in it is drawn by `web/js/problems.js`.

use std::rc::Rc;

use yew::prelude::*;

use super::{focus, icon, scroll};
use crate::fixes;
use crate::report::Report;
use crate::session::Session;
use crate::state::Checking;

#[derive(PartialEq, Properties)]
pub(crate) struct ProblemsProps {
    pub(crate) session: Session,
    pub(crate) report: Option<Rc<Report>>,
    /// Index of the problem under the cursor.
    pub(crate) current: Option<usize>,
    pub(crate) checking: Checking,
}

// What JavaScript draws is drawn while Yew renders: effects may come after the browser has painted.

#[component]
pub(crate) fn Problems(props: &ProblemsProps) -> Html {
    let session = &props.session;
    let view = use_memo((), |()| session.drawing().problems(&session.actions()));
    use_memo((props.report.clone(), props.checking), |(report, checking)| {
        view.report(report.as_deref(), *checking);
    });
    let body = Html::VRef(view.body().into());
    use_effect_with(props.current, move |&current| {
        if let Some(item) = view.mark(current) {
            scroll::into_view(&item);
        }
    });
    body
}

/// How many findings there are, for the tab.
#[derive(PartialEq, Properties)]
pub(crate) struct CountsProps {
    pub(crate) session: Session,
    pub(crate) report: Option<Rc<Report>>,
    pub(crate) checking: Checking,
}

#[component]
pub(crate) fn Counts(props: &CountsProps) -> Html {
    let drawing = props.session.drawing();
    let counts = use_memo((), |()| drawing.counts());
    use_memo((props.report.clone(), props.checking), |(report, checking)| {
        drawing.count(&counts, report.as_deref(), *checking);
    });
    Html::VRef((*counts).clone().into())
}

pub(crate) fn fix_all(session: &Session, report: &Rc<Report>) -> Html {
    let count = report.safe_fixes.len();
    if count == 0 {
        return html! {};
    }
    let (session, report) = (session.clone(), Rc::clone(report));
    let onclick = move |_: MouseEvent| {
        focus::on(focus::VIEW_TAB);
        session.apply_all(&fixes::together(&report.safe_fixes), count);
    };
    html! {
        <button type="button" class="fix fix-all" title={t!("Apply all safe fixes")} {onclick}>
            {icon::fix()}<span>{t!("Fix all safe ({count})", count)}</span>
        </button>
    }
}
