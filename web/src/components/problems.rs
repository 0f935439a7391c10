//! The list of problems, or the good news that there are none.

use std::rc::Rc;

use dryboot_wasm::protocol::{Report, Severity};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::problem::{GO_CLASS, problem};
use super::{icon, prose, scroll};
use crate::client::Stop;
use crate::fixes;
use crate::session::Session;
use crate::state::Checking;

/// More problems than anybody reads; drawing thousands would only make typing slow.
const SHOWN: usize = 200;

#[derive(PartialEq, Properties)]
pub(crate) struct ProblemsProps {
    pub(crate) session: Session,
    pub(crate) report: Option<Rc<Report>>,
    pub(crate) current: Option<usize>,
    pub(crate) checking: Checking,
}

#[component]
pub(crate) fn Problems(props: &ProblemsProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.current, move |&current| {
            let item = list.cast::<Element>().zip(current);
            if let Some((list, index)) = item {
                show_item(&list, index);
            }
        });
    }
    html! {
        <div class="problem-body" ref={list}>
            if props.checking == Checking::Late && props.report.is_some() {
                <p class="late">{icon::named("enabled")}{"Still checking. This is about an earlier text."}</p>
            }
            if let Some(report) = &props.report {
                if !report.diagnostics.is_empty() {
                    if !report.not_checked.is_empty() {
                        <p class="unjudged">
                            {icon::named("skipped")}
                            <span><strong>{"Not checked: "}</strong>{prose::line(&report.not_checked)}{"."}</span>
                        </p>
                    }
                    {problem_list(&props.session, report, props.current)}
                    {more(report)}
                } else if report.partial {
                    {more(report)}
                } else if report.not_checked.is_empty() {
                    {calm(report)}
                } else if report.kind == "empty" {
                    {invitation()}
                } else {
                    {not_checked(&report.not_checked)}
                }
                {suppressed(report)}
            } else if let Checking::Stopped(stop) = props.checking {
                {not_checked(match stop {
                    Stop::Broken => "the linter broke on this text",
                    Stop::Exhausted => "the linter keeps breaking and was stopped",
                    Stop::Missing => "the linter could not be loaded",
                })}
            } else {
                <p class="loading">{"Loading the linter…"}</p>
            }
        </div>
    }
}

/// That there may be more, where only a part of the rules has been checked.
fn more(report: &Report) -> Html {
    html! {
        if report.partial {
            <p class="partial">
                <span class="awaited">{"Checking further rules…"}</span>
                <span class="missing">{"Further rules could not be loaded, so they are not checked."}</span>
            </p>
        }
    }
}

/// That nothing was checked, and why. Never to be mistaken for the good news.
fn not_checked(reason: &str) -> Html {
    html! {
        <div class="calm not-checked">
            <span class="calm-mark">{icon::named("skipped")}</span>
            <p class="calm-title">{"Not checked"}</p>
            <p>{prose::sentence(reason)}{"."}</p>
        </div>
    }
}

fn problem_list(session: &Session, report: &Report, current: Option<usize>) -> Html {
    let active = current.filter(|&index| index < SHOWN).unwrap_or(0);
    let shown = report.diagnostics.iter().take(SHOWN).enumerate();
    let hidden = report.diagnostics.len().saturating_sub(SHOWN);
    html! {
        <>
            <ol class="problem-list" onkeydown={move_between}>
                { for shown.map(|(at, found)| problem(session, found, at == active, current == Some(at))) }
            </ol>
            if hidden > 0 {
                <p class="more">{format!("and {hidden} more")}</p>
            }
        </>
    }
}

/// How many findings of each severity there are.
fn tally(report: &Report) -> impl Iterator<Item = (Severity, usize)> {
    let count = |severity| {
        let same = report.diagnostics.iter().filter(|found| found.severity == severity);
        (severity, same.count())
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    counts.into_iter().filter(|&(_, count)| count > 0)
}

fn noun(severity: Severity, count: usize) -> &'static str {
    match (severity, count) {
        (Severity::Error, 1) => "error",
        (Severity::Error, _) => "errors",
        (Severity::Warning, 1) => "warning",
        (Severity::Warning, _) => "warnings",
        (Severity::Info, 1) => "note",
        (Severity::Info, _) => "notes",
    }
}

/// The numbers as a sentence: "2 errors, 1 warning".
pub(crate) fn summary(report: &Report) -> String {
    let counts: Vec<_> =
        tally(report).map(|(severity, count)| format!("{count} {}", noun(severity, count))).collect();
    match (counts.is_empty(), report.not_checked.is_empty()) {
        (true, true) => "No problems".to_owned(),
        (true, false) => "Not checked".to_owned(),
        (false, true) => counts.join(", "),
        (false, false) => format!("{}, not checked", counts.join(", ")),
    }
}

