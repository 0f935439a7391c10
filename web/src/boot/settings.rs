//! What a preview is asked for.

use std::collections::BTreeMap;
use std::rc::Rc;

use dryboot_wasm::protocol::boot::Wanted;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use super::other::Other;
use super::which::WhichBoot;
use crate::slot::OfPlatform;

/// The program whose platforms had no names of their own in earlier drafts.
const FIRST_PROGRAM: &str = "coreos";

/// The texts that a platform boots with, as far as the user has changed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs(BTreeMap<OfPlatform, Rc<str>>);

impl Inputs {
    /// The user's own text.
    pub(crate) fn get(&self, slot: OfPlatform) -> Option<&Rc<str>> {
        self.0.get(&slot)
    }

    /// With another text.
    pub(crate) fn with(mut self, slot: OfPlatform, text: Option<Rc<str>>) -> Self {
        match text {
            Some(text) => self.0.insert(slot, text),
            None => self.0.remove(&slot),
        };
        self
    }
}

/// A platform of a program, by their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) program: Rc<str>,
    pub(crate) platform: Rc<str>,
}

impl Place {
    /// The name of one of its texts in a draft.
    pub(crate) fn draft_name(&self, slot: OfPlatform) -> String {
        format!("{}/{}/{}", self.program, self.platform, slot.name())
    }
}

/// What is chosen for the boots of one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Name of the platform; none for the machine alone.
    pub(crate) platform: Option<Rc<str>>,
    pub(crate) which_boot: WhichBoot,
    /// What to compare with.
    pub(crate) other: Option<Other>,
    /// What shall fail.
    pub(crate) fail: Vec<Rc<str>>,
}

/// A boot to preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) platform: Option<Rc<str>>,
    /// The target, if it is another one than that of the text.
    pub(crate) target: Option<Rc<str>>,
    which_boot: WhichBoot,
}

/// All choices of the Boot view. They last as long as the page; a draft keeps the texts among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The program of the text, as the name of its module.
    program: Rc<str>,
    /// By program.
    choices: BTreeMap<Rc<str>, Choices>,
    inputs: BTreeMap<Place, Inputs>,
}

impl Settings {
    /// What is chosen for the program of the text.
    pub(crate) fn chosen(&self) -> Choices {
        self.choices.get(&self.program).cloned().unwrap_or_default()
    }

    /// Name of the platform that is chosen.
    pub(crate) fn platform(&self) -> Option<Rc<str>> {
        self.chosen().platform
    }

    /// The platform that is chosen, with its program.
    pub(crate) fn place(&self) -> Option<Place> {
        Some(Place { program: Rc::clone(&self.program), platform: self.platform()? })
    }

    /// The program of the text.
    pub(crate) fn program(&self) -> &str {
        &self.program
    }

    /// With a text for another program.
    pub(crate) fn of_program(mut self, program: Rc<str>) -> Self {
        self.program = program;
        self
    }

    /// The texts of the platform that is chosen.
    pub(crate) fn inputs(&self) -> Inputs {
        self.place().and_then(|place| self.inputs.get(&place).cloned()).unwrap_or_default()
    }

    /// Replaces the texts of a platform.
    pub(crate) fn with_inputs_of(mut self, place: Place, inputs: Inputs) -> Self {
        self.inputs.insert(place, inputs);
        self
    }

    /// Takes a text by its name in a draft: program, platform and what it is, with slashes between. Another name is passed
    /// over.
    pub(crate) fn with_kept(mut self, name: &str, text: &str) -> Self {
        let parts: Vec<&str> = name.split('/').collect();
        let (program, platform, slot) = match *parts.as_slice() {
            [program, platform, slot] => (program, platform, slot),
            [platform, slot] => (FIRST_PROGRAM, platform, slot),
            _ => return self,
        };
        if let Some(slot) = OfPlatform::from_name(slot) {
            let place = Place { program: program.into(), platform: platform.into() };
            let inputs = self.inputs.entry(place).or_default();
            *inputs = std::mem::take(inputs).with(slot, Some(text.into()));
        }
        self
    }

    fn choosing(mut self, choose: impl FnOnce(&mut Choices)) -> Self {
        choose(self.choices.entry(Rc::clone(&self.program)).or_default());
        self
    }

