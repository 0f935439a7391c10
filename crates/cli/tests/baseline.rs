//! A project with old findings checks for new ones.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Lints in a folder: the exit code, the rules that have found something, and what is said beside that.
fn lint(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dryboot"))
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .args(["lint", "--output-format", "concise"])
        .args(arguments)
        .output()
        .expect("the command runs");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let rule = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned());
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), stdout.lines().filter_map(rule).collect(), stderr)
}

const OLD: &str = "#cloud-config\nhostnme: web\nruncmd:\n  - [sudo, a]\n  - [sudo, b]\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("web")).expect("a folder");
    fs::write(folder.path().join("web/user-data"), OLD).expect("a file");
    folder
}

fn change(folder: &Path, text: &str) {
    fs::write(folder.join("web/user-data"), text).expect("a file");
}

#[test]
fn only_new_findings_are_reported() {
    let folder = folder();
    let root = folder.path();
    assert_eq!(lint(root, &[]).1, ["unknown-key", "needless-sudo"]);
    let (code, found, said) = lint(root, &["--baseline", "known.json", "--update-baseline"]);
    assert_eq!((code, found), (Some(0), vec![]));
    assert!(said.ends_with("known.json has 2 known findings\n"), "{said}");
    let known = fs::read_to_string(root.join("known.json")).expect("the baseline");
    assert!(
        known.contains("\"web/user-data\"") && !known.contains("sudo, a"),
        "it holds no text of files: {known}"
    );

    // Lines move, other items come first: what is known stays known, from wherever the command runs.
    change(
        root,
        &OLD.replace("hostnme", "# a comment\nhostnme").replace("  - [sudo, a]", "  - [c]\n  - [sudo, a]"),
    );
    assert_eq!(lint(root, &["--baseline", "known.json"]), (Some(0), vec![], String::new()));
    assert_eq!(lint(&root.join("web"), &["--baseline", "../known.json"]), (Some(0), vec![], String::new()));

    change(root, &format!("{OLD}packges: []\n"));
    let (code, found, _) = lint(root, &["--baseline", "known.json"]);
    assert_eq!((code, found), (Some(1), vec!["unknown-key".to_owned()]));
}

#[test]
fn what_is_gone_is_said_and_forgotten() {
    let folder = folder();
    let root = folder.path();
    lint(root, &["--baseline", "known.json", "--update-baseline"]);
    change(root, &OLD.replace("hostnme", "hostname"));
    let (code, found, said) = lint(root, &["--baseline", "known.json"]);
    assert_eq!((code, found), (Some(0), vec![]));
    assert!(said.contains("1 finding in ") && said.contains("no longer occur"), "{said}");
    lint(root, &["--baseline", "known.json", "--update-baseline"]);
    change(root, OLD);
    assert_eq!(lint(root, &["--baseline", "known.json"]).1, ["unknown-key"], "it was forgotten");

    fs::rename(root.join("web"), root.join("app")).expect("a folder");
    let (_, _, said) = lint(root, &["--baseline", "known.json", "--update-baseline"]);
    assert!(said.ends_with("has 2 known findings\n"), "files that are gone are forgotten: {said}");
}

#[test]
fn the_configuration_names_the_baseline() {
    let folder = folder();
    let root = folder.path();
    fs::create_dir(root.join("ci")).expect("a folder");
    fs::write(root.join("dryboot.toml"), "baseline = \"ci/known.json\"\n").expect("a file");
    let (code, _, said) = lint(root, &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("does not exist: create it with `--update-baseline`"), "{said}");
    lint(root, &["--update-baseline"]);
    assert_eq!(lint(&root.join("web"), &[]), (Some(0), vec![], String::new()));
    for (text, why) in [("{", "is not a baseline"), ("{\"version\": 2, \"files\": {}}", "it has version 2")] {
        fs::write(root.join("ci/known.json"), text).expect("a file");
        let (code, _, said) = lint(root, &[]);
        assert!(code == Some(2) && said.contains(why), "{said}");
    }
}
