//! The units and their dependencies, drawn.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Unit, Units as All};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::graph_frame::GraphFrame;
use crate::boot::graph::{HEIGHT, Layout, Link, Plan, Point, Style, Way, next, plan};
use crate::boot::marks::touch;
use crate::boot::preview::Preview;
use crate::boot::unit;
use crate::session::Session;

#[wasm_bindgen]
extern "C" {
    /// The module `web/js/layout.js`.
    #[derive(Clone, PartialEq)]
    pub(crate) type LayoutModule;

    #[wasm_bindgen(method, catch)]
    fn layout(this: &LayoutModule, sizes: &[f64], edges: &[u32]) -> Result<Vec<f64>, JsValue>;
}

/// What can be drawn.
#[derive(Clone, PartialEq)]
enum Module {
    Awaited,
    Ready(LayoutModule),
    Missing,
}

#[derive(PartialEq, Properties)]
pub(crate) struct UnitGraphProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Line of the cursor.
    pub(crate) line: u32,
}

#[component]
pub(crate) fn UnitGraph(props: &UnitGraphProps) -> Html {
    let UnitGraphProps { session, preview, line } = props;
    let module = use_state(|| Module::Awaited);
    {
        let (promise, module) = (session.layout(), module.setter());
        use_effect_with((), move |()| {
            spawn_local(async move {
                module.set(match JsFuture::from(promise).await {
                    Ok(loaded) => Module::Ready(loaded.unchecked_into()),
                    Err(_) => Module::Missing,
                });
            });
        });
    }
    let none = All::default();
    let units = preview.units().unwrap_or(&none);
    let plan = plan(units);
    // While the text changes, the units mostly stay as they are.
    let layout = use_memo((plan.clone(), (*module).clone()), |(plan, module)| lay_out(plan, module));
    let active = use_state(|| 0_usize);
    let Some(layout) = &*layout else {
        let words = match *module {
            Module::Awaited => t!("Loading the graph…"),
            _ => t!("The graph could not be drawn. The start order shows the same information."),
        };
        return html! { <p class="nothing">{words}</p> };
    };
    let nodes: Vec<&Unit> =
        plan.units.iter().filter_map(|&index| units.nodes.get(usize::try_from(index).ok()?)).collect();
    let active_node = (*active).min(nodes.len().saturating_sub(1));
    let node = |(at, it): (usize, &&Unit)| {
        let drawing = Node { unit: it, width: plan.widths.get(at).copied().unwrap_or_default(), at };
        let center = layout.nodes.get(at).copied().unwrap_or_default();
        drawing.draw(session, center, at == active_node, touch(&it.origins, *line), &active.setter())
    };
    // The user's own units are what matters most.
    let focus =
        nodes.iter().position(|unit| unit.from == "user").and_then(|at| layout.nodes.get(at).copied());
    let onkeydown = {
        let (plan, layout, active) = (plan.clone(), layout.clone(), active.setter());
        Callback::from(move |event: KeyboardEvent| walk(&event, &plan, &layout, &active))
    };
    html! {
        <>
            <GraphFrame label={t!("Graph of the units")} width={layout.width} height={layout.height} {focus}
                legend={legend(layout.is_down)} {onkeydown}>
                <defs>{ for [Style::Requirement, Style::Ordering, Style::Cycle].map(arrow) }</defs>
                { for plan.links.iter().zip(&layout.ways).map(|(link, way)| line_of(link, way)) }
                { for nodes.iter().enumerate().map(node) }
            </GraphFrame>
            if plan.hidden > 0 {
                <p class="nothing">{t!("and {count} more units; the start order lists them", count = plan.hidden)}</p>
            }
        </>
    }
}

fn lay_out(plan: &Plan, module: &Module) -> Option<Layout> {
    let Module::Ready(module) = module else { return None };
    let sizes: Vec<f64> =
        plan.widths.iter().flat_map(|&width| [f64::from(width), f64::from(HEIGHT)]).collect();
    let number = |index: usize| u32::try_from(index).unwrap_or_default();
    let edges: Vec<u32> =
        plan.links.iter().flat_map(|link| [number(link.earlier), number(link.later)]).collect();
    let numbers = module.layout(&sizes, &edges).ok()?;
    Layout::read(&numbers, plan.units.len(), plan.links.len())
}

struct Node<'a> {
    unit: &'a Unit,
    width: i32,
    at: usize,
}

