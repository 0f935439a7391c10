//! What single keys come to, against the program's own functions, as recorded in `effects.json` and
//! `effects-by-version.json` of `tests/conformance/cloud-init`.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::path::Path;

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Action, Machine, Preview, Run, WriteFile, preview};
use serde_json::{Value, json};

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init").join(name);
    serde_json::from_slice(&std::fs::read(path).expect("a recording")).expect("JSON")
}

/// The recordings of one kind: what goes in, and the recording.
fn of_kind(kind: &str) -> Vec<(Value, Value)> {
    let all = read("effects.json");
    let of = all.as_array().expect("a list").iter().filter(|effect| effect["kind"] == kind);
    let found: Vec<_> = of.map(|effect| (effect["in"].clone(), effect.clone())).collect();
    assert!(!found.is_empty(), "no recordings of {kind}");
    found
}

fn boot_of(text: &str, target: &str, machine: &Machine) -> Preview {
    let target = Target::parse(target).unwrap_or_else(|error| panic!("{error}"));
    preview(text.as_bytes(), &target, machine).unwrap_or_else(|error| panic!("{error}"))
}

/// The boot of a cloud-config.
fn boot(config: &str) -> Preview {
    boot_of(&format!("#cloud-config\n{config}\n"), "cloud-init@26.2", &Machine::default())
}

/// What a module does.
fn actions<'p>(preview: &'p Preview, module: &'p str) -> impl Iterator<Item = &'p Action> {
    let steps = preview.journal.stages.iter().flat_map(|stage| &stage.steps);
    let numbers = steps.filter(move |step| step.name == module).flat_map(|step| &step.effects);
    numbers.map(|number| &preview.journal.effects[*number].action)
}

fn files<'p>(preview: &'p Preview, module: &'p str) -> impl Iterator<Item = &'p WriteFile> {
    actions(preview, module).filter_map(|action| match action {
        Action::WriteFile(file) => Some(file),
        _ => None,
    })
}

fn runs<'p>(preview: &'p Preview, module: &'p str) -> impl Iterator<Item = &'p Run> {
    actions(preview, module).filter_map(|action| match action {
        Action::Run(run) => Some(run),
        _ => None,
    })
}

/// The exceptions that are said.
fn exceptions(preview: &Preview, module: &str) -> Vec<&'static str> {
    let steps =
        preview.journal.stages.iter().flat_map(|stage| &stage.steps).filter(|step| step.name == module);
    let failed = steps.clone().filter_map(|step| step.module.as_ref()?.exception.as_ref());
    let said = steps.flat_map(|step| &step.messages).filter_map(|message| message.exception.as_ref());
    failed.chain(said).map(|error| error.kind).collect()
}

/// The type in front of an exception's text.
fn kind_of(raised: &Value) -> &str {
    raised.as_str().and_then(|text| text.split(':').next()).unwrap_or_default()
}

#[test]
fn commands_become_a_script() {
    for (input, recorded) in of_kind("shellify") {
        let preview = boot(&format!("runcmd: {}", input.as_str().expect("YAML")));
        let script = files(&preview, "runcmd").next().and_then(|file| file.content.clone());
        match recorded["result"].as_str() {
            Some(want) => assert_eq!(script.as_deref(), Some(want), "{input}"),
            None => {
                assert_eq!(script, None, "{input}");
                assert_eq!(exceptions(&preview, "runcmd"), [kind_of(&recorded["raises"])], "{input}");
            }
        }
    }
}

#[test]
fn a_machine_is_turned_off_as_it_is_asked() {
    for (input, recorded) in of_kind("power_state") {
        let preview = boot(&format!("power_state: {}", input.as_str().expect("YAML")));
        let found = preview.journal.effects.iter().find_map(|effect| match &effect.action {
            Action::PowerState { argv, timeout, condition, .. } => Some(json!([argv, timeout, condition])),
            _ => None,
        });
        // A condition that does not hold is found out before.
        let is_off = recorded["result"][2] == false;
        let want = Some(recorded["result"].clone()).filter(|result| !result.is_null() && !is_off);
        assert_eq!(found, want, "{input}");
    }
}

#[test]
fn permissions_are_read_as_octal_where_they_are_text() {
    for (input, recorded) in of_kind("permissions") {
        let preview = boot(&format!("write_files: [{{path: /t/x, permissions: {input}}}]"));
        let mode = files(&preview, "write_files").next().map(|file| file.mode.clone()).expect("a file");
        let want = recorded["result"].as_str().expect("a mode").trim_start_matches("0o");
        assert_eq!(mode.trim_start_matches('0'), want, "{input}");
    }
}

