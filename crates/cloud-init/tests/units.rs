//! The rules about units that `write_files` writes: where their findings stand, and for which machine they hold.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_cloud_init::report::report;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Safety, Severity, apply_fixes};

/// The findings in a text without its header, for a target.
fn found(text: &str, target: &str) -> (String, Vec<Diagnostic>) {
    let text = format!("#cloud-config\n{text}");
    let target = Target::parse(target).expect("a target");
    let subject = Subject::new(Kind::UserData, target.release);
    let found = report(text.as_bytes(), &target, &subject, &|_| true).diagnostics;
    (text, found)
}

/// The rules of the findings in a unit with this content, of the section `[Service]` with a command.
fn service(lines: &str, target: &str) -> Vec<&'static str> {
    let lines: String = lines.lines().map(|line| format!("      {line}\n")).collect();
    let file = "write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Service]\n";
    let (_, found) = found(&format!("{file}      ExecStart=/opt/bin/app\n{lines}"), target);
    found.iter().map(|found| found.rule).collect()
}

#[test]
fn findings_stand_where_the_unit_has_them() {
    for (file, rule, place) in [
        (
            "  - path: /etc/systemd/system/app.service\n    content: |\n      [Unit]\n      Afetr=docker.service\n      \
             [Service]\n      ExecStart=opt/bin/app\n",
            "unknown-directive",
            "Afetr",
        ),
        (
            "  - content: |2\n\n        [Service]\n        ExecStart=/opt/bin/app\n        Restart=alwys\n    path: \
             /lib/systemd/system/app.service\n",
            "invalid-directive-value",
            "alwys",
        ),
        (
            "  - path: //etc/systemd/./system/app.service\n    content: |-\n      [Service]\r\n      \
             ExecStart=opt/bin/app\r\n",
            "refused-command",
            "opt/bin/app",
        ),
        (
            "  - path: /etc/systemd/network/10-lan.network\n    content: |\n      [Netwrok]\n      DHCP=yes\n",
            "unknown-unit-section",
            "[Netwrok]",
        ),
        (
            "  - path: /run/systemd/system/docker.service.d/10.conf\n    content: |\n      [Unit]\n      After=network\n",
            "invalid-dependency-name",
            "network",
        ),
        (
            "  - path: /etc/systemd/system/app.service\n    content: |\n      [Unit]\n      Description=App\n",
            "incomplete-unit",
            "/etc/systemd/system/app.service",
        ),
        (
            "  - path: /etc/systemd/system/app.service\n    content: >\n      [Unit]\n      Description=App\n",
            "unit-content-not-ini",
            "[Unit]",
        ),
        (
            "  - path: /etc/systemd/system/app.service\n    content: \"[Unit]\\nAfetr=a.service\\n[Service]\\nExecStart=/bin/a\"\n",
            "unknown-directive",
            "\"[Unit]\\nAfetr=a.service\\n[Service]\\nExecStart=/bin/a\"",
        ),
        (
            "  - path: /etc/systemd/system/app.service\n    encoding: b64\n    content: \
             W1NlcnZpY2VdCkV4ZWNTdGFydD0vYmluL2EKUmVzdHJhdD15ZXMK\n",
            "unknown-directive",
            "W1NlcnZpY2VdCkV4ZWNTdGFydD0vYmluL2EKUmVzdHJhdD15ZXMK",
        ),
    ] {
        let (text, found) = found(&format!("write_files:\n{file}"), "cloud-init");
        let places: Vec<&str> =
            found.iter().filter(|found| found.rule == rule).map(|found| found.span.slice(&text)).collect();
        assert_eq!(places, [place], "{file}{found:?}");
    }
}

#[test]
fn the_distribution_decides_which_systemd_reads_a_unit() {
    // `RestartSteps=` came with 254.
    assert_eq!(service("RestartSteps=5", "debian-12"), ["unknown-directive"]);
    for target in ["cloud-init", "ubuntu-24.04", "sles-15", "arch"] {
        assert!(service("RestartSteps=5", target).is_empty(), "{target}");
    }
    // RHEL brings directives of later releases to its own.
    assert!(service("RestartSteps=5", "rhel-9.4").is_empty());
    // A oneshot may have some values since 244.
    let oneshot = "Type=oneshot\nRestart=on-failure";
    assert_eq!(service(oneshot, "rhel-8.10"), ["oneshot-restart"]);
    assert!(service(oneshot, "cloud-init").is_empty());
    assert!(service("Restrat=always", "alpine-3.22").is_empty());
}

