//! User-data inside other files: each finding is at its line of the outer file, and there is nothing else.
//!
//! Each file of `tests/embedded` has a description beside it: the name that it has in a repository, the program that reads
//! what is inside, how many texts there are, and the findings that are expected.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dryboot_core::{LintOptions, Report, Safety, Severity, Target, TemplateSyntax, apply_fixes, lint_file};
use dryboot_testing::{Random, Tries};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/embedded")
}

/// Every description, in the order of their names.
fn cases() -> Vec<Value> {
    let entries = std::fs::read_dir(folder()).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    let read = |path: &PathBuf| std::fs::read(path).expect("a description");
    paths.iter().map(|path| serde_json::from_slice(&read(path)).expect("JSON")).collect()
}

fn text<'v>(case: &'v Value, field: &str) -> &'v str {
    case[field].as_str().unwrap_or_default()
}

/// The name of a case's file in a repository, and its text.
fn file(case: &Value) -> (String, String) {
    let name = case["as"].as_str().unwrap_or(text(case, "file"));
    let text = std::fs::read_to_string(folder().join(text(case, "file"))).expect("the file");
    (name.to_owned(), text)
}

fn checked(name: &str, text: &str, target: Option<&str>) -> Report {
    let options = LintOptions {
        target: target.map(|target| Target::parse(target).expect("a target")),
        template: TemplateSyntax::of_file(name, text),
        ..LintOptions::default()
    };
    lint_file(name, text.as_bytes(), &options)
}

fn lines(values: &Value) -> impl Iterator<Item = u64> + '_ {
    values.as_array().into_iter().flatten().filter_map(Value::as_u64)
}

#[test]
fn every_finding_is_at_its_line_of_the_outer_file() {
    let cases = cases();
    assert!(cases.len() >= 20, "{} cases", cases.len());
    for case in cases {
        let (name, source) = file(&case);
        let report = checked(&name, &source, Some(text(&case, "program")));
        let found: BTreeSet<u64> = report
            .diagnostics
            .iter()
            .filter(|found| found.severity >= Severity::Warning)
            .map(|found| report.lines.line(found.span.start) as u64)
            .collect();
        let mut allowed: BTreeSet<u64> = lines(&case["also_ok"]).collect();
        for expected in case["expected"].as_array().expect("a list") {
            let mut places: BTreeSet<u64> = lines(&expected["lines_ok"]).collect();
            places.insert(expected["line"].as_u64().expect("a line"));
            assert!(!found.is_disjoint(&places), "{name} lacks {expected}, and has {found:?}");
            allowed.extend(places);
        }
        let extra: Vec<&u64> = found.difference(&allowed).collect();
        assert!(extra.is_empty(), "{name} has more: {extra:?}");
    }
}

#[test]
fn the_misspelt_key_is_found_in_every_form() {
    let entries = std::fs::read_dir(folder().join("forms")).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() > 20, "{} forms", paths.len());
    for path in paths {
        let source = std::fs::read_to_string(&path).expect("a text");
        // As a word, or in base64.
        let marks = ["packges", "wYWNrZ2Vz"];
        let expected: Vec<usize> = source
            .lines()
            .enumerate()
            .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)))
            .map(|(index, _)| index + 1)
            .collect();
        let report = checked(&path.to_string_lossy(), &source, None);
        let found = report.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
        let found: Vec<usize> = found.map(|found| report.lines.line(found.span.start)).collect();
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn user_data_in_base64_is_not_inside_of_anything() {
    // `packages: [nginx]`, which is fine where the platform takes the base64 off.
    let source = "I2Nsb3VkLWNvbmZpZwpwYWNrYWdlczogW25naW54XQo=\n";
    for name in ["a.yaml", "a.tf", "user-data"] {
        let report = checked(name, source, Some("cloud-init"));
        assert_eq!(report.diagnostics.first().map(|found| found.rule), Some("missing-header"), "{name}");
    }
}

/// How many damaged files are read.
const DAMAGED: Tries<usize> = Tries { everyday: 1_000, thorough: 60_000 };

/// What matters to one language or another.
const PIECES: [&str; 22] = [
    "\n",
    " ",
    "\"",
    "'",
    "<<EOF\n",
    "EOF\n",
    "<<-EOF\n",
    "|\n",
    ">-\n",
    "#",
    "/*",
    "${",
    "}",
    "$(",
    "\\",
    "```\n",
    "[",
    "{",
    "ü",
    "\u{1f600}",
    "#cloud-config\n",
    "    ",
];

