//! Text with code spans, and whole documents of rules.

use yew::prelude::*;

use crate::markdown::{self, Block, Inline};
use crate::words::is_english;

/// A sentence of the linter's.
pub(crate) fn line(text: &str) -> Html {
    markdown::inlines(text).into_iter().map(inline).collect()
}

/// What the linter or a program says, which is English in every language.
pub(crate) fn said(words: Html) -> Html {
    if is_english() {
        words
    } else {
        html! { <span lang="en">{words}</span> }
    }
}

/// A message as a sentence begins: rules write their messages in lower case, as compilers do.
pub(crate) fn sentence(text: &str) -> Html {
    said(capitalised(text))
}

fn capitalised(text: &str) -> Html {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_ascii_lowercase() => {
            line(&format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
        }
        _ => line(text),
    }
}

/// A heading: what begins with the name of a unit or a program stays as it is.
pub(crate) fn heading(text: &str) -> Html {
    let first = text.split(' ').next().unwrap_or_default();
    if first.chars().all(char::is_alphabetic) { capitalised(text) } else { line(text) }
}

fn inline(inline: Inline<'_>) -> Html {
    match inline {
        Inline::Text(text) => html! { {text} },
        Inline::Strong(text) => html! { <strong>{text}</strong> },
        Inline::Code(text) => html! { <code>{text}</code> },
        Inline::Link(text, target) => html! {
            <a href={target.to_owned()} target="_blank" rel="noreferrer">{text}</a>
        },
    }
}

/// A document in English. Its headings are one level below that of the panel.
pub(crate) fn document(text: &str) -> Html {
    markdown::blocks(text).into_iter().map(block).collect()
}

fn block(block: Block<'_>) -> Html {
    match block {
        Block::Heading(text) => html! { <h3>{said(line(text))}</h3> },
        Block::Paragraph(text) => html! { <p>{said(line(&text))}</p> },
        Block::List(items) => html! {
            <ul>{ for items.iter().map(|item| html! { <li>{said(line(item))}</li> }) }</ul>
        },
        Block::Code(code, info) => html! {
            <figure>
                if let Some((class, caption)) = verdict(info) {
                    <figcaption {class}>{caption}</figcaption>
                }
                <pre tabindex="0"><code>{code}</code></pre>
            </figure>
        },
    }
}

/// What the examples of a rule show, and for which target: their fences say how they are tested.
fn verdict(info: &str) -> Option<(&'static str, AttrValue)> {
    let (class, caption) = info.split(',').find_map(|word| match word {
        "fail" => Some(("fail", t!("Reported"))),
        "fixed" => Some(("pass", t!("After the fix"))),
        "pass" => Some(("pass", t!("Fine"))),
        _ => None,
    })?;
    let is_for_flatcar = info.split(',').any(|word| word == "flatcar");
    Some((class, if is_for_flatcar { t!("{caption} for Flatcar", caption) } else { caption }))
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn captions_say_what_an_example_shows() {
        let caption = |info| verdict(info).map(|(_, caption)| caption);
        assert_eq!(caption("yaml,fail").as_deref(), Some("Reported"));
        assert_eq!(caption("yaml,pass,flatcar").as_deref(), Some("Fine for Flatcar"));
        assert_eq!(caption("yaml"), None);
    }
}
