//! What is shown of the user's text: all of it, or a part alone, as it stands there or decoded.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;

use super::decoded::{self, DecodedPart};
use super::part_tabs::{PartTabs, tab_id};
use super::tabs;
use crate::frame::Frame;
use crate::parts::{Part, titles};
use crate::session::Session;

/// The id of the panel with the editor.
const EDITOR: &str = "editor";

#[derive(PartialEq, Properties)]
pub(crate) struct UserTextProps {
    pub(crate) session: Session,
    pub(crate) frame: Frame,
    /// Whether it is the text that is open.
    pub(crate) is_open: bool,
    pub(crate) parts: Rc<[Part]>,
    /// Index of the part that the editor shows alone.
    pub(crate) shown: Option<usize>,
    /// The report on it.
    pub(crate) report: JsValue,
    /// The language of the interface.
    pub(crate) language: AttrValue,
}

#[component]
pub(crate) fn UserText(props: &UserTextProps) -> Html {
    let UserTextProps { session, frame, is_open, parts, shown, report, language } = props;
    let shown = shown.and_then(|index| Some((index, parts.get(index)?)));
    let index = shown.map(|(index, _)| index);
    let decoded = shown.and_then(|(index, part)| Some((index, part.decoded.clone()?)));
    let has_tabs = *is_open && !parts.is_empty();
    use_editor_panel(&frame.editor, *is_open && decoded.is_none(), has_tabs.then(|| tab_id(index)));
    if !has_tabs {
        return html! {};
    }
    let panel = if decoded.is_some() { decoded::PANEL } else { EDITOR };
    let row = html! {
        <PartTabs key={&**language} session={session.clone()} parts={Rc::clone(parts)} shown={index} {panel} />
    };
    let decoded = decoded.map(|(index, decoded)| {
        let key = format!("{index} {language}");
        let title = titles(parts).into_iter().nth(index).unwrap_or_default();
        html! {
            <DecodedPart {key} session={session.clone()} tab={tab_id(Some(index))} {title} {decoded} report={report.clone()} />
        }
    });
    html! {
        <>
            {create_portal(row, frame.parts.clone())}
            {for decoded.map(|decoded| create_portal(decoded, frame.other_input.clone()))}
        </>
    }
}

/// Shows the editor or not, and names the tabs that it belongs to.
#[hook]
fn use_editor_panel(editor: &Element, is_shown: bool, tab: Option<String>) {
    let editor = editor.clone();
    use_effect_with((is_shown, tab), move |(is_shown, tab)| {
        let of_text = tabs::id("input", "user-data");
        let labels = tab.iter().fold(of_text, |labels, tab| format!("{labels} {tab}"));
        // These fail only for an illegal name.
        let _ = editor.set_attribute("aria-labelledby", &labels);
        let _ =
            if *is_shown { editor.remove_attribute("hidden") } else { editor.set_attribute("hidden", "") };
    });
}