impl Node<'_> {
    fn draw(
        &self,
        session: &Session,
        (x, y): Point,
        is_active: bool,
        is_marked: bool,
        active: &UseStateSetter<usize>,
    ) -> Html {
        let Self { unit: it, width, at } = *self;
        let shape = unit::state(&it.state).1;
        let show = {
            let (session, origins) = (session.clone(), it.origins.clone());
            Callback::from(move |()| session.show(&origins))
        };
        let onclick = show.reform(|_: MouseEvent| ());
        let onkeydown = move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                show.emit(());
            }
        };
        let onfocus = {
            let active = active.clone();
            move |_: FocusEvent| active.set(at)
        };
        html! {
            <g
                key={it.name.clone()}
                class={classes!("node", format!("from-{}", it.from), format!("is-{}", it.state))}
                role="button"
                aria-label={unit::words(it)}
                aria-current={is_marked.then_some("true")}
                tabindex={if is_active { "0" } else { "-1" }}
                data-node={at.to_string()}
                transform={format!("translate({} {})", x - width / 2, y - HEIGHT / 2)}
                {onclick}
                {onkeydown}
                {onfocus}
            >
                <rect width={width.to_string()} height={HEIGHT.to_string()} rx="8" />
                <use href={format!("#shape-{shape}")} x="12" y="15" width="16" height="16" />
                <text class="node-name" x="36" y="20">{unit::shortened(&it.name)}</text>{" "}
                <text class="node-state" x="36" y="36">{unit::label(it)}</text>
            </g>
        }
    }
}

fn line_of(link: &Link, way: &[Point]) -> Html {
    let mut points = way.to_vec();
    // The way was laid with the time; the arrow leads to what is waited for.
    if link.from != link.earlier {
        points.reverse();
    }
    let class = link.style.class();
    html! {
        <path class={classes!("edge", class)} d={curve(&points)} marker-end={format!("url(#arrow-{class})")}><title>{&link.kinds}</title></path>
    }
}

/// A line through the points that turns gently.
fn curve(points: &[Point]) -> String {
    let mut path = String::new();
    let middle = |a: Point, b: Point| (i32::midpoint(a.0, b.0), i32::midpoint(a.1, b.1));
    let last = points.len().saturating_sub(1);
    for (at, &(x, y)) in points.iter().enumerate() {
        let to = points.get(at + 1).map_or((x, y), |&next| middle((x, y), next));
        path.push_str(&match at {
            0 => format!("M{x} {y}"),
            _ if at == last => format!("L{x} {y}"),
            _ => format!("Q{x} {y} {} {}", to.0, to.1),
        });
    }
    path
}

fn arrow(style: Style) -> Html {
    let class = style.class();
    html! {
        <marker id={format!("arrow-{class}")} class={classes!("arrow", class)} viewBox="0 0 8 8" refX="7" refY="4"
            markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
            <path d="M0 .5 8 4 0 7.5Z" />
        </marker>
    }
}

fn legend(is_down: bool) -> Html {
    let rule =
        if is_down { t!("what comes first stands above") } else { t!("what comes first stands on the left") };
    let entry = |style: Style, words: AttrValue| {
        html! {
            <li>
                <svg width="30" height="8" aria-hidden="true"><path class={classes!("edge", style.class())} d="M0 4H30" /></svg>
                {words}
            </li>
        }
    };
    html! {
        <ul class="legend">
            {entry(Style::Requirement, t!("needs"))}
            {entry(Style::Ordering, t!("starts after"))}
            {entry(Style::Cycle, t!("cycle"))}
            <li>{rule}</li>
        </ul>
    }
}

/// Moves the focus to the next unit in the direction of an arrow key.
fn walk(event: &KeyboardEvent, plan: &Plan, layout: &Layout, active: &UseStateSetter<usize>) {
    let way = match event.key().as_str() {
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        _ => return,
    };
    let focused: Element = event.target_unchecked_into();
    let Some(at) = focused.get_attribute("data-node").and_then(|at| at.parse().ok()) else { return };
    event.prevent_default();
    let Some(to) = next(plan, layout, at, way) else { return };
    active.set(to);
    let node = focused
        .parent_element()
        .and_then(|parent| parent.query_selector(&format!("[data-node=\"{to}\"]")).ok());
    if let Some(node) = node.flatten() {
        // Elements of SVG take the focus just so.
        let _ = node.unchecked_into::<HtmlElement>().focus();
    }
}