    /// Another platform. One is not compared with itself.
    pub(crate) fn on(self, platform: Option<Rc<str>>) -> Self {
        self.choosing(|choices| {
            if platform.clone().map(Other::Platform) == choices.other {
                choices.other = None;
            }
            choices.platform = platform;
        })
    }

    /// The platform of a program, which need not be that of the text.
    pub(crate) fn with_platform_of(mut self, program: Rc<str>, platform: Option<Rc<str>>) -> Self {
        self.choices.entry(program).or_default().platform = platform;
        self
    }

    /// Another boot. One is not compared with itself.
    pub(crate) fn booting(self, which: WhichBoot) -> Self {
        self.choosing(|choices| {
            if choices.other == Some(Other::Boot(which)) {
                choices.other = None;
            }
            choices.which_boot = which;
        })
    }

    /// With this target, which is not compared with itself.
    pub(crate) fn for_target(self, target: &str) -> Self {
        match self.chosen().other {
            Some(Other::Target(other)) if &*other == target => self.beside(None),
            _ => self,
        }
    }

    /// Something else to compare with.
    pub(crate) fn beside(self, other: Option<Other>) -> Self {
        self.choosing(|choices| {
            let is_same = match &other {
                Some(Other::Platform(name)) => choices.platform.as_ref() == Some(name),
                Some(Other::Boot(which)) => choices.which_boot == *which,
                Some(Other::Target(_)) | None => false,
            };
            choices.other = other.filter(|_| !is_same);
        })
    }

    /// The two boots in each other's place, as far as they differ in platform or boot.
    pub(crate) fn swapped(self) -> Self {
        self.choosing(|choices| match choices.other.take() {
            Some(Other::Platform(other)) => {
                choices.other = choices.platform.replace(other).map(Other::Platform);
            }
            Some(Other::Boot(other)) => {
                choices.other = Some(Other::Boot(std::mem::replace(&mut choices.which_boot, other)));
            }
            other => choices.other = other,
        })
    }

    /// Makes something fail, or not any more.
    pub(crate) fn toggled(self, fail: &str) -> Self {
        self.choosing(|choices| {
            let before = choices.fail.len();
            choices.fail.retain(|other| &**other != fail);
            if choices.fail.len() == before {
                choices.fail.push(fail.into());
            }
        })
    }

    /// What shall fail.
    pub(crate) fn failures(&self) -> Vec<Rc<str>> {
        self.chosen().fail
    }

    pub(crate) fn fails(&self, fail: &str) -> bool {
        let choices = self.choices.get(&self.program);
        choices.is_some_and(|choices| choices.fail.iter().any(|other| &**other == fail))
    }

    /// The boots to preview: the one that is chosen, then the one to compare it with.
    pub(crate) fn boots(&self) -> Vec<Asked> {
        let Choices { platform, which_boot, other, .. } = self.chosen();
        let first = Asked { platform, target: None, which_boot };
        let second = other.map(|other| match other {
            Other::Platform(platform) => Asked { platform: Some(platform), ..first.clone() },
            Other::Target(target) => Asked { target: Some(target), ..first.clone() },
            Other::Boot(which_boot) => Asked { which_boot, ..first.clone() },
        });
        std::iter::once(first).chain(second).collect()
    }

