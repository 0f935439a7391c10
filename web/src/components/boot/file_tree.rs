//! The tree of files, as ARIA describes trees.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::File;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::boot::preview::Preview;
use crate::boot::tree::{Row, is_below, rows};
use crate::components::icon;
use crate::components::roving::{self, Axis};

/// More files than anybody looks through.
const SHOWN: usize = 400;

#[derive(PartialEq, Properties)]
pub(crate) struct FileTreeProps {
    pub(crate) preview: Rc<Preview>,
    pub(crate) marked: Rc<[u32]>,
    pub(crate) chosen: Option<AttrValue>,
    pub(crate) choose: Callback<AttrValue>,
}

#[component]
pub(crate) fn FileTree(props: &FileTreeProps) -> Html {
    let FileTreeProps { preview, marked, chosen, choose } = props;
    let closed = use_state(Vec::<String>::new);
    let rows = use_memo(Rc::clone(preview), |preview| rows(&preview.machine().files));
    let shown: Vec<&Row> = rows.iter().filter(|row| !is_below(&row.path, &closed)).take(SHOWN).collect();
    let hidden = rows.len().saturating_sub(SHOWN);
    let activate = {
        let (closed, choose) = (closed.clone(), choose.clone());
        Callback::from(move |(path, is_directory): (String, bool)| {
            if is_directory {
                let mut now = (*closed).clone();
                now.retain(|other| *other != path);
                if now.len() == closed.len() {
                    now.push(path);
                }
                closed.set(now);
            } else {
                choose.emit(path.into());
            }
        })
    };
    let focusable = chosen.as_ref().filter(|chosen| shown.iter().any(|row| row.path == ***chosen));
    let files = &preview.machine().files;
    let item = |row: &&Row| {
        let is_first = focusable.is_none() && shown.first().is_some_and(|first| first.path == row.path);
        let line = Line {
            row,
            file: row.file.and_then(|index| files.get(index)),
            is_open: !closed.contains(&row.path),
            is_chosen: chosen.as_deref() == Some(row.path.as_str()),
            is_focusable: is_first || focusable.is_some_and(|path| **path == *row.path),
        };
        line.draw(marked, &activate)
    };
    html! {
        <>
            <ul class="tree" role="tree" aria-label={t!("Files")} onkeydown={keys}>{ for shown.iter().map(item) }</ul>
            if hidden > 0 {
                <p class="nothing">{t!("and {count} more", count = hidden)}</p>
            }
        </>
    }
}

struct Line<'a> {
    row: &'a Row,
    file: Option<&'a File>,
    is_open: bool,
    is_chosen: bool,
    is_focusable: bool,
}

impl Line<'_> {
    fn draw(&self, marked: &[u32], activate: &Callback<(String, bool)>) -> Html {
        let Row { path, name, level, position, .. } = self.row;
        let effect = self.file.and_then(|file| file.effect);
        let is_marked = effect.is_some_and(|effect| marked.contains(&effect));
        let is_directory = self.file.is_none();
        let onclick = {
            let (activate, path) = (activate.clone(), path.clone());
            move |_: MouseEvent| activate.emit((path.clone(), is_directory))
        };
        let shape = self.file.map_or("directory", |file| file.kind.as_str());
        let truth = |is: bool| if is { "true" } else { "false" };
        html! {
            <li
                key={path.clone()}
                class={classes!("leaf", format!("level-{}", level.min(&6)))}
                role="treeitem"
                aria-level={level.to_string()}
                aria-posinset={position.0.to_string()}
                aria-setsize={position.1.to_string()}
                aria-expanded={is_directory.then(|| truth(self.is_open))}
                aria-selected={(!is_directory).then(|| truth(self.is_chosen))}
                aria-current={is_marked.then_some("true")}
                tabindex={if self.is_focusable { "0" } else { "-1" }}
                {onclick}
            >
                {icon::named(shape)}
                <span class="leaf-name">{name.clone()}</span>
                { for self.file.and_then(note).map(|(class, words)| html! { <span class={classes!("badge", class)}>{words}</span> }) }
            </li>
        }
    }
}

/// What is worth knowing about a file at first sight.
fn note(file: &File) -> Option<(&'static str, AttrValue)> {
    match (&file.before, file.effect) {
        (Some(before), Some(_)) if file.content.as_ref() != Some(before) => Some(("changed", t!("changed"))),
        (_, None) => Some(("old", t!("was there"))),
        _ => None,
    }
}

/// Up and down go from line to line, left and right close and open or go out and in.
fn keys(event: KeyboardEvent) {
    const ITEM: &str = "[role=treeitem]";
    if roving::go(&event, "[role=tree]", ITEM, Axis::Vertical, false).is_some() {
        return;
    }
    let focused: Element = event.target_unchecked_into();
    let Some(item) =
        focused.closest(ITEM).ok().flatten().and_then(|item| item.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let expanded = item.get_attribute("aria-expanded");
    match (event.key().as_str(), expanded.as_deref()) {
        ("Enter" | " ", _) | ("ArrowRight", Some("false")) | ("ArrowLeft", Some("true")) => item.click(),
        ("ArrowRight", Some("true")) => focus(item.next_element_sibling()),
        ("ArrowLeft", _) => focus(parent(&item)),
        _ => return,
    }
    event.prevent_default();
}

/// The line that an item is below.
fn parent(item: &Element) -> Option<Element> {
    let level =
        |item: &Element| item.get_attribute("aria-level").and_then(|level| level.parse::<usize>().ok());
    let own = level(item)?;
    let before = std::iter::successors(item.previous_element_sibling(), Element::previous_element_sibling);
    before.into_iter().find(|other| level(other).is_some_and(|level| level < own))
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Nobody listens for a focus that fails.
        let _ = element.focus();
    }
}
