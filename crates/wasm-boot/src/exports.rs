//! The functions that JavaScript calls. They keep no state: each call carries the text.

use dryboot_core as core;
use dryboot_core::cloud_init_boot as own;
use dryboot_core::platform::Platform;
use dryboot_core::units::outlook;
use dryboot_report::cloud_init_boot::Document as CloudInitDocument;
use dryboot_report::preview::Document;
use dryboot_wasm::boot_problem::BootProblem;
use dryboot_wasm::file::text_of_spans;
use dryboot_wasm::protocol::boot::Trouble;
use dryboot_wasm::question;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::cloud_init;
use crate::request::{Options, boot, cloud_init_target, follow};

/// Follows a boot: a `Boot`. `target` is the name of a target; without one, or with an empty one, the text decides.
/// `options` is JSON: `{platform?, metadata?, oem?, vendor_data?, boot?, fail?, without_units?, without_machine?}`, all texts
/// but the last three: `fail` is a list of them.
///
/// # Errors
/// When `target` is not one that can be previewed.
#[wasm_bindgen]
pub fn preview(text: &str, target: Option<String>, options: &str) -> Result<Option<String>, String> {
    previewed(text.as_bytes(), text, target, options)
}

/// Follows a boot with the bytes of a file: a `Boot`, with places in the text that the linter's `read` gives.
///
/// # Errors
/// When `target` is not one that can be previewed.
#[wasm_bindgen]
pub fn preview_file(bytes: &[u8], target: Option<String>, options: &str) -> Result<Option<String>, String> {
    previewed(bytes, &text_of_spans(bytes), target, options)
}

/// Follows a boot as [`preview`] does, and gives what `dryboot preview --output-format json` prints, with places in bytes.
///
/// # Errors
/// When `target` is not one that can be previewed, when `options` has a name or a value that it cannot have, and when the
/// metadata or the config of the image cannot be used.
#[wasm_bindgen]
pub fn preview_report(bytes: &[u8], target: Option<String>, options: &str) -> Result<String, String> {
    let target = question::target(target)?;
    let options: Options =
        serde_json::from_str(options).map_err(|error| format!("the options cannot be read: {error}"))?;
    if let Some(name) = options.platform.as_deref().filter(|name| core::Location::from_name(name).is_none()) {
        return Err(format!("`{name}` is not a known platform"));
    }
    if let Some(name) = options.boot.as_deref().filter(|name| own::WhichBoot::from_name(name).is_none()) {
        let known = own::WhichBoot::ALL.map(own::WhichBoot::name).join("`, `");
        return Err(format!("`{name}` is not a boot; there are `{known}`"));
    }
    if let Some(target) = cloud_init_target(bytes, target.as_ref(), &options) {
        let given = cloud_init::described(&options).map_err(|trouble| trouble.message)?;
        refuse(&given.troubles)?;
        let preview = own::preview(bytes, &target, &given.machine).map_err(|error| error.to_string())?;
        let platform = options.platform.as_deref().and_then(core::CloudInitPlatform::from_name);
        let document =
            CloudInitDocument::new(&preview, target.name(), platform.map(|platform| platform.name));
        return json(&document).ok_or_else(|| "the preview cannot be written".to_owned());
    }
    let followed = follow(bytes, target.as_ref(), options)
        .ok_or("boots can only be previewed for CoreOS and Flatcar: set `target` to `coreos` or `flatcar`")?;
    refuse(&followed.troubles)?;
    let units = outlook(&followed.preview);
    json(&Document::new(&followed.preview, &units)).ok_or_else(|| "the preview cannot be written".to_owned())
}

/// An input that cannot be used is an error.
fn refuse(troubles: &[Trouble]) -> Result<(), String> {
    match troubles.first() {
        Some(trouble) => Err(format!("the {} cannot be used: {}", trouble.about, trouble.message)),
        None => Ok(()),
    }
}

