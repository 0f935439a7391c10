//! No text of others, wherever it comes from and in whatever format it is printed, reaches a terminal or a log raw.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::tempdir;

/// What should not get through. Each has a word that has to.
const EVIL: [&str; 17] = [
    "\u{1b}[5;35mword",
    "\u{1b}]0;word\u{7}",
    "\u{1b}[2Jword",
    "\u{9b}2Jword\u{85}",
    "a word\rword",
    "a word\nword",
    "::error::word",
    "a word\n::error::word",
    " ::add-mask::word",
    "##vso[task.complete]word",
    "##[error]word",
    "\u{202e}word\u{2066}\u{200f}\u{61c}",
    "w\u{200b}o\u{ad}rd word\u{2060}\u{feff}",
    "a word\u{2028}::error::word\u{2029}",
    "a word\u{7f}\u{8}\u{8}",
    "a word\u{e0041}\u{fff9}",
    "a word\tword",
];

/// Where a text comes from, and the commands that might print it.
struct Place {
    name: &'static str,
    /// Arguments, with `EVIL` in the place of the text.
    commands: &'static [&'static str],
    /// Files, with `EVIL` in names and contents, and `QUOTED` for the text as a JSON string, which YAML reads, too.
    files: &'static [(&'static str, &'static str)],
    stdin: &'static str,
}

const LINTS: &[&str] = &[
    "lint|--output-format=human|FILE",
    "lint|--output-format=concise|FILE",
    "lint|--output-format=json|FILE",
    "lint|--output-format=coreos-cloudinit|FILE",
    "lint|--target=flatcar|FILE",
    "lint|--diff|--unsafe-fixes|--target=flatcar|FILE",
    "lint|--diff|--unsafe-fixes|--target=coreos|FILE",
];

const PREVIEWS: &[&str] = &[
    "preview|FILE",
    "preview|--output-format=json|FILE",
    "preview|--output-format=dot|FILE",
    "preview|--platform=ec2|FILE",
    "preview|--platform=ec2|--output-format=json|FILE",
    "preview|--platform=ec2|--output-format=dot|--target=flatcar|FILE",
];

