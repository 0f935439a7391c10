//! The whole view. Files can be dropped anywhere on it.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, Node};
use yew::prelude::*;

use super::add::Add;
use super::files::files;
use super::options::options;
use super::outcome::outcome;
use crate::components::icon;
use crate::frame::carries_files;
use crate::image::state::ImageState;
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct ImageViewProps {
    pub(crate) session: Session,
    pub(crate) image: ImageState,
}

#[component]
pub(crate) fn ImageView(props: &ImageViewProps) -> Html {
    let ImageViewProps { session, image } = props;
    let view = use_node_ref();
    let is_dragging = use_state(|| false);
    let ondragover = {
        let dragging = is_dragging.setter();
        move |event: DragEvent| {
            if carries_files(&event) {
                event.prevent_default();
                dragging.set(true);
            }
        }
    };
    let ondragleave = {
        let (view, dragging) = (view.clone(), is_dragging.setter());
        move |event: DragEvent| {
            // It leaves every element on its way, too.
            let into = event.related_target().and_then(|into| into.dyn_into::<Node>().ok());
            if !view.get().is_some_and(|view| view.contains(into.as_ref())) {
                dragging.set(false);
            }
        }
    };
    let ondrop = {
        let (session, dragging) = (session.clone(), is_dragging.setter());
        move |event: DragEvent| {
            dragging.set(false);
            if let Some(list) = event.data_transfer().and_then(|transfer| transfer.files()) {
                event.prevent_default();
                session.add_files(all(&list));
            }
        }
    };
    html! {
        <div ref={view} class={classes!("verifying", is_dragging.then_some("dragging"))} {ondragover} {ondragleave} {ondrop}>
            <h2 class="visually-hidden">{t!("Image")}</h2>
            {outcome(session, image)}
            if image.files.is_empty() {
                <div class="welcome">
                    {icon::named("signature")}
                    <p class="welcome-title">{t!("Is this the image that its publisher signed?")}</p>
                    <p>{t!("Drop an image, its signature and the signer’s key here, in any order. They are read in this page, however large, and never uploaded.")}</p>
                </div>
            } else {
                {files(session, image)}
            }
            <Add session={session.clone()} />
            {options(session, &image.settings)}
        </div>
    }
}

/// The files of a list.
pub(super) fn all(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}
