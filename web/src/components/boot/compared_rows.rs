//! Effects and files of two boots, each in the other's place.

use dryboot_wasm::protocol::boot::{Effect, File, Source};
use yew::prelude::*;

use super::code;
use super::effect::{chips, go, title};
use super::file::facts;
use crate::boot::compare::Row;
use crate::boot::origins::{self, Goal};
use crate::session::Session;

/// An effect of two boots: side by side where it differs.
pub(super) fn effect_row(session: &Session, row: &Row<'_, Effect>, has_texts: bool) -> Html {
    let cells = match row {
        Row::Same(effect) => {
            return html! { <tr class="same"><td colspan="2">{cell(session, effect, true)}</td></tr> };
        }
        Row::Changed(first, second) => [Some(*first), Some(*second)],
        Row::First(effect) => [Some(*effect), None],
        Row::Second(effect) => [None, Some(*effect)],
    };
    let draw = |(effect, is_first): (Option<&Effect>, bool)| match effect {
        Some(effect) if has_texts => html! { <td>{cell(session, effect, true)}</td> },
        Some(effect) => html! { <td>{cell(session, effect, is_first)}</td> },
        None => html! {
            <td class="absent"><span aria-hidden="true">{"—"}</span><span class="visually-hidden">{t!("not done")}</span></td>
        },
    };
    html! { <tr class="differs">{ for cells.into_iter().zip([true, false]).map(draw) }</tr> }
}

/// An effect. Unless all that it is due to is at hand, it leads to the user's text alone.
fn cell(session: &Session, effect: &Effect, has_texts: bool) -> Html {
    let is_at_hand = |goal: &Goal| has_texts || matches!(goal, Goal::User(..));
    let mut shown = origins::shown(&effect.origins);
    for it in &mut shown {
        it.goal = it.goal.filter(is_at_hand);
    }
    let mut origins = effect.origins.clone();
    origins.retain(|origin| has_texts || origin.source == Source::User);
    html! {
        <div class={classes!("cell", effect.failed.then_some("failed"))}>
            {go(session, &origins, "0", title(effect))}
            {chips(session, &shown, None)}
        </div>
    }
}

/// A file that differs.
pub(super) fn file_row(row: &Row<'_, File>, names: &[AttrValue; 2]) -> Html {
    let only = |name: &AttrValue| t!("only: {name}", name);
    let (file, words, body) = match row {
        Row::Same(_) => return html! {},
        Row::Changed(first, second) => match (text(first), text(second)) {
            (Some(before), Some(after)) if before != after => (
                first,
                format!("− {}, + {}", names[0], names[1]).into(),
                code::changes(first.path.clone(), before, after),
            ),
            _ => (
                first,
                AttrValue::default(),
                html! { <>{side(&names[0], first)}{side(&names[1], second)}</> },
            ),
        },
        Row::First(file) => (file, only(&names[0]), alone(file)),
        Row::Second(file) => (file, only(&names[1]), alone(file)),
    };
    html! {
        <div class="config">
            <p class="card-facts"><code>{&file.path}</code><span>{words}</span></p>
            {body}
        </div>
    }
}

/// The content of what is a file with a text.
fn text(file: &File) -> Option<&str> {
    file.content.as_deref().filter(|_| file.kind == "file")
}

fn alone(file: &File) -> Html {
    match text(file) {
        Some(content) => code::numbered(file.path.clone(), content),
        None => html! { <p class="nothing">{about(file)}</p> },
    }
}

/// What something is on one platform.
fn side(name: &AttrValue, file: &File) -> Html {
    html! { <p class="nothing"><strong>{name}{": "}</strong>{about(file)}</p> }
}

fn about(file: &File) -> Html {
    let target = file.content.as_deref().filter(|_| file.kind == "symlink");
    html! { <>{facts(file)}{ for target.map(|target| html! { <>{" "}{t!("to")}{" "}<code>{target.to_owned()}</code></> }) }</> }
}
