use dryboot_core::CloudInitTarget;
use dryboot_core::cloud_init_boot::{Machine, Preview, preview};
use dryboot_machine::Cause;

use crate::{choice, split};

/// One distribution of each family that does things in its own way.
const DISTRIBUTIONS: [&str; 6] =
    ["ubuntu-24.04", "debian-12", "rhel-9", "amazon-2023", "alpine-3.22", "opensuse-leap-15.6"];

/// Follows cloud-init through a boot, on the newest release and on a distribution that the input chooses; behind a NUL
/// stands the description of the machine.
pub fn cloud_init_boot(data: &[u8]) {
    let (text, rest) = split(data);
    let machine = Machine::parse(rest).unwrap_or_default();
    for name in ["cloud-init", DISTRIBUTIONS[choice(data, DISTRIBUTIONS.len())]] {
        let target = CloudInitTarget::parse(name).expect("a target");
        if let Ok(preview) = preview(text, &target, &machine) {
            check(&preview);
        }
    }
}

/// Whatever effect a step names exists, and whatever place an effect names lies in its text.
fn check(preview: &Preview) {
    let effects = &preview.journal.effects;
    let told = preview.story();
    let steps = told.iter().flat_map(|stage| &stage.steps);
    assert!(steps.flat_map(|step| &step.effects).all(|&effect| effect < effects.len()));
    assert!(!preview.last_boot().is_empty());
    for cause in effects.iter().flat_map(|effect| &*effect.causes) {
        if let Cause::Text(span) = cause {
            assert!(preview.text.get(span.start..span.end).is_some(), "{span:?}");
        }
    }
    assert!(preview.recorded().is_object());
}
