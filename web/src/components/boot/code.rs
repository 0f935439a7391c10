//! Texts with line numbers, and what changed in them.

use yew::prelude::*;

use crate::boot::diff::{Line, diff};

/// More lines than anybody reads here.
const SHOWN: usize = 400;

/// A whole text.
pub(crate) fn numbered(label: &str, text: &str) -> Html {
    if text.is_empty() {
        return html! { <p class="nothing">{"It is empty."}</p> };
    }
    let count = text.lines().count();
    html! {
        <>
            <pre class="code numbered" tabindex="0" role="region" aria-label={label.to_owned()}>
                { for text.lines().take(SHOWN).map(|line| html! { <span class="code-line">{line}{"\n"}</span> }) }
            </pre>
            {rest(count)}
        </>
    }
}

/// What became of a text.
pub(crate) fn changes(label: &str, before: &str, after: &str) -> Html {
    let lines = diff(before, after);
    let draw = |line: &Line<'_>| {
        let (class, sign, text) = match line {
            Line::Same(text) => ("same", " ", *text),
            Line::Removed(text) => ("removed", "−", *text),
            Line::Added(text) => ("added", "+", *text),
            Line::Hidden(count) => {
                let words = if *count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
                return html! { <span class="code-line hidden">{format!("⋯ {words} as before\n")}</span> };
            }
        };
        html! { <span class={classes!("code-line", class)}><span class="sign">{sign}</span>{text}{"\n"}</span> }
    };
    html! {
        <>
            <pre class="code diff" tabindex="0" role="region" aria-label={label.to_owned()}>
                { for lines.iter().take(SHOWN).map(draw) }
            </pre>
            {rest(lines.len())}
        </>
    }
}

fn rest(count: usize) -> Html {
    match count.saturating_sub(SHOWN) {
        0 => html! {},
        hidden => html! { <p class="nothing">{format!("and {hidden} more lines")}</p> },
    }
}
