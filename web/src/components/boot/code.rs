//! Texts with line numbers, and what changed in them.

use yew::prelude::*;

use crate::boot::diff::{Line, diff};

/// More lines than anybody reads here.
const SHOWN: usize = 400;

/// A whole text.
pub(crate) fn numbered(label: impl Into<AttrValue>, text: &str) -> Html {
    if text.is_empty() {
        return html! { <p class="nothing">{t!("It is empty.")}</p> };
    }
    let count = text.lines().count();
    html! {
        <>
            <pre class="code numbered" tabindex="0" role="region" aria-label={label.into()}>
                { for text.lines().take(SHOWN).map(|line| html! { <span class="code-line">{line}{"\n"}</span> }) }
            </pre>
            {rest(count)}
        </>
    }
}

/// What became of a text.
pub(crate) fn changes(label: impl Into<AttrValue>, before: &str, after: &str) -> Html {
    let lines = diff(before, after);
    let draw = |line: &Line<'_>| {
        let (class, sign, text) = match line {
            Line::Same(text) => ("same", " ", *text),
            Line::Removed(text) => ("removed", "−", *text),
            Line::Added(text) => ("added", "+", *text),
            Line::Hidden(count) => {
                let words = t!("{n} line as before|{n} lines as before", n = *count);
                return html! { <span class="code-line hidden">{"⋯ "}{words}{"\n"}</span> };
            }
        };
        html! { <span class={classes!("code-line", class)}><span class="sign">{sign}</span>{text}{"\n"}</span> }
    };
    html! {
        <>
            <pre class="code diff" tabindex="0" role="region" aria-label={label.into()}>
                { for lines.iter().take(SHOWN).map(draw) }
            </pre>
            {rest(lines.len())}
        </>
    }
}

fn rest(count: usize) -> Html {
    match count.saturating_sub(SHOWN) {
        0 => html! {},
        hidden => html! { <p class="nothing">{t!("and {count} more lines", count = hidden)}</p> },
    }
}
