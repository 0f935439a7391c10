//! Inputs from the field on which the product was wrong once: what lint and the preview say of them.

#![cfg(all(feature = "cloud-init", feature = "coreos"))]
#![expect(clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use dryboot_core::units::outlook;
use dryboot_core::{
    BootProblems, CoreosTarget, LintOptions, Location, MachineDescription, Report, Target, boot_problems,
    lint,
};

fn text(case: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/coreos");
    fs::read_to_string(folder.join(format!("{case}.in"))).expect("the case")
}

fn linted(case: &str, target: Option<&str>, platform: Option<&str>) -> Report {
    let options = LintOptions {
        target: target.map(|name| Target::parse(name).expect("a target")),
        platform: platform.map(|name| Location::from_name(name).expect("a platform")).unwrap_or_default(),
        boot_problems: Some(BootProblems::Follow(boot_problems)),
        ..LintOptions::default()
    };
    lint(text(case).as_bytes(), &options)
}

/// Rules and lines of all findings.
fn found(report: &Report) -> Vec<(&'static str, usize)> {
    let line = |span: dryboot_core::Span| report.lines.line(span.start);
    report.diagnostics.iter().map(|found| (found.rule, line(found.span))).collect()
}

/// A case, the targets that it is linted for, and the rules and lines that are to be found.
type Case = (&'static str, [Option<&'static str>; 2], &'static [(&'static str, usize)]);

#[test]
fn lint_finds_the_fault_and_nothing_else() {
    let both = [Some("coreos"), Some("flatcar")];
    let auto = [None, None];
    let flatcar = [Some("flatcar"), Some("flatcar")];
    let cases: &[Case] = &[
        ("butane-gets-a-header", auto, &[("wrong-dialect", 1)]),
        (
            "comment-behind-a-value",
            both,
            &[("comment-behind-value", 9), ("comment-behind-value", 14), ("comment-behind-value", 15)],
        ),
        ("etcd2-and-fleet", both, &[("unit-not-in-image", 5), ("unit-not-in-image", 7)]),
        ("failing-unit-and-success", both, &[("unit-not-in-image", 5)]),
        ("formats-at-every-boot", both, &[("formatted-at-every-boot", 10)]),
        ("go-template-in-the-first-line", auto, &[("wrong-dialect", 1)]),
        ("header-and-config-on-one-line", both, &[("lost-line-ends", 1)]),
        ("header-and-config-on-one-line", auto, &[("not-a-mapping", 1)]),
        ("hyphens-and-no-target", auto, &[("hyphenated-key", 5)]),
        ("mime-part-with-mistakes", auto, &[("unknown-key", 8), ("hyphenated-key", 11)]),
        ("network-file-through-write-files", flatcar, &[("unread-network-file", 3)]),
        ("start-of-a-unit-that-is-gone", both, &[("unit-not-in-image", 5)]),
        ("stop-of-a-missing-unit", both, &[("unit-not-in-image", 5)]),
        (
            "unit-through-write-files",
            flatcar,
            &[
                ("unknown-directive", 6),
                ("refused-command", 8),
                ("unread-network-file", 9),
                ("unknown-unit-section", 13),
            ],
        ),
        ("user-that-the-image-has", both, &[("existing-user-fields", 4)]),
        ("variable-that-nothing-sets", both, &[("unset-variable", 8)]),
    ];
    for (case, targets, expected) in cases {
        for target in targets {
            assert_eq!(found(&linted(case, *target, None)), *expected, "{case} for {target:?}");
        }
    }
}

#[test]
fn a_boot_that_hangs_is_an_error_with_and_without_a_platform() {
    for platform in [None, Some("ec2-compat")] {
        let report = linted("deadlock-that-only-the-preview-sees", Some("coreos"), platform);
        let [hang] = &report.diagnostics[..] else { panic!("{platform:?}: {:?}", report.diagnostics) };
        assert_eq!(hang.rule, "hanging-boot");
        assert!(hang.message.ends_with("the boot hangs"), "{}", hang.message);
    }
}

#[test]
fn no_fix_is_offered_where_it_would_lose_the_text() {
    for case in ["butane-gets-a-header", "header-and-config-on-one-line", "go-template-in-the-first-line"] {
        for target in [None, Some("coreos"), Some("flatcar"), Some("cloud-init")] {
            let report = linted(case, target, None);
            let fixes: Vec<_> = report.diagnostics.iter().flat_map(|found| &found.fixes).collect();
            assert!(fixes.is_empty(), "{case} for {target:?}: {fixes:?}");
        }
    }
}

#[test]
fn the_preview_contradicts_neither_itself_nor_lint() {
    for target in [CoreosTarget::CoreOs, CoreosTarget::Flatcar] {
        let previewed = |case: &str| {
            let target = Target::Coreos(target);
            let machine = MachineDescription::default();
            let preview = dryboot_core::preview(text(case).as_bytes(), Some(&target), &machine);
            outlook(&preview.expect("a preview"))
        };
        for case in ["etcd2-and-fleet", "start-of-a-unit-that-is-gone", "stop-of-a-missing-unit"] {
            assert!(previewed(case).fails(), "{case}");
        }
        let unknown = previewed("failing-unit-and-success");
        assert!(!unknown.fails());
        assert_eq!(unknown.unknown().map(|unit| unit.name.as_str()), Some("dcoker.service"));
    }
}

#[test]
fn users_of_the_image_are_not_created() {
    let machine = MachineDescription::default();
    let preview = dryboot_core::preview(text("user-that-the-image-has").as_bytes(), None, &machine);
    let preview = preview.expect("a preview");
    assert!(!preview.machine.accounts["operator"].created, "{:?}", preview.effects);
}
