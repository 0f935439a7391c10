//! Hover and completion.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;

use dryboot_cloud_init::assist::{complete, hover, keys};
use dryboot_cloud_init::keys::{KEYS, readers};
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::Kind;
use dryboot_lint::assist::{Completion, CompletionItem};

/// A text without the `|` that is the cursor.
fn at(text: &str) -> (String, usize) {
    let offset = text.rfind('|').expect("a cursor");
    (format!("{}{}", &text[..offset], &text[offset + 1..]), offset)
}

fn completed(target: &str, kind: Kind, text: &str) -> Option<Completion> {
    let (text, offset) = at(text);
    complete(&text, &Target::parse(target).expect("a target"), kind, offset)
}

fn items(target: &str, text: &str) -> Vec<CompletionItem> {
    let found = completed(target, Kind::UserData, &format!("#cloud-config\n{text}"));
    found.map(|found| found.items).unwrap_or_default()
}

fn labels(target: &str, text: &str) -> Vec<String> {
    items(target, text).into_iter().map(|item| item.label).collect()
}

fn described(target: &str, kind: Kind, text: &str) -> String {
    let (text, offset) = at(text);
    let hover = hover(&text, &Target::parse(target).expect("a target"), kind, offset);
    hover.map_or_else(|| "nothing".to_owned(), |hover| format!("{}\n\n{}", hover.title, hover.text))
}

#[track_caller]
fn has(labels: &[String], wanted: &[&str], unwanted: &[&str]) {
    for label in wanted {
        assert!(labels.iter().any(|known| known == label), "{label} is not among {labels:?}");
    }
    for label in unwanted {
        assert!(!labels.iter().any(|known| known == label), "{label} is among {labels:?}");
    }
}

#[test]
fn keys_are_offered_that_are_not_there_yet() {
    has(&labels("cloud-init", "users: []\n|"), &["packages", "write_files", "runcmd"], &["users"]);
    let source = labels("cloud-init", "apt:\n  sources:\n    a:\n      k|\n      key: x\n");
    has(&source, &["keyid", "source"], &["key"]);
    has(&labels("cloud-init", "users:\n  - name: a\n    |"), &["sudo", "shell"], &["name"]);
    has(&labels("cloud-init", "swap: {filename: /a, |}"), &["size", "maxsize"], &["filename"]);
    let file = labels("cloud-init", "write_files:\n  - |");
    assert_eq!(file.first().map(String::as_str), Some("path"), "what is required comes first: {file:?}");
}

#[test]
fn items_of_lists_are_offered_with_their_dash() {
    let user = items("cloud-init", "users:\n  |");
    let name = user.iter().find(|item| item.label == "- name").expect("a name");
    assert_eq!(name.insert, "- name: ");
    has(&labels("cloud-init", "users:\n  - name: a\n  |"), &["- name"], &["name"]);
    let modules = labels("cloud-init", "cloud_final_modules:\n  - |");
    has(&modules, &["runcmd", "package_update_upgrade_install"], &[]);
    has(&labels("cloud-init", "updates:\n  network:\n    when: [boot, |]"), &["hotplug"], &["- hotplug"]);
    assert!(labels("cloud-init", "runcmd:\n  - |").is_empty());
}

#[test]
fn values_are_offered_where_only_some_are_accepted() {
    assert_eq!(labels("cloud-init", "package_update: |"), ["true", "false"]);
    assert_eq!(items("cloud-init", "package_update:|")[0].insert, " true");
    assert_eq!(labels("cloud-init", "power_state:\n  mode: |"), ["poweroff", "reboot", "halt"]);
    assert_eq!(labels("cloud-init", "power_state: {mode: |}"), ["poweroff", "reboot", "halt"]);
    has(&labels("cloud-init", "growpart:\n  mode: |"), &["auto", "'off'"], &["off"]);
    has(&labels("cloud-init", "swap:\n  size: |"), &["auto"], &[]);
    let default = items("cloud-init", "growpart:\n  mode: |").remove(0);
    assert_eq!((default.label.as_str(), default.detail.as_str()), ("auto", "the default"));
}

#[test]
fn a_release_decides_what_is_offered() {
    // `defer` came with 21.4, `source` with 24.3.
    has(&labels("cloud-init@21.3", "write_files:\n  - |"), &["append"], &["defer", "source"]);
    has(&labels("debian-12", "write_files:\n  - |"), &["append", "defer"], &["source"]);
    has(&labels("cloud-init", "write_files:\n  - |"), &["append", "defer", "source"], &[]);
    has(&labels("debian-12", "phone_home:\n  post:\n    - |"), &["pub_key_dsa"], &[]);
    has(&labels("cloud-init", "phone_home:\n  post:\n    - |"), &["pub_key_rsa"], &["pub_key_dsa"]);
}

#[test]
fn what_is_deprecated_comes_last_and_says_so() {
    let all = items("cloud-init", "|");
    let is_deprecated = |item: &CompletionItem| item.detail.starts_with("deprecated");
    let first = all.iter().position(is_deprecated).expect("a deprecated key");
    assert!(all[first..].iter().all(is_deprecated));
    let upgrade = all.iter().find(|item| item.label == "apt_upgrade").expect("an old key");
    assert_eq!(upgrade.detail, "deprecated: use `package_upgrade`");
}

