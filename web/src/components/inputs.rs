//! The left side beside the user's text: what the platform gives the machine.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Platform, Preset};
use web_sys::{DragEvent, File, HtmlTextAreaElement};
use yew::prelude::*;

use super::{icon, prose, tabs};
use crate::boot::settings::Inputs;
use crate::boot::state::BootState;
use crate::session::Session;
use crate::state::{Input, Range};

#[derive(PartialEq, Properties)]
pub(crate) struct InputTabsProps {
    pub(crate) session: Session,
    pub(crate) input: Input,
    pub(crate) has_platform: bool,
}

/// The tabs above the texts. Without a platform there is only one text.
#[component]
pub(crate) fn InputTabs(props: &InputTabsProps) -> Html {
    let mut titles = vec![("user-data", html! { {"User-data"} })];
    if props.has_platform {
        titles.push(("metadata", html! { {"Metadata"} }));
        titles.push(("oem", html! { {"Image’s config"} }));
    }
    let (chosen, panel) = match props.input {
        Input::UserData => (0, "editor"),
        Input::Metadata => (1, "other-panel"),
        Input::Oem(_) => (2, "other-panel"),
    };
    let session = props.session.clone();
    let choose = Callback::from(move |at| {
        session.input(match at {
            1 => Input::Metadata,
            2 => Input::Oem(None),
            _ => Input::UserData,
        });
    });
    tabs::bar("input", "Texts", panel, titles, chosen, &choose)
}

#[derive(PartialEq, Properties)]
pub(crate) struct OtherInputProps {
    pub(crate) session: Session,
    pub(crate) input: Input,
    pub(crate) boot: BootState,
}

/// The metadata or the config of the image, whichever is chosen.
#[component]
pub(crate) fn OtherInput(props: &OtherInputProps) -> Html {
    let OtherInputProps { session, input, boot } = props;
    let inputs = boot.settings.inputs();
    let platform = boot.platform();
    match input {
        Input::UserData => html! {},
        Input::Metadata => {
            let own =
                platform.and_then(|platform| platform.presets.first()).map(|preset| preset.text.as_str());
            let set = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |metadata| session.set_inputs(Inputs { metadata, ..inputs.clone() }))
            };
            let replace = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |(metadata, words)| {
                    session.replace_inputs(Inputs { metadata, ..inputs.clone() }, words);
                })
            };
            let open = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |file| {
                    let inputs = inputs.clone();
                    session.replace_inputs_by_file(file, |text| Inputs { metadata: Some(text), ..inputs });
                })
            };
            let about = platform.map(metadata_words).unwrap_or_default();
            let presets = platform.map(|platform| platform.presets.clone()).unwrap_or_default();
            html! {
                <TextInput key="metadata" tab="metadata" name="Metadata" {about} text={inputs.metadata} own={own.map(Rc::from)}
                    {presets} troubles={troubles(boot, "metadata")} range={None::<Range>} {set} {replace} {open} />
            }
        }
        Input::Oem(range) => {
            let own = platform.and_then(|platform| platform.oem.as_deref());
            let set = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |oem| session.set_inputs(Inputs { oem, ..inputs.clone() }))
            };
            let replace = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |(oem, words)| {
                    session.replace_inputs(Inputs { oem, ..inputs.clone() }, words);
                })
            };
            let open = {
                let (session, inputs) = (session.clone(), inputs.clone());
                Callback::from(move |file| {
                    let inputs = inputs.clone();
                    session.replace_inputs_by_file(file, |text| Inputs { oem: Some(text), ..inputs });
                })
            };
            let about = if own.is_some() {
                "The config that is baked into the image. It is applied before the user’s.".to_owned()
            } else {
                "The image has no config of its own. One that is written here is applied before the user’s."
                    .to_owned()
            };
            html! {
                <TextInput key="oem" tab="oem" name="Image’s config" {about} text={inputs.oem} own={own.map(Rc::from)}
                    presets={Vec::new()} troubles={troubles(boot, "oem")} range={*range} {set} {replace} {open} />
            }
        }
    }
}

