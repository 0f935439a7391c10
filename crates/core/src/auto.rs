//! Which program will read a text, when nobody says.

use std::borrow::Cow;

use dryboot_text::mentions;
use dryboot_user_data::gzip;

use crate::programs::{Choice, PROGRAMS, Program, Tools, USUAL_TOOLS};
use crate::{Kind, LintOptions, Location, Target};

/// The program that a text is for, whether or not this build has it: every build gives the same answer.
///
/// What is asked for decides, then the kind of text, then the platform, then what stands in the text. A text with
/// nothing to go by is for the program that nearly everybody runs.
#[must_use]
pub fn program_of(bytes: &[u8], options: &LintOptions) -> &'static Program {
    let usual = &PROGRAMS[0];
    if let Some(target) = &options.target {
        return target.program();
    }
    if let Some(only) = only_reader(options.kind) {
        return only;
    }
    if let Some(only) = options.platform.name().and_then(only_runner) {
        return only;
    }
    let text = readable(bytes, options);
    PROGRAMS.iter().find(|program| points_to(program, &text)).unwrap_or(usual)
}

/// The tools of the program that a text is for, or of another one if this build does not have them.
fn tools_for(bytes: &[u8], options: &LintOptions) -> &'static Tools {
    let mut built = PROGRAMS.iter().filter_map(|program| program.tools);
    match (built.next(), built.next()) {
        (Some(only), None) => only,
        _ => program_of(bytes, options).tools.unwrap_or(USUAL_TOOLS),
    }
}

/// The target to use, and why.
pub(crate) fn choose(bytes: &[u8], options: &LintOptions) -> Choice {
    if let Some(target) = &options.target {
        return Choice { target: target.clone(), reason: None };
    }
    let choice = (tools_for(bytes, options).choose)(bytes, options);
    match only_reader(options.kind) {
        Some(only) => {
            let reason = format!("only {} reads {}", only.title, options.kind.plain());
            Choice { reason: Some(reason), ..choice }
        }
        None => choice,
    }
}

/// The target of a text on a platform: the one that was asked for, or the one that the text is for.
#[must_use]
pub fn target_for(bytes: &[u8], target: Option<&Target>, platform: Location) -> Target {
    let options = LintOptions { target: target.cloned(), platform, ..LintOptions::default() };
    choose(bytes, &options).target
}

/// The text inside of the compression, which every program takes off; nothing of one that is too long to be checked.
pub(crate) fn readable<'b>(bytes: &'b [u8], options: &LintOptions) -> Cow<'b, str> {
    if bytes.len() > options.limits.bytes {
        return Cow::Borrowed("");
    }
    match bytes.starts_with(&gzip::MAGIC).then(|| gzip::gunzip(bytes, options.limits.bytes)).flatten() {
        Some(inflated) => Cow::Owned(dryboot_text::lossy(&inflated.bytes).into_owned()),
        None => dryboot_text::lossy(bytes),
    }
}

/// The program that reads a kind of text, if no other one does.
fn only_reader(kind: Kind) -> Option<&'static Program> {
    let mut readers = PROGRAMS.iter().filter(|program| program.kinds.contains(&kind));
    let first = readers.next();
    first.filter(|_| readers.next().is_none())
}

/// The program that machines on a platform run, if no other one knows the platform.
fn only_runner(platform: &str) -> Option<&'static Program> {
    let mut runners =
        PROGRAMS.iter().filter(|program| program.tools.is_some_and(|tools| (tools.runs_on)(platform)));
    let first = runners.next();
    first.filter(|_| runners.next().is_none())
}

fn points_to(program: &Program, text: &str) -> bool {
    let signs = &program.signs;
    signs.keys.iter().any(|key| has_top_level_key(text, key))
        || signs.words.iter().any(|word| mentions(text, word))
        || signs.json.is_some_and(|key| is_json_with(text, key))
}

/// Whether [`top_level_keys`] has this key; searching for it is faster, and every text is asked.
fn has_top_level_key(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + key.len()..]);
        (before.is_empty() || before.ends_with('\n')) && after.starts_with(':')
    })
}

/// Whether a text looks like a JSON object with a key that begins so.
fn is_json_with(text: &str, key: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains(&format!("\"{key}"))
}

/// The keys at the first column, whether or not the text is valid.
pub(crate) fn top_level_keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let of_key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let end = line.bytes().position(|byte| !of_key(byte))?;
        (end > 0 && line.as_bytes()[end] == b':').then(|| &line[..end])
    })
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
            ("#cloud-config\ncoreos:\n  units: []\n", "flatcar"),
            ("#cloud-config\ncoreos:\n  update: {group: stable}\nruncmd: [ls]\n", "flatcar"),
            ("#cloud-config\n# for Flatcar\nhostname: a\n", "flatcar"),
            ("#cloud-config\nusers: [{name: a, coreos_ssh_import_github: b}]\n", "flatcar"),
            (r#"{"ignition": {"version": "3.3.0"}}"#, "flatcar"),
        ] {
            assert_eq!(chosen(text), target, "{text}");
        }
    }

    #[test]
    fn a_platform_decides_where_one_program_alone_knows_it() {
        let chosen = |text: &str, platform: &str| {
            let platform = crate::Location::from_name(platform).expect("a platform");
            crate::lint(text.as_bytes(), &LintOptions { platform, ..LintOptions::default() }).target.name
        };
        let (plain, coreos) = ("#cloud-config\nhostname: a\n", "#cloud-config\ncoreos:\n  units: []\n");
        assert_eq!(chosen(plain, "ec2-compat"), "flatcar");
        assert_eq!(chosen(coreos, "hetzner"), "cloud-init");
        assert_eq!(chosen(plain, "openstack"), "cloud-init");
        assert_eq!(chosen(coreos, "openstack"), "flatcar");
    }

    #[test]
    fn what_the_sister_program_would_apply_is_told() {
        let text = "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      drop-ins: []\n";
        let report = crate::lint(text.as_bytes(), &LintOptions::default());
        let reason = report.target_reason.expect("a reason");
        assert!(reason.ends_with("would apply `drop-ins`: `--target coreos`"), "{reason}");
    }

    #[test]
    fn what_is_asked_for_needs_no_reason() {
        let target = Target::parse("debian-12").expect("a distribution");
        let options = LintOptions { target: Some(target), ..LintOptions::default() };
        let report = crate::lint(b"#cloud-config\ncoreos: {}\n", &options);
        assert_eq!((report.target.version.as_str(), report.target_reason), ("22.4.2", None));
    }
}
