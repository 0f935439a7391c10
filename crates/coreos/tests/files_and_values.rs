//! What the rules about files and values say, and how bad they find it, beyond the examples of
//! their documentation.

use dryboot_coreos::Target;
use dryboot_coreos::lint::{LintOptions, lint};

/// Each finding as severity, rule and path.
fn findings(text: &str, target: Target) -> Vec<String> {
    let options = LintOptions { target: Some(target), ..LintOptions::default() };
    let report = lint(format!("#cloud-config\n{text}").as_bytes(), &options);
    let line = |found: &dryboot_lint::Diagnostic| format!("{} {} {}", found.severity, found.rule, found.path);
    report.diagnostics.iter().map(line).collect()
}

/// One file with these keys.
fn file(keys: &str) -> String {
    format!("write_files:\n  - {{{keys}}}\n")
}

fn check_both(cases: &[(String, &[&str])]) {
    for (text, wanted) in cases {
        for target in Target::ALL {
            assert_eq!(findings(text, target), *wanted, "{text} for {target}");
        }
    }
}

#[test]
fn paths_are_judged_by_where_the_file_comes_to_lie() {
    check_both(&[
        (file("path: /usr/x"), &["error read-only-path write_files[0].path"]),
        (file("path: /usr"), &["error read-only-path write_files[0].path"]),
        (file("path: /sbin/x"), &["error read-only-path write_files[0].path"]),
        (file("path: /usrlocal/x"), &["info read-only-path write_files[0].path"]),
        (file("path: /usrfile"), &[]),
        (file("path: /usr/share/oem/x"), &["warning read-only-path write_files[0].path"]),
        (file("path: /usr/../etc/x"), &["warning relative-path write_files[0].path"]),
        (file("path: /etc/x/"), &["info relative-path write_files[0].path"]),
        (file("path: /.."), &["error missing-path write_files[0].path"]),
        (file("path: ~"), &["error missing-path write_files[0].path"]),
        (
            file("path: usr/x"),
            &["error read-only-path write_files[0].path", "warning relative-path write_files[0].path"],
        ),
    ]);
}

#[test]
fn permissions_are_judged_by_the_mode_that_comes_out() {
    check_both(&[
        (file("path: /x, permissions: 0644"), &[]),
        (file("path: /x, permissions: \"\""), &[]),
        (file("path: /x, permissions: 493"), &["error invalid-permissions write_files[0].permissions"]),
        (file("path: /x, permissions: 420"), &["warning misread-permissions write_files[0].permissions"]),
        (
            file("path: /x, permissions: 7"),
            &[
                "warning misread-permissions write_files[0].permissions",
                "info world-writable-file write_files[0].permissions",
            ],
        ),
        (file("path: /x, permissions: +644"), &["info misread-permissions write_files[0].permissions"]),
        (file("path: /x, permissions: 1755"), &["warning lost-permission-bits write_files[0].permissions"]),
    ]);
}

#[test]
fn content_without_anything_to_decode_is_told_apart() {
    check_both(&[
        (file("path: /x, encoding: b64"), &["warning undecodable-content write_files[0].encoding"]),
        (file("path: /x, encoding: b64, content: ''"), &[]),
        (file("path: /x, encoding: gz"), &["error undecodable-content write_files[0].encoding"]),
        (
            file("path: /x, encoding: gz+b64, content: H4sIAAAAAAACA8tIzcnJ"),
            &["warning undecodable-content write_files[0].content"],
        ),
    ]);
}

#[test]
fn generated_files_win_and_a_file_for_the_environment_stays() {
    check_both(&[
        (
            format!("coreos: {{oem: {{id: x}}}}\n{}", file("path: /etc/oem-release")),
            &["warning duplicate-path write_files[0].path"],
        ),
        (format!("coreos: {{oem: {{name: x}}}}\n{}", file("path: /etc/oem-release")), &[]),
        (file("path: /etc/environment"), &["info duplicate-path write_files[0].path"]),
        (file("path: etc/environment"), &["warning relative-path write_files[0].path"]),
    ]);
}

#[test]
fn words_for_booleans_depend_on_the_target() {
    let unit = |enable| format!("coreos:\n  units:\n    - {{name: x.service, enable: {enable}}}\n");
    let none = Vec::new();
    let (info, error) = (
        vec!["info yaml11-boolean coreos.units[0].enable"],
        vec!["error type-mismatch coreos.units[0].enable"],
    );
    for (word, coreos, flatcar) in [
        ("yes", &none, &info),
        ("'yes'", &error, &info),
        ("yEs", &error, &error),
        ("t", &error, &error),
        ("1", &error, &error),
        ("!!str yes", &error, &error),
    ] {
        assert_eq!(findings(&unit(word), Target::CoreOs), *coreos, "{word} for CoreOS");
        assert_eq!(findings(&unit(word), Target::Flatcar), *flatcar, "{word} for Flatcar");
    }
}

#[test]
fn secrets_are_not_repeated_in_words() {
    let text = "#cloud-config\nwrite_files:\n  - path: /etc/x\n    content: |\n      DB_PASSWORD=hunter2hunter2\n      \
                -----BEGIN PRIVATE KEY-----\n      MC4CAQAwBQYDK2VwBCIEIhunter2\n      \
                curl https://me:hunter2@example.com\ncoreos:\n  fleet: {etcd_password: hunter2}\n";
    for target in Target::ALL {
        let report = lint(text.as_bytes(), &LintOptions { target: Some(target), ..LintOptions::default() });
        let secrets = report.diagnostics.iter().filter(|found| found.rule == "secret-in-plain-sight");
        assert_eq!(secrets.count(), 4);
        assert!(!format!("{:?}", report.diagnostics).contains("hunter2"), "{:#?}", report.diagnostics);
    }
}
