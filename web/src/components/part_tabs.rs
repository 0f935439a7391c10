//! The tabs above a text that is made of several parts: all of it, or one part alone.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::{icon, scroll, tabs};
use crate::parts::{Part, titles};
use crate::session::Session;

/// What the ids of these tabs begin with.
const GROUP: &str = "part";

/// The id of the tab of a part, or of the whole text.
pub(crate) fn tab_id(part: Option<usize>) -> String {
    tabs::id(GROUP, &name(part))
}

fn name(part: Option<usize>) -> AttrValue {
    part.map_or(AttrValue::Static("whole"), |index| index.to_string().into())
}

#[derive(PartialEq, Properties)]
pub(crate) struct PartTabsProps {
    pub(crate) session: Session,
    pub(crate) parts: Rc<[Part]>,
    /// Index of the one that is shown alone.
    pub(crate) shown: Option<usize>,
    /// The id of what shows it.
    pub(crate) panel: &'static str,
}

#[component]
pub(crate) fn PartTabs(props: &PartTabsProps) -> Html {
    let PartTabsProps { session, parts, shown, panel } = props;
    let row = use_node_ref();
    {
        let row = row.clone();
        use_effect_with((*shown, Rc::clone(parts)), move |_| {
            let row = row.cast::<Element>();
            let chosen =
                row.as_ref().and_then(|row| row.query_selector("[aria-selected=true]").ok().flatten());
            if let Some((row, chosen)) = row.zip(chosen) {
                scroll::along(&row, &chosen);
            }
        });
    }
    let of_parts = titles(parts).into_iter().zip(parts.iter()).enumerate();
    let of_parts = of_parts.map(|(index, (title, part))| (name(Some(index)), tab(title, part)));
    let all = std::iter::once((name(None), html! { {t!("Whole text")} })).chain(of_parts).collect();
    let chosen = shown.map_or(0, |index| index + 1);
    let session = session.clone();
    let choose = Callback::from(move |at: usize| session.show_part(at.checked_sub(1)));
    html! {
        <div ref={row} class="sub-bar part-bar">{tabs::bar(GROUP, t!("Parts of the text"), panel, all, chosen, &choose)}</div>
    }
}

fn tab(title: String, part: &Part) -> Html {
    // A name such as `setup` does not say what cloud-init takes the part for.
    let hint = format!("{title} · {}", part.kind);
    html! {
        <>
            <span class="part-title" title={hint}>{title}</span>
            {mark("error", part.errors, t!("error|errors", n = part.errors))}
            {mark("warning", part.warnings, t!("warning|warnings", n = part.warnings))}
        </>
    }
}

/// How many problems of a severity there are.
fn mark(severity: &'static str, count: usize, noun: AttrValue) -> Html {
    if count == 0 {
        return html! {};
    }
    html! {
        <span class={classes!("part-mark", severity)}>
            {icon::named(severity)}{count}<span class="visually-hidden">{" "}{noun}</span>
        </span>
    }
}
