//! One file.

use dryboot_wasm::protocol::boot::File;
use yew::prelude::*;

use super::code;
use super::effect::chips;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::session::Session;

/// Draws its facts and its content.
pub(crate) fn file(session: &Session, preview: &Preview, file: &File) -> Html {
    let effect = file.effect.and_then(|index| preview.effect(index));
    let shown = effect.map(|effect| origins::shown(&effect.origins)).unwrap_or_default();
    let reveal = effect.filter(|effect| origins::goal(&effect.origins).is_some()).map(|effect| {
        let (session, origins) = (session.clone(), effect.origins.clone());
        Callback::from(move |_: MouseEvent| session.show(&origins))
    });
    html! {
        <section class="file" aria-label={file.path.clone()}>
            <header class="file-facts">
                <h3><code>{&file.path}</code></h3>
                <p>
                    <span>{facts(file)}</span>
                    {chips(session, &shown, None)}
                </p>
                if let Some(onclick) = reveal {
                    <button type="button" class="chip" {onclick}>{t!("Show its lines")}</button>
                }
            </header>
            {content(file)}
        </section>
    }
}

pub(super) fn facts(file: &File) -> String {
    let owner = file.owner.as_deref().unwrap_or("root");
    let size = t!("{n} byte|{n} bytes", n = file.size);
    match file.kind.as_str() {
        "symlink" => t!("symbolic link").to_string(),
        "device" => t!("device").to_string(),
        "directory" => format!("{}, {}, {owner}", t!("directory"), file.mode),
        _ if file.effect.is_none() => format!("{}, {owner}, {size}, {}", file.mode, t!("existed before")),
        _ => format!("{}, {owner}, {size}", file.mode),
    }
}

fn content(file: &File) -> Html {
    match (file.kind.as_str(), &file.content, &file.before) {
        ("symlink", Some(target), _) => {
            html! { <p class="nothing">{t!("leads to")}{" "}<code>{target}</code></p> }
        }
        ("file", Some(content), Some(before)) if content == before => html! {
            <>
                <p class="nothing">{t!("It is written again with the same content.")}</p>
                {code::numbered(t!("Content"), content)}
            </>
        },
        ("file", Some(content), Some(before)) => html! {
            <>
                {code::changes(t!("Changes"), before, content)}
                <details class="whole"><summary>{t!("Whole content")}</summary>{code::numbered(t!("Content"), content)}</details>
            </>
        },
        ("file", Some(content), None) => code::numbered(t!("Content"), content),
        ("file", None, _) => html! { <p class="nothing">{t!("It is not valid text.")}</p> },
        _ => html! {},
    }
}
