//! The rules about users, access and host names: what else they find, and where they keep quiet.

use dryboot_cloud_init::lint::lint;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Safety, apply_fixes};
use dryboot_schema::Release;

const NEWEST: Release = Release::new(26, 2);

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOf8CvDkZprYtKtiJWZ9n5CbI5f1v0/rE+pj/w7YeqmR ops";
const HASH: &str = "$5$saltsalt$yq1e3uCn05golCpAZpAtIJ0t3Ir9d/WUXXo2ps/jrkD";

/// The findings in a text, in which `KEY` and `HASH` stand for a key and a hash that work.
fn found(text: &str, release: Release) -> Vec<Diagnostic> {
    let subject = Subject::new(Kind::UserData, release);
    lint(whole(text).as_bytes(), &subject, &|_| true).diagnostics
}

fn whole(text: &str) -> String {
    format!("#cloud-config\n{}", text.replace("KEY", KEY).replace("HASH", HASH))
}

fn rules(text: &str) -> Vec<&'static str> {
    found(text, NEWEST).iter().map(|diagnostic| diagnostic.rule).collect()
}

#[test]
fn what_works_is_left_alone() {
    for text in [
        "users: []\n",
        "users:\n  - {name: me, plain_text_passwd: '', lock_passwd: false}\n",
        "users:\n  - {name: me, groups: [sudo]}\nwrite_files:\n  - {path: /etc/wsl.conf, content: default=me}\n",
        "password: RANDOM\nchpasswd: {expire: true}\n",
        "users:\n  - default\n",
        "users: default\n",
        "user: {name: me}\nusers:\n  - name: app\n",
        "user: me\nssh_authorized_keys: [KEY]\n",
        "users:\n  - name: ops\n    ssh_import_id: [gh:octocat]\n",
        "users:\n  - snapuser: me@example.com\n",
        "users:\n  - name: app\n  - name: ops\n    lock_passwd: false\n    passwd: HASH\n",
        "users:\n  - name: app\nchpasswd:\n  expire: false\n  users:\n    - {name: app, type: RANDOM}\n",
        "users:\n  - name: root\n    ssh_authorized_keys: [KEY]\ndisable_root: false\n",
        "users:\n  - name: app\nssh_authorized_keys: [KEY]\ndisable_root: false\n",
        "users:\n  - name: app\nruncmd:\n  - useradd -m other\n",
        "users:\n  - &one\n    name: ops\n    ssh_authorized_keys: [KEY]\n  - <<: *one\n    name: dev\n",
        "users:\n  - name: ops\n    groups: [sudo]\n    doas: [permit nopass ops]\n    ssh_authorized_keys: [KEY]\n",
        "users:\n  - default\n  - name: backup\n    system: true\n    no_create_home: true\n    sudo: null\n",
        "users:\n  - default\n  - name: ops\n    passwd: '!HASH'\n",
        "users:\n  - default\n  - name: ops\n    passwd: ${hash}\n    lock_passwd: false\n",
        "users:\n  - default\n  - name: ops\n    ssh_authorized_keys:\n      - ${key}\n",
        "users:\n  - default\n  - name: ops\n    ssh_authorized_keys:\n      - from=\"10.0.0.0/8\" KEY\n",
        "ssh_authorized_keys:\n  - |\n    KEY\n    KEY\n",
        "password: HASH\nchpasswd: {expire: false}\nssh_pwauth: true\n",
        "password: HASH\nchpasswd: {expire: true}\nssh_pwauth: off\n",
        "ssh_pwauth: no\n",
        "hostname: web1.example.com\nmanage_etc_hosts: true\n",
        "hostname: Web1\nfqdn: web1.example.com\nprefer_fqdn_over_hostname: true\n",
        "preserve_hostname: true\nmanage_etc_hosts: localhost\nruncmd:\n  - echo a >> /etc/hosts\n",
        "preserve_hostname: true\nwrite_files:\n  - {path: /etc/hostname, content: web1}\n",
        "ssh_pwauth: false\nwrite_files:\n  - {path: /etc/ssh/sshd_config, append: true, content: Port 4444}\n",
        "ssh_pwauth: false\nwrite_files:\n  - {path: /etc/ssh/sshd_config.d/a, content: PasswordAuthentication yes}\n",
    ] {
        assert_eq!(rules(text), [""; 0], "{}", whole(text));
    }
}

