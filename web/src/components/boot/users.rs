//! Users and keys.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Account, Key};
use yew::prelude::*;

use super::effect::chips;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::session::Session;

/// More than anybody reads.
const SHOWN: usize = 100;

#[derive(PartialEq, Properties)]
pub(crate) struct UsersProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Effects of the line with the cursor.
    pub(crate) marked: Rc<[u32]>,
}

#[component]
pub(crate) fn Users(props: &UsersProps) -> Html {
    let UsersProps { session, preview, marked } = props;
    let accounts = &preview.machine().accounts;
    if accounts.is_empty() {
        return html! { <p class="nothing">{t!("The boot does not change any accounts or authorize any keys.")}</p> };
    }
    html! {
        <ul class="cards">{ for accounts.iter().take(SHOWN).map(|it| account(session, preview, marked, it)) }</ul>
    }
}

fn account(session: &Session, preview: &Preview, marked: &[u32], account: &Account) -> Html {
    let effect = account.effect.and_then(|index| preview.effect(index));
    let is_marked = account.effect.is_some_and(|index| marked.contains(&index));
    let shown = effect.map(|effect| origins::shown(&effect.origins)).unwrap_or_default();
    let mut facts = vec![if account.created { t!("created by the boot") } else { t!("was there before") }];
    facts.extend(account.password.then(|| t!("has a password")));
    html! {
        <li class="card" aria-current={is_marked.then_some("true")}>
            <h3><code>{&account.name}</code></h3>
            <p class="card-facts"><span>{facts.join(", ")}</span>{chips(session, &shown, None)}</p>
            if !account.options.is_empty() {
                <p class="card-facts"><code>{account.options.join(" ")}</code></p>
            }
            if account.keys.is_empty() {
                <p class="card-facts">{t!("No keys are authorized.")}</p>
            } else {
                <ul class="keyring">{ for account.keys.iter().take(SHOWN).map(key) }</ul>
            }
        </li>
    }
}

/// A key by what tells it from others: its kind, its end and its comment.
fn key(key: &Key) -> Html {
    let mut words = key.text.split_whitespace();
    let (kind, data) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let comment = words.collect::<Vec<_>>().join(" ");
    let end = data.char_indices().rev().nth(11).map_or(data, |(at, _)| &data[at..]);
    html! {
        <li title={key.text.clone()}>
            <span class="key-kind">{kind.to_owned()}</span>
            <code>{format!("…{end}")}</code>
            <span class="key-comment">{comment}</span>
            <span class="key-set">{t!("set {by}", by = key.set)}</span>
        </li>
    }
}
