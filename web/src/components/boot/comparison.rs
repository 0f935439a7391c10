//! Two boots side by side, with what differs.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Effect, File, Source};
use yew::prelude::*;

use super::code;
use super::effect::{chips, go, title as title_of};
use super::summary::title;
use crate::boot::compare::{Row, effects, files};
use crate::boot::origins::{self, Goal};
use crate::boot::preview::Preview;
use crate::components::views::Platforms;
use crate::components::{icon, prose};
use crate::session::Session;

/// More rows than anybody compares.
const SHOWN: usize = 200;

#[derive(PartialEq, Properties)]
pub(crate) struct ComparisonProps {
    pub(crate) session: Session,
    pub(crate) first: Rc<Preview>,
    pub(crate) second: Rc<Preview>,
    pub(crate) platforms: Platforms,
}

#[component]
pub(crate) fn Comparison(props: &ComparisonProps) -> Html {
    let ComparisonProps { session, first, second, platforms } = props;
    let name = |preview: &Preview| title(preview.boot().platform.as_deref(), platforms);
    let names = [name(first), name(second)];
    let rows = effects(&first.boot().effects, &second.boot().effects);
    let changed = files(&first.machine().files, &second.machine().files);
    let differing = rows.iter().filter(|row| !matches!(row, Row::Same(_))).count();
    html! {
        <div class="comparison">
            <table class="facts">
                <caption class="visually-hidden">{"The two boots in short"}</caption>
                <thead>
                    <tr>
                        <td></td>
                        { for names.iter().map(|name| html! { <th scope="col">{name}</th> }) }
                    </tr>
                </thead>
                <tbody>{ for facts(first, second).iter().map(fact) }</tbody>
            </table>
            {troubles(&names, first, second)}
            <section>
                <h3>{"What is done: "}{counted(differing, "difference")}</h3>
                if rows.is_empty() {
                    <p class="nothing">{"Neither boot changes the machine."}</p>
                }
                <table class="effects-table">
                    <caption class="visually-hidden">{"Effects of the two boots"}</caption>
                    <thead><tr>{ for names.iter().map(|name| html! { <th scope="col">{name}</th> }) }</tr></thead>
                    <tbody>{ for rows.iter().take(SHOWN).map(|row| effect_row(session, row)) }</tbody>
                </table>
                if rows.len() > SHOWN {
                    <p class="nothing">{format!("and {} more", rows.len() - SHOWN)}</p>
                }
            </section>
            <section>
                <h3>{"Files: "}{counted(changed.len(), "difference")}</h3>
                { for changed.iter().take(SHOWN).map(|row| file_row(row, &names)) }
            </section>
        </div>
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// A line of the table: what it is about, and what each boot has.
type Fact = (String, [String; 2]);

fn facts(first: &Preview, second: &Preview) -> Vec<Fact> {
    let both = |what: &str, get: &dyn Fn(&Preview) -> String| (what.to_owned(), [get(first), get(second)]);
    let mut facts = vec![
        both("Program", &|preview| preview.boot().program.clone()),
        both("Exit code", &|preview| preview.boot().exit_code.to_string()),
        both("Host name", &|preview| preview.machine().hostname.clone()),
    ];
    for variable in &first.boot().variables {
        let value = |preview: &Preview| {
            let found = preview.boot().variables.iter().find(|other| other.name == variable.name);
            found
                .map(|found| found.value.clone())
                .filter(|value| !value.is_empty())
                .unwrap_or_else(|| "vanishes".to_owned())
        };
        facts.push(both(&format!("`{}`", variable.name), &value));
    }
    facts
}

fn fact((what, values): &Fact) -> Html {
    let differs = values[0] != values[1];
    html! {
        <tr class={differs.then_some("differs")}>
            <th scope="row">{prose::line(what)}{mark(differs)}</th>
            { for values.iter().map(|value| html! { <td><code>{value}</code></td> }) }
        </tr>
    }
}

/// What differs is said, and not only coloured.
fn mark(differs: bool) -> Html {
    html! {
        if differs {
            <span class="unequal" aria-hidden="true">{"≠"}</span><span class="visually-hidden">{" (differs)"}</span>
        }
    }
}

fn troubles(names: &[String; 2], first: &Preview, second: &Preview) -> Html {
    let all = [first, second].into_iter().zip(names);
    let items = all.flat_map(|(preview, name)| {
        preview.boot().troubles.iter().map(move |trouble| html! {
            <li>{icon::named("error")}<span><strong>{name}{": "}</strong>{prose::sentence(&trouble.message)}</span></li>
        })
    });
    let items: Vec<Html> = items.collect();
    html! {
        if !items.is_empty() {
            <ul class="troubles">{ for items }</ul>
        }
    }
}

fn effect_row(session: &Session, row: &Row<'_, Effect>) -> Html {
    let cells = match row {
        Row::Same(effect) => {
            return html! { <tr class="same"><td colspan="2">{cell(session, effect, true)}</td></tr> };
        }
        Row::Changed(first, second) => [Some(*first), Some(*second)],
        Row::First(effect) => [Some(*effect), None],
        Row::Second(effect) => [None, Some(*effect)],
    };
    let draw = |(effect, is_first): (Option<&Effect>, bool)| match effect {
        Some(effect) => html! { <td>{cell(session, effect, is_first)}</td> },
        None => html! {
            <td class="absent"><span aria-hidden="true">{"—"}</span><span class="visually-hidden">{"not done"}</span></td>
        },
    };
    html! { <tr class="differs">{ for cells.into_iter().zip([true, false]).map(draw) }</tr> }
}

/// An effect. What the second platform gives is not at hand: the left side has the texts of the first.
fn cell(session: &Session, effect: &Effect, is_first: bool) -> Html {
    let is_at_hand = |goal: &Goal| is_first || matches!(goal, Goal::User(..));
    let mut shown = origins::shown(&effect.origins);
    for it in &mut shown {
        it.goal = it.goal.filter(is_at_hand);
    }
    let mut origins = effect.origins.clone();
    origins.retain(|origin| is_first || origin.source == Source::User);
    html! {
        <div class={classes!("cell", effect.failed.then_some("failed"))}>
            {go(session, &origins, "0", title_of(effect))}
            {chips(session, &shown, None)}
        </div>
    }
}

fn file_row(row: &Row<'_, File>, names: &[String; 2]) -> Html {
    let content = |file: &File| file.content.clone().unwrap_or_default();
    let (file, words, body) = match row {
        Row::Same(_) => return html! {},
        Row::Changed(first, second) => {
            let words = format!("− {}, + {}", names[0], names[1]);
            (first, words, code::changes(&first.path, &content(first), &content(second)))
        }
        Row::First(file) => {
            (file, format!("only on {}", names[0]), code::numbered(&file.path, &content(file)))
        }
        Row::Second(file) => {
            (file, format!("only on {}", names[1]), code::numbered(&file.path, &content(file)))
        }
    };
    html! {
        <div class="config">
            <p class="card-facts"><code>{&file.path}</code><span>{words}</span></p>
            {body}
        </div>
    }
}
