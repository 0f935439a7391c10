//! The functions that JavaScript calls. They keep no state: each call carries the text, or the bytes of a file.
//!
//! `target` is the name of a target; without one, or with an empty one, the text decides. A name that is not that of a
//! target is an error, and so is that of a program that the module does not have: [`program_of`] says whom to ask.
//! Answers are JSON of the types in [`crate::protocol`]; `undefined` means that there is none.

#[cfg(feature = "help")]
use dryboot_core::Kind;
use dryboot_core::{self as core, LintOptions, Location, Report, Target};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(all(feature = "coreos", feature = "help"))]
use crate::boot_problem::BootProblem;
use crate::file::file_text;
#[cfg(all(feature = "coreos", feature = "help"))]
use crate::file::text_of_spans;
#[cfg(feature = "jinja")]
use crate::instance_data;
use crate::instance_data::Fault;
#[cfg(feature = "help")]
use crate::places::Places;
use crate::question;
use crate::report::Answer;
#[cfg(feature = "jinja")]
use crate::report::has_template;

/// The program that a text is for, as the name of its module. All modules say the same of a text.
///
/// # Errors
/// When `target` is not known.
#[wasm_bindgen]
pub fn program_of(text: &str, target: Option<String>) -> Result<String, String> {
    question::program(text.as_bytes(), target)
}

/// The program that the bytes of a file are for, as [`program_of`].
///
/// # Errors
/// When `target` is not known.
#[wasm_bindgen]
pub fn program_of_file(bytes: &[u8], target: Option<String>) -> Result<String, String> {
    question::program(bytes, target)
}

/// Lints a text: `{report, program, …}`, where `report` is what `dryboot_report` describes. `platform` is the name of the
/// platform that it is meant for, if one is chosen; it says nothing to a module that does not know it. `instance_data` is the
/// JSON that templates are filled with; without it, an example is.
///
/// # Errors
/// When `target` is not known, or no program knows `platform`, as far as the module has all programs.
#[wasm_bindgen]
pub fn lint(
    text: &str,
    target: Option<String>,
    platform: Option<String>,
    instance_data: Option<String>,
) -> Result<Option<String>, String> {
    linted(text.as_bytes(), target, platform, instance_data.as_deref())
}

/// Lints the bytes of a file, as [`lint`], with places in the text that [`read`] gives.
///
/// # Errors
/// When `target` is not known, or no program knows `platform`, as far as the module has all programs.
#[wasm_bindgen]
pub fn lint_file(
    bytes: &[u8],
    target: Option<String>,
    platform: Option<String>,
    instance_data: Option<String>,
) -> Result<Option<String>, String> {
    linted(bytes, target, platform, instance_data.as_deref())
}

/// Lints a text, as [`lint`], with what goes wrong during a boot with it: the JSON that `boot_problems` of the module that
/// previews boots gives.
///
/// # Errors
/// When `target` is not known, or no program knows `platform`, as far as the module has all programs.
#[cfg(all(feature = "coreos", feature = "help"))]
#[wasm_bindgen]
pub fn lint_after_boot(
    text: &str,
    target: Option<String>,
    platform: Option<String>,
    problems: &str,
) -> Result<Option<String>, String> {
    linted_after_boot(text.as_bytes(), text, target, platform, problems)
}

/// Lints the bytes of a file, as [`lint_file`], with what goes wrong during a boot with the text inside.
///
/// # Errors
/// When `target` is not known, or no program knows `platform`, as far as the module has all programs.
#[cfg(all(feature = "coreos", feature = "help"))]
#[wasm_bindgen]
pub fn lint_file_after_boot(
    bytes: &[u8],
    target: Option<String>,
    platform: Option<String>,
    problems: &str,
) -> Result<Option<String>, String> {
    linted_after_boot(bytes, &text_of_spans(bytes), target, platform, problems)
}

/// Lints a network configuration, as [`lint`].
///
/// # Errors
/// When `target` is not known, or does not read one.
#[cfg(all(feature = "cloud-init", feature = "help"))]
#[wasm_bindgen]
pub fn lint_network_config(
    text: &str,
    target: Option<String>,
    platform: Option<String>,
) -> Result<Option<String>, String> {
    let options = LintOptions { kind: Kind::NetworkConfig, ..options(target, platform)? };
    Ok(json(&Answer::new(&core::lint(text.as_bytes(), &options), None)))
}