#[test]
fn every_form_of_users_is_read() {
    for (text, expected) in [
        ("users: app,web\n", vec!["users-without-default"]),
        ("users:\n  - [app, web]\n", vec!["users-without-default"]),
        ("users:\n  app: {gecos: x}\n  web: true\n", vec!["users-without-default"]),
        (
            "users:\n  - name: app\n    ssh_authorized_keys: []\n",
            vec!["users-without-default", "invalid-value"],
        ),
        ("user: {name: me, plain_text_passwd: hunter2}\n", vec!["locked-password", "plain-text-password"]),
        (
            "users:\n  - default\n  - {name: a, ssh-import-id: [None]}\n",
            vec!["deprecated-key", "invalid-import-id"],
        ),
        ("users: [a]\nssh_import_id: [gh:octocat]\n", vec!["users-without-default", "keys-for-nobody"]),
    ] {
        let mut found = rules(text);
        let mut expected = expected;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", whole(text));
    }
}

#[test]
fn a_locked_password_is_one_that_nothing_unlocks() {
    let locked = |text: &str| rules(text).contains(&"locked-password");
    assert!(locked("users:\n  - default\n  - {name: a, passwd: HASH}\n"));
    assert!(locked("users:\n  - default\n  - {name: a, hashed_passwd: HASH, lock_passwd: true}\n"));
    assert!(!locked("users:\n  - default\n  - {name: a, passwd: HASH, lock_passwd: false}\n"));
    assert!(!locked("users:\n  - default\n  - {name: a, passwd: HASH, lock-passwd: false}\n"));
    assert!(!locked("users:\n  - default\n  - {name: a, passwd: HASH}\nchpasswd: {list: ['a:HASH']}\n"));
    assert!(!locked("users:\n  - default\n  - {name: a, passwd: HASH}\nruncmd: [passwd -u a]\n"));
}

#[test]
fn passwords_in_lists_are_told_from_hashes_as_cloud_init_does() {
    let rules = |password: &str| {
        let text = format!("chpasswd:\n  expire: false\n  list:\n    - root:{password}\n");
        let about: Vec<&str> = rules(&text).into_iter().filter(|rule| rule.contains("password")).collect();
        about
    };
    assert_eq!(rules("hunter2"), ["plain-text-password"]);
    assert_eq!(rules("RANDOM"), [""; 0]);
    assert_eq!(rules("HASH"), [""; 0]);
    assert_eq!(rules("$1$yU.61SYd$iOClnLimC/ToUxPQzIKPY/"), ["weak-password-hash"]);
    assert_eq!(rules("$y$j9T$salt$yq1e3uCn05golCpAZpAtIJ0t3Ir9d/WUXXo2ps/jrkD"), ["invalid-password-hash"]);
}

#[test]
fn no_message_has_a_secret() {
    let secret = "hunter2secret";
    let number = "918273645";
    for text in [
        format!("password: {secret}\n"),
        format!("password: {number}\n"),
        format!("password: {secret}\nusers: [{{name: a}}]\n"),
        format!("users:\n  - name: a\n    passwd: {secret}\n    plain_text_passwd: {secret}\n"),
        format!("users:\n  - name: a\n    passwd: {number}\n    ssh_pwauth: true\n"),
        format!("users:\n  - name: a\n    passwd: [{secret}]\n"),
        format!("chpasswd:\n  list: |\n    a:{secret}\n    b:$6$salt${secret}\n"),
        format!("chpasswd:\n  list: ['{secret}']\n"),
        format!("chpasswd:\n  users:\n    - {{name: a, password: {secret}, type: txt}}\n"),
        format!("chpasswd:\n  users:\n    - {{name: a, password: {number}}}\n"),
        format!("password: {secret}\nchpasswd: {{list: ['a:{secret}']}}\n"),
    ] {
        let diagnostics = found(&text, NEWEST);
        assert!(!diagnostics.is_empty(), "{text}");
        for diagnostic in diagnostics {
            let mut words = vec![diagnostic.message, diagnostic.path];
            words.extend(diagnostic.help);
            words.extend(diagnostic.labels.into_iter().map(|label| label.message));
            words.extend(diagnostic.fixes.into_iter().map(|fix| fix.title));
            for word in words {
                assert!(!word.contains(secret) && !word.contains(number), "{word} for\n{text}");
            }
        }
    }
}

