//! The packages that the boot installs.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Package;
use yew::prelude::*;

use super::effect::{chips, go};
use crate::boot::origins;
use crate::boot::preview::Preview;
use crate::components::icon;
use crate::session::Session;

/// More than anybody reads.
const SHOWN: usize = 300;

#[derive(PartialEq, Properties)]
pub(crate) struct PackagesProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Effects of the line with the cursor.
    pub(crate) marked: Rc<[u32]>,
}

#[component]
pub(crate) fn Packages(props: &PackagesProps) -> Html {
    let PackagesProps { session, preview, marked } = props;
    let packages = &preview.machine().packages;
    if packages.is_empty() {
        return html! { <p class="nothing">{t!("This boot does not install any packages.")}</p> };
    }
    let hidden = packages.len().saturating_sub(SHOWN);
    html! {
        <>
            <ul class="listing">
                { for packages.iter().take(SHOWN).map(|it| package(session, preview, marked, it)) }
            </ul>
            if hidden > 0 {
                <p class="nothing">{t!("and {count} more", count = hidden)}</p>
            }
        </>
    }
}

fn package(session: &Session, preview: &Preview, marked: &[u32], package: &Package) -> Html {
    let origins = preview.effect(package.effect).map(|effect| effect.origins.as_slice()).unwrap_or_default();
    let is_marked = marked.contains(&package.effect);
    html! {
        <li class={classes!("listed", package.failed.then_some("failed"))} aria-current={is_marked.then_some("true")}>
            {icon::named(if package.failed { "failed" } else { "done" })}
            {go(session, origins, "0", html! { <code>{&package.name}</code> })}
            <span class="listed-by">{t!("by")}{" "}{&package.manager}</span>
            if package.failed {
                <span class="listed-why">{t!("cannot be installed")}</span>
            }
            {chips(session, &origins::shown(origins), None)}
        </li>
    }
}