/// How many findings there are, for the tab.
pub(crate) fn counts(report: Option<&Report>, checking: Checking) -> Html {
    let Some(report) = report else {
        return if matches!(checking, Checking::Stopped(_)) {
            unchecked("not checked")
        } else {
            html! {}
        };
    };
    if checking == Checking::Late {
        return html! { <span class="unchecked">{icon::named("enabled")}<span class="noun">{"still checking"}</span></span> };
    }
    let badge = |(severity, count): (Severity, usize)| {
        html! {
            <span class={severity.name()}>
                {icon::severity(severity)}{count}<span class="noun">{noun(severity, count)}</span>
            </span>
        }
    };
    let mut badges: Vec<Html> = tally(report).map(badge).collect();
    if report.partial {
        badges.push(html! { <span class="unchecked">{icon::named("enabled")}<span class="noun">{"still checking"}</span></span> });
    }
    if !report.not_checked.is_empty() {
        badges.push(unchecked("not checked"));
    }
    if badges.is_empty() {
        return html! { <span class="fine">{icon::check()}<span class="noun">{"none"}</span></span> };
    }
    badges.into_iter().collect()
}

fn unchecked(words: &'static str) -> Html {
    html! { <span class="unchecked">{icon::named("skipped")}<span class="noun">{words}</span></span> }
}

pub(crate) fn fix_all(session: &Session, report: &Rc<Report>) -> Html {
    let count = fixes::count_safe(&report.diagnostics);
    if count == 0 {
        return html! {};
    }
    let (session, report) = (session.clone(), Rc::clone(report));
    let onclick = move |_: MouseEvent| session.apply_all(&fixes::all_safe(&report.diagnostics), count);
    html! {
        <button type="button" class="fix fix-all" title="Apply every fix that is certain" {onclick}>
            {icon::fix()}<span>{format!("Fix all safe ({count})")}</span>
        </button>
    }
}

/// The good news, about a text that was judged as a whole.
fn calm(report: &Report) -> Html {
    html! {
        <div class="calm">
            <span class="calm-mark">{icon::check()}</span>
            <p class="calm-title">{"Nothing to complain about."}</p>
            <p>{format!("{} will accept this config.", report.program)}</p>
        </div>
    }
}

/// What to begin with.
fn invitation() -> Html {
    html! {
        <div class="calm not-checked">
            <span class="calm-mark">{icon::named("file")}</span>
            <p class="calm-title">{"Nothing here yet."}</p>
            <p>{"Paste a cloud-config, drop a file, or start from an example."}</p>
        </div>
    }
}

fn suppressed(report: &Report) -> Html {
    if report.suppressed.is_empty() {
        return html! {};
    }
    let item = |found: &dryboot_wasm::protocol::Diagnostic| {
        html! {
            <li>
                <span class="place">{format!("{}:{}", found.place.line, found.place.column)}</span>
                <span>{prose::line(&found.message)}</span>
            </li>
        }
    };
    html! {
        <details class="suppressed">
            <summary>{format!("{} silenced by comments", report.suppressed.len())}</summary>
            <ul>{ for report.suppressed.iter().take(SHOWN).map(item) }</ul>
        </details>
    }
}

/// Arrow keys, Home and End go from problem to problem.
fn move_between(event: KeyboardEvent) {
    let list: Element =
        event.current_target().map(JsCast::unchecked_into).unwrap_or_else(|| event.target_unchecked_into());
    let Ok(buttons) = list.query_selector_all(&format!(".{GO_CLASS}")) else {
        return;
    };
    let focused: Element = event.target_unchecked_into();
    let focused = focused.closest("li").ok().flatten();
    let at = (0..buttons.length()).find(|&at| {
        let item = buttons.get(at).and_then(|button| button.parent_node());
        item.as_ref() == focused.as_ref().map(AsRef::as_ref)
    });
    let last = buttons.length().saturating_sub(1);
    let to = match (event.key().as_str(), at) {
        ("ArrowDown", Some(at)) => (at + 1).min(last),
        ("ArrowUp", Some(at)) => at.saturating_sub(1),
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => last,
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = buttons.get(to).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn show_item(list: &Element, index: usize) {
    let selector = format!("ol > li:nth-child({})", index + 1);
    if let Ok(Some(item)) = list.query_selector(&selector) {
        scroll::into_view(&item);
    }
}
