//! What the rules about the text, its keys and its values say, and what they leave alone.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_cloud_init::lint::lint;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Safety, Severity, apply_fixes};

/// What is found in a text for a target.
fn found(target: &str, text: &str) -> Vec<Diagnostic> {
    let target = Target::parse(target).expect("a target");
    let subject =
        Subject { distribution: target.distribution, ..Subject::new(Kind::UserData, target.release) };
    lint(text.as_bytes(), &subject, &|_| true).diagnostics
}

fn rules(target: &str, text: &str) -> Vec<&'static str> {
    found(target, text).iter().map(|diagnostic| diagnostic.rule).collect()
}

/// The messages and helps about a config for a target.
fn said(target: &str, config: &str) -> String {
    let lines = found(target, &format!("#cloud-config\n{config}")).into_iter().map(|diagnostic| {
        let Diagnostic { rule, message, help, .. } = diagnostic;
        format!("{rule}: {message} ({})\n", help.unwrap_or_default())
    });
    lines.collect()
}

#[test]
fn what_works_is_left_alone() {
    for config in [
        "runcmd:\n  - cd /opt/x\n  - export A=b\n  - ./run\n",
        "runcmd:\n  - # comment\n  - ls\n",
        "runcmd:\n  - >\n    one long\n    command\n",
        "write_files:\n  - path: /a\n    content: |\n      ---\n      a: b\n",
        "write_files:\n  - {path: /a, content: b, permissions: 0o770}\n",
        "package_update: yes\nssh_pwauth: off\n",
        "mounts:\n  - [/dev/vdb, /data]\n",
        "runcmd:\n  - curl http://host:8080\n  - date +12:30\n",
        "runcmd:\n  - docker ps --format '{{.Status}}'\n  - echo ${HOME} $USER\n",
        "apt:\n  sources:\n    a.list: {source: 'deb $MIRROR $RELEASE main'}\n",
        "final_message: ready after $UPTIME seconds\n",
        "autoinstall:\n  version: 1\n  identity: {hostname: a, username: b, password: c}\n  late-commands: \
         []\n",
        "locale: false\n",
        "write_files:\n  - &file\n    path: /a\n    content: b\n  - <<: *file\n    path: /c\n",
        "write_files:\n  - path: /etc/compose.yaml\n    content: |\n      services:\n        a: {image: b}\n",
        "yum_repos:\n  epel:\n    name: EPEL\n    baseurl: http://example.com\n    gpgcheck: true\n    \
         exclude: a\n",
        "puppet:\n  conf:\n    agent: {server: a, anything: b}\n",
        "ntp:\n",
        "disk_setup:\n  /dev/vdb: {table_type: gpt, layout: true}\n",
        "timezone: ''\n",
    ] {
        let text = format!("#cloud-config\n{config}");
        let alarms: Vec<Diagnostic> = found("cloud-init", &text)
            .into_iter()
            .filter(|diagnostic| diagnostic.severity > Severity::Info)
            .collect();
        assert!(alarms.is_empty(), "{text}{alarms:#?}");
    }
}

#[test]
fn headers_in_any_case_and_behind_blanks_are_fine() {
    for text in [
        "#Cloud-Config\nhostname: a\n",
        "\n \n#cloud-config\r\nhostname: a\r\n",
        "#cloud-config\n{\"hostname\": \"a\"}\n",
    ] {
        assert_eq!(rules("cloud-init", text), [""; 0], "{text}");
    }
    for text in ["#!/bin/sh\necho a\n", "#include\nhttps://example.com\n", "#cloud-config-archive\n- a\n"] {
        assert_eq!(rules("cloud-init", text), [""; 0], "{text}");
        assert_eq!(rules("debian-12", text), [""; 0], "{text}");
    }
}

