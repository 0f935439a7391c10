//! Boots against those of cloud-init 26.2, as recorded in `tests/conformance/cloud-init-boot`.
//!
//! What is compared, and what rests on the simulation with which the recordings were made, is in their README.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Action, Machine, Preview, preview};
use dryboot_machine::Cause;
use serde_json::{Value, json};

/// What is known to differ, and why.
const EXCEPTIONS: [(&str, &str); 4] = [
    ("apt-pipelining", "a comment of the program's own, which the file of apt has between `//`"),
    ("openstack-imds", "the metadata service is not asked over IPv6 first"),
    ("packages-apt-snap-split", "the order in which snaps are installed is that of a Python set"),
    ("real-amazon-app", "an unknown key is an error at its path, and not at the empty path of all of them"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init-boot")
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the folder of recordings");
    let of = |entry: std::fs::DirEntry| entry.file_name().to_str()?.strip_suffix(".in").map(str::to_owned);
    let mut names: Vec<String> = entries.filter_map(|entry| of(entry.ok()?)).collect();
    names.sort();
    assert!(names.len() > 200, "too few recordings: {}", names.len());
    names
}

fn boot(name: &str) -> (Preview, Vec<u8>) {
    let input = std::fs::read(folder().join(format!("{name}.in"))).expect("the user-data of a recording");
    let machine = match std::fs::read(folder().join(format!("{name}.meta.json"))) {
        Ok(json) => Machine::parse(&json).unwrap_or_else(|error| panic!("{name}: {error}")),
        Err(_) => Machine::default(),
    };
    let boot = preview(&input, &Target::NEWEST, &machine).unwrap_or_else(|error| panic!("{name}: {error}"));
    (boot, input)
}

/// Programs that only ask for something; what they are asked depends on the image.
const PROBES: [&str; 12] = [
    "blkid",
    "lsblk",
    "udevadm",
    "ip",
    "systemd-detect-virt",
    "dpkg",
    "lsb_release",
    "apt-config",
    "sshd",
    "findmnt",
    "getent",
    "rpm",
];

fn is_probe(action: &Value) -> bool {
    let words: Vec<&str> =
        action["argv"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match words.as_slice() {
        ["growpart", "--help" | "--dry-run", ..] | ["systemctl", "is-enabled" | "show", ..] => true,
        [program, ..] => PROBES.contains(&program.rsplit('/').next().unwrap_or(program)),
        [] => false,
    }
}

/// An action without what is random, and without the program's own comments.
fn plain(action: &Value) -> Value {
    let mut action = action.clone();
    let kind = action["action"].as_str().unwrap_or_default().to_owned();
    if kind == "console" {
        return json!("prints");
    }
    let tail =
        action["unordered_tail"].as_u64().and_then(|tail| usize::try_from(tail).ok()).unwrap_or_default();
    if let Some(argv) = action["argv"].as_array_mut() {
        let start = argv.len().saturating_sub(tail);
        argv[start..].sort_by_key(ToString::to_string);
    }
    if action["path"].as_str().is_some_and(|path| path.ends_with("cloud-config.txt")) {
        // Its style is not compared, and its meaning is `cloud_config`.
        action["content"] = json!("");
    }
    if let Some(content) = action["content"].as_str() {
        let is_setting = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let mut lines: Vec<&str> = content.lines().filter(is_setting).collect();
        if action["lines_any_order"] == true {
            lines.sort_unstable();
        }
        action["content"] = json!(lines.join("\n"));
    }
    action
}

/// What a step comes to.
#[derive(Debug, Default, PartialEq)]
struct Step {
    actions: Vec<Value>,
    /// Level and exception.
    messages: Vec<(String, Option<String>)>,
    result: Option<String>,
    exception: Option<String>,
    schema: (Option<bool>, Vec<String>),
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The steps in which something happens, by boot, stage and name.
fn steps(recorded: &Value) -> BTreeMap<(u64, String, String), Step> {
    let mut steps: BTreeMap<_, Step> = BTreeMap::new();
    for stage in recorded["stages"].as_array().into_iter().flatten() {
        for own in stage["steps"].as_array().into_iter().flatten() {
            let name = |value: &Value| text(value).unwrap_or_default();
            let key = (stage["boot"].as_u64().unwrap_or(1), name(&stage["stage"]), name(&own["step"]));
            let step = steps.entry(key).or_default();
            let actions = own["actions"].as_array().into_iter().flatten();
            step.actions.extend(actions.filter(|action| !is_probe(action)).map(plain));
            let messages = own["messages"].as_array().into_iter().flatten();
            step.messages
                .extend(messages.map(|said| (name(&said["level"]), text(&said["exception"]["type"]))));
            step.result = step.result.take().or(text(&own["result"]));
            step.exception = step.exception.take().or(text(&own["exception"]["type"]));
            let errors = own["errors"].as_array().into_iter().flatten();
            step.schema.1.extend(errors.filter_map(|error| text(&error["path"])));
            step.schema.1.sort();
            step.schema.0 = own["valid"].as_bool().or(step.schema.0);
        }
    }
    steps.retain(|_, step| *step != Step::default());
    steps
}

/// `name:uid:gid:…` without the numbers, which are those of the simulation.
fn without_ids(entries: &Value) -> Vec<String> {
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let entries = entries.as_array().into_iter().flatten().filter_map(Value::as_str);
    let blank = |entry: &str| {
        entry.split(':').map(|part| if is_number(&part) { "" } else { part }).collect::<Vec<_>>().join(":")
    };
    let mut all: Vec<String> = entries.map(blank).collect();
    all.sort();
    all
}

/// How a boot differs from its recording.
fn differences(have: &Value, want: &Value) -> String {
    let mut out = String::new();
    let mut differs = |what: &str, have: &dyn std::fmt::Debug, want: &dyn std::fmt::Debug| {
        let _ = writeln!(out, "  {what}\n    have {have:?}\n    want {want:?}");
    };
    for field in ["status", "exit_code_status", "cloud_config", "merged_config"] {
        if have[field] != want[field] {
            differs(field, &have[field], &want[field]);
        }
    }
    let stages = |recorded: &Value| recorded["stages"].as_array().cloned().unwrap_or_default();
    for (mine, own) in stages(have).iter().zip(&stages(want)) {
        for field in ["stage", "boot", "exit_code", "modules", "modules_failed", "recoverable_levels"] {
            if mine[field] != own[field] {
                differs(&format!("{field} of {}", own["stage"]), &mine[field], &own[field]);
            }
        }
        let count = |stage: &Value| stage["errors"].as_array().map_or(0, Vec::len);
        if count(mine) != count(own) {
            differs("the errors of a stage", &mine["errors"], &own["errors"]);
        }
    }
    let (mine, own) = (steps(have), steps(want));
    let keys: std::collections::BTreeSet<_> = mine.keys().chain(own.keys()).collect();
    for key in keys.into_iter().filter(|key| mine.get(*key) != own.get(*key)) {
        differs(&format!("{key:?}"), &mine.get(key), &own.get(key));
    }
    for field in ["users", "groups"] {
        let (mine, own) = (without_ids(&have["machine"][field]), without_ids(&want["machine"][field]));
        if mine != own {
            differs(field, &mine, &own);
        }
    }
    for field in ["hostname", "files"] {
        if have["machine"][field] != want["machine"][field] {
            differs(field, &have["machine"][field], &want["machine"][field]);
        }
    }
    out
}

#[test]
fn boots_are_those_of_the_program() {
    let mut all = String::new();
    for name in names() {
        let want = std::fs::read(folder().join(format!("{name}.want.json"))).expect("a recording");
        let want: Value = serde_json::from_slice(&want).expect("JSON");
        let difference = differences(&boot(&name).0.recorded(), &want);
        let is_exception = EXCEPTIONS.iter().any(|(exception, _)| *exception == name);
        match (difference.is_empty(), is_exception) {
            (true, false) | (false, true) => {}
            (false, false) => {
                let _ = writeln!(all, "{name}\n{difference}");
            }
            (true, true) => {
                let _ = writeln!(all, "{name} agrees: it is no exception any more");
            }
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn two_boots_are_alike() {
    for name in names().iter().step_by(10) {
        assert_eq!(boot(name).0.recorded(), boot(name).0.recorded(), "{name}");
    }
}

/// What of an action a user must have written: it has to be in the lines that the action names.
fn written_by_user(step: &str, action: &Action) -> Vec<String> {
    match (step, action) {
        ("write_files" | "write_files_deferred", Action::WriteFile(file)) => {
            let name = file.path.rsplit('/').next().unwrap_or(&file.path);
            vec![name.to_owned()]
        }
        ("users_groups", Action::Run(run)) => match run.argv.as_slice() {
            [program, name, ..] if program == "useradd" || program == "groupadd" => vec![name.clone()],
            _ => Vec::new(),
        },
        ("package_update_upgrade_install", Action::Run(run)) => {
            let is_install = run.argv.iter().any(|word| word == "install");
            let names = run.argv.iter().skip_while(|word| *word != "install").skip(1);
            let plain = names
                .filter(|word| !word.starts_with('-'))
                .map(|word| word.split(['=', ' ']).next().unwrap_or(word).to_owned());
            plain.filter(|_| is_install).collect()
        }
        ("timezone", Action::Symlink { target, .. }) => {
            vec![target.rsplit('/').next().unwrap_or(target).to_owned()]
        }
        _ => Vec::new(),
    }
}

/// What the default user is called where the text only says `default`, or nothing.
const BY_IMAGE: [&str; 4] = ["ubuntu", "debian", "cloud-user", "ec2-user"];

#[test]
fn effects_name_lines_that_contain_their_values() {
    let mut all = String::new();
    let mut checked = 0;
    for name in names() {
        let (boot, _) = boot(&name);
        for step in boot.journal.stages.iter().flat_map(|stage| &stage.steps) {
            for effect in step.effects.iter().map(|number| &boot.journal.effects[*number]) {
                let mut lines = String::new();
                for cause in &*effect.causes {
                    let (text, span) = match cause {
                        Cause::Text(span) => (boot.text.as_str(), span),
                        Cause::Vendor(span) => (boot.vendor_data.as_deref().unwrap_or_default(), span),
                        _ => continue,
                    };
                    let line = text.get(span.start..span.end);
                    // Several texts of vendor-data are not one.
                    assert!(line.is_some() || text.is_empty(), "{name}: {cause:?} is outside of the text");
                    lines.push_str(line.unwrap_or_default());
                    lines.push('\n');
                }
                // What is included stands elsewhere.
                if lines.contains("http://cfg.") {
                    continue;
                }
                let written = written_by_user(&step.name, &effect.action);
                for value in written.iter().filter(|value| !BY_IMAGE.contains(&value.as_str())) {
                    checked += 1;
                    if !lines.contains(value.as_str()) {
                        let _ = writeln!(
                            all,
                            "{name}: {} {}: no `{value}` in {lines:?}",
                            step.name, effect.action
                        );
                    }
                }
            }
        }
    }
    assert!(all.is_empty(), "{all}");
    assert!(checked > 100, "only {checked} values were looked for");
}