#[cfg(all(feature = "coreos", feature = "help"))]
fn linted_after_boot(
    bytes: &[u8],
    text: &str,
    target: Option<String>,
    platform: Option<String>,
    problems: &str,
) -> Result<Option<String>, String> {
    let problems: Vec<BootProblem> = serde_json::from_str(problems).unwrap_or_default();
    let problems = problems.into_iter().map(core::BootProblem::from).collect();
    let known = core::BootProblems::Known { text: text.to_owned(), problems };
    let options = LintOptions { boot_problems: Some(known), ..options(target, platform)? };
    Ok(json(&Answer::new(&core::lint(bytes, &options), None)))
}

fn linted(
    bytes: &[u8],
    target: Option<String>,
    platform: Option<String>,
    instance_data: Option<&str>,
) -> Result<Option<String>, String> {
    let options = options(target, platform)?;
    let report = core::lint(bytes, &options);
    let (report, fault) = filled(report, bytes, options, instance_data);
    Ok(json(&Answer::new(&report, fault)))
}

/// The report on the text once its templates are filled. Only those are worth the time that instance data take.
#[cfg(feature = "jinja")]
fn filled(
    report: Report,
    bytes: &[u8],
    options: LintOptions,
    instance_data: Option<&str>,
) -> (Report, Option<Fault>) {
    if !has_template(&report) {
        return (report, None);
    }
    match instance_data::read(instance_data) {
        Ok(data) => (core::lint(bytes, &LintOptions { instance_data: Some(data), ..options }), None),
        Err(fault) => (report, Some(fault)),
    }
}

/// The report as it is: this module fills no templates.
#[cfg(not(feature = "jinja"))]
fn filled(report: Report, _: &[u8], _: LintOptions, _: Option<&str>) -> (Report, Option<Fault>) {
    (report, None)
}

/// What an editor shows of the bytes of a file: a `FileText`.
#[wasm_bindgen]
#[must_use]
pub fn read(bytes: &[u8]) -> Option<String> {
    json(&file_text(bytes))
}

/// Whether a text holds a secret, as `target` sees it.
///
/// # Errors
/// When `target` is not known.
#[cfg(feature = "help")]
#[wasm_bindgen]
pub fn holds_secret(text: &str, target: Option<String>) -> Result<bool, String> {
    Ok(core::lint(text.as_bytes(), &options(target, None)?).holds_secret())
}

/// Explains what stands at an offset: a `Hover`.
///
/// # Errors
/// When `target` is not known.
#[cfg(feature = "help")]
#[wasm_bindgen]
pub fn hover(text: &str, target: Option<String>, offset: u32) -> Result<Option<String>, String> {
    let places = Places::new(text);
    let hover = core::hover(text, question::target(target)?.as_ref(), Kind::UserData, places.byte(offset));
    Ok(hover.and_then(|hover| json(&places.hover(hover))))
}

/// Says what may be written at an offset: a `Completion`.
///
/// # Errors
/// When `target` is not known.
#[cfg(feature = "help")]
#[wasm_bindgen]
pub fn complete(text: &str, target: Option<String>, offset: u32) -> Result<Option<String>, String> {
    let places = Places::new(text);
    let completion =
        core::complete(text, question::target(target)?.as_ref(), Kind::UserData, places.byte(offset));
    Ok(completion.and_then(|completion| json(&places.completion(completion))))
}

/// The targets that a user may choose among, of the programs that the module has: a list of `Target`s.
#[wasm_bindgen]
#[must_use]
pub fn targets() -> Option<String> {
    let target = |listed: core::ListedTarget| crate::protocol::Target {
        name: listed.target.name,
        version: listed.target.version,
        group: listed.group.name().to_owned(),
    };
    json(&Target::all().into_iter().map(target).collect::<Vec<_>>())
}

/// The platforms of cloud-init that a user may choose among: a list of `PlatformName`s.
#[cfg(feature = "cloud-init")]
#[wasm_bindgen]
#[must_use]
pub fn platforms() -> Option<String> {
    json(&core::CLOUD_INIT_PLATFORMS.iter().map(crate::protocol::PlatformName::from).collect::<Vec<_>>())
}

fn options(target: Option<String>, platform: Option<String>) -> Result<LintOptions, String> {
    let platform = platform.filter(|name| !name.is_empty()).map(named_platform).transpose()?;
    let platform = platform.unwrap_or_default();
    Ok(LintOptions { target: question::target(target)?, platform, ..LintOptions::default() })
}