const CONFIG: &str = "#cloud-config
# EVIL
QUOTED: 1
hostname: QUOTED
ssh-authorized-keys: [QUOTED]
users: [{name: QUOTED, QUOTED: QUOTED}]
write_files: [{path: QUOTED, content: QUOTED, permissions: QUOTED, owner: QUOTED}]
coreos:
  update: {reboot-strategy: QUOTED}
  units:
    - {name: QUOTED, command: QUOTED, content: QUOTED}
    - {name: a.service, command: start, content: \"[Unit]\\nAfter=QUOTED\"}
    - {name: b.service, command: start, drop-ins: [{name: QUOTED, content: QUOTED}]}
";

const BOOTING: &str = "#cloud-config
hostname: QUOTED
write_files: [{path: /opt/EVIL, content: QUOTED}, {path: /etc/x, content: QUOTED}]
coreos:
  units: [{name: a.service, command: start, content: QUOTED}]
";

const PLACES: &[Place] = &[
    Place { name: "the text, linted", commands: LINTS, files: &[("FILE", CONFIG)], stdin: "" },
    Place { name: "the text, previewed", commands: PREVIEWS, files: &[("FILE", CONFIG)], stdin: "" },
    Place { name: "a text that boots", commands: PREVIEWS, files: &[("FILE", BOOTING)], stdin: "" },
    Place {
        name: "the header",
        commands: LINTS,
        files: &[("FILE", "#cloud-config EVIL\nhostname: a\n")],
        stdin: "",
    },
    Place {
        name: "a syntax error",
        commands: LINTS,
        files: &[("FILE", "#cloud-config\nhostname: [EVIL\nusers: }EVIL\n\tEVIL: EVIL\n")],
        stdin: "",
    },
    Place {
        name: "the name of a file",
        commands: &[
            "lint|EVIL",
            "lint|--output-format=concise|EVIL",
            "lint|--output-format=json|EVIL",
            "lint|--output-format=coreos-cloudinit|EVIL|other",
            "lint|--diff|--target=flatcar|EVIL",
            "lint|--fix|--target=flatcar|EVIL",
            "preview|--out=EVIL|EVIL",
            "netconf|--from=debian|EVIL",
            "verify|--keyring=EVIL|EVIL",
        ],
        files: &[
            ("EVIL", "#cloud-config\nssh-authorized-keys: [a]\nhostnme: x\n"),
            ("other", "#cloud-config\nhostnme: x\n"),
        ],
        stdin: "",
    },
    Place {
        name: "the name of a file that is not there",
        commands: &[
            "lint|EVIL",
            "preview|EVIL",
            "preview|--machine=EVIL|-",
            "preview|--platform=ec2|--metadata=EVIL|-",
            "netconf|--from=vmware|EVIL",
            "verify|--keyring=EVIL|EVIL",
            "image|fetch|--keyring=EVIL|--channel=stable|--file=a|--directory=EVIL",
        ],
        files: &[],
        stdin: "",
    },
    Place {
        name: "the name of standard input",
        commands: &[
            "lint|--stdin-filename=EVIL|-",
            "lint|--stdin-filename=EVIL|--output-format=concise|-",
            "lint|--stdin-filename=EVIL|--output-format=json|-",
            "lint|--stdin-filename=EVIL|--diff|--target=flatcar|-",
        ],
        files: &[],
        stdin: "#cloud-config\nssh-authorized-keys: [a]\nhostnme: x\n",
    },
    Place {
        name: "an argument",
        commands: &[
            "EVIL",
            "lint|--EVIL",
            "lint|--target=EVIL",
            "lint|--platform=EVIL",
            "lint|--select=EVIL",
            "lint|--fail-on=EVIL",
            "explain|EVIL",
            "rules|--output-format=EVIL",
            "platforms|EVIL",
            "preview|--platform=ec2|--datasource=EVIL|-",
            "verify|--keyring=a|--fingerprint=EVIL|a",
            "verify|--keyring=a|--at-time=EVIL|a",
            "image|EVIL",
            "image|urls|--channel=EVIL|--file=EVIL",
            "image|urls|--channel=stable|--file=EVIL|--base-url=EVIL",
        ],
        files: &[],
        stdin: "",
    },
    Place {
        name: "the machine",
        commands: &["preview|--machine=machine.json|-", "preview|--machine=no.json|-"],
        files: &[("machine.json", "{QUOTED: 1, \"users\": [QUOTED]}"), ("no.json", "{QUOTED")],
        stdin: "#cloud-config\n",
    },
    Place {
        name: "metadata",
        commands: &[
            "preview|--platform=openstack|--metadata=meta.json|-",
            "preview|--platform=openstack|--metadata=meta.json|--output-format=json|-",
        ],
        files: &[("meta.json", "{\"hostname\": QUOTED, \"public_keys\": {QUOTED: QUOTED}}")],
        stdin: "#cloud-config\n",
    },
    Place {
        name: "a network configuration",
        commands: &[
            "netconf|--from=debian|debian",
            "netconf|--from=debian|--output-format=json|debian",
            "netconf|--from=vmware|vmware",
            "netconf|--from=vmware|--output-format=json|vmware",
        ],
        files: &[
            ("debian", "auto EVIL\niface eEVIL inet static\n address EVIL\n"),
            ("vmware", "{\"guestinfo.interface.0.name\": QUOTED, \"guestinfo.interface.0.dhcp\": \"no\"}"),
        ],
        stdin: "",
    },
];

fn filled(template: &str, evil: &str) -> String {
    let quoted = serde_json::to_string(evil).expect("a string");
    template.replace("QUOTED", &quoted).replace("EVIL", evil)
}

fn run(folder: &Path, arguments: &str, evil: &str, stdin: &str, colours: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.env(if colours { "CLICOLOR_FORCE" } else { "NO_COLOR" }, "1");
    command.args(arguments.split('|').map(|argument| filled(argument, evil)));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    let mut input = child.stdin.take().expect("standard input");
    // Who does not read it has gone before it is there.
    let _ = input.write_all(stdin.as_bytes());
    drop(input);
    child.wait_with_output().expect("it ends")
}

/// The sequences that set colours, taken away, except for the one that no output of ours has.
fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|char: char| !char.is_ascii_digit() && char != ';').unwrap_or(after.len());
        let is_ours = after[end..].starts_with('m') && &after[..end] != "5;35";
        plain.push_str(if is_ours { "" } else { "\u{1b}" });
        rest = if is_ours { &after[end + 1..] } else { after };
    }
    plain + rest
}

fn is_raw(char: char) -> bool {
    char.is_control() && char != '\n'
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(char, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the word of the evil text is in the output.
fn check(output: &Output, colours: bool, about: &str) -> bool {
    let mut has_word = false;
    for stream in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(stream.clone()).expect("UTF-8");
        let plain = if colours { without_colours(&text) } else { text };
        if let Some(char) = plain.chars().find(|&char| is_raw(char)) {
            panic!("{about}: {char:?} in {plain:?}");
        }
        for line in plain.lines() {
            let is_command =
                line.trim_start().starts_with("::") || line.contains("##[") || line.contains("##vso[");
            assert!(!is_command, "{about}: {line:?}");
            assert!(!line.starts_with("word"), "{about}: {line:?}");
        }
        has_word |= plain.contains("word");
    }
    assert_ne!(output.status.code(), None, "{about}: it ends by itself");
    has_word
}

#[test]
fn nothing_reaches_a_terminal_or_a_log_raw() {
    for place in PLACES {
        let mut has_word = false;
        for (index, evil) in EVIL.into_iter().enumerate() {
            let folder = tempdir().expect("a folder");
            for (name, content) in place.files {
                let path = folder.path().join(filled(name, evil).trim_start_matches('/'));
                fs::write(path, filled(content, evil)).expect("a file");
            }
            for command in place.commands {
                // Colours change nothing about texts, so some of them will do.
                for colours in [false, true].into_iter().take(if index % 4 == 0 { 2 } else { 1 }) {
                    let output = run(folder.path(), command, evil, place.stdin, colours);
                    let about = format!("{}, {command}, {evil:?}", place.name);
                    has_word |= check(&output, colours, &about);
                }
            }
        }
        assert!(has_word, "{}: never printed", place.name);
    }
}
