//! What a `dryboot.toml` means, and what is said about mistakes in one.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fs;
use std::path::Path;

use dryboot_config::{Config, Configs, Level, Settings, Word};
use dryboot_core::{LintOptions, Severity};

fn parse(text: &str) -> Result<Config, Vec<String>> {
    Config::parse(Path::new("/project/dryboot.toml"), text).map_err(|problems| {
        problems.into_iter().map(|problem| format!("{}: {}", problem.span.start, problem.message)).collect()
    })
}

fn settings(text: &str, path: &str) -> Settings {
    parse(text).expect("a config").settings(&Path::new("/project").join(path))
}

fn target(settings: &Settings) -> String {
    settings.target.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn every_mistake_is_reported_where_it_is_with_what_may_be_meant() {
    let text = "tagret = \"auto\"\nplatform = \"ec3\"\nembedded = \"no\"\nfail-on = \"warn\"\nexclude = [\"[\"]\n\
                rules = { needles-sudo = \"off\", unknown-key = \"silent\" }\nrequired-version = \"newest\"\n";
    let problems = parse(text).expect_err("mistakes").join("\n");
    for (place, message) in [
        ("tagret", "unknown key `tagret`: did you mean `target`?"),
        ("\"ec3\"", "unknown platform `ec3`: did you mean `ec2`?"),
        ("\"no\"", "`embedded` must be `true` or `false`, not a string"),
        ("\"warn\"", "unknown severity `warn`; valid: error, warning, info"),
        ("\"[\"", "unclosed character class; missing ']'"),
        ("needles-sudo", "unknown rule `needles-sudo`: did you mean `needless-sudo`?"),
        ("\"silent\"", "unknown level `silent`; valid: off, info, warning, error"),
        ("\"newest\"", "must be a version, such as `0.1` or `0.1.2`"),
    ] {
        let line = format!("{}: ", text.find(place).expect(place));
        let found = problems.lines().find(|found| found.starts_with(&line));
        let found = found.unwrap_or_else(|| panic!("nothing about {place}:\n{problems}"));
        assert!(found.ends_with(message), "{found}");
    }
    assert_eq!(problems.lines().count(), 8, "{problems}");
}

#[test]
fn mistakes_in_overrides_are_reported() {
    let problems = |text: &str| parse(text).expect_err("a mistake").join("\n");
    assert_eq!(
        problems("[[overrides]]\ntarget = \"flatcar\"\n"),
        "0: `paths` is missing: say which files this is for, such as `paths = [\"flatcar/**\"]`"
    );
    assert_eq!(
        problems("[[overrides]]\npaths = [\"a\"]\nbaseline = \"b\"\n"),
        "28: `baseline` holds for all files: move it to the top of the file"
    );
    assert!(problems("[overrides]\npaths = []\n").contains("write `[[overrides]]`"));
    assert!(problems("target = \n").starts_with('9'), "a syntax error has its place");
}

#[test]
fn later_overrides_outdo_earlier_ones() {
    let text = "target = \"debian-12\"\nrules = { unknown-key = \"warning\" }\n\
                [[overrides]]\npaths = [\"flatcar/**\"]\ntarget = \"flatcar\"\nrules = { needless-sudo = \"off\" }\n\
                [[overrides]]\npaths = [\"flatcar/old/*\"]\ntarget = \"coreos\"\n";
    assert_eq!(target(&settings(text, "web/user-data")), "debian-12");
    let flatcar = settings(text, "flatcar/a/b.yaml");
    assert_eq!(target(&flatcar), "flatcar");
    assert_eq!(flatcar.rules.get("needless-sudo"), Some(&Level::Off));
    assert_eq!(flatcar.rules.get("unknown-key"), Some(&Level::At(Severity::Warning)));
    assert_eq!(target(&settings(text, "flatcar/old/b.yaml")), "coreos");
    assert_eq!(target(&settings(text, "flatcar/old/a/b.yaml")), "flatcar", "`*` is within a directory");
}

#[test]
fn rules_get_their_severity_or_are_off() {
    let config = b"#cloud-config\nhostnme: a\nruncmd: [[sudo, ls]]\n";
    let found = |text: &str| {
        let report = settings(text, "user-data").lint("user-data", config, &LintOptions::default());
        report
            .diagnostics
            .iter()
            .map(|found| format!("{} {}", found.severity, found.rule))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["error unknown-key", "info needless-sudo"]);
    assert_eq!(found("rules = { unknown-key = \"info\", needless-sudo = \"off\" }"), ["info unknown-key"]);
}

#[test]
fn the_nearest_file_holds() {
    let root = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, text).expect("a file");
    };
    write("dryboot.toml", "target = \"debian-12\"\n");
    write("flatcar/dryboot.toml", "target = \"flatcar\"\n");
    write("broken/dryboot.toml", "target = 1\n");
    let mut configs = Configs::found_from(root.path());
    let mut at = |path: &str| {
        let config = configs.of(Path::new(path)).expect("a config").expect("a file");
        target(&config.settings(&configs.full(Path::new(path))))
    };
    assert_eq!(at("a/b/user-data"), "debian-12");
    assert_eq!(at("flatcar/a/../user-data"), "flatcar");
    assert_eq!(at("flatcar/../user-data"), "debian-12");
    let error = configs.of(Path::new("broken/a/user-data")).expect_err("a mistake").to_string();
    assert!(
        error.ends_with("broken/dryboot.toml:1:10: `target` must be a string, not an integer"),
        "{error}"
    );
}