fn previewed(
    bytes: &[u8],
    text: &str,
    target: Option<String>,
    options: &str,
) -> Result<Option<String>, String> {
    let target = question::target(target)?;
    let options: Options = serde_json::from_str(options).unwrap_or_default();
    Ok(boot(bytes, text, target.as_ref(), options).and_then(|boot| json(&boot)))
}

/// What surely goes wrong with units during a boot, for `lint_after_boot` of the linter's module. `target` is the name of
/// the target that the linter has used.
///
/// # Errors
/// When `target` is not one that can be previewed.
#[wasm_bindgen]
pub fn boot_problems(
    text: &str,
    target: Option<String>,
    platform: Option<String>,
) -> Result<Option<String>, String> {
    let Some(target) = question::target(target)?.and_then(|target| target.coreos()) else { return Ok(None) };
    let platform = platform.as_deref().and_then(Platform::from_name);
    let problems = core::boot_problems(text, target, platform).into_iter();
    Ok(json(&problems.map(BootProblem::from).collect::<Vec<_>>()))
}

/// Lists the platforms: `Platform`s.
#[wasm_bindgen]
#[must_use]
pub fn platforms() -> Option<String> {
    json(&crate::platforms::all())
}

fn json<T: Serialize>(answer: &T) -> Option<String> {
    serde_json::to_string(answer).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn boot(text: &str, options: &Value) -> Value {
        let json = preview(text, Some("flatcar".to_owned()), &options.to_string());
        serde_json::from_str(&json.unwrap().unwrap()).unwrap()
    }

    #[test]
    fn places_count_in_utf16_and_end_on_their_line() {
        let text = "#cloud-config\n# 🚀\nwrite_files:\n  - path: /a\n    content: |\n      x\n";
        let boot = boot(text, &json!({}));
        let origins = boot["origins"][0].as_array().unwrap();
        let content = origins.iter().find(|origin| origin["place"]["line"] == 6).unwrap();
        assert_eq!(content["last_line"], 6);
        let from = usize::try_from(content["place"]["from"].as_u64().unwrap()).unwrap();
        let behind: Vec<u16> = text.encode_utf16().skip(from).take(1).collect();
        assert_eq!(String::from_utf16(&behind).unwrap(), "x");
    }

    #[test]
    fn metadata_gives_addresses_and_files() {
        let options = json!({"platform": "ec2-compat", "metadata": "{\"local-ipv4\": \"10.0.0.12\"}"});
        let boot = boot("#cloud-config\nhostname: $private_ipv4\n", &options);
        // Flatcar sets the part before the first dot.
        assert_eq!(boot["machine"]["hostname"], "10");
        let private = &boot["variables"][1];
        assert_eq!(private["origin"], json!({"source": "metadata", "name": "private_ipv4"}));
        assert_eq!(private["used"], true);
        let files = boot["machine"]["files"].as_array().unwrap();
        assert!(files.iter().any(|file| file["path"] == "/etc/environment"));
    }

    #[test]
    fn what_cannot_be_used_is_a_trouble_and_the_boot_goes_on() {
        let options = json!({"platform": "ec2-compat", "metadata": "{\"🚀\": 1,\n x}"});
        let boot = boot("#cloud-config\nhostname: a\n", &options);
        assert_eq!(boot["troubles"][0]["about"], "metadata");
        assert_eq!(boot["troubles"][0]["place"], json!({"from": 11, "to": 11, "line": 2, "column": 2}));
        assert_eq!(boot["machine"]["hostname"], "a");
    }

    #[test]
    fn what_an_effect_names_makes_it_fail() {
        let text =
            "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      enable: true\n      content: x\n";
        let calm = boot(text, &json!({}));
        let effects = calm["effects"].as_array().unwrap();
        let enable = effects.iter().find(|effect| effect["kind"] == "enable").unwrap();
        let failing = boot(text, &json!({"fail": [enable["fail"]]}));
        assert_ne!(failing["exit_code"], 0);
        assert_eq!(failing["effects"].as_array().unwrap().last().unwrap()["failed"], true);
    }

    #[test]
    fn a_cycle_is_handed_to_the_linter_with_its_places() {
        let unit = |name: &str, other: &str| {
            format!(
                "    - name: {name}.service\n      command: start\n      content: |\n        [Unit]\n        Requires={other}.service\n        After={other}.service\n        [Service]\n        ExecStart=/bin/true\n"
            )
        };
        let text = format!("#cloud-config\ncoreos:\n  units:\n{}{}", unit("a", "b"), unit("b", "a"));
        let found = |text: &str| -> Value {
            let json = boot_problems(text, Some("flatcar".to_owned()), Some("ec2-compat".to_owned()));
            serde_json::from_str(&json.unwrap().unwrap()).unwrap()
        };
        let problem = &found(&text)[0];
        assert!(problem["message"].as_str().unwrap().contains("cycle"), "{problem}");
        let place = problem["places"][0].as_array().unwrap();
        let at = |nth: usize| usize::try_from(place[nth].as_u64().unwrap()).unwrap();
        assert!(text[at(0)..at(1)].starts_with("After="));
        assert_eq!(found("#cloud-config\n"), json!([]));
    }

    #[test]
    fn units_and_the_machine_are_left_out_on_demand() {
        let text = "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      command: start\n";
        assert!(boot(text, &json!({}))["units"]["nodes"].is_array());
        assert!(boot(text, &json!({"without_units": true})).get("units").is_none());
        for text in [text, "#cloud-config\nruncmd: [ls]\n"] {
            assert!(boot(text, &json!({}))["machine"].is_object());
            assert!(boot(text, &json!({"without_machine": true})).get("machine").is_none());
        }
    }

    #[test]
    fn the_report_is_that_of_the_command_and_refuses_what_it_cannot_use() {
        let report = |options: &str| {
            preview_report(b"#cloud-config\nhostname: a\n", Some("flatcar".to_owned()), options)
        };
        let json: Value = serde_json::from_str(&report("{}").unwrap()).unwrap();
        assert_eq!((&json["version"], &json["machine"]["hostname"]), (&json!(1), &json!("a")));
        for (options, words) in [
            (r#"{"plattform": "ec2"}"#, "plattform"),
            (r#"{"platform": "ec3"}"#, "`ec3`"),
            (r#"{"boot": "third"}"#, "`third`"),
            (r#"{"platform": "ec2-compat", "metadata": "{"}"#, "metadata"),
        ] {
            assert!(report(options).unwrap_err().contains(words), "{options}");
        }
        let of_cloud_init =
            |target: &str| preview_report(b"#cloud-config\nhostname: a\n", Some(target.to_owned()), "{}");
        let json: Value = serde_json::from_str(&of_cloud_init("debian-12").unwrap()).unwrap();
        assert_eq!(json["recorded"]["status"], "done");
        assert!(of_cloud_init("freebsd").unwrap_err().contains("`freebsd`"));
    }

    #[test]
    fn a_target_that_is_not_known_is_an_error() {
        assert!(preview("#cloud-config\n", Some("core".to_owned()), "{}").is_err());
    }

    #[test]
    fn options_that_are_no_json_are_none() {
        assert!(preview("#cloud-config\n", None, "nonsense").unwrap().is_some());
        let platforms: Value = serde_json::from_str(&platforms().unwrap()).unwrap();
        let of = |program: &str| {
            let all = platforms.as_array().unwrap().iter();
            all.filter(|platform| platform["program"] == program).count()
        };
        assert_eq!(of("coreos"), dryboot_core::platform::PLATFORMS.len());
        let known = core::CLOUD_INIT_PLATFORMS.iter();
        assert_eq!(of("cloud-init"), known.filter(|it| own::Source::named(it.datasource).is_some()).count());
    }
}
