//! `RULES.md` names the tests, and they are there.

use std::fs;
use std::path::Path;

#[test]
fn every_rule_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rules = fs::read_to_string(root.join("RULES.md")).expect("the rules");
    let mut tests = String::new();
    for folder in ["src", "tests", "tests/rules"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                tests += &fs::read_to_string(path).expect("a test");
            }
        }
    }
    let mut named = 0;
    for line in rules.lines().filter(|line| line.starts_with("| R")) {
        let names = line.split('|').nth(3).expect("three columns").split('`').skip(1).step_by(2);
        let names: Vec<&str> = names.collect();
        assert!(!names.is_empty(), "no test: {line}");
        for name in names {
            assert!(tests.contains(&format!("fn {name}()")), "there is no test {name}");
            named += 1;
        }
    }
    assert!(named >= 20, "{named}");
}
