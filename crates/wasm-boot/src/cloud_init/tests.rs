//! What the page gets to know of boots of cloud-init.

use serde_json::{Value, json};

use crate::exports::{preview, preview_report};

fn boot_of(text: &str, target: &str, options: &Value) -> Value {
    let json = preview(text, Some(target.to_owned()), &options.to_string());
    serde_json::from_str(&json.unwrap().unwrap()).unwrap()
}

#[test]
fn cloud_init_boots_with_what_the_text_says() {
    let text = "#cloud-config\n# 🚀\nusers: [{name: ops, ssh_authorized_keys: [ssh-ed25519 AAAA me]}]\n";
    let boot = boot_of(text, "debian-12", &json!({}));
    assert_eq!((&boot["exit_code"], &boot["target"]), (&json!(0), &json!("debian-12")));
    let accounts = boot["machine"]["accounts"].as_array().unwrap();
    let ops = accounts.iter().find(|account| account["name"] == "ops").unwrap();
    assert_eq!(ops["keys"][0]["text"], "ssh-ed25519 AAAA me");
    let effect = usize::try_from(ops["effect"].as_u64().unwrap()).unwrap();
    assert_eq!(boot["origins"][effect][0]["place"]["line"], 3);
    // Nothing is left to be asked for.
    assert!(boot["units"].is_object());
    let names: Vec<_> = boot["stages"].as_array().unwrap().iter().map(|stage| &stage["name"]).collect();
    assert_eq!(names, ["local stage", "network stage", "config stage", "final stage"]);
}

#[test]
fn a_distribution_without_an_image_is_a_trouble() {
    let boot = boot_of("#cloud-config\n", "freebsd", &json!({}));
    assert_eq!(boot["troubles"][0]["about"], "distribution");
}

#[test]
fn the_platform_of_cloud_init_gives_names_keys_and_vendor_data() {
    let text = "#cloud-config\nruncmd: [true]\n";
    let ec2 = boot_of(text, "ubuntu-24.04", &json!({"platform": "ec2"}));
    assert_eq!(ec2["machine"]["hostname"], "ip-172-31-5-6");
    let options = json!({"platform": "ec2", "metadata": r#"{"local-hostname": "mine.example"}"#});
    assert_eq!(boot_of(text, "ubuntu-24.04", &options)["machine"]["hostname"], "mine");
    let vendor = "#cloud-config\nwrite_files: [{path: /vendor, content: x}]\n";
    let options = json!({"platform": "nocloud", "vendor_data": vendor});
    let seed = boot_of(text, "ubuntu-24.04", &options);
    let file = seed["machine"]["files"].as_array().unwrap().iter().find(|file| file["path"] == "/vendor");
    let effect = usize::try_from(file.unwrap()["effect"].as_u64().unwrap()).unwrap();
    assert_eq!(seed["origins"][effect][0]["source"], "vendor");
    assert_eq!(seed["origins"][effect][0]["place"]["line"], 2);
}

#[test]
fn a_data_source_may_give_no_answer() {
    let text = "#cloud-config\nruncmd: [true]\n";
    let ec2 = boot_of(text, "ubuntu-24.04", &json!({"platform": "ec2"}));
    let fail = &ec2["stages"][0]["steps"][0]["fail"];
    assert_eq!(fail, "datasource:Ec2");
    let alone = boot_of(text, "ubuntu-24.04", &json!({"platform": "ec2", "fail": [fail]}));
    assert_ne!(alone["machine"]["hostname"], ec2["machine"]["hostname"]);
    assert_eq!(&alone["stages"][0]["steps"][0]["fail"], fail, "it can be taken back");
    let other = boot_of(text, "ubuntu-24.04", &json!({"platform": "openstack", "fail": [fail]}));
    assert_eq!(other["machine"]["hostname"], "server-1");
}

#[test]
fn what_cloud_init_cannot_use_is_a_trouble() {
    let text = "#cloud-config\n";
    let options = json!({"platform": "ec2", "metadata": "{\"🚀\": 1,\n x}", "vendor_data": "#!/bin/sh"});
    let boot = boot_of(text, "debian-12", &options);
    let abouts: Vec<_> =
        boot["troubles"].as_array().unwrap().iter().map(|trouble| &trouble["about"]).collect();
    assert_eq!(abouts, ["metadata", "vendor-data"]);
    assert_eq!(boot["troubles"][0]["place"], json!({"from": 11, "to": 11, "line": 2, "column": 2}));
    let report = preview_report(b"#cloud-config\n", Some("debian-12".to_owned()), &options.to_string());
    assert!(report.unwrap_err().contains("metadata"));
}

#[test]
fn a_second_boot_tells_only_what_runs_again() {
    let text = "#cloud-config\nbootcmd: [echo again]\nruncmd: [echo once]\n";
    let lines = |which: &str| -> Vec<String> {
        let boot = boot_of(text, "debian-12", &json!({"boot": which}));
        let commands = boot["machine"]["commands"].as_array().unwrap().iter();
        commands.filter_map(|command| command["line"].as_str()).map(str::to_owned).collect()
    };
    let runs = |lines: &[String], words: &str| lines.iter().any(|line| line.contains(words));
    assert!(runs(&lines("first"), "scripts/runcmd"));
    assert!(!runs(&lines("second"), "scripts/runcmd"));
    assert!(runs(&lines("new-instance"), "scripts/runcmd"));
    let second = boot_of(text, "debian-12", &json!({"boot": "second"}));
    let stage = second["stages"][0]["name"].as_str().unwrap();
    assert!(stage.contains("boot 2"), "{stage}");
}

#[test]
fn a_package_that_cannot_be_installed_degrades_the_boot() {
    let text = "#cloud-config\npackages: [git, nano]\n";
    let calm = boot_of(text, "debian-12", &json!({}));
    let packages = calm["machine"]["packages"].as_array().unwrap();
    assert_eq!(packages.iter().map(|package| &package["name"]).collect::<Vec<_>>(), ["git", "nano"]);
    let effect = usize::try_from(packages[0]["effect"].as_u64().unwrap()).unwrap();
    let failing = boot_of(text, "debian-12", &json!({"fail": [calm["effects"][effect]["fail"]]}));
    assert_eq!(failing["machine"]["packages"][0]["failed"], true);
    assert_ne!(failing["exit_code"], 0);
}

#[test]
fn what_effects_in_a_row_are_due_to_is_said_once() {
    let text = "#cloud-config\nusers: [{name: ops, sudo: ALL}]\nwrite_files: [{path: /a, content: x}]\n";
    let boot = boot_of(text, "debian-12", &json!({}));
    let effects = boot["effects"].as_array().unwrap();
    let at = |words: &str| {
        effects.iter().position(|it| it["title"].as_str().is_some_and(|title| title.contains(words))).unwrap()
    };
    // The account is made, and then its rules are written.
    let (made, ruled) = (at("useradd ops"), at("/etc/sudoers.d/90"));
    let origins = boot["origins"].as_array().unwrap();
    assert_eq!((&origins[made][0]["place"]["line"], made < ruled), (&json!(2), true));
    assert!(origins[made + 1..=ruled].iter().all(Value::is_null), "{origins:?}");
    assert_eq!(origins[at("`/a`")][0]["place"]["line"], 3);
}