#[test]
fn a_network_configuration_has_keys_of_its_own() {
    let offered = |text: &str| -> Vec<String> {
        let found = completed("cloud-init", Kind::NetworkConfig, text);
        found.map(|found| found.items.into_iter().map(|item| item.label).collect()).unwrap_or_default()
    };
    has(&offered("version: 2\n|"), &["ethernets", "bonds"], &["config", "network"]);
    has(&offered("network:\n  version: 2\n  ethernets:\n    eth0:\n      |"), &["dhcp4", "match"], &[]);
    let bond = offered("version: 1\nconfig:\n  - type: bond\n    |");
    has(&bond, &["bond_interfaces"], &["bridge_interfaces", "vlan_id"]);
    has(&offered("version: 1\nconfig:\n  - type: |"), &["bond", "physical", "vlan"], &[]);
    let parameters = offered("version: 1\nconfig:\n  - type: bond\n    params:\n      |");
    has(&parameters, &["bond-mode"], &["bridge_stp"]);
    let hover = described("cloud-init", Kind::NetworkConfig, "version: 1\nconfig:\n  - ty|pe: vlan\n");
    assert!(hover.starts_with("config[].type\n\nA VLAN."), "{hover}");
}

#[test]
fn hover_says_what_a_key_is_and_what_the_release_does_with_it() {
    let hover =
        |target: &str, text: &str| described(target, Kind::UserData, &format!("#cloud-config\n{text}"));
    let text = "write_files:\n  - path: /a\n    de|fer: true\n";
    assert_eq!(
        hover("cloud-init", text),
        "write_files[].defer\n\nWrites the file in the final stage, after accounts are created and packages \
         installed.\n\nType: `true` or `false`. Default: `false`.\n\nWorks since cloud-init 21.4."
    );
    let old = hover("debian-11", text);
    assert!(old.ends_with("(Debian 11) writes the file early, before accounts and packages exist."), "{old}");
    let name = hover("cloud-init", "apt:\n  sources:\n    doc|ker: {}\n");
    assert!(name.starts_with("apt.sources.docker\n\nA package source"), "{name}");
    let deprecated = hover("cloud-init", "apt_up|date: true\n");
    assert!(deprecated.ends_with("Deprecated since cloud-init 22.2: use `package_update`."), "{deprecated}");
    for text in ["users: a|b\n", "no_such_k|ey: 1\n", "# us|ers: 1\n"] {
        assert_eq!(hover("cloud-init", text), "nothing", "{text}");
    }
    assert_eq!(described("cloud-init", Kind::UserData, "#cloud|-config\n"), "nothing");
}

#[test]
fn hover_knows_which_images_of_a_distribution_ignore_a_key() {
    let text = "#cloud-config\nwrite_files:\n  - sou|rce: {uri: a}\n";
    let hover = described("ubuntu-24.04", Kind::UserData, text);
    assert!(hover.contains("The first images of Ubuntu 24.04 have cloud-init 24.1"), "{hover}");
}

#[test]
fn nothing_is_offered_in_text_and_comments() {
    for text in
        ["# us|", "runcmd:\n  - echo |", "write_files:\n  - content: >\n      na|", "users:\n  - name: 'a|"]
    {
        assert!(items("cloud-init", text).is_empty(), "{text}");
    }
}

#[test]
fn the_first_line_is_offered_and_decides_whether_keys_are() {
    let whole = |text: &str| -> Vec<String> {
        let found = completed("cloud-init", Kind::UserData, text);
        found.map(|found| found.items.into_iter().map(|item| item.label).collect()).unwrap_or_default()
    };
    has(&whole("|"), &["#cloud-config", "#!/bin/sh"], &["users"]);
    assert_eq!(whole("#cloud-c|\nusers: []\n"), ["#cloud-config", "#cloud-config-archive"]);
    has(&whole("## template: jinja\n#cloud-config\n|"), &["users"], &[]);
    for text in ["#!/bin/sh\n|", "#include\n|", "#cloud-config-archive\n|"] {
        assert!(whole(text).is_empty(), "{text}");
    }
}

/// Also where the text is cut off.
#[test]
fn any_place_in_the_recorded_texts_has_an_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init");
    let targets = ["cloud-init", "debian-11"].map(|name| Target::parse(name).expect("a target"));
    let (mut texts, mut offers) = (0, 0);
    for entry in fs::read_dir(folder).expect("the recordings") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "in") {
            continue;
        }
        texts += 1;
        let bytes = fs::read(&path).expect("a text");
        let text = String::from_utf8_lossy(&bytes);
        for offset in (0..=text.len().min(4000)).step_by(11 + text.len() / 60) {
            let cut = &text[..text.floor_char_boundary(offset)];
            for (target, kind) in targets.iter().zip([Kind::UserData, Kind::NetworkConfig]) {
                for (text, offset) in [(&*text, offset), (cut, cut.len())] {
                    let hover = hover(text, target, kind, offset).map(|hover| hover.span);
                    let completion = complete(text, target, kind, offset).map(|found| found.span);
                    offers += usize::from(completion.is_some());
                    for span in [hover, completion].into_iter().flatten() {
                        assert!(span.touches(offset), "{} at {offset}", path.display());
                        assert!(text.get(span.start..span.end).is_some(), "{} at {offset}", path.display());
                    }
                }
            }
        }
    }
    assert!(texts > 200 && offers > texts, "{texts} texts, {offers} offers");
}

#[test]
fn every_key_has_a_page_and_something_that_reads_it() {
    for key in &KEYS {
        assert!(readers::reader(key.name).is_some(), "nothing reads {}", key.name);
    }
    let all = keys(&Target::NEWEST);
    assert!(all.len() > 700, "{}", all.len());
    for doc in &all {
        assert!(!doc.doc.is_empty() && !doc.kind.is_empty() && !doc.reader.is_empty(), "{doc:?}");
    }
    for name in readers::READERS.iter().flat_map(|reader| reader.keys) {
        assert!(KEYS.iter().any(|known| known.name == *name), "{name} is in no table");
    }
}
