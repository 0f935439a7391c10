//! Addresses, and what the boot does to the network.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{File, Variable};
use yew::prelude::*;

use super::code;
use super::effect::chips;
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::session::Session;
use crate::words::t;

const ENVIRONMENT: &str = "/etc/environment";

/// Where network configurations are, and what reads them.
const CONFIGS: [(&str, &str); 5] = [
    ("/etc/netplan/", "netplan"),
    ("/etc/NetworkManager/", "NetworkManager"),
    ("/etc/network/interfaces", "ifupdown"),
    ("/etc/sysconfig/network", text!("the network scripts")),
    ("/systemd/network/", "networkd"),
];

#[derive(PartialEq, Properties)]
pub(crate) struct NetworkProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
}

#[component]
pub(crate) fn Network(props: &NetworkProps) -> Html {
    let NetworkProps { session, preview } = props;
    let machine = preview.machine();
    let environment = machine.files.iter().find(|file| file.path == ENVIRONMENT);
    // Variables are replaced with addresses, and units are started, by coreos-cloudinit alone.
    let (has_addresses, has_units) = (!preview.boot().variables.is_empty(), preview.has_part("units"));
    html! {
        <div class="parts">
            <section>
                <h3>{t!("Host name")}</h3>
                <p><code>{&machine.hostname}</code></p>
            </section>
            if has_addresses {
                <section>
                    <h3>{t!("Addresses")}</h3>
                    <dl class="variables">{ for preview.boot().variables.iter().map(|it| address(session, it)) }</dl>
                </section>
                <section>
                    <h3><code>{ENVIRONMENT}</code></h3>
                    if let Some(file) = environment {
                        {code::numbered(ENVIRONMENT, file.content.as_deref().unwrap_or_default())}
                    } else {
                        <p class="nothing">{t!("No addresses are written there.")}</p>
                    }
                </section>
            }
            {configs(session, preview)}
            if has_units {
                {listed(t!("Kernel modules"), t!("No modules are loaded."), &machine.modules)}
                {listed(t!("Interfaces taken down"), t!("No interfaces are taken down."), &machine.links_down)}
            }
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
                    {t!("none")}
                } else {
                    <code>{&variable.value}</code>{chips(session, &shown, None)}
                }
            </dd>
        </div>
    }
}

/// The configurations that the boot writes, by what reads them.
fn configs(session: &Session, preview: &Preview) -> Html {
    let files = preview.machine().files.iter().filter(|file| file.kind == "file" && file.effect.is_some());
    let reader = |file: &File| CONFIGS.iter().position(|(folder, _)| file.path.contains(folder));
    let mut found: Vec<(usize, &File)> = files.filter_map(|file| Some((reader(file)?, file))).collect();
    found.sort_by_key(|(reader, _)| *reader);
    if found.is_empty() {
        return html! {
            <section>
                <h3>{t!("Network configuration")}</h3>
                <p class="nothing">{t!("The boot writes none. That of the image stays.")}</p>
            </section>
        };
    }
    let section = |group: &[(usize, &File)]| {
        let title = group.first().and_then(|(reader, _)| CONFIGS.get(*reader)).map_or("", |(_, title)| title);
        html! {
            <section>
                <h3>{t!("Configuration of {title}", title = t(title))}</h3>
                { for group.iter().map(|(_, file)| config(session, preview, file)) }
            </section>
        }
    };
    html! { <>{ for found.chunk_by(|a, b| a.0 == b.0).map(section) }</> }
}

fn config(session: &Session, preview: &Preview, file: &File) -> Html {
    let effect = file.effect.and_then(|index| preview.effect(index));
    let shown = effect.map(|effect| origins::shown(&effect.origins)).unwrap_or_default();
    html! {
        <div class="config">
            <p class="card-facts"><code>{&file.path}</code>{chips(session, &shown, None)}</p>
            {code::numbered(file.path.clone(), file.content.as_deref().unwrap_or_default())}
        </div>
    }
}

fn listed(title: AttrValue, nothing: AttrValue, items: &[String]) -> Html {
    html! {
        <section>
            <h3>{title}</h3>
            if items.is_empty() {
                <p class="nothing">{nothing}</p>
            }
            <ul>{ for items.iter().map(|item| html! { <li><code>{item}</code></li> }) }</ul>
        </section>
    }
}
