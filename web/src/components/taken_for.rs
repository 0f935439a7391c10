//! The line above the editor: what the text is taken for.

use std::rc::Rc;

use dryboot_wasm::protocol::Report;
use yew::prelude::*;

use super::prose;
use crate::programs::Programs;

#[derive(PartialEq, Properties)]
pub(crate) struct TakenForProps {
    /// Whether the text has decided for whom it is.
    pub(crate) is_auto: bool,
    pub(crate) programs: Rc<Programs>,
    pub(crate) report: Option<Rc<Report>>,
}

/// What auto decided, or what the text is.
#[component]
pub(crate) fn TakenFor(props: &TakenForProps) -> Html {
    let Some(report) = &props.report else {
        return html! {};
    };
    let kind = match report.kind.as_str() {
        "empty" => return html! {},
        "unknown" => "not recognised",
        kind => kind,
    };
    html! {
        <>
            if !report.compression.is_empty() {
                <span class="kind">{if report.compression == "gzip" { "gzip" } else { "damaged gzip" }}</span>
            }
            <span class="kind">{kind.to_owned()}</span>
            if props.is_auto {
                <span class="reason">
                    {"for "}<strong>{props.programs.title(&report.target).to_owned()}</strong>
                    {": "}{prose::line(&report.reason)}
                </span>
            } else {
                <span class="reason">{"for "}{report.program.clone()}</span>
            }
        </>
    }
}