#[test]
fn excluded_files_and_the_baseline_are_relative_to_the_file() {
    let config =
        parse("exclude = [\"vendor/**\", \"*.tf\"]\nbaseline = \"ci/known.json\"\n").expect("a config");
    assert!(config.excludes(Path::new("/project/vendor/a/user-data")));
    assert!(config.excludes(Path::new("/project/main.tf")));
    assert!(!config.excludes(Path::new("/project/a/main.tf")));
    assert!(!config.excludes(Path::new("/elsewhere/vendor/user-data")));
    assert_eq!(config.baseline().as_deref(), Some(Path::new("/project/ci/known.json")));
}

#[test]
fn another_version_is_refused() {
    let check = |required: &str, version: &str| {
        parse(&format!("required-version = \"{required}\"")).expect("a config").check_version(version)
    };
    assert_eq!(check("0.1", "0.1.0"), Ok(()));
    assert_eq!(check("0.1.0", "0.1.0"), Ok(()));
    assert!(
        check("0.1", "0.10.0").expect_err("another").contains("requires dryboot 0.1, and this is 0.10.0")
    );
}

/// What editors accept is what the command accepts.
#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = dryboot_config::schema::schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let accepted = "target = \"debian-12\"\nplatform = \"ec2\"\nkind = \"network-config\"\ntemplate = \"go\"\nembedded = false\n\
                    fail-on = \"info\"\nexclude = [\"a\"]\nbaseline = \"b\"\nrequired-version = \"0.1\"\n\
                    rules = { unknown-key = \"off\" }\n[[overrides]]\npaths = [\"a\"]\ntarget = \"coreos\"\n";
    for (text, is_right) in [
        (accepted, true),
        ("", true),
        ("tagret = \"auto\"\n", false),
        ("platform = \"ec3\"\n", false),
        ("embedded = 1\n", false),
        ("fail-on = \"warn\"\n", false),
        ("exclude = \"a\"\n", false),
        ("rules = { unknown-kye = \"off\" }\n", false),
        ("rules = { unknown-key = \"of\" }\n", false),
        ("[[overrides]]\ntarget = \"coreos\"\n", false),
        ("[[overrides]]\npaths = [\"a\"]\nbaseline = \"b\"\n", false),
        ("overrides = {}\n", false),
    ] {
        let value: serde_json::Value = toml::from_str(text).expect(text);
        assert_eq!(validator.is_valid(&value), is_right, "the schema on {text}");
        assert_eq!(parse(text).is_ok(), is_right, "the reader on {text}");
    }
}

#[test]
fn settings_are_shown_as_they_are_written() {
    let text = "target = \"flatcar\"\nplatform = \"ec2\"\nkind = \"user-data\"\ntemplate = \"none\"\nembedded = false\n\
                fail-on = \"info\"\n\n[rules]\nneedless-sudo = \"off\"\nunknown-key = \"warning\"\n";
    assert_eq!(settings(text, "a").to_toml(), text);
    assert!(Severity::WORDS.iter().all(|(word, _, severity)| severity.name() == *word));
}