#[test]
fn a_unit_that_is_not_known_whole_is_not_judged() {
    let unit = "write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Unit]\n      After=b.service\n";
    let path = "  - path: /etc/systemd/system/app.service\n";
    for more in [
        // Another entry goes on with it.
        format!("{path}    append: true\n    content: |\n      [Service]\n      ExecStart=/bin/a\n"),
        // The drop-in has what the unit lacks.
        "  - path: /etc/systemd/system/app.service.d/a.conf\n    content: |\n      [Service]\n      ExecStart=/bin/a\n".to_owned(),
    ] {
        let (_, found) = found(&format!("{unit}{more}"), "cloud-init");
        let rules: Vec<&str> = found.iter().map(|found| found.rule).collect();
        assert!(!rules.contains(&"incomplete-unit"), "{more}{found:?}");
    }
    // Another program fills in lines, whatever the text is called.
    for lines in [
        "${unit}",
        "      {{ unit }}",
        "[Service]\n      %{ for a in b }\n      ExecStart=x/${a}\n      %{ endfor }",
    ] {
        let file = "write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      ";
        let (_, found) = found(&format!("{file}{}\n", lines.trim_start()), "cloud-init");
        assert!(found.iter().all(|found| found.rule == "unfilled-template"), "{lines}{found:?}");
    }
    // What is downloaded comes before what is written.
    let (_, found) = found(
        "write_files:\n  - path: /etc/systemd/system/app.service\n    content: nothing\n    source: {uri: 'https://a/b'}\n",
        "cloud-init",
    );
    assert!(found.iter().all(|found| found.severity < Severity::Warning), "{found:?}");
}

#[test]
fn a_comment_is_all_there_is_to_say_about_its_value() {
    let lines = "Restart=always # or not\nUser=app # b\nTimeoutStopSec=5 # c\nRestart=alwys\nType=a # d";
    let found = service(lines, "cloud-init");
    let count = |rule: &str| found.iter().filter(|found| **found == rule).count();
    assert_eq!((count("comment-behind-value"), count("invalid-directive-value")), (4, 1), "{found:?}");
}

#[test]
fn what_another_program_fills_first_is_left_alone() {
    for lines in ["RestartSec={{ delay }}", "After=<%= name %>", "Restart=%{ if a }always%{ endif }"] {
        assert!(!service(lines, "cloud-init").contains(&"invalid-directive-value"), "{lines}");
    }
    let unit = "write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Service]\n      \
                ExecStart=/opt/bin/app ${port}\n      Restart=${restart}\n";
    let rules =
        |text: &str| -> Vec<&str> { found(text, "cloud-init").1.iter().map(|found| found.rule).collect() };
    assert_eq!(rules(unit), ["unset-variable", "invalid-directive-value"]);
    assert_eq!(rules(&format!("hostname: ${{name}}\n{unit}")), ["unfilled-template"]);
}

#[test]
fn what_systemd_does_not_read_is_no_unit() {
    for path in [
        "/etc/systemd/system.conf",
        "/etc/systemd/system/multi-user.target.wants/app.service",
        "/etc/systemd/system/README",
        "/etc/systemd/user/app.service",
        "/opt/app.service",
    ] {
        let (_, found) =
            found(&format!("write_files:\n  - {{path: {path}, content: Nonsense}}\n"), "cloud-init");
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn fixes_change_the_unit_in_its_place() {
    for (before, after) in [
        ("Restrat=always", "Restart=always"),
        ("User=app   # not root", "# not root\n      User=app"),
        ("Type=oneshoot", "Type=oneshot"),
    ] {
        let text = |line: &str| {
            format!(
                "write_files:\n  - path: /etc/systemd/system/app.service\n    content: |\n      [Service]\n      \
                 ExecStart=/opt/bin/app\n      {line}\n"
            )
        };
        let (config, found) = found(&text(before), "cloud-init");
        let (fixed, _) = apply_fixes(&config, &found, Safety::Unsafe);
        assert_eq!(fixed, format!("#cloud-config\n{}", text(after)));
    }
}
