//! Two boots side by side, with what differs.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Account, Package, Unit};
use yew::prelude::*;

use super::compared_rows::{effect_row, file_row};
use super::verdict::{self, title};
use crate::boot::compare::{Row, accounts, effects, files, packages, units};
use crate::boot::other::Other;
use crate::boot::preview::Preview;
use crate::boot::settings::Settings;
use crate::boot::unit;
use crate::boot::verdict::Verdict;
use crate::boot::which::WhichBoot;
use crate::components::views::Offers;
use crate::components::{icon, prose};
use crate::session::Session;
use crate::words::t;

/// More rows than anybody compares.
const SHOWN: usize = 200;

#[derive(PartialEq, Properties)]
pub(crate) struct ComparisonProps {
    pub(crate) session: Session,
    pub(crate) first: Rc<Preview>,
    pub(crate) second: Rc<Preview>,
    pub(crate) offers: Rc<Offers>,
    pub(crate) settings: Rc<Settings>,
}

#[component]
pub(crate) fn Comparison(props: &ComparisonProps) -> Html {
    let ComparisonProps { session, first, second, offers, settings } = props;
    let other = settings.chosen().other;
    let names = [first, second].map(|preview| name(preview, other.as_ref(), offers));
    // What another platform gives is not at hand: the left side has the texts of the first.
    let has_texts = !matches!(other, Some(Other::Platform(_)));
    let rows = effects(&first.boot().effects, &second.boot().effects);
    let changed = files(&first.machine().files, &second.machine().files);
    let users = accounts(&first.machine().accounts, &second.machine().accounts);
    let differing = rows.iter().filter(|row| !matches!(row, Row::Same(_))).count();
    html! {
        <div class="comparison">
            {table(t!("The two boots in short"), &names, &facts(first, second), Some(&[first, second]))}
            {troubles(&names, first, second)}
            <section>
                <h3>{t!("What is done")}{": "}{counted(differing)}</h3>
                if rows.is_empty() {
                    <p class="nothing">{t!("Neither boot changes the machine.")}</p>
                }
                <table class="effects-table">
                    <caption class="visually-hidden">{t!("Effects of the two boots")}</caption>
                    <thead><tr>{ for names.iter().map(|name| html! { <th scope="col">{name}</th> }) }</tr></thead>
                    <tbody>{ for rows.iter().take(SHOWN).map(|row| effect_row(session, row, has_texts)) }</tbody>
                </table>
                if rows.len() > SHOWN {
                    <p class="nothing">{t!("and {count} more", count = rows.len() - SHOWN)}</p>
                }
            </section>
            <section>
                <h3>{t!("Users")}{": "}{counted(users.len())}</h3>
                {table(t!("Users of the two boots"), &names, &shown(&users, |it| &it.name, account_words), None)}
            </section>
            {unit_section(&names, first, second)}
            {package_section(&names, first, second)}
            <section>
                <h3>{t!("Files")}{": "}{counted(changed.len())}</h3>
                { for changed.iter().take(SHOWN).map(|row| file_row(row, &names)) }
            </section>
        </div>
    }
}

/// What a boot is called beside the other one: what differs between them.
fn name(preview: &Preview, other: Option<&Other>, offers: &Offers) -> AttrValue {
    let boot = preview.boot();
    match other {
        Some(Other::Target(_)) => boot.program.clone().into(),
        Some(Other::Boot(_)) => t(WhichBoot::from_name(&boot.which_boot).unwrap_or_default().title()),
        Some(Other::Platform(_)) | None => title(boot.platform.as_deref(), offers).into(),
    }
}

/// The packages, where boots install some.
fn package_section(names: &[AttrValue; 2], first: &Preview, second: &Preview) -> Html {
    let rows = packages(&first.machine().packages, &second.machine().packages);
    html! {
        if first.has_part("packages") {
            <section>
                <h3>{t!("Packages")}{": "}{counted(rows.len())}</h3>
                {table(t!("Packages of the two boots"), names, &shown(&rows, |it| &it.name, package_words), None)}
            </section>
        }
    }
}

fn package_words(package: &Package) -> String {
    let manager = &package.manager;
    if package.failed {
        t!("cannot be installed by {manager}", manager).to_string()
    } else {
        t!("installed by {manager}", manager).to_string()
    }
}

