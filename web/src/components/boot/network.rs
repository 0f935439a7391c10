//! Addresses, and what the boot does to the network.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{File, Variable};
use yew::prelude::*;

use super::code;
use super::effect::chips;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::session::Session;

const ENVIRONMENT: &str = "/etc/environment";

#[derive(PartialEq, Properties)]
pub(crate) struct NetworkProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
}

#[component]
pub(crate) fn Network(props: &NetworkProps) -> Html {
    let NetworkProps { session, preview } = props;
    let machine = preview.machine();
    let is_config = |file: &&File| file.kind == "file" && file.path.contains("/systemd/network/");
    let configs: Vec<&File> = machine.files.iter().filter(is_config).collect();
    let environment = machine.files.iter().find(|file| file.path == ENVIRONMENT);
    html! {
        <div class="parts">
            <section>
                <h3>{"Host name"}</h3>
                <p><code>{&machine.hostname}</code></p>
            </section>
            <section>
                <h3>{"Addresses"}</h3>
                <dl class="variables">{ for preview.boot().variables.iter().map(|it| address(session, it)) }</dl>
            </section>
            <section>
                <h3><code>{ENVIRONMENT}</code></h3>
                if let Some(file) = environment {
                    {code::numbered(ENVIRONMENT, file.content.as_deref().unwrap_or_default())}
                } else {
                    <p class="nothing">{"No addresses are written there."}</p>
                }
            </section>
            <section>
                <h3>{"Configuration of networkd"}</h3>
                if configs.is_empty() {
                    <p class="nothing">{"The boot writes none."}</p>
                }
                { for configs.into_iter().map(|file| config(session, preview, file)) }
            </section>
            {listed("Kernel modules", "No modules are loaded.", &machine.modules)}
            {listed("Interfaces taken down", "No interfaces are taken down.", &machine.links_down)}
        </div>
    }
}

fn address(session: &Session, variable: &Variable) -> Html {
    let shown = origins::shown(variable.origin.as_slice());
    html! {
        <div class="variable">
            <dt><code>{&variable.name}</code></dt>
            <dd>
                if variable.value.is_empty() {
                    {"none"}
                } else {
                    <code>{&variable.value}</code>{chips(session, &shown, None)}
                }
            </dd>
        </div>
    }
}

fn config(session: &Session, preview: &Preview, file: &File) -> Html {
    let effect = file.effect.and_then(|index| preview.effect(index));
    let shown = effect.map(|effect| origins::shown(&effect.origins)).unwrap_or_default();
    html! {
        <div class="config">
            <p class="card-facts"><code>{&file.path}</code>{chips(session, &shown, None)}</p>
            {code::numbered(&file.path, file.content.as_deref().unwrap_or_default())}
        </div>
    }
}

fn listed(title: &str, nothing: &str, items: &[String]) -> Html {
    html! {
        <section>
            <h3>{title.to_owned()}</h3>
            if items.is_empty() {
                <p class="nothing">{nothing.to_owned()}</p>
            }
            <ul>{ for items.iter().map(|item| html! { <li><code>{item}</code></li> }) }</ul>
        </section>
    }
}
