//! The frame of a drawing: zoom by buttons, keys and Ctrl with the wheel; pan by dragging and
//! scrolling.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AddEventListenerOptions, Element, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::components::icon;

/// Sizes are percentages.
const SMALLEST: i32 = 25;
const LARGEST: i32 = 250;
/// To fit a drawing, it is not made smaller than this: it would be unreadable.
const SMALLEST_FIT: i32 = 80;

#[derive(PartialEq, Properties)]
pub(crate) struct GraphFrameProps {
    pub(crate) label: AttrValue,
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// What is to be seen at first.
    pub(crate) focus: Option<(i32, i32)>,
    pub(crate) children: Html,
    pub(crate) legend: Html,
    pub(crate) onkeydown: Callback<KeyboardEvent>,
}

#[derive(Clone, Copy)]
enum Zoom {
    In,
    Out,
    Fit,
}

#[component]
pub(crate) fn GraphFrame(props: &GraphFrameProps) -> Html {
    let GraphFrameProps { label, width, height, focus, children, legend, onkeydown } = props;
    let frame = use_node_ref();
    // None: as large as fits.
    let chosen = use_state_eq(|| None::<i32>);
    let fit = use_state_eq(|| 100);
    let scale = chosen.unwrap_or(*fit);
    {
        let (frame, fit) = (frame.clone(), fit.setter());
        use_effect_with((*width, *focus), move |&(width, focus)| {
            let Some(frame) = frame.cast::<Element>().filter(|frame| frame.client_width() > 0 && width > 0)
            else {
                return;
            };
            let scale = (frame.client_width() * 100 / width).clamp(SMALLEST_FIT, 100);
            fit.set(scale);
            if let Some((x, y)) = focus {
                // The drawing gets its size with the next frame; what lies outside of it is cut off then.
                let center =
                    (x * scale / 100 - frame.client_width() / 2, y * scale / 100 - frame.client_height() / 2);
                spawn_local(async move {
                    frame.set_scroll_left(center.0);
                    frame.set_scroll_top(center.1);
                });
            }
        });
    }
    let zoom = {
        let fit = *fit;
        Callback::from(move |zoom: Zoom| {
            let now = chosen.unwrap_or(fit);
            chosen.set(match zoom {
                Zoom::In => Some((now * 5 / 4).min(LARGEST)),
                Zoom::Out => Some((now * 4 / 5).max(SMALLEST)),
                Zoom::Fit => None,
            });
        })
    };
    use_wheel(&frame, zoom.clone());
    let drag = use_mut_ref(|| None::<Drag>);
    let onpointerdown = {
        let (frame, drag) = (frame.clone(), drag.clone());
        move |event: PointerEvent| {
            let target: Element = event.target_unchecked_into();
            let is_free = target.closest(".node").ok().flatten().is_none();
            // Fingers scroll by themselves.
            if event.pointer_type() == "mouse" && event.button() == 0 && is_free {
                *drag.borrow_mut() = frame.cast::<Element>().map(|frame| Drag::new(&event, frame));
            }
        }
    };
    let onpointermove = {
        let drag = drag.clone();
        move |event: PointerEvent| {
            if let Some(drag) = &*drag.borrow() {
                drag.go(&event);
            }
        }
    };
    let end = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let onkeydown = {
        let (onkeydown, zoom) = (onkeydown.clone(), zoom.clone());
        move |event: KeyboardEvent| {
            let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
            match event.key().as_str() {
                "+" | "=" if !has_modifier => zoom.emit(Zoom::In),
                "-" if !has_modifier => zoom.emit(Zoom::Out),
                "0" if !has_modifier => zoom.emit(Zoom::Fit),
                _ => onkeydown.emit(event),
            }
        }
    };
    let button = |shape: &'static str, title: AttrValue, to: Zoom| {
        let onclick = zoom.reform(move |_: MouseEvent| to);
        html! {
            <button type="button" class="quiet square" aria-label={title.clone()} {title} {onclick}>{icon::named(shape)}</button>
        }
    };
    html! {
        <div class="graph">
            <div class="graph-room" ref={frame} {onkeydown} {onpointerdown} {onpointermove}
                onpointerup={end.clone()} onpointercancel={end.clone()} onpointerleave={end}>
                <svg
                    role="group"
                    aria-label={label}
                    width={(width * scale / 100).to_string()}
                    height={(height * scale / 100).to_string()}
                    viewBox={format!("0 0 {width} {height}")}
                >
                    {children.clone()}
                </svg>
            </div>
            <div class="graph-foot">
                {legend.clone()}
                <div class="graph-tools" role="group" aria-label={t!("Size of the drawing")}>
                    {button("minus", t!("Smaller (−)"), Zoom::Out)}
                    {button("fit", t!("Fit (0)"), Zoom::Fit)}
                    {button("plus", t!("Larger (+)"), Zoom::In)}
                </div>
            </div>
        </div>
    }
}

/// Ctrl with the wheel zooms the drawing and not the page: that takes a listener that is not passive.
#[hook]
fn use_wheel(frame: &NodeRef, zoom: Callback<Zoom>) {
    let frame = frame.clone();
    let latest = use_mut_ref(|| zoom.clone());
    *latest.borrow_mut() = zoom;
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
            if event.ctrl_key() {
                event.prevent_default();
                let zoom = latest.borrow().clone();
                zoom.emit(if event.delta_y() < 0.0 { Zoom::In } else { Zoom::Out });
            }
        });
        let element = frame.cast::<Element>();
        if let Some(element) = &element {
            let options = AddEventListenerOptions::new();
            options.set_passive(false);
            // Fails only for listeners that are not functions.
            let _ = element.add_event_listener_with_callback_and_add_event_listener_options(
                "wheel",
                listener.as_ref().unchecked_ref(),
                &options,
            );
        }
        move || {
            if let Some(element) = element {
                let _ =
                    element.remove_event_listener_with_callback("wheel", listener.as_ref().unchecked_ref());
            }
        }
    });
}

/// A drag under way.
struct Drag {
    frame: Element,
    from: (i32, i32),
    scrolled: (i32, i32),
}

impl Drag {
    fn new(event: &PointerEvent, frame: Element) -> Self {
        let scrolled = (frame.scroll_left(), frame.scroll_top());
        Self { frame, from: (event.client_x(), event.client_y()), scrolled }
    }

    fn go(&self, event: &PointerEvent) {
        self.frame.set_scroll_left(self.scrolled.0 + self.from.0 - event.client_x());
        self.frame.set_scroll_top(self.scrolled.1 + self.from.1 - event.client_y());
    }
}
