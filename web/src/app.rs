//! The page as a whole.

use yew::prelude::*;

use crate::components::announcer::Announcer;
use crate::components::editor_pane::EditorPane;
use crate::components::explanation::ExplanationPanel;
use crate::components::footer::Footer;
use crate::components::header::Header;
use crate::components::problems::Problems;
use crate::components::trouble::TroubleBar;
use crate::host::Host;
use crate::session::Session;
use crate::state::{Action, State};

#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    pub(crate) host: Host,
}

#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let state = use_reducer_eq(State::default);
    let session = {
        let (host, dispatch) = (props.host.clone(), state.dispatcher());
        use_memo((), move |()| Session::new(host, dispatch))
    };
    let session = (*session).clone();
    use_effect_with(state.report.is_some(), |&reported| {
        if reported {
            mark_first_lint();
        }
    });
    let close_trouble = {
        let dispatch = state.dispatcher();
        move |()| dispatch.dispatch(Action::CloseTrouble)
    };
    let close_explanation = {
        let dispatch = state.dispatcher();
        move |()| dispatch.dispatch(Action::CloseExplanation)
    };
    html! {
        <>
            <Header session={session.clone()} choice={state.target} />
            <TroubleBar trouble={state.trouble.clone()} close={close_trouble} />
            <main class="work">
                <EditorPane
                    session={session.clone()}
                    choice={state.target}
                    report={state.report.clone()}
                />
                <div class="findings">
                    <Problems
                        session={session}
                        report={state.report.clone()}
                        current={state.current()}
                    />
                    if let Some(explanation) = state.explanation.clone() {
                        <ExplanationPanel {explanation} close={close_explanation} />
                    }
                </div>
            </main>
            <Footer />
            <Announcer report={state.report.clone()} />
        </>
    }
}

/// Tells measurements that the first report is in the page.
fn mark_first_lint() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        // Fails only for an illegal name.
        let _ = root.set_attribute("data-first-lint", "");
    }
}
