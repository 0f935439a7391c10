//! The commands that the boot runs.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Command;
use yew::prelude::*;

use super::code;
use super::effect::{chips, go};
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::components::icon;
use crate::session::Session;

/// More than anybody reads.
const SHOWN: usize = 300;

#[derive(PartialEq, Properties)]
pub(crate) struct CommandsProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Effects of the line with the cursor.
    pub(crate) marked: Rc<[u32]>,
}

#[component]
pub(crate) fn Commands(props: &CommandsProps) -> Html {
    let CommandsProps { session, preview, marked } = props;
    let commands = &preview.machine().commands;
    if commands.is_empty() {
        return html! { <p class="nothing">{t!("This boot does not run any commands.")}</p> };
    }
    let hidden = commands.len().saturating_sub(SHOWN);
    html! {
        <>
            <ol class="listing">
                { for commands.iter().take(SHOWN).map(|it| command(session, preview, marked, it)) }
            </ol>
            if hidden > 0 {
                <p class="nothing">{t!("and {count} more", count = hidden)}</p>
            }
        </>
    }
}

fn command(session: &Session, preview: &Preview, marked: &[u32], command: &Command) -> Html {
    let origins = preview.effect(command.effect).map(|effect| effect.origins.as_slice()).unwrap_or_default();
    let is_marked = marked.contains(&command.effect);
    html! {
        <li class={classes!("listed", command.failure.is_some().then_some("failed"))} aria-current={is_marked.then_some("true")}>
            {icon::named(if command.failure.is_some() { "failed" } else { "done" })}
            {go(session, origins, "0", html! { <code>{&command.line}</code> })}
            <span class="listed-by"><span class="visually-hidden">{t!("by")}{" "}</span><code>{&command.by}</code></span>
            if let Some(directory) = &command.directory {
                <span class="listed-where">{t!("in")}{" "}<code>{directory}</code></span>
            }
            if let Some(failure) = &command.failure {
                <span class="listed-why">{failure}</span>
            }
            {chips(session, &origins::shown(origins), None)}
            if let Some(script) = &command.script {
                <details class="whole"><summary>{t!("Script")}</summary>{code::numbered(t!("Script"), script)}</details>
            }
        </li>
    }
}