#[test]
fn an_older_release_is_said_what_it_does() {
    for (target, config, expected) in [
        ("debian-12", "write_files:\n  - {path: /a, source: {uri: http://b}}\n", "22.4.2 downloads nothing"),
        ("debian-11", "chpasswd:\n  users:\n    - {name: a, password: b}\n", "use `chpasswd.list`"),
        ("debian-12", "packages:\n  - apt: [a]\n", "installs no package at all"),
        ("debian-12", "ubuntu_pro: {token: a}\n", "use `ubuntu_advantage`"),
        ("debian-11", "ca_certs: {remove_defaults: true}\n", "use `ca-certs`"),
        ("rhel-9", "rh_subscription: {activation_key: a, org: 'b'}\n", "does not register the machine"),
        ("rhel-9", "rh_subscription: {activation_key: a, org: 'b'}\n", "use `activation-key`"),
        ("debian-11", "users:\n  - default\n  - {name: a, uid: 1500}\n", "put the number in quotes"),
        ("debian-11", "runcmd:\n  -\n  - ls\n", "runs none of the commands"),
        ("cloud-init", "snappy: {}\n", "cloud-init 20.1 removed `snappy`"),
        ("amazon-2", "rpi: {}\n", "was added in cloud-init 25.2: 19.3 ignores it"),
    ] {
        let said = said(target, config);
        assert!(said.contains("unsupported-by-release") && said.contains(expected), "{config}{said}");
        let newest = rules("cloud-init", &format!("#cloud-config\n{config}"));
        let is_old = target == "cloud-init";
        assert_eq!(newest.contains(&"unsupported-by-release"), is_old, "{config}{newest:?}");
    }
}

#[test]
fn what_does_not_run_does_not_fail() {
    for (target, config, expected) in [
        ("ubuntu-24.04", "wireguard:\n  interfaces:\n    - {name: wg0}\n", "failing-module"),
        ("rhel-9", "wireguard:\n  interfaces:\n    - {name: wg0}\n", "unused-on-distribution"),
        ("debian-13", "ansible: {install_method: pip}\n", "failing-module"),
        ("debian-12", "ansible: {install_method: pip}\n", "unused-on-distribution"),
        ("rocky-9", "ca_certs: {remove_defaults: true}\n", "unused-on-distribution"),
    ] {
        assert_eq!(rules(target, &format!("#cloud-config\n{config}")), [expected], "{target}: {config}");
    }
    assert_eq!(rules("fedora-43", "#cloud-config\nca_certs: {remove_defaults: true}\n"), [""; 0]);
}

#[test]
fn a_key_of_old_releases_that_still_works_is_a_warning_alone() {
    let config = "#cloud-config\napt_proxy: http://a\n";
    assert_eq!(rules("cloud-init", config), ["old-apt-key"]);
    assert_eq!(rules("debian-12", config), ["old-apt-key"]);
    assert_eq!(rules("debian-11", config), [""; 0]);
}

#[test]
fn what_works_although_the_validator_objects_is_no_error() {
    let said = said("debian-12", "users:\n  - default\n  - name: a\n    primary-group: b\n");
    assert!(said.contains("22.4.2 supports `primary-group`, but its validator rejects it"), "{said}");
    assert_eq!(rules("cloud-init@20.4.1", "#cloud-config\nautoinstall: {version: 1}\n"), [""; 0]);
    assert_eq!(rules("amazon-2023", "#cloud-config\nrepo_upgrade: security\n"), [""; 0]);
}

#[test]
fn a_key_says_where_it_belongs() {
    for (config, expected) in [
        ("users:\n  - name: a\n    ssh_pwauth: true\n", "`ssh_pwauth` belongs at the top level"),
        ("users:\n  - name: a\n    chpasswd: {expire: false}\n", "`chpasswd` belongs at the top level"),
        ("chpasswd:\n  user: []\n", "did you mean `users`?"),
        ("users:\n  - name: a\n    password: b\n", "did you mean `plain_text_passwd`?"),
        ("users:\n  - name: a\n    home: /b\n", "did you mean `homedir`?"),
        ("lock_passwd: false\n", "`lock_passwd` belongs in `users[]`"),
        ("permissions: '0644'\n", "`permissions` belongs in `write_files[]`"),
        ("write_files:\n  - {path: /a, mode: '0644'}\n", "did you mean `permissions`?"),
        ("preserv_hostname: true\n", "did you mean `preserve_hostname`?"),
        ("enable_ssh: true\n", "Raspberry Pi Imager"),
        ("x-common: &a {b: c}\n", "the validator rejects keys that only hold anchors"),
        ("packages:\n  - libc6: 2.36\n", "a version is written as `[NAME, VERSION]`"),
        ("\u{a0}\u{a0}hostname: a\n", "no-break space"),
    ] {
        let said = said("cloud-init", config);
        assert!(said.contains("unknown-key") && said.contains(expected), "{config}{said}");
        assert!(!said.contains("type-mismatch"), "{config}{said}");
    }
}