#[test]
fn parts_are_merged_as_they_ask() {
    for (input, recorded) in of_kind("merge") {
        let [how, first, second] = [0, 1, 2].map(|number| input[number].as_str().expect("text").to_owned());
        let text = format!(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=\"\n\n--=\nContent-Type: text/cloud-config\n\n\
             {first}\n\n--=\nContent-Type: text/cloud-config\nMerge-Type: {how}\n\n{second}\n\n--=--\n"
        );
        let preview = boot_of(&text, "cloud-init@26.2", &Machine::default());
        match &recorded["raises"] {
            Value::Null => assert_eq!(preview.recorded()["cloud_config"], recorded["result"], "{how}"),
            raised => {
                let steps = preview.journal.stages.iter().flat_map(|stage| &stage.steps);
                let said: Vec<_> =
                    steps.flat_map(|step| &step.messages).map(|message| &message.text).collect();
                assert!(!said.is_empty(), "{how}: {raised}");
            }
        }
    }
}

#[test]
fn the_users_config_is_stronger_than_the_providers() {
    for (input, recorded) in of_kind("layers strongest first") {
        let [user, vendor] =
            [0, 1].map(|number| format!("#cloud-config\n{}\n", input[number].as_str().expect("text")));
        let machine = Machine { vendordata: Some(vendor), ..Machine::default() };
        let preview = boot_of(&user, "cloud-init@26.2", &machine);
        for (key, want) in recorded["result"].as_object().expect("a map") {
            let is_of_image = key == "users" && *want == json!(["default"]);
            let have = &preview.recorded()["merged_config"][key];
            assert!(is_of_image || have == want, "{input}: `{key}` is {have}");
        }
    }
}

/// Groups of the image's default user, which the recordings have shorter.
fn without_groups(argv: &[String]) -> Vec<String> {
    let is_default = argv.iter().any(|word| word == "Ubuntu");
    argv.iter()
        .enumerate()
        .filter(|(at, _)| !is_default || *at == 0 || argv[at - 1] != "--groups")
        .map(|(_, word)| word.clone())
        .collect()
}

#[test]
fn users_become_commands() {
    for (input, recorded) in of_kind("users") {
        // Only the module was run for the recordings; a whole boot ends where keys are not of one type, and sorts others.
        let text = input.as_str().expect("YAML").replace(", no: ", ", \"no\": ");
        let is_sorted = text.starts_with("users: {");
        let preview = boot(&text);
        let want = recorded["result"]["commands"].as_array().expect("commands").iter().map(|command| {
            let argv: Vec<String> = serde_json::from_value(command["run"].clone()).expect("words");
            without_groups(&argv)
        });
        // `{}` has the default user of the image; groups that users need are made in between.
        let mut want: Vec<_> = want.filter(|argv| argv[0] != "groupadd").collect();
        let have = runs(&preview, "users_groups").map(|run| without_groups(&run.argv));
        let mut have: Vec<_> = have.filter(|argv| argv[0] != "groupadd").collect();
        if is_sorted {
            want.sort();
            have.sort();
        }
        // In the recordings, every command succeeds.
        if runs(&preview, "users_groups").any(|run| run.exit.is_some()) {
            want.truncate(have.len());
        }
        if input != "{}" {
            assert_eq!(have, want, "{input}");
        }
    }
}

#[test]
fn older_releases_do_less() {
    let all = read("versions/effects-by-version.json");
    let mut checked = 0;
    for probe in all["probes"].as_array().expect("probes") {
        let name = probe["probe"].as_str().expect("a name");
        let text = format!("#cloud-config\n{}\n", probe["input"]);
        for group in probe["results"].as_array().expect("results") {
            for version in group["versions"].as_array().expect("versions").iter().filter_map(Value::as_str) {
                let Ok(_) = Target::parse(&format!("cloud-init@{version}")) else { continue };
                let preview = boot_of(&text, &format!("cloud-init@{version}"), &Machine::default());
                let words: Vec<String> = preview
                    .journal
                    .effects
                    .iter()
                    .filter_map(|effect| match &effect.action {
                        Action::Run(run) => Some(run.argv.join(" ")),
                        _ => None,
                    })
                    .collect();
                let has = |part: &str| words.iter().any(|line| line.contains(part));
                let effect = group["effect"].as_str().expect("words");
                let holds = match name {
                    "null-item-in-runcmd" => {
                        files(&preview, "runcmd").next().is_none() == effect.starts_with("TypeError")
                    }
                    "packages-map" => has("install") != effect.starts_with("RuntimeError"),
                    "uid-integer" | "uid-string" => has("--uid 1500") == effect.starts_with("uid passed"),
                    "user-groups-list" => has("wheel,docker"),
                    "write-files-source" => {
                        preview.files.entry("/opt/a.sh").is_some() == effect.starts_with("source ignored")
                    }
                    "sudo-list" => {
                        let rules =
                            files(&preview, "users_groups").filter_map(|file| file.content.as_deref());
                        rules.flat_map(str::lines).filter(|line| line.starts_with("ops ALL")).count() == 2
                    }
                    "dashed-user-keys" => has("--gid w"),
                    other => panic!("`{other}` is not tried"),
                };
                assert!(holds, "{name} with {version}: {effect}; {words:?}");
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "only {checked} were tried");
}