/// The units, which come when typing pauses.
fn unit_section(names: &[AttrValue; 2], first: &Preview, second: &Preview) -> Html {
    if !first.has_part("units") {
        return html! {};
    }
    let Some((first, second)) = first.units().zip(second.units()) else {
        return html! { <section><h3>{t!("Units")}</h3><p class="nothing">{t!("Looking at the units…")}</p></section> };
    };
    let rows = units(&first.nodes, &second.nodes);
    html! {
        <section>
            <h3>{t!("Units")}{": "}{counted(rows.len())}</h3>
            {table(t!("Units of the two boots"), names, &shown(&rows, |it| &it.name, unit_words), None)}
        </section>
    }
}

/// What there is to say about each side of rows that differ.
fn shown<T>(rows: &[Row<'_, T>], name: fn(&T) -> &String, words: fn(&T) -> String) -> Vec<Fact> {
    let absent = || t!("not there").to_string();
    let fact = |row: &Row<'_, T>| match *row {
        Row::Same(it) => (format!("`{}`", name(it)), [words(it), words(it)]),
        Row::Changed(first, second) => (format!("`{}`", name(first)), [words(first), words(second)]),
        Row::First(it) => (format!("`{}`", name(it)), [words(it), absent()]),
        Row::Second(it) => (format!("`{}`", name(it)), [absent(), words(it)]),
    };
    rows.iter().take(SHOWN).map(fact).collect()
}

fn account_words(account: &Account) -> String {
    let mut words = vec![if account.created { t!("created") } else { t!("was there before") }.to_string()];
    words.extend(account.password.then(|| t!("has a password").to_string()));
    words.extend((!account.options.is_empty()).then(|| account.options.join(" ")));
    let comments = account.keys.iter().map(|key| key.text.rsplit(' ').next().unwrap_or_default());
    words.extend(comments.map(|comment| t!("key {comment}", comment).to_string()));
    words.join(", ")
}

fn unit_words(it: &Unit) -> String {
    unit::label(it)
}

fn table(
    caption: AttrValue,
    names: &[AttrValue; 2],
    facts: &[Fact],
    verdicts: Option<&[&Rc<Preview>; 2]>,
) -> Html {
    if facts.is_empty() {
        return html! {};
    }
    html! {
        <table class="facts">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <td></td>
                    { for names.iter().map(|name| html! { <th scope="col">{name}</th> }) }
                </tr>
            </thead>
            <tbody>
                { for verdicts.map(verdict_row) }
                { for facts.iter().map(fact) }
            </tbody>
        </table>
    }
}

fn verdict_row(previews: &[&Rc<Preview>; 2]) -> Html {
    let differs = Verdict::of(previews[0]) != Verdict::of(previews[1]);
    html! {
        <tr class={differs.then_some("differs")}>
            <th scope="row">{t!("Verdict")}{mark(differs)}</th>
            { for previews.iter().map(|preview| html! {
                <td class={classes!("compared-verdict", verdict::class(preview))}>
                    {icon::named(verdict::shape(preview))}<span>{verdict::words(preview)}</span>
                </td>
            }) }
        </tr>
    }
}

fn counted(count: usize) -> AttrValue {
    match count {
        0 => t!("no difference"),
        n => t!("{n} difference|{n} differences", n),
    }
}

/// A line of the table: what it is about, and what each boot has.
type Fact = (String, [String; 2]);

fn facts(first: &Preview, second: &Preview) -> Vec<Fact> {
    let both = |what: &str, get: &dyn Fn(&Preview) -> String| (what.to_owned(), [get(first), get(second)]);
    let mut facts = vec![
        both(&t!("Program"), &|preview| preview.boot().program.clone()),
        both(&t!("Host name"), &|preview| preview.machine().hostname.clone()),
    ];
    for variable in &first.boot().variables {
        let value = |preview: &Preview| {
            let found = preview.boot().variables.iter().find(|other| other.name == variable.name);
            found
                .map(|found| found.value.clone())
                .filter(|value| !value.is_empty())
                .unwrap_or_else(|| t!("becomes empty").to_string())
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
            <span class="unequal" aria-hidden="true">{"≠"}</span><span class="visually-hidden">{" "}{t!("(differs)")}</span>
        }
    }
}

fn troubles(names: &[AttrValue; 2], first: &Preview, second: &Preview) -> Html {
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
