//! The editor with the line above it that says what the text is taken for.

use std::rc::Rc;

use dryboot_wasm::protocol::Report;
use js_sys::JsString;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::prose;
use crate::examples;
use crate::session::Session;
use crate::state::Choice;

#[derive(PartialEq, Properties)]
pub(crate) struct EditorPaneProps {
    pub(crate) session: Session,
    pub(crate) choice: Choice,
    pub(crate) report: Option<Rc<Report>>,
}

#[component]
pub(crate) fn EditorPane(props: &EditorPaneProps) -> Html {
    html! {
        <section class="pane editor-pane" aria-labelledby="editor-title">
            <div class="pane-bar">
                <h2 id="editor-title">{"User-data"}</h2>
                if let Some(report) = &props.report {
                    <p class="taken-for">{taken_for(report, props.choice)}</p>
                }
            </div>
            <EditorFrame session={props.session.clone()} />
        </section>
    }
}

/// What auto decided, or what the text is.
fn taken_for(report: &Report, choice: Choice) -> Html {
    let kind = match report.kind.as_str() {
        "empty" => return html! {},
        "unknown" => "not recognised",
        kind => kind,
    };
    html! {
        <>
            <span class="kind">{kind.to_owned()}</span>
            if choice == Choice::Auto {
                <span class="reason">
                    {"for "}<strong>{Choice::label_of(&report.target).to_owned()}</strong>
                    {": "}{prose::line(&report.reason)}
                </span>
            } else {
                <span class="reason">{"for "}{report.program.clone()}</span>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct FrameProps {
    session: Session,
}

/// The place of the editor. It is drawn once: the rich editor lives in it, out of Yew's sight.
#[component]
fn EditorFrame(props: &FrameProps) -> Html {
    let (frame, area) = (use_node_ref(), use_node_ref());
    {
        let (session, frame, area) = (props.session.clone(), frame.clone(), area.clone());
        use_effect_with((), move |()| {
            let parts = frame.cast::<Element>().zip(area.cast::<HtmlTextAreaElement>());
            if let Some((frame, area)) = parts {
                area.set_value(examples::FIRST.text);
                // Setting the value leaves the cursor at the end. Never fails for a text area.
                let _ = area.set_selection_range(0, 0);
                session.attach(frame, area);
            }
        });
    }
    let oninput = {
        let session = props.session.clone();
        move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            session.changed(JsString::from(area.value()));
        }
    };
    let onselect = {
        let session = props.session.clone();
        move |event: Event| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            if let Ok(Some(offset)) = area.selection_start() {
                session.moved(offset);
            }
        }
    };
    let ondrop = {
        let session = props.session.clone();
        move |event: DragEvent| {
            if let Some(file) = dropped(&event) {
                event.prevent_default();
                session.open_file(file);
            }
        }
    };
    // Without this the browser opens the file in place of the page.
    let ondragover = |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
        }
    };
    html! {
        <div class="editor" ref={frame} {ondrop} {ondragover}>
            <textarea
                ref={area}
                class="plain"
                aria-label="User-data"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                {oninput}
                {onselect}
            />
        </div>
    }
}

fn dropped(event: &DragEvent) -> Option<web_sys::File> {
    event.data_transfer()?.files()?.get(0)
}

fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