#[test]
fn damage_neither_stops_the_search_nor_leads_out_of_the_file() {
    let forms = std::fs::read_dir(folder().join("forms")).expect("a folder");
    let mut paths: Vec<PathBuf> = forms.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let sources: Vec<(String, String)> = paths
        .iter()
        .map(|path| (path.to_string_lossy().into_owned(), std::fs::read_to_string(path).expect("a text")))
        .chain(cases().iter().map(file))
        .collect();
    let mut random = Random::new(14);
    for _ in 0..DAMAGED.count() {
        let (name, source) = &sources[random.below(sources.len())];
        let mut damaged = source.clone();
        for _ in 0..=random.below(4) {
            let places: Vec<usize> = damaged.char_indices().map(|(at, _)| at).collect();
            let Some(&at) = places.get(random.below(places.len())) else { break };
            match random.below(3) {
                0 => damaged.insert_str(at, random.one_of(&PIECES)),
                1 => drop(damaged.remove(at)),
                _ => damaged.truncate(at),
            }
        }
        let report = checked(name, &damaged, None);
        for found in &report.diagnostics {
            let edits = found.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
            for span in std::iter::once(found.span).chain(edits) {
                assert!(
                    report.text.get(span.start..span.end).is_some(),
                    "{span:?} of {found:?} in {damaged}"
                );
            }
        }
        let (fixed, count) = apply_fixes(&report.text, &report.diagnostics, Safety::Unsafe);
        assert!(count > 0 || fixed == report.text, "changed without a fix: {damaged}");
    }
}

#[test]
fn what_is_inside_is_counted_as_parts() {
    for case in cases() {
        let (name, source) = file(&case);
        let report = checked(&name, &source, None);
        let count = case["contains"].as_u64().expect("a number") as usize;
        // An autoinstall config is user-data itself.
        let whole = usize::from(report.kind == "cloud-config");
        assert_eq!(report.parts.len() + whole, count, "{name}");
        assert_eq!(report.not_checked.is_some(), count == 0, "{name}");
    }
}

/// A config with a key that is misspelt and a deprecated one, which a safe fix renames.
const CONFIG: &str = "\
#cloud-config
users:
  - default
  - name: ops
    lock-passwd: true
packges: [git]
";

/// A file around a config: its name, what comes before and after, and what each line of the config begins with.
const HOSTS: [(&str, &str, &str, &str); 14] = [
    ("main.tf", "resource \"a\" \"b\" {\n  user_data = <<EOF\n", "EOF\n}\n", ""),
    ("main.tf", "resource \"a\" \"b\" {\n  user_data = <<-EOF\n", "  EOF\n}\n", "    "),
    ("vm.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  userdata: |\n", "type: Opaque\n", "    "),
    ("vm.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  userdata: |-\n", "", "    "),
    ("tasks.yml", "- name: a\n  copy:\n    content: |\n", "    dest: /srv/user-data\n", "      "),
    ("stack.yaml", "Resources:\n  A:\n    UserData:\n      Fn::Base64: |\n", "    Type: x\n", "        "),
    ("list.yaml", "apiVersion: v1\nkind: List\nitems:\n- |\n", "- b\n", "  "),
    ("profile.yaml", "config:\n  cloud-init.user-data: |2\n", "devices: {}\n", "    "),
    ("make.sh", "#!/bin/sh\ncat > user-data <<'EOF'\n", "EOF\necho\n", ""),
    ("make.sh", "#!/bin/sh\nif true; then\n\tcat <<-EOF\n", "\tEOF\nfi\n", "\t"),
    ("make.sh", "#!/bin/sh\nDATA='", "'\n", ""),
    ("Makefile", "define DATA\n", "endef\n", ""),
    ("Vagrantfile", "script = <<~DATA\n", "DATA\n", "  "),
    ("README.md", "1. Save:\n\n   ```yaml\n", "   ```\n", "   "),
];

fn around(host: &(&str, &str, &str, &str), config: &str) -> String {
    let (_, before, after, begin) = host;
    let body: String = config.split_inclusive('\n').map(|line| format!("{begin}{line}")).collect();
    // In a string, the first line begins behind the quote.
    format!("{before}{body}{after}")
}

#[test]
fn every_language_gives_the_lines_back() {
    for host in &HOSTS {
        let source = around(host, CONFIG);
        let report = checked(host.0, &source, Some("cloud-init"));
        let found: Vec<(&str, &str)> = report
            .diagnostics
            .iter()
            .filter(|found| found.severity >= Severity::Warning)
            .map(|found| (found.rule, found.span.slice(&source)))
            .collect();
        assert_eq!(found, [("deprecated-key", "lock-passwd"), ("unknown-key", "packges")], "{source}");
    }
}

#[test]
fn a_fix_is_made_in_the_outer_file() {
    let fixed = "\
#cloud-config
users:
  - default
  - name: ops
    lock_passwd: true
packges: [git]
";
    for host in &HOSTS {
        let source = around(host, CONFIG);
        let report = checked(host.0, &source, Some("cloud-init"));
        let (after, count) = apply_fixes(&report.text, &report.diagnostics, Safety::Safe);
        assert_eq!((after, count), (around(host, fixed), 1), "{source}");
    }
}

