//! What a preview is asked for.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::slot::OfPlatform;

/// The texts that a platform boots with, as far as the user has changed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs {
    pub(crate) metadata: Option<Rc<str>>,
    pub(crate) oem: Option<Rc<str>>,
}

impl Inputs {
    /// Each text.
    pub(crate) fn all(&self) -> [(OfPlatform, Option<&Rc<str>>); 2] {
        OfPlatform::ALL.map(|slot| match slot {
            OfPlatform::Metadata => (slot, self.metadata.as_ref()),
            OfPlatform::Oem => (slot, self.oem.as_ref()),
        })
    }

    /// With another text.
    pub(crate) fn with(mut self, slot: OfPlatform, text: Option<Rc<str>>) -> Self {
        match slot {
            OfPlatform::Metadata => self.metadata = text,
            OfPlatform::Oem => self.oem = text,
        }
        self
    }
}

/// All choices of the Boot view. They last as long as the page; a draft keeps the texts among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Name of the platform; none for the machine alone.
    pub(crate) platform: Option<Rc<str>>,
    /// Name of the platform to compare with.
    pub(crate) other: Option<Rc<str>>,
    /// What shall fail.
    pub(crate) fail: Vec<Rc<str>>,
    inputs: BTreeMap<Rc<str>, Inputs>,
}

impl Settings {
    /// The texts of the platform that is chosen.
    pub(crate) fn inputs(&self) -> Inputs {
        let inputs = self.platform.as_ref().and_then(|platform| self.inputs.get(platform));
        inputs.cloned().unwrap_or_default()
    }

    /// Replaces the texts of a platform.
    pub(crate) fn with_inputs_of(mut self, platform: Rc<str>, inputs: Inputs) -> Self {
        self.inputs.insert(platform, inputs);
        self
    }

    /// Takes a text by its name in a draft: the platform's name, a slash, and what it is. Another name is passed over.
    pub(crate) fn with_kept(mut self, name: &str, text: &str) -> Self {
        let named =
            name.split_once('/').and_then(|(platform, name)| Some((platform, OfPlatform::from_name(name)?)));
        if let Some((platform, slot)) = named {
            let inputs = self.inputs.entry(platform.into()).or_default();
            *inputs = std::mem::take(inputs).with(slot, Some(text.into()));
        }
        self
    }

    /// Another platform. One is not compared with itself.
    pub(crate) fn on(mut self, platform: Option<Rc<str>>) -> Self {
        if self.other.is_some() && self.other == platform {
            self.other = None;
        }
        self.platform = platform;
        self
    }

    /// Another platform to compare with.
    pub(crate) fn beside(mut self, other: Option<Rc<str>>) -> Self {
        self.other = other.filter(|other| self.platform.as_ref() != Some(other));
        self
    }

    /// The two platforms in each other's place.
    pub(crate) fn swapped(mut self) -> Self {
        if self.other.is_some() {
            std::mem::swap(&mut self.platform, &mut self.other);
        }
        self
    }

    /// Makes something fail, or not any more.
    pub(crate) fn toggled(mut self, fail: &str) -> Self {
        let before = self.fail.len();
        self.fail.retain(|other| &**other != fail);
        if self.fail.len() == before {
            self.fail.push(fail.into());
        }
        self
    }

    pub(crate) fn fails(&self, fail: &str) -> bool {
        self.fail.iter().any(|other| &**other == fail)
    }

    /// The platforms to preview: the one that is chosen, then the one to compare it with.
    pub(crate) fn platforms(&self) -> impl Iterator<Item = Option<&str>> {
        let other = self.other.as_deref().map(Some);
        std::iter::once(self.platform.as_deref()).chain(other)
    }

    /// The options of the preview on one of them, as JSON.
    pub(crate) fn options(&self, platform: Option<&str>, with_units: bool) -> JsValue {
        let options = Object::new();
        let set = |key: &str, value: JsValue| {
            // Fails only for what is not an object.
            let _ = Reflect::set(&options, &key.into(), &value);
        };
        let fail: Array = self.fail.iter().map(|fail| JsValue::from(&**fail)).collect();
        set("fail", fail.into());
        set("without_units", (!with_units).into());
        if let Some(platform) = platform {
            set("platform", platform.into());
            let inputs = self.inputs.get(platform);
            if let Some(metadata) = inputs.and_then(|inputs| inputs.metadata.as_deref()) {
                set("metadata", metadata.into());
            }
            if let Some(oem) = inputs.and_then(|inputs| inputs.oem.as_deref()) {
                set("oem", oem.into());
            }
        }
        JSON::stringify(&options).map(JsValue::from).unwrap_or_else(|_| "{}".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(platform: &str) -> Settings {
        Settings::default().on(Some(platform.into()))
    }

    #[test]
    fn every_platform_can_be_chosen() {
        let frame = include_str!("../../../index.html");
        let (_, select) = frame.split_once("<select id=\"platform\">").unwrap();
        let (options, _) = select.split_once("</select>").unwrap();
        let values = options.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let known = dryboot_core::platform::PLATFORMS.iter().map(|platform| platform.name);
        let expected: Vec<_> = std::iter::once("").chain(known).collect();
        assert_eq!(values.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_platform_keeps_its_texts() {
        let metadata = |text: &str| Inputs { metadata: Some(text.into()), oem: None };
        let settings = on("ec2").with_inputs_of("ec2".into(), metadata("a")).on(Some("gce".into()));
        assert_eq!(settings.inputs(), Inputs::default());
        let settings = settings.with_inputs_of("gce".into(), metadata("b")).on(Some("ec2".into()));
        assert_eq!(settings.inputs(), metadata("a"));
    }

    #[test]
    fn a_draft_brings_the_texts_back() {
        let inputs = Inputs { metadata: Some("a".into()), oem: Some("b".into()) };
        let kept =
            inputs.all().into_iter().filter_map(|(slot, text)| Some((format!("ec2/{}", slot.name()), text?)));
        let settings = kept.fold(on("ec2"), |settings, (name, text)| settings.with_kept(&name, text));
        assert_eq!(settings.inputs(), inputs);
        assert_eq!(
            on("ec2").with_kept("user-data", "x").with_kept("ec2/other", "x").inputs(),
            Inputs::default()
        );
    }

    #[test]
    fn a_platform_is_not_compared_with_itself() {
        let settings = on("ec2").beside(Some("ec2".into()));
        assert_eq!(settings.platforms().collect::<Vec<_>>(), [Some("ec2")]);
        let settings = on("ec2").beside(Some("gce".into())).swapped();
        assert_eq!(settings.platforms().collect::<Vec<_>>(), [Some("gce"), Some("ec2")]);
        assert_eq!(settings.on(Some("ec2".into())).other, None);
    }

    #[test]
    fn a_second_click_takes_a_failure_back() {
        let settings = on("ec2").toggled("enable:a").toggled("enable:b").toggled("enable:a");
        assert_eq!(settings.fail, ["enable:b".into()]);
        assert!(settings.fails("enable:b"));
    }
}
