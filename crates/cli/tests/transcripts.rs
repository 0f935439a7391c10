//! What the command prints and how it exits, as in `tests/cli`.
//!
//! `TRYCMD=overwrite cargo test -p dryboot-cli --test transcripts` writes them anew; read the
//! difference before it is committed.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("COLUMNS", "100").case("../../tests/cli/*.trycmd");
}

/// The README shows real runs: each `console` block is a command and what it prints, from the
/// root of the repository.
#[test]
fn the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let blocks: Vec<&str> =
        readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty(), "the README shows the command");
    for block in blocks {
        let (command, shown) = block.split_once('\n').expect("a command and its output");
        let words: Vec<&str> = command.strip_prefix("$ dryboot ").expect(command).split(' ').collect();
        let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
            .current_dir(&root)
            .env("NO_COLOR", "1")
            .args(words)
            .output()
            .expect("the command runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), shown, "{command}");
    }
}
