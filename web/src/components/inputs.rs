//! The left side beside the user's text: what templates are filled with, and what the platform gives the machine.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Place, Platform, Preset};
use web_sys::{DragEvent, Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::{icon, prose, tabs};
use crate::boot::state::BootState;
use crate::notice::Replaced;
use crate::session::Session;
use crate::slot::{EXAMPLE_INSTANCE_DATA, Fault, OfPlatform, Slot};
use crate::state::{Input, Range};
use crate::words::t;

/// Which texts there are beside the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tabs {
    /// The user's is a template that instance data fills.
    pub(crate) has_template: bool,
    /// Those that the platform gives to its machines.
    pub(crate) texts: Rc<[OfPlatform]>,
}

impl Tabs {
    /// Each tab, with its name in identifiers and its title.
    fn all(&self) -> Vec<(Input, &'static str, &'static str)> {
        let mut tabs = vec![(Input::UserData, "user-data", text!("User-data"))];
        if self.has_template {
            tabs.push((Input::InstanceData, "instance-data", text!("Instance data")));
        }
        let of_platform = self.texts.iter();
        tabs.extend(of_platform.map(|&text| (Input::Platform(text, None), text.name(), text.title())));
        tabs
    }

    fn position(&self, input: Input) -> Option<usize> {
        self.all().iter().position(|(tab, ..)| tab.is_same_text(input))
    }