fn metadata_words(platform: &Platform) -> String {
    if platform.yields.is_empty() {
        return "This platform has no metadata.".to_owned();
    }
    format!("Gives {}.", platform.yields.join(", "))
}

fn troubles(boot: &BootState, about: &str) -> Vec<String> {
    let all = boot.previews.iter().flat_map(|previews| &previews.first.boot().troubles);
    all.filter(|trouble| trouble.about == about).map(|trouble| trouble.message.clone()).collect()
}

#[derive(PartialEq, Properties)]
struct TextInputProps {
    tab: &'static str,
    name: &'static str,
    /// What it is, in a sentence.
    about: String,
    /// The user's text; none for the platform's own.
    text: Option<Rc<str>>,
    own: Option<Rc<str>>,
    presets: Vec<Preset>,
    troubles: Vec<String>,
    /// What is to be shown of it.
    range: Option<Range>,
    /// Takes what is typed.
    set: Callback<Option<Rc<str>>>,
    /// Takes what comes in its place, and how to say so.
    replace: Callback<(Option<Rc<str>>, &'static str)>,
    /// Takes a file that is dropped.
    open: Callback<File>,
}

/// A plain editor with what the platform offers.
#[component]
fn TextInput(props: &TextInputProps) -> Html {
    let area = use_node_ref();
    {
        let area = area.clone();
        use_effect_with(props.range, move |range| {
            let area = area.cast::<HtmlTextAreaElement>();
            if let (Some(area), Some(range)) = (area, *range) {
                // Fails only for other kinds of input elements.
                let _ = area.set_selection_range(range.from, range.to);
                let _ = area.focus();
            }
        });
    }
    let oninput = props.set.reform(|event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        Some(Rc::from(area.value()))
    });
    let ondrop = {
        let open = props.open.clone();
        move |event: DragEvent| {
            if let Some(file) = event.data_transfer().and_then(|transfer| transfer.files()?.get(0)) {
                event.prevent_default();
                open.emit(file);
            }
        }
    };
    let value = props.text.clone().or_else(|| props.own.clone()).unwrap_or_default();
    let has_changed = props.text.is_some() && props.text != props.own;
    let invalid = (!props.troubles.is_empty()).then_some("true");
    html! {
        <div id="other-panel" class="other-input" role="tabpanel" aria-labelledby={tabs::id("input", props.tab)} {ondrop}>
            <div class="input-bar">
                <p>{&props.about}</p>
                { for props.presets.iter().map(|preset| preset_button(preset, &value, &props.replace)) }
                if has_changed {
                    <button type="button" class="chip" onclick={props.replace.reform(|_: MouseEvent| (None, "Reset to the platform’s own text."))}>{"Reset"}</button>
                }
            </div>
            <textarea
                ref={area}
                class="code-area"
                aria-label={props.name}
                aria-invalid={invalid}
                aria-describedby={invalid.map(|_| "input-troubles")}
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                value={value.to_string()}
                {oninput}
            />
            if !props.troubles.is_empty() {
                <ul id="input-troubles" class="troubles">
                    { for props.troubles.iter().map(|words| html! {
                        <li>{icon::named("error")}<span>{prose::sentence(words)}</span></li>
                    }) }
                </ul>
            }
        </div>
    }
}

fn preset_button(preset: &Preset, value: &str, replace: &Callback<(Option<Rc<str>>, &'static str)>) -> Html {
    let text: Rc<str> = preset.text.as_str().into();
    let pressed = if preset.text == value { "true" } else { "false" };
    let onclick = replace.reform(move |_: MouseEvent| (Some(Rc::clone(&text)), "Replaced by an example."));
    html! {
        <button type="button" class="chip" aria-pressed={pressed} {onclick}>{&preset.title}</button>
    }
}
