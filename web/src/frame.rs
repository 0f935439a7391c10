//! The part of the page that stands in `index.html`. It was there before the app: the text, its
//! undo history and an input method at work stay as they are when the app comes.

use std::iter::successors;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DragEvent, Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlOptionElement,
    HtmlSelectElement, HtmlTextAreaElement,
};

use crate::boot::settings::Settings;
use crate::host::forever;
use crate::programs::{Program, Programs};
use crate::session::Session;
use crate::slot::OfPlatform;
use crate::state::{Choice, Config, Cursor};

/// The elements that change.
#[derive(Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) target: Element,
    pub(crate) release: HtmlSelectElement,
    pub(crate) programs: Rc<Programs>,
    /// The choices of platforms, each with the program that they are for.
    platforms: Rc<[(Rc<str>, HtmlSelectElement)]>,
    pub(crate) examples: Element,
    pub(crate) trouble: Element,
    /// The tabs above the texts.
    pub(crate) inputs: Element,
    /// The tabs for the parts of the user's text.
    pub(crate) parts: Element,
    /// Where the editor lives.
    pub(crate) editor: Element,
    pub(crate) area: HtmlTextAreaElement,
    /// Where other texts are edited.
    pub(crate) other_input: Element,
    /// What is said in passing.
    pub(crate) notice: Element,
    pub(crate) findings: Element,
    /// Lists all rules.
    rules: HtmlElement,
    /// The choice of the pane with the texts, where there is room for one pane alone.
    text_pane: HtmlInputElement,
    pub(crate) status: Element,
}

/// Value and title of what there is to choose.
pub(crate) type Options = Rc<[(Rc<str>, String)]>;

/// Where the user was in the list of problems.
pub(crate) struct Reading {
    scrolled: i32,
    /// Number of the problem with the focus, from 1.
    focused: Option<usize>,
}

impl Frame {
    pub(crate) fn find() -> Result<Self, JsValue> {
        Ok(Self {
            target: find("#target")?,
            release: find("#release")?,
            programs: Rc::new(programs(&find("#target")?)),
            platforms: platform_choices().into(),
            examples: find("#examples")?,
            trouble: find("#trouble")?,
            inputs: find("#inputs")?,
            parts: find("#parts")?,
            editor: find("#editor")?,
            area: find("#editor > textarea")?,
            other_input: find("#other-input")?,
            notice: find("#notice")?,
            findings: find("#findings")?,
            rules: find("#rules")?,
            text_pane: find("#pane-text")?,
            status: find("#status")?,
        })
    }

    /// The target that is chosen.
    pub(crate) fn choice(&self) -> Choice {
        let chosen = self.target.query_selector(":checked").ok().flatten();
        let input = chosen.and_then(|chosen| chosen.dyn_into::<HtmlInputElement>().ok())?;
        let target = if input.has_attribute(VERSIONS) { self.release.value() } else { input.value() };
        Some(target).filter(|name| !name.is_empty()).map(Rc::from)
    }

    /// Who chooses a version wants its program.
    fn choose_program_with_versions(&self) {
        let input = self.target.query_selector(&format!("[{VERSIONS}]")).ok().flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_checked(true);
        }
    }

    /// Shows what else there is to choose for a program: a version, or a platform.
    pub(crate) fn show_choices_for(&self, program: &Program) {
        let platforms = self.platforms.iter().map(|(of, select)| (select, **of == *program.module));
        for (select, is_shown) in platforms.chain([(&self.release, program.has_versions)]) {
            if let Some(label) = select.parent_element() {
                // Fails only for an illegal name.
                let _ = if is_shown {
                    label.remove_attribute("hidden")
                } else {
                    label.set_attribute("hidden", "")
                };
            }
        }
    }

    /// Takes over the platforms that are chosen, and the program of the target.
    pub(crate) fn chosen_platforms(&self, settings: Settings) -> Settings {
        let target = self.choice().unwrap_or_default();
        let program = self.programs.of(&target).map(|program| Rc::clone(&program.module));
        let settings = settings.of_program(program.unwrap_or_default());
        self.platforms.iter().fold(settings, |settings, (program, select)| {
            settings.with_platform_of(Rc::clone(program), value(select))
        })
    }

    /// Shows which platform of a program is chosen.
    pub(crate) fn show_platform(&self, program: &str, name: Option<&str>) {
        if let Some(select) = self.platform_select(program) {
            select.set_value(name.unwrap_or_default());
        }
    }

    /// Shows which target is chosen, which must be a version.
    pub(crate) fn show_version(&self, target: &str) {
        self.release.set_value(target);
        self.choose_program_with_versions();
    }

    /// Name and title of every platform of a program that can be chosen.
    pub(crate) fn platforms(&self, program: &str) -> Options {
        self.platform_select(program).map(options).unwrap_or_default()
    }

    /// Name and title of every version and distribution that can be chosen.
    pub(crate) fn versions(&self) -> Options {
        options(&self.release)
    }

    fn platform_select(&self, program: &str) -> Option<&HtmlSelectElement> {
        self.platforms.iter().find(|(of, _)| **of == *program).map(|(_, select)| select)
    }

    /// Tells the session what happens here. Both live as long as the page.
    pub(crate) fn report_to(&self, session: &Session) {
        let (it, area) = (session.clone(), self.area.clone());
        on(&self.area, "input", move |_: Event| it.changed(JsString::from(area.value())));
        let (it, area) = (session.clone(), self.area.clone());
        on(&self.area, "select", move |_: Event| {
            if let Ok(Some(offset)) = area.selection_start() {
                it.moved(Config::User, Cursor { offset, line: line_of(&area.value(), offset) });
            }
        });
        let (it, frame) = (session.clone(), self.clone());
        on(&self.target, "change", move |_: Event| it.choose(frame.choice()));
        let (it, frame) = (session.clone(), self.clone());
        on(&self.release, "change", move |_: Event| {
            frame.choose_program_with_versions();
            it.choose(frame.choice());
        });
        let it = session.clone();
        on(&self.rules, "click", move |_: Event| it.explain_all());
        // Fails only for an illegal name.
        let _ = self.rules.remove_attribute("disabled");
        for (program, select) in self.platforms.iter() {
            let (it, program, choice) = (session.clone(), Rc::clone(program), select.clone());
            on(select, "change", move |_: Event| it.choose_platform(&program, value(&choice)));
        }
    }

    /// Brings the texts into view, where there is no room for both panes.
    pub(crate) fn show_text_pane(&self) {
        self.text_pane.set_checked(true);
    }

    pub(crate) fn reading(&self) -> Reading {
        let focused = self.findings.query_selector(".problem:has(:focus)").ok().flatten();
        let before = |item: &Element| item.previous_element_sibling();
        Reading {
            scrolled: self.list().map_or(0, |list| list.scroll_top()),
            focused: focused.map(|item| successors(Some(item), before).count()),
        }
    }

    /// Brings the user back to where they were.
    pub(crate) fn resume(&self, reading: &Reading) {
        if let Some(number) = reading.focused {
            let selector = format!(".problem:nth-child({number}) > .problem-go");
            let button = self.findings.query_selector(&selector).ok().flatten();
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                // Nobody listens for a focus that fails.
                let _ = button.focus();
            }
        }
        if let Some(list) = self.list() {
            list.set_scroll_top(reading.scrolled);
        }
    }

    fn list(&self) -> Option<Element> {
        self.findings.query_selector(".pane-body").ok().flatten()
    }
}

