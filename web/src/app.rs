//! The page as a whole.

use std::rc::Rc;

use yew::prelude::*;

use crate::boot::verdict::Verdict;
use crate::components::announcer::Announcer;
use crate::components::explanation::ExplanationPanel;
use crate::components::gallery::Gallery;
use crate::components::inputs::{InputTabs, OtherInput, Tabs};
use crate::components::notices::NoticeBar;
use crate::components::trouble::TroubleBar;
use crate::components::user_text::UserText;
use crate::components::views::{Offers, Views};
use crate::frame::Frame;
use crate::host::{Host, forever};
use crate::session::Session;
use crate::state::{Action, Checking, Input, State, View};

#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    pub(crate) host: Host,
    pub(crate) frame: Frame,
}

/// Draws the right side; all else goes into its place in the frame.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let AppProps { host, frame } = props;
    let state = use_reducer_eq(|| State::taken_over(host, frame));
    let session = {
        let (host, frame, dispatch) = (host.clone(), frame.clone(), state.dispatcher());
        use_memo((), move |()| Session::new(host, frame, dispatch))
    };
    let session = (*session).clone();
    let program = frame.programs.of(state.used_target()).cloned().unwrap_or_default();
    let tabs = Tabs {
        has_template: state.user.report.as_ref().is_some_and(|report| report.is_template),
        texts: match state.boot.settings.platform() {
            Some(_) => Rc::clone(&program.texts),
            None => Rc::default(),
        },
    };
    // The tab of a text goes with what it is for.
    let input = tabs.shown(state.input);
    let offers = use_memo((program, state.language.clone()), |(program, _)| Offers {
        platforms: frame.platforms(&program.module),
        versions: if program.has_versions { frame.versions() } else { Rc::default() },
        has_boots: program.has_boots,
    });
    use_effect_with(state.user.report.is_some(), |&reported| {
        if reported {
            mark_first_lint();
        }
    });
    use_problem_keys(&session, &state);
    let close_trouble = {
        let dispatch = state.dispatcher();
        move |()| dispatch.dispatch(Action::CloseTrouble)
    };
    let close_explanation = {
        let dispatch = state.dispatcher();
        move |()| dispatch.dispatch(Action::CloseExplanation)
    };
    // What is drawn in another language is drawn anew.
    let language = &*state.language;
    let report = state.shown_report().cloned();
    // Whether somebody has chosen decides what is said, too.
    use_memo((report.clone(), state.target.clone(), state.language.clone()), |(report, ..)| {
        session.drawing().taken_for(report.as_deref());
    });
    let trouble = state.trouble.clone();
    let gallery = html! { <Gallery key={language} session={session.clone()} /> };
    let inputs = html! { <InputTabs key={language} session={session.clone()} {input} {tabs} /> };
    let fault = state.user.report.as_ref().and_then(|report| report.instance_data_fault.clone());
    let instance_data = state.instance_data.clone();
    html! {
        <>
            {create_portal(gallery, frame.examples.clone())}
            {create_portal(
                html! { <TroubleBar key={language} session={session.clone()} {trouble} close={close_trouble} /> },
                frame.trouble.clone(),
            )}
            {create_portal(
                html! { <NoticeBar key={language} session={session.clone()} notices={state.notices.clone()} /> },
                frame.notice.clone(),
            )}
            {create_portal(inputs, frame.inputs.clone())}
            {create_portal(
                html! { <OtherInput session={session.clone()} {input} {instance_data} {fault} language={&state.language} boot={state.boot.clone()} /> },
                frame.other_input.clone(),
            )}
            <UserText
                session={session.clone()}
                frame={frame.clone()}
                is_open={input == Input::UserData}
                parts={state.parts()}
                shown={state.part}
                report={state.user.report.as_ref().map(|report| report.document.clone()).unwrap_or_default()}
                language={&state.language}
            />
            {create_portal(html! { <Announcer news={news(&session, &state)} at_once={state.said.is_some()} /> }, frame.status.clone())}
            <Views
                key={language}
                session={session.clone()}
                view={state.view}
                {report}
                current={state.current()}
                {input}
                line={if input == Input::UserData { state.user.cursor.line } else { 0 }}
                checking={state.checking}
                boot={state.boot.clone()}
                image={state.image.clone()}
                {offers}
                used_target={AttrValue::from(state.used_target().to_owned())}
            />
            if let Some(explanation) = state.explanation.clone() {
                <ExplanationPanel key={language} session={session.clone()} {explanation} close={close_explanation} />
            }
        </>
    }
}

/// F8 goes to the next problem from wherever the focus is, with the shift key to the one before.
#[hook]
fn use_problem_keys(session: &Session, state: &UseReducerHandle<State>) {
    let latest = use_mut_ref(|| state.clone());
    latest.replace(state.clone());
    let session = session.clone();
    use_effect_with((), move |()| {
        let pressed = forever(move |event: KeyboardEvent| {
            let next =
                (event.key() == "F8").then(|| latest.borrow().next_problem(event.shift_key())).flatten();
            if let Some((index, place)) = next {
                event.prevent_default();
                session.go_to_problem(index, place);
            }
        });
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document {
            // Fails only for listeners that are no functions.
            let _ = document.add_event_listener_with_callback("keydown", &pressed);
        }
    });
}

/// What the view that is shown says in short.
fn news(session: &Session, state: &State) -> Option<AttrValue> {
    if let Some(index) = state.said {
        return state.shown_report()?.in_words(index);
    }
    match state.view {
        View::Problems => match state.checking {
            Checking::Stopped(_) => Some(t!("Not checked")),
            _ => {
                let report = state.shown_report().filter(|report| !report.is_partial);
                report.map(|report| session.drawing().in_short(report).into())
            }
        },
        View::Boot if state.boot.failure.is_some() => Some(t!("No preview")),
        View::Boot => state.boot.previews.as_ref().map(|previews| {
            let Verdict { word, detail, .. } = Verdict::of(&previews.first);
            format!("{}: {word}{detail}", t!("Boot")).into()
        }),
        View::Image => state.image.news(),
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
