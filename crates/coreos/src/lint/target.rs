//! Which program will read the text, when nobody says.

use crate::Target;
use crate::envelope::{Envelope, Format};
use crate::platform::Platform;
use dryboot_text::mentions;

/// A target and how it came about.
pub(crate) struct TargetChoice {
    pub(crate) target: Target,
    pub(crate) reason: Option<String>,
}

/// Decides from the platform, if one program alone knows it. Every other text is for Flatcar, which still boots machines.
pub(crate) fn choose(
    asked: Option<Target>,
    platform: Option<&Platform>,
    envelope: &Envelope<'_>,
) -> TargetChoice {
    if let Some(target) = asked {
        return TargetChoice { target, reason: None };
    }
    if let Some(platform) = platform
        && let &[target] = platform.targets
    {
        let reason = format!("only it supports the platform `{}`", platform.name);
        return TargetChoice { target, reason: Some(reason) };
    }
    let text = &envelope.text;
    let (target, why) = if envelope.format(Target::Flatcar) == Format::MimeMultipart {
        (Target::Flatcar, "only Flatcar reads MIME multipart user-data")
    } else if mentions(text, "flatcar") {
        (Target::Flatcar, "the file mentions Flatcar")
    } else if text.lines().any(|line| line.starts_with("coreos:")) {
        (Target::Flatcar, "the file has a `coreos:` key, and Flatcar is the one that is still in use")
    } else if ["coreos_ssh_import_", "coreos-ssh-import-"].iter().any(|key| text.contains(key)) {
        (Target::Flatcar, "no other program imports SSH keys with a `coreos_ssh_import_…` key")
    } else {
        (Target::Flatcar, "no key in the file is specific to another program")
    };
    TargetChoice { target, reason: Some(why.to_owned()) }
}

/// The target of a text on a platform, and why, as a sentence.
#[must_use]
pub fn choose_with_reason(bytes: &[u8], platform: Option<&Platform>) -> (Target, String) {
    let envelope = crate::envelope::open(bytes, dryboot_yaml::Limits::default().bytes);
    let TargetChoice { target, reason } = choose(None, platform, &envelope);
    (target, reason.unwrap_or_default())
}

/// The target that [`lint`](crate::lint) would use for this text.
#[must_use]
pub fn choose_target(bytes: &[u8], asked: Option<Target>, platform: Option<&Platform>) -> Target {
    let envelope = crate::envelope::open(bytes, dryboot_yaml::Limits::default().bytes);
    choose(asked, platform, &envelope).target
}
