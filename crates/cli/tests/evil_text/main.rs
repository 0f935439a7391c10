//! No text of others, wherever it comes from and in whatever format it is printed, reaches a terminal or a log raw.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

#[cfg(feature = "openpgp")]
mod images;
mod places;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use places::PLACES;
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

fn filled(template: &str, evil: &str) -> String {
    let quoted = serde_json::to_string(evil).expect("a string");
    template.replace("QUOTED", &quoted).replace("EVIL", evil)
}

fn run(folder: &Path, arguments: &str, evil: &str, stdin: &str, colours: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.env(if colours { "CLICOLOR_FORCE" } else { "NO_COLOR" }, "1");
    command.env("NO_PROXY", "127.0.0.1");
    command.args(arguments.split('|').map(|argument| filled(argument, evil)));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    let mut input = child.stdin.take().expect("standard input");
    // Who does not read it has gone before it exists.
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
        assert_eq!(plain.chars().find(|&char| is_raw(char)), None, "{about}: {plain:?}");
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