/// What marks the choice that has versions beside it.
const VERSIONS: &str = "data-versions";

/// What there is to choose in `target`.
fn programs(target: &Element) -> Programs {
    let inputs = target.query_selector_all("input");
    let all = inputs.iter().flat_map(|inputs| (0..inputs.length()).filter_map(|at| inputs.get(at)));
    let program = |input: HtmlInputElement| Program {
        target: input.value().into(),
        module: input.get_attribute("data-program").unwrap_or_default().into(),
        has_versions: input.has_attribute(VERSIONS),
        has_boots: input.has_attribute("data-boots"),
        has_units: input.has_attribute("data-units"),
        texts: texts(&input),
    };
    Programs::new(all.filter_map(|input| input.dyn_into().ok()).map(program).collect())
}

/// The texts that platforms of a program give to its machines.
fn texts(input: &HtmlInputElement) -> Rc<[OfPlatform]> {
    let names = input.get_attribute("data-texts").unwrap_or_default();
    names.split_whitespace().filter_map(OfPlatform::from_name).collect()
}

/// The choices of platforms, each with the program that they are for.
fn platform_choices() -> Vec<(Rc<str>, HtmlSelectElement)> {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector_all("select[data-program]").ok());
    let all = found.iter().flat_map(|found| (0..found.length()).filter_map(|at| found.get(at)));
    let selects = all.filter_map(|select| select.dyn_into::<HtmlSelectElement>().ok());
    selects.filter_map(|select| Some((select.get_attribute("data-program")?.into(), select))).collect()
}

/// What is chosen.
fn value(select: &HtmlSelectElement) -> Option<Rc<str>> {
    Some(select.value()).filter(|name| !name.is_empty()).map(Rc::from)
}

/// Value and title of everything that there is to choose.
fn options(select: &HtmlSelectElement) -> Options {
    let options = select.options();
    let all = (0..options.length()).filter_map(|at| options.item(at)?.dyn_into::<HtmlOptionElement>().ok());
    let named = all.map(|option| (option.value().into(), option.text()));
    named.filter(|(name, _): &(Rc<str>, _)| !name.is_empty()).collect()
}

fn find<T: JsCast>(selector: &str) -> Result<T, JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    let missing = || JsValue::from(js_sys::Error::new(&format!("the document has no {selector}")));
    found.and_then(|element| element.dyn_into().ok()).ok_or_else(missing)
}

fn on<E: FromWasmAbi + 'static>(target: &EventTarget, event: &str, call: impl Fn(E) + 'static) {
    // Fails only for listeners that are not functions.
    let _ = target.add_event_listener_with_callback(event, &forever(call));
}

/// The line, from 1, of an offset in UTF-16 code units.
fn line_of(text: &str, offset: u32) -> u32 {
    let before = text.encode_utf16().take(usize::try_from(offset).unwrap_or(usize::MAX));
    let breaks = before.filter(|&unit| unit == u16::from(b'\n')).count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

pub(crate) fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn lines_count_from_one() {
        let text = "a\n🚀\nb";
        assert_eq!([0, 1, 2, 4, 5].map(|offset| line_of(text, offset)), [1, 1, 2, 2, 3]);
    }
}