    /// What is shown, when this was chosen.
    pub(crate) fn shown(&self, input: Input) -> Input {
        if self.position(input).is_some() { input } else { Input::UserData }
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct InputTabsProps {
    pub(crate) session: Session,
    pub(crate) input: Input,
    pub(crate) tabs: Tabs,
}

/// The tabs above the texts.
#[component]
pub(crate) fn InputTabs(props: &InputTabsProps) -> Html {
    let all = props.tabs.all();
    let titles = all.iter().map(|&(_, name, title)| (name.into(), html! { {t(title)} })).collect();
    let chosen = props.tabs.position(props.input).unwrap_or_default();
    let panel = if props.input == Input::UserData { "editor" } else { "other-panel" };
    let session = props.session.clone();
    let choose = Callback::from(move |at: usize| {
        if let Some(&(input, ..)) = all.get(at) {
            session.input(input);
        }
    });
    tabs::bar("input", t!("Texts"), panel, titles, chosen, &choose)
}

#[derive(PartialEq, Properties)]
pub(crate) struct OtherInputProps {
    pub(crate) session: Session,
    pub(crate) input: Input,
    /// The user's own instance data.
    pub(crate) instance_data: Option<Rc<str>>,
    /// What is wrong with it.
    pub(crate) fault: Option<Fault>,
    pub(crate) boot: BootState,
    /// The language of the interface. Editors stay when it is another one.
    pub(crate) language: AttrValue,
}

/// The text beside the user's that is chosen.
#[component]
pub(crate) fn OtherInput(props: &OtherInputProps) -> Html {
    let shown = match props.input {
        Input::UserData => return html! {},
        Input::InstanceData => instance_data(props),
        Input::Platform(text, range) => of_platform(&props.boot, text, range),
    };
    let key = shown.tab;
    html! { <TextInput {key} session={props.session.clone()} {shown} /> }
}

/// A text, and what there is to say and to do about it.
#[derive(Clone, PartialEq)]
struct Shown {
    slot: Slot,
    /// Its tab.
    tab: &'static str,
    name: AttrValue,
    /// What it is, in sentences.
    about: AttrValue,
    /// The user's text; none for what stands there at first.
    text: Option<Rc<str>>,
    own: Option<Rc<str>>,
    presets: Vec<Preset>,
    /// How to say that what stood there at first is back.
    reset: &'static str,
    faults: Vec<Fault>,
    /// What is to be shown of it.
    range: Option<Range>,
}

fn instance_data(props: &OtherInputProps) -> Shown {
    Shown {
        slot: Slot::InstanceData,
        tab: "instance-data",
        name: t!("Instance data"),
        about: if props.instance_data.is_some() {
            t!("What cloud-init fills the template with. `cloud-init query --all` prints that of a machine.")
        } else {
            t!("An example of what cloud-init fills the template with. `cloud-init query --all` prints \
                that of a machine.")
        },
        text: props.instance_data.clone(),
        own: Some(EXAMPLE_INSTANCE_DATA.into()),
        presets: Vec::new(),
        reset: text!("Reset to the example."),
        faults: props.fault.iter().cloned().collect(),
        range: None,
    }
}

fn of_platform(boot: &BootState, text: OfPlatform, range: Option<Range>) -> Shown {
    let platform = boot.platform();
    let presets = match text {
        OfPlatform::Metadata => platform.map(|platform| platform.presets.clone()).unwrap_or_default(),
        OfPlatform::Oem | OfPlatform::VendorData => Vec::new(),
    };
    let own = match text {
        OfPlatform::Metadata => presets.first().map(|preset| preset.text.as_str()),
        OfPlatform::Oem => platform.and_then(|platform| platform.oem.as_deref()),
        OfPlatform::VendorData => None,
    };
    Shown {
        slot: Slot::Platform(text),
        tab: text.name(),
        name: t(text.title()),
        about: match platform {
            Some(platform) => about(platform, text),
            None if boot.platforms.is_empty() => AttrValue::default(),
            None => t!("No preview for this platform yet."),
        },
        text: boot.settings.inputs().get(text).cloned(),
        own: own.map(Rc::from),
        presets,
        reset: RESET_TO_PLATFORM,
        faults: faults(boot, text),
        range,
    }
}

/// What a text of a platform is, in sentences.
fn about(platform: &Platform, text: OfPlatform) -> AttrValue {
    match text {
        OfPlatform::Metadata if platform.yields.is_empty() => t!("This platform has no metadata."),
        OfPlatform::Metadata => t!("Gives {data}.", data = platform.yields.join(", ")),
        OfPlatform::Oem if platform.oem.is_some() => {
            t!("The config that is baked into the image. It is applied before the user-data.")
        }
        OfPlatform::Oem => {
            t!("This image has no config of its own. A config that you write here is applied before the \
             user-data.")
        }
        OfPlatform::VendorData if platform.vendor_data => {
            t!("What the provider adds to every machine. The user-data wins where both set the same key.")
        }
        OfPlatform::VendorData => t!("This platform has no vendor-data."),
    }
}

const RESET_TO_PLATFORM: &str = text!("Reset to the platform’s own text.");

fn faults(boot: &BootState, slot: OfPlatform) -> Vec<Fault> {
    let all = boot.previews.iter().flat_map(|previews| &previews.first.boot().troubles);
    let own = all.filter(|trouble| trouble.about == slot.name());
    own.map(|trouble| Fault { message: trouble.message.clone(), place: trouble.place }).collect()
}

#[derive(PartialEq, Properties)]
struct TextInputProps {
    session: Session,
    shown: Shown,
}

/// An editor, with what there is to say about its text.
#[component]
fn TextInput(props: &TextInputProps) -> Html {
    let TextInputProps { session, shown } = props;
    let slot = shown.slot;
    let (host, area) = (use_node_ref(), use_node_ref());
    {
        let (session, host, area) = (session.clone(), host.clone(), area.clone());
        use_effect_with((), move |()| {
            let opened = host.cast::<Element>().zip(area.cast::<HtmlTextAreaElement>());
            if let Some((host, area)) = opened.clone() {
                session.open_beside(slot, host, area);
            }
            move || {
                if let Some((_, area)) = opened {
                    session.close_beside(&area);
                }
            }
        });
    }
    {
        let session = session.clone();
        use_effect_with((shown.text.clone(), shown.own.clone()), move |(_, own)| {
            session.show_beside(slot, own.as_deref());
        });
    }
    {
        let session = session.clone();
        use_effect_with(shown.faults.clone(), move |faults| session.mark_beside(slot, faults.clone()));
    }
    {
        let session = session.clone();
        use_effect_with(shown.range, move |range| {
            if let Some(range) = range {
                session.reveal_beside(slot, range.from, range.to);
            }
        });
    }
    let oninput = {
        let session = session.clone();
        move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            session.write(slot, Some(Rc::from(area.value())));
        }
    };
    let ondrop = {
        let session = session.clone();
        move |event: DragEvent| {
            if let Some(file) = event.data_transfer().and_then(|transfer| transfer.files()?.get(0)) {
                event.prevent_default();
                session.open_into(slot, file);
            }
        }
    };
    let reset = {
        let (session, words) = (session.clone(), shown.reset);
        move |_: MouseEvent| {
            session.replace(slot, None, Replaced::Plainly(words));
            session.return_to(slot);
        }
    };
    let go = {
        let session = session.clone();
        Callback::from(move |place: Place| session.reveal_beside(slot, place.from, place.to))
    };
    let value = shown.text.clone().or_else(|| shown.own.clone()).unwrap_or_default();
    let has_changed = shown.text.is_some() && shown.text != shown.own;
    html! {
        <div id="other-panel" class="other-input" role="tabpanel" aria-labelledby={tabs::id("input", shown.tab)} {ondrop}>
            <div class="input-bar">
                <p>{prose::line(&shown.about)}</p>
                { for shown.presets.iter().map(|preset| preset_button(preset, &value, slot, session)) }
                if has_changed {
                    <button type="button" class="chip" onclick={reset}>{t!("Reset")}</button>
                }
            </div>
            <div ref={host} class="editor beside">
                <textarea
                    ref={area}
                    class="plain"
                    aria-label={&shown.name}
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    wrap="off"
                    {oninput}
                />
            </div>
            if !shown.faults.is_empty() {
                <div id="input-troubles" role="alert">
                    <ul class="troubles">{ for shown.faults.iter().map(|fault| fault_item(fault, &go)) }</ul>
                </div>
            }
        </div>
    }
}

fn fault_item(fault: &Fault, go: &Callback<Place>) -> Html {
    let place = fault.place.map(|place| {
        let onclick = go.reform(move |_: MouseEvent| place);
        html! {
            <button type="button" class="link" {onclick}>
                <span class="visually-hidden">{t!("Go to")}{" "}</span>
                <span class="place">{format!("{}:{}", place.line, place.column)}</span>
            </button>
        }
    });
    html! { <li>{icon::named("error")}<span>{prose::sentence(&fault.message)}</span>{ for place }</li> }
}

fn preset_button(preset: &Preset, value: &str, slot: Slot, session: &Session) -> Html {
    let (session, text) = (session.clone(), Rc::<str>::from(preset.text.as_str()));
    let pressed = if preset.text == value { "true" } else { "false" };
    let onclick = move |_: MouseEvent| {
        session.replace(slot, Some(Rc::clone(&text)), Replaced::Plainly(text!("Replaced by an example.")));
    };
    html! {
        <button type="button" class="chip" aria-pressed={pressed} {onclick}>{&preset.title}</button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_as_long_as_there_is_something_that_it_is_for() {
        let texts = |all: &[OfPlatform]| Tabs { has_template: all.is_empty(), texts: all.into() };
        let metadata = Input::Platform(OfPlatform::Metadata, None);
        let of_template = texts(&[]);
        assert_eq!(of_template.shown(Input::InstanceData), Input::InstanceData);
        assert_eq!(of_template.shown(metadata), Input::UserData);
        let on_platform = texts(&[OfPlatform::Metadata, OfPlatform::Oem]);
        assert_eq!(on_platform.shown(Input::InstanceData), Input::UserData);
        let range = Input::Platform(OfPlatform::Oem, Some(Range { from: 1, to: 2, number: 3 }));
        assert_eq!((on_platform.shown(range), on_platform.position(range)), (range, Some(2)));
        assert_eq!(on_platform.shown(Input::Platform(OfPlatform::VendorData, None)), Input::UserData);
    }
}