#[test]
fn lines_are_inserted_and_removed_as_the_outer_file_has_them() {
    // The remedies of these rules are whole lines.
    let config = "#cloud-config\npackages: [git]\npackages: [curl]\nfoo: 1\n";
    for host in &HOSTS {
        let source = around(host, config);
        let report = checked(host.0, &source, Some("cloud-init"));
        let (after, _) = apply_fixes(&report.text, &report.diagnostics, Safety::Unsafe);
        let inside = dryboot_core::lint(
            config.as_bytes(),
            &LintOptions { target: Target::parse("cloud-init").ok(), ..LintOptions::default() },
        );
        let (expected, _) = apply_fixes(&inside.text, &inside.diagnostics, Safety::Unsafe);
        assert_eq!(after, around(host, &expected), "{source}");
    }
}

#[test]
fn a_folded_block_loses_its_lines() {
    let source =
        "apiVersion: v1\nkind: Secret\nstringData:\n  userdata: >\n    #cloud-config\n    hostname: web\n";
    let report = checked("a.yaml", source, Some("cloud-init"));
    let [found] = &report.diagnostics[..] else { panic!("{:?}", report.diagnostics) };
    assert_eq!((found.rule, report.lines.line(found.span.start)), ("not-a-mapping", 5));
    let (after, _) = apply_fixes(source, &report.diagnostics, Safety::Unsafe);
    assert_eq!(after, source.replace('>', "|"));
    assert!(checked("a.yaml", &after, Some("cloud-init")).diagnostics.is_empty());
}

#[test]
fn what_is_not_user_data_is_left_alone() {
    for (name, source) in [
        // Commented out, or a comment.
        ("a.tf", "# user_data = <<EOF\n# #cloud-config\n# packges: [a]\n# EOF\n"),
        ("a.tf", "/*\nuser_data = <<EOF\n#cloud-config\npackges: [a]\nEOF\n*/\n"),
        ("a.yaml", "apiVersion: v1\nkind: Secret\n# userdata: |\n#   #cloud-config\n#   packges: [a]\n"),
        // The content of a file, whoever reads that.
        (
            "a.yaml",
            "apiVersion: v1\nkind: A\nfiles:\n- path: /a\n  content: |\n    #cloud-config\n    packges: [a]\n",
        ),
        // Prose and consoles.
        ("a.md", "```console\n$ head -1 user-data\n#cloud-config\n```\n"),
        ("a.md", "#cloud-config is the header.\n\n    #cloud-config\n    packges: [a]\n"),
        // A script that writes no user-data.
        ("a.tf", "user_data = <<EOF\n#!/bin/sh\necho '#cloud-config'\nEOF\n"),
        // What is encoded by the tool itself.
        ("a.tf", "user_data = join(\"\\n\", [\"#cloud-config\", yamlencode({ packges = [1] })])\n"),
    ] {
        let report = checked(name, source, None);
        let alarms: Vec<&str> = report
            .diagnostics
            .iter()
            .filter(|found| found.severity >= Severity::Warning)
            .map(|found| found.message.as_str())
            .collect();
        assert!(alarms.is_empty(), "{source}{alarms:?}");
    }
}

#[test]
fn strings_and_lists_of_strings_are_read_as_their_language_reads_them() {
    for (name, source, words) in [
        (
            "a.json",
            r##"{"apiVersion": "v1", "kind": "A", "userData": "#cloud-config\npackges: [\"a\"]\n"}"##,
            "packges",
        ),
        ("a.tf", "user_data = \"#cloud-config\\npackges: [a]\\n\"\n", "packges"),
        ("a.yaml", "apiVersion: v1\nkind: A\nuserData: \"#cloud-config\\n\\\n  packges: [a]\"\n", "packges"),
        (
            "a.template",
            r##"{"AWSTemplateFormatVersion": "x", "UserData": {"Fn::Base64": {"Fn::Join": ["\n", ["#cloud-config", {"Ref": "A"}, "packges: [a]"]]}}}"##,
            "packges",
        ),
        (
            "a.yaml",
            "AWSTemplateFormatVersion: x\nUserData:\n  Fn::Base64:\n    Fn::Join:\n    - \"\\n\"\n    - - \"#cloud-config\"\n      - !Ref A\n      - \"packges: [a]\"\n",
            "packges",
        ),
        (
            "a.yaml",
            "apiVersion: v1\nkind: A\nuserDataBase64: I2Nsb3VkLWNvbmZpZwpwYWNrZ2VzOiBbYV0K\n",
            "I2Nsb3VkLWNvbmZpZwpwYWNrZ2VzOiBbYV0K",
        ),
        ("a.bicep", "var data = '''\n#cloud-config\npackges: [a]\n'''\n", "packges"),
    ] {
        let report = checked(name, source, Some("cloud-init"));
        let found: Vec<(&str, &str)> = report
            .diagnostics
            .iter()
            .filter(|found| found.severity >= Severity::Warning)
            .map(|found| (found.rule, found.span.slice(source)))
            .collect();
        assert_eq!(found, [("unknown-key", words)], "{source}");
    }
}
