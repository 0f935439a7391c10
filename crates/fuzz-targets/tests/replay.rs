//! Calls every fuzz target with the inputs that are stored for it: those of the tests, and those
//! that once made it fail.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dryboot_fuzz_targets::TARGETS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The targets of `fuzz/targets.tsv`, with their folders.
fn listed() -> Vec<(String, Vec<PathBuf>)> {
    let list = fs::read_to_string(root().join("fuzz/targets.tsv")).expect("the list of targets");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split('\t');
            let name = words.next().unwrap_or_default().to_owned();
            (name, words.map(|folder| root().join(folder)).collect())
        })
        .collect()
}

/// A file, or the files in a folder; expectations beside the inputs are none.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.is_file() && path.extension().is_none_or(|extension| extension != "json"))
        .collect();
    files.sort();
    files
}

#[test]
fn stored_inputs_hold() {
    for (name, folders) in listed() {
        let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this name");
        let seeds = root().join("fuzz/seeds").join(&name);
        let mut count = 0;
        for path in folders.iter().chain([&seeds]).flat_map(|folder| inputs(folder)) {
            let bytes = fs::read(&path).expect("an input");
            // Said only when the test fails, and then the last line is the input.
            eprintln!("{name}: {}", path.display());
            target(&bytes);
            count += 1;
        }
        assert!(count > 0, "{name} has no input");
    }
}

#[test]
fn every_target_is_listed_and_has_its_program() {
    let listed: BTreeSet<String> = listed().into_iter().map(|(name, _)| name).collect();
    let known: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, known);
    for name in known {
        let program = root().join("fuzz/fuzz_targets").join(format!("{name}.rs"));
        let program = fs::read_to_string(&program).expect("the program of a target");
        assert!(program.contains(&format!("dryboot_fuzz_targets::{name}(data)")), "{program}");
    }
}