    /// The options of the preview of one of them, as JSON.
    pub(crate) fn options(&self, asked: &Asked, wanted: Wanted) -> JsValue {
        let options = Object::new();
        let set = |key: &str, value: JsValue| {
            // Fails only for what is not an object.
            let _ = Reflect::set(&options, &key.into(), &value);
        };
        let fail: Array = self.failures().iter().map(|fail| JsValue::from(&**fail)).collect();
        set("fail", fail.into());
        set("without_units", (!wanted.units).into());
        set("without_machine", (!wanted.machine).into());
        set("boot", asked.which_boot.name().into());
        if let Some(platform) = &asked.platform {
            set("platform", (&**platform).into());
            let place = Place { program: Rc::clone(&self.program), platform: Rc::clone(platform) };
            for (slot, text) in self.inputs.get(&place).iter().flat_map(|inputs| &inputs.0) {
                set(slot.option(), (&**text).into());
            }
        }
        JSON::stringify(&options).map(JsValue::from).unwrap_or_else(|_| "{}".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(platform: &str) -> Settings {
        Settings::default().of_program("coreos".into()).on(Some(platform.into()))
    }

    fn place(program: &str, platform: &str) -> Place {
        Place { program: program.into(), platform: platform.into() }
    }

    fn metadata(text: &str) -> Inputs {
        Inputs::default().with(OfPlatform::Metadata, Some(text.into()))
    }

    #[test]
    fn every_platform_can_be_chosen() {
        let frame = include_str!("../../../index.html");
        let (_, select) = frame.split_once("<select id=\"platform\" data-program=\"coreos\">").unwrap();
        let (options, _) = select.split_once("</select>").unwrap();
        let values = options.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let known = dryboot_core::platform::PLATFORMS.iter().map(|platform| platform.name);
        let expected: Vec<_> = std::iter::once("").chain(known).collect();
        assert_eq!(values.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_platform_of_each_program_keeps_its_texts() {
        let settings = on("ec2").with_inputs_of(place("coreos", "ec2"), metadata("a")).on(Some("gce".into()));
        assert_eq!(settings.inputs(), Inputs::default());
        let settings = settings.with_inputs_of(place("coreos", "gce"), metadata("b")).on(Some("ec2".into()));
        assert_eq!(settings.inputs(), metadata("a"));
        let settings = settings.of_program("cloud-init".into());
        assert_eq!(settings.platform(), None, "each program has its own choices");
        let settings = settings.on(Some("ec2".into()));
        assert_eq!(settings.inputs(), Inputs::default());
        assert_eq!(settings.of_program("coreos".into()).inputs(), metadata("a"));
    }

    #[test]
    fn a_draft_brings_the_texts_back() {
        let inputs = metadata("a").with(OfPlatform::Oem, Some("b".into()));
        let ec2 = place("coreos", "ec2");
        let kept =
            |settings: Settings, slot| settings.with_kept(&ec2.draft_name(slot), inputs.get(slot).unwrap());
        let settings = [OfPlatform::Metadata, OfPlatform::Oem].into_iter().fold(on("ec2"), kept);
        assert_eq!(settings.inputs(), inputs);
        let other = on("ec2").with_kept("user-data", "x").with_kept("ec2/other", "x");
        assert_eq!(other.inputs(), Inputs::default());
        assert_eq!(on("ec2").with_kept("ec2/metadata", "a").inputs(), metadata("a"), "as drafts had it");
    }

    #[test]
    fn a_boot_is_not_compared_with_itself() {
        let platform = |name: &str| Some(Other::Platform(name.into()));
        let platforms = |settings: &Settings| -> Vec<_> {
            settings
                .boots()
                .into_iter()
                .filter_map(|asked| asked.platform)
                .map(|name| name.to_string())
                .collect()
        };
        let settings = on("ec2").beside(platform("ec2"));
        assert_eq!(platforms(&settings), ["ec2"]);
        let settings = on("ec2").beside(platform("gce")).swapped();
        assert_eq!(platforms(&settings), ["gce", "ec2"]);
        assert_eq!(settings.on(Some("ec2".into())).boots().len(), 1);
        let settings = on("ec2").beside(Some(Other::Boot(WhichBoot::Second))).swapped();
        assert_eq!(settings.chosen().which_boot, WhichBoot::Second);
        assert_eq!(settings.chosen().other, Some(Other::Boot(WhichBoot::First)));
        assert_eq!(settings.booting(WhichBoot::First).boots().len(), 1);
        let settings = on("ec2").beside(Some(Other::Target("debian-12".into())));
        assert_eq!(settings.boots()[1].target.as_deref(), Some("debian-12"));
        assert_eq!(settings.for_target("debian-12").boots().len(), 1);
    }

    #[test]
    fn a_second_click_takes_a_failure_back() {
        let settings = on("ec2").toggled("enable:a").toggled("enable:b").toggled("enable:a");
        assert_eq!(settings.failures(), ["enable:b".into()]);
        assert!(settings.fails("enable:b"));
    }
}
