//! The program's log.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Message;
use yew::prelude::*;

use super::effect::chips;
use crate::boot::marks::touch;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::components::prose;
use crate::session::Session;

/// More than anybody reads.
const SHOWN: usize = 200;

#[derive(PartialEq, Properties)]
pub(crate) struct LogProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Line of the cursor.
    pub(crate) line: u32,
}

#[component]
pub(crate) fn Log(props: &LogProps) -> Html {
    let LogProps { session, preview, line } = props;
    let boot = preview.boot();
    let message = |message: &Message| {
        html! {
            <li aria-current={touch(&message.origins, *line).then_some("true")}>
                {prose::said(html! { <code>{&message.text}</code> })}{chips(session, &origins::shown(&message.origins), None)}
            </li>
        }
    };
    let hidden = boot.messages.len().saturating_sub(SHOWN);
    html! {
        <div class="log">
            if boot.messages.is_empty() {
                <p class="nothing">{t!("The program does not report any problems.")}</p>
            } else {
                <ol>{ for boot.messages.iter().take(SHOWN).map(message) }</ol>
            }
            if hidden > 0 {
                <p class="nothing">{t!("and {count} more", count = hidden)}</p>
            }
            <p class="exit">{t!("exit code")}{" "}<code>{boot.exit_code}</code></p>
        </div>
    }
}