#[test]
fn another_format_is_named_once() {
    for (text, expected) in [
        ("#cloud-config\ncoreos:\n  units: []\n", "CoreOS or Flatcar"),
        ("#cloud-config\nvariant: fcos\nversion: 1.5.0\nstorage: {}\npasswd: {}\n", "a Butane config"),
        ("variant: fcos\nversion: 1.5.0\nstorage: {}\n", "a Butane config"),
        ("{\"ignition\": {\"version\": \"3.4.0\"}}\n", "an Ignition config"),
        ("#cloud-config\nethernets: {eth0: {dhcp4: true}}\nversion: 2\n", "a network configuration"),
        ("apiVersion: v1\nkind: Secret\n", "a Kubernetes manifest"),
        ("services:\n  a: {image: b}\nvolumes: {}\n", "a Docker Compose file"),
        ("- hosts: all\n  tasks: []\n", "an Ansible playbook"),
        ("#cloud-config\n- hosts: all\n  tasks: []\n", "an Ansible playbook"),
        ("d-i debian-installer/locale string en_US\n", "a preseed file"),
        ("<powershell>\n", "a PowerShell script"),
        ("```yaml\n#cloud-config\n```\n", "Markdown"),
    ] {
        let found = found("cloud-init", text);
        let messages: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert!(found.iter().all(|diagnostic| diagnostic.rule == "wrong-dialect"), "{text}{messages:?}");
        assert!(messages.len() == 1 && messages[0].contains(expected), "{text}{messages:?}");
    }
}

/// Unsafe fixes included, no line is lost but those that a fix says it removes.
#[test]
fn fixes_lead_to_a_text_without_the_fault() {
    for (text, rule, expected) in [
        (
            "#cloud-config\nruncmd:\n- a # one\n\n# two\n- b\npackages: [x]\nruncmd:\n- c\n# end\n",
            "duplicate-key",
            "#cloud-config\nruncmd:\n- a # one\n\n# two\n- b\n- c\npackages: [x]\n# end\n",
        ),
        (
            "#cloud-config\nruncmd:\n- |\n  a\n  b\npackages: [x]\nruncmd:\n- c",
            "duplicate-key",
            "#cloud-config\nruncmd:\n- |\n  a\n  b\n- c\npackages: [x]\n",
        ),
        (
            "#cloud-config\nwrite_files:\n  - path: /a\n    path: /b\n",
            "duplicate-key",
            // A key after a dash does not stand on its line alone.
            "#cloud-config\nwrite_files:\n  - path: /a\n    path: /b\n",
        ),
        ("\u{feff}#cloud-config\nhostname: a\n", "missing-header", "#cloud-config\nhostname: a\n"),
        (
            "# mine\n\n#cloud-config\nhostname: a # b\n",
            "missing-header",
            "#cloud-config\n# mine\n\nhostname: a # b\n",
        ),
        ("#cloud-config\nfqdn: a: b # c\n", "yaml-syntax", "#cloud-config\nfqdn: a: b # c\n"),
        (
            "#cloud-config\nfinal_message: it's a: b\nfqdn: c\n",
            "yaml-syntax",
            "#cloud-config\nfinal_message: 'it''s a: b'\nfqdn: c\n",
        ),
        (
            "#cloud-config\nruncmd:\n  - sed 's/^a: b$/x: y/' f\n  - ls\n",
            "yaml-syntax",
            "#cloud-config\nruncmd:\n  - 'sed ''s/^a: b$/x: y/'' f'\n  - ls\n",
        ),
        (
            "#cloud-config\nusers:\n  - {name: a, hom: /b, homedir: /c}\n",
            "unknown-key",
            "#cloud-config\nusers:\n  - {name: a, hom: /b, homedir: /c}\n",
        ),
    ] {
        let found: Vec<Diagnostic> =
            found("cloud-init", text).into_iter().filter(|diagnostic| diagnostic.rule == rule).collect();
        assert!(!found.is_empty(), "{text}");
        assert_eq!(apply_fixes(text, &found, Safety::Unsafe).0, expected, "{rule}");
    }
}

#[test]
fn a_text_that_is_packed_says_so() {
    for (text, expected) in [
        ("I2Nsb3VkLWNvbmZpZwpwYWNrYWdlczogW25naW54XQo=\n", "this is base64"),
        ("Content-Type: multipart/mixed; boundary=\"B\"\n\n--B\n", "MIME-Version: 1.0"),
    ] {
        let help = found("cloud-init", text).into_iter().find_map(|diagnostic| diagnostic.help);
        assert!(help.is_some_and(|help| help.contains(expected)), "{text}");
    }
}
