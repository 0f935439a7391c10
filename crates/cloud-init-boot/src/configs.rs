//! The config that modules see, and what it is made of.
//!
//! Source: cloud-init 26.2, `helpers.py` and `stages.py`.

use std::rc::Rc;

use dryboot_machine::Cause;

use crate::boot::Boot;
use crate::modules::Section;
use crate::python::fill_up;
use crate::read::read;
use crate::user_data::CloudConfig;
use crate::value::{Data, Value};

/// Where output goes until a config says otherwise.
pub(crate) const OUTPUT: &str = "| tee -a /var/log/cloud-init-output.log";

/// The configs, strongest first, as far as they have been read.
#[derive(Debug, Default)]
pub(crate) struct Configs {
    /// The user's.
    pub(crate) user: CloudConfig,
    /// The second one of the provider.
    pub(crate) vendor2: Option<CloudConfig>,
    /// The first one of the provider.
    pub(crate) vendor: Option<CloudConfig>,
    /// The data source's.
    pub(crate) source: Value,
    /// What files in [`MORE`] add to the image's.
    pub(crate) more: Value,
    /// The image's.
    pub(crate) image: Value,
}

impl Configs {
    /// The configs of a machine that has read no data yet.
    #[must_use]
    pub(crate) fn of_image(settings: &str, modules: [Vec<&str>; 3]) -> Self {
        let json: serde_json::Value = serde_json::from_str(settings).unwrap_or_default();
        let mut image = Value::from_json(&json);
        image.set("users", Value::from_texts(["default"]));
        for (key, names) in Section::ALL.map(Section::key).into_iter().zip(modules) {
            image.set(key, Value::from_texts(names));
        }
        let mut output = Value::empty();
        output.set("all", Value::from_text(OUTPUT));
        image.set("output", output);
        for key in ["vendor_data", "vendor_data2"] {
            let mut settings = Value::empty();
            settings.set("enabled", Value::of(Data::Bool(true)));
            settings.set("prefix", Value::of(Data::List(Vec::new())));
            image.set(key, settings);
        }
        Self { source: Value::empty(), more: Value::empty(), image, ..Self::default() }
    }

    /// What modules see.
    #[must_use]
    pub(crate) fn merged(&self, with_vendor: bool) -> Value {
        let vendor =
            [self.vendor2.as_ref(), self.vendor.as_ref()].into_iter().flatten().filter(|_| with_vendor);
        let mut all = Value::empty();
        for config in std::iter::once(&self.user).chain(vendor) {
            if let Some(merged) = config.merged.as_ref().filter(|merged| merged.map().is_some()) {
                fill_up(&mut all, merged);
            }
        }
        fill_up(&mut all, &self.source);
        fill_up(&mut all, &self.more);
        fill_up(&mut all, &self.image);
        all
    }
}

/// Where images, packages and configs add to the image's config.
const MORE: &str = "/etc/cloud/cloud.cfg.d";

/// Reads what files add to the image's config, as each stage does. Of two files, the one with the later name wins.
pub(crate) fn read_more(boot: &mut Boot, configs: &mut Configs) {
    let is_read = |path: &String| {
        path[MORE.len()..].strip_prefix('/').is_some_and(|name| name.ends_with(".cfg") && !name.contains('/'))
    };
    let mut files = boot.system.files.below(MORE);
    files.retain(is_read);
    if files.is_empty() {
        return;
    }
    let mut more = Value::empty();
    for path in files.iter().rev() {
        let written_by = boot.system.files.entry(path).and_then(|entry| entry.written_by);
        let effect = written_by.and_then(|number| boot.journal.effects.get(number));
        let cause = effect.and_then(|effect| effect.causes.first().cloned());
        let cause = cause.unwrap_or(Cause::Generated("cloud.cfg.d"));
        let text = boot.system.text(path).unwrap_or_default();
        // What cannot be read, or is not a mapping, counts as nothing.
        if let Some(value) = read(&text, &|_| cause.clone()).ok().filter(|value| value.map().is_some()) {
            fill_up(&mut more, &value);
        }
    }
    configs.more = more;
    boot.config = Rc::new(configs.merged(true));
}
