//! Which program will read a text, when nobody says.

use dryboot_cloud_init::keys;
use dryboot_cloud_init::target::Target as CloudInit;

use crate::{Kind, LintOptions, Target};

/// A target and how it came about.
pub(crate) struct Choice {
    pub(crate) target: Target,
    /// Why, as a sentence; none when it was asked for.
    pub(crate) reason: Option<String>,
}

/// The keys of the top level that coreos-cloudinit and its fork have, too.
const SHARED: [&str; 5] = ["hostname", "manage_etc_hosts", "ssh_authorized_keys", "users", "write_files"];

/// Decides from what is asked for, from the platform, and else from the keys of the text. A text with nothing to go by
/// is for cloud-init, which nearly everybody runs.
pub(crate) fn choose(bytes: &[u8], options: &LintOptions) -> Choice {
    if let Some(target) = &options.target {
        return Choice { target: target.clone(), reason: None };
    }
    let cloud_init =
        |reason: String| Choice { target: Target::CloudInit(CloudInit::NEWEST), reason: Some(reason) };
    let coreos = || {
        let target = dryboot_coreos::lint::choose_target(bytes, None, options.platform);
        Choice { target: Target::Coreos(target), reason: None }
    };
    if options.kind == Kind::NetworkConfig {
        return cloud_init("only cloud-init reads a network configuration".to_owned());
    }
    if options.platform.is_some() {
        return coreos();
    }
    let text = String::from_utf8_lossy(bytes);
    let keys = || {
        text.lines().filter_map(|line| {
            let (key, _) = line.split_once(':')?;
            let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
            (is_key && !key.is_empty()).then_some(key)
        })
    };
    let is_only_in_cloud_init =
        |key: &&str| keys::KEYS.iter().any(|known| known.name == *key) && !SHARED.contains(key);
    if keys().any(|key| key == "coreos") || mentions_flatcar(&text) || is_for_coreos_alone(bytes) {
        return coreos();
    }
    match keys().find(is_only_in_cloud_init) {
        Some(key) => cloud_init(format!("only cloud-init has the key `{key}`")),
        None => cloud_init(
            "no key in the text is specific to one program, and cloud-init is the most common".to_owned(),
        ),
    }
}

fn mentions_flatcar(text: &str) -> bool {
    text.as_bytes().windows(7).any(|window| window.eq_ignore_ascii_case(b"flatcar"))
}

/// Whether the bytes are a format that the CoreOS family reads and cloud-init does not: Ignition.
fn is_for_coreos_alone(bytes: &[u8]) -> bool {
    let envelope = dryboot_coreos::envelope::open(bytes, dryboot_yaml::Limits::default().bytes);
    envelope.format(dryboot_coreos::Target::Flatcar) == dryboot_coreos::envelope::Format::Ignition
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> String {
        crate::lint(text.as_bytes(), &LintOptions::default()).target.name
    }

    #[test]
    fn the_keys_of_a_text_decide_and_without_any_it_is_for_cloud_init() {
        for (text, target) in [
            ("#cloud-config\npackages: [git]\n", "cloud-init"),
            ("#cloud-config\nhostname: a\n", "cloud-init"),
            ("#!/bin/sh\n", "cloud-init"),
            ("", "cloud-init"),
            ("#cloud-config\ncoreos:\n  units: []\n", "coreos"),
            ("#cloud-config\ncoreos:\n  update: {group: stable}\nruncmd: [ls]\n", "coreos"),
            ("#cloud-config\n# for Flatcar\nhostname: a\n", "flatcar"),
            (r#"{"ignition": {"version": "3.3.0"}}"#, "coreos"),
        ] {
            assert_eq!(chosen(text), target, "{text}");
        }
    }

    #[test]
    fn what_is_asked_for_needs_no_reason() {
        let target = Target::parse("debian-12").expect("a distribution");
        let options = LintOptions { target: Some(target), ..LintOptions::default() };
        let report = crate::lint(b"#cloud-config\ncoreos: {}\n", &options);
        assert_eq!((report.target.version.as_str(), report.target_reason), ("22.4.2", None));
    }
}
