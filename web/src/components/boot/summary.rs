//! What comes of a boot, in plain words.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Variable;
use yew::prelude::*;

use super::effect::chips;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::components::views::Platforms;
use crate::components::{icon, prose};
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct SummaryProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    pub(crate) platforms: Platforms,
}

#[component]
pub(crate) fn Summary(props: &SummaryProps) -> Html {
    let SummaryProps { session, preview, platforms } = props;
    let boot = preview.boot();
    let told = boot.variables.iter().filter(|variable| variable.used || !variable.value.is_empty());
    let variables: Vec<Html> = told.map(|it| variable(session, it)).collect();
    html! {
        <div class="summary">
            {verdict(preview, platforms)}
            if !boot.troubles.is_empty() {
                <ul class="troubles">
                    { for boot.troubles.iter().map(|trouble| html! {
                        <li>{icon::named("error")}<span>
                            <strong>{about(&trouble.about)}{": "}</strong>{prose::line(&trouble.message)}
                        </span></li>
                    }) }
                </ul>
            }
            if !variables.is_empty() {
                <dl class="variables">{ for variables }</dl>
            }
            if !boot.notes.is_empty() {
                <ul class="notes">
                    { for boot.notes.iter().map(|note| html! {
                        <li>{icon::named("info")}<span>{prose::sentence(note)}</span></li>
                    }) }
                </ul>
            }
        </div>
    }
}

/// The title of a platform.
pub(crate) fn title(name: Option<&str>, platforms: &Platforms) -> String {
    let Some(name) = name else { return "a machine without a platform".to_owned() };
    let known = platforms.iter().find(|(known, _)| &**known == name);
    known.map_or(name, |(_, title)| title.as_str()).to_owned()
}

/// The program does not see what its units come to: when systemd does not go along, the boot fails all
/// the same.
fn verdict(preview: &Preview, platforms: &Platforms) -> Html {
    let boot = preview.boot();
    let (class, shape, word, code) = match (boot.exit_code, preview.unit_problems()) {
        (0, 0) => ("good", "done", "Succeeds", " with exit code 0".to_owned()),
        (0, 1) => ("bad", "failed", "Fails", " at a unit".to_owned()),
        (0, count) => ("bad", "failed", "Fails", format!(" at units, with {count} problems")),
        (code, _) => ("bad", "failed", "Fails", format!(" with exit code {code}")),
    };
    html! {
        <div class={classes!("verdict", class)}>
            {icon::named(shape)}
            <p class="verdict-word">{word}<span class="verdict-code">{code}</span></p>
            <p class="verdict-about">{&boot.program}{" on "}{title(boot.platform.as_deref(), platforms)}</p>
        </div>
    }
}

fn about(trouble: &str) -> &'static str {
    match trouble {
        "metadata" => "The metadata cannot be read",
        "oem" => "The image’s config cannot be used",
        _ => "This platform cannot be chosen",
    }
}

/// What a variable becomes. One that is used and disappears leaves a hole in the config.
fn variable(session: &Session, variable: &Variable) -> Html {
    let vanishes = variable.value.is_empty();
    let class = classes!("variable", (vanishes && variable.used).then_some("lost"));
    let shown = origins::shown(variable.origin.as_slice());
    html! {
        <div {class}>
            <dt><code>{&variable.name}</code></dt>
            <dd>
                if vanishes {
                    {icon::named("warning")}{"vanishes"}
                } else {
                    <span class="arrow" aria-label="becomes">{"→"}</span><code>{&variable.value}</code>
                    {chips(session, &shown, None)}
                }
            </dd>
        </div>
    }
}