/// The platform of this name. A module without all programs has nothing to say about a name that it does not know, which
/// may be that of a platform of another program.
fn named_platform(name: String) -> Result<Location, String> {
    match Location::from_name(&name) {
        Some(known) => Ok(known),
        None if cfg!(all(feature = "cloud-init", feature = "coreos")) => {
            Err(format!("`{name}` is not a known platform"))
        }
        None => Ok(Location::default()),
    }
}

fn json<T: Serialize>(answer: &T) -> Option<String> {
    serde_json::to_string(answer).ok()
}

#[cfg(all(test, feature = "cloud-init", feature = "coreos", feature = "help"))]
#[expect(clippy::unwrap_used, reason = "a test that fails says where")]
mod tests {
    use serde_json::Value;

    use super::*;

    fn parsed(json: Result<Option<String>, String>) -> Value {
        serde_json::from_str(&json.unwrap().unwrap()).unwrap()
    }

    /// The one file of an answer's report.
    fn file(answer: &Value) -> &Value {
        &answer["report"]["files"][0]
    }

    /// Where `hostnme` is at the start of line 3.
    fn span(start: usize) -> Value {
        serde_json::json!({
            "start": {"offset": start, "line": 3, "column": 1},
            "end": {"offset": start + 7, "line": 3, "column": 8},
        })
    }