#[test]
fn passwords_are_hidden_where_they_are_shown() {
    let text = "password: 123456\nuser: {name: a, passwd: hunter2}\nchpasswd:\n  list: |\n    a:hunter3\n    b:hunter4\n";
    let secrets: Vec<String> = found(text, NEWEST)
        .iter()
        .filter(|diagnostic| diagnostic.is_secret())
        .map(|diagnostic| diagnostic.span.slice(&whole(text)).to_owned())
        .collect();
    for secret in ["123456", "hunter2", "hunter3", "hunter4"] {
        assert!(secrets.iter().any(|found| found == secret), "{secret} in {secrets:?}");
    }
}

#[test]
fn fixes_keep_every_line_and_lead_to_the_end() {
    for text in [
        "users:\n# me\n- name: ops # first\n  gecos: x\n",
        "users: [ops, {name: web}] # two\n",
        "users:\n  - default\n  - name: ops\n    passwd: HASH # old\n    shell: /bin/sh\n",
        "users:\n  - default\n  - passwd: HASH\n    name: ops\n",
        "users:\n  - default\n  - {name: ops, sudo: true}\n",
        "chpasswd: {list: ['a:HASH']}\n",
        "chpasswd:\n  users:\n  - password: hunter2\n    name: a\n",
    ] {
        let mut now = whole(text);
        for _ in 0..6 {
            let body = now["#cloud-config\n".len()..].to_owned();
            let (next, count) = apply_fixes(&now, &found(&body, NEWEST), Safety::Unsafe);
            now = next;
            if count == 0 {
                break;
            }
        }
        let body = &now["#cloud-config\n".len()..];
        let left = found(body, NEWEST);
        assert!(left.iter().all(|diagnostic| diagnostic.fixes.is_empty()), "{left:#?} in\n{now}");
        for line in whole(text).lines().filter(|line| line.contains('#')) {
            let comment = &line[line.find('#').unwrap_or_default()..];
            assert!(now.contains(comment), "{comment} in\n{now}");
        }
        assert!(now.lines().count() >= whole(text).lines().count(), "{now}");
    }
}

#[test]
fn older_releases_know_no_file_for_sshd_of_their_own() {
    let text = "ssh_pwauth: false\nwrite_files:\n  - path: /etc/ssh/sshd_config.d/90-a.conf\n    content: PasswordAuthentication yes\n";
    let message =
        |release| found(text, release).pop().map(|diagnostic| diagnostic.message).unwrap_or_default();
    assert!(message(NEWEST).contains("in this file has no effect"), "{}", message(NEWEST));
    let old = Release::new(22, 1);
    assert!(message(old).contains("`ssh_pwauth: false` has no effect"), "{}", message(old));
}

#[test]
fn rules_speak_of_the_release_that_reads_the_text() {
    let has =
        |text: &str, release, rule| found(text, release).iter().any(|diagnostic| diagnostic.rule == rule);
    let system = "users:\n  - default\n  - {name: a, system: true, ssh_authorized_keys: [KEY]}\n";
    assert!(has(system, Release::new(22, 2), "failing-user"));
    assert!(!has(system, Release::new(22, 1), "failing-user"));
    let both = "password: HASH\nchpasswd:\n  expire: false\n  users:\n    - {name: a, password: HASH}\n";
    assert!(has(both, Release::new(22, 3), "ignored-password"));
    assert!(!has(both, Release::new(22, 2), "ignored-password"));
}