    fn named(name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    #[test]
    fn places_count_in_utf16() {
        let text = "#cloud-config\n# 🚀\nhostnme: web\n";
        for target in ["cloud-init", "coreos"] {
            let report = parsed(lint(text, named(target), None, None));
            assert_eq!(file(&report)["diagnostics"][0]["span"], span(19), "{target}");
        }
    }

    #[test]
    fn places_in_a_file_count_in_the_text_that_is_shown_of_it() {
        let bytes = b"#cloud-config\r\n# x\r\nhostnme: web\r\n";
        let report = parsed(lint_file(bytes, named("coreos"), None, None));
        assert_eq!(file(&report)["diagnostics"][0]["span"], span(18));
    }

    #[test]
    fn a_byte_order_mark_stays() {
        let bytes = "\u{feff}#cloud-config\nhostname: web\n".as_bytes();
        assert_eq!(parsed(Ok(read(bytes)))["text"].as_str().unwrap().as_bytes(), bytes);
        for target in ["cloud-init", "coreos"] {
            assert_ne!(file(&parsed(lint_file(bytes, named(target), None, None)))["kind"], "cloud-config");
        }
    }

    #[test]
    fn an_empty_text_is_called_so_by_every_program() {
        for target in ["cloud-init", "coreos"] {
            let answer = parsed(lint("", named(target), None, None));
            assert_eq!(file(&answer)["not_checked"]["reason"], "empty", "{target}");
        }
    }

    #[test]
    fn a_template_is_filled_with_the_instance_data_or_else_with_an_example() {
        let text = "## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}\nfinal_message: {{ v1.own }}\n";
        let rules = |json: Option<&str>| {
            let answer = parsed(lint(text, None, None, json.map(str::to_owned)));
            assert_eq!(answer["is_template"], true);
            let found = file(&answer)["diagnostics"].as_array().unwrap().len();
            (found, answer["not_checked"].clone(), answer["instance_data_fault"]["line"].clone())
        };
        assert_eq!(rules(None), (1, Value::Null, Value::Null), "the example has nothing of the user's own");
        let own = r#"{"v1": {"local_hostname": "a", "own": "done"}}"#;
        assert_eq!(rules(Some(own)), (0, Value::Null, Value::Null));
        let (_, not_checked, line) = rules(Some("{\n"));
        assert!(not_checked.as_str().unwrap().contains("instance data"));
        assert_eq!(line, 2);
        assert!(parsed(lint("#cloud-config\n", None, None, Some("{".to_owned())))["is_template"].is_null());
    }

    #[test]
    fn what_goes_wrong_during_a_boot_is_a_problem_of_its_text_alone() {
        let text = "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      content: |\n        [Unit]\n        After=b\n";
        let json = r#"[{"message": "the boot hangs", "places": [[85, 92]]}]"#;
        let found = |answer: Result<Option<String>, String>| {
            let answer = parsed(answer);
            let all = file(&answer)["diagnostics"].as_array().unwrap().clone();
            all.into_iter()
                .find(|it| it["rule"] == "hanging-boot")
                .map(|it| it["span"]["start"]["line"].clone())
        };
        let target = || named("coreos");
        assert_eq!(found(lint_after_boot(text, target(), None, json)), Some(7.into()));
        assert_eq!(found(lint_file_after_boot(text.as_bytes(), target(), None, json)), Some(7.into()));
        assert_eq!(found(lint_after_boot(text, target(), None, "nonsense")), None);
        assert_eq!(found(lint(text, target(), None, None)), None);
    }

    #[test]
    fn a_part_in_base64_is_decoded_with_the_places_of_its_findings() {
        let text = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
                    --b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n\
                    --b\nContent-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\n\
                    I2Nsb3VkLWNvbmZpZwpydW5jbWRkOiBbXQo=\n--b--\n";
        let answer = parsed(lint(text, None, None, None));
        assert_eq!(file(&answer)["diagnostics"][0]["part"]["index"], 1);
        let decoded = serde_json::json!([{
            "index": 1, "text": "#cloud-config\nruncmdd: []\n", "is_base64": true,
            "places": [{"problem": 0, "from": 14, "to": 21}],
        }]);
        assert_eq!(answer["decoded"], decoded);
        assert!(parsed(lint("#cloud-config\n", None, None, None))["decoded"].is_null());
    }

    #[test]
    fn a_part_in_a_string_with_escapes_is_decoded_too() {
        let text = "#cloud-config-archive\n- content: \"#!/bin/sh\\necho a\\n\"\n- content: |\n    #cloud-config\n    {}\n";
        let answer = parsed(lint(text, None, None, None));
        let decoded = serde_json::json!([{
            "index": 0, "text": "#!/bin/sh\necho a\n", "is_base64": false, "places": [],
        }]);
        assert_eq!(answer["decoded"], decoded);
    }

    #[test]
    fn a_network_configuration_is_judged_as_one() {
        let lint = |text: &str| parsed(lint_network_config(text, named("cloud-init"), None));
        let answer = lint("network:\n  version: 2\n  ethernets: {eth0: {dhcp4: true}}\n");
        assert_eq!(file(&answer)["kind"], "network-config");
        assert_eq!(file(&answer)["diagnostics"], serde_json::json!([]));
        assert_ne!(
            file(&lint("network:\n  version: 2\n  ethernets: 5\n"))["diagnostics"],
            serde_json::json!([])
        );
    }

    #[test]
    fn secrets_are_seen_in_anything() {
        assert_eq!(holds_secret("#!/bin/sh\nDB_PASSWORD=hunter22\n", None), Ok(true));
        assert_eq!(holds_secret("#cloud-config\nhostname: web\n", None), Ok(false));
    }

    #[test]
    fn a_target_that_is_not_known_is_an_error_and_not_left_to_the_text() {
        let text = "#cloud-config\n";
        assert!(lint(text, named("debain-12"), None, None).unwrap_err().contains("`debian-12`"));
        assert!(hover(text, named("core"), 0).is_err() && complete(text, named("core"), 0).is_err());
        assert!(program_of(text, named("x")).is_err() && holds_secret(text, named("x")).is_err());
        assert!(lint(text, None, named("ec3"), None).is_err());
        assert!(lint(text, named(""), named(""), None).is_ok());
    }

    #[test]
    fn the_text_or_the_target_says_which_module_to_ask() {
        for (text, target, program) in [
            ("#cloud-config\npackages: [git]\n", "", "cloud-init"),
            ("#cloud-config\ncoreos: {}\n", "", "coreos"),
            ("#cloud-config\ncoreos: {}\n", "debian-12", "cloud-init"),
            ("#cloud-config\n", "flatcar", "coreos"),
        ] {
            assert_eq!(program_of(text, named(target)).as_deref(), Ok(program), "{text} {target}");
            assert_eq!(program_of_file(text.as_bytes(), named(target)).as_deref(), Ok(program));
        }
    }

    #[test]
    fn every_target_that_is_listed_can_be_asked_for() {
        let all = parsed(Ok(targets()));
        for target in all.as_array().unwrap() {
            let name = target["name"].as_str().unwrap();
            assert_eq!(file(&parsed(lint("#cloud-config\n", named(name), None, None)))["target"], name);
        }
    }
}
