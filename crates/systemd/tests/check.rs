//! What is wrong in a file, where the releases differ, too.

use dryboot_systemd::check::{Role, check};
use dryboot_systemd::graph::Graph;
use dryboot_systemd::load::Catalog;
use dryboot_systemd::transaction::{Action, State, plan};
use dryboot_systemd::{Effort, Release};
use dryboot_testing::Tries;

const TEXTS: Tries<usize> = Tries { everyday: 20_000, thorough: 200_000 };

/// The faults of a file: the text that each is about, and what it is; with `!` when systemd refuses
/// the unit for it.
fn faults(text: &str, unit: &str, role: Role, release: Release) -> Vec<String> {
    let told = check(text, unit, role, release);
    let told = told.iter().map(|fault| {
        let mark = if fault.refuses(release) { "!" } else { "" };
        format!("{mark}{}: {}", fault.span.slice(text), fault.kind)
    });
    told.collect()
}

#[test]
fn releases_differ_in_what_they_take() {
    for (lines, old, new) in [
        ("ExecStart=true", vec!["!true: the program is not an absolute path"], vec![]),
        ("ExecStart=:/bin/true", vec!["!:/bin/true: the program is not an absolute path"], vec![]),
        (
            "ExecStart=/bin/true\nProtectClock=yes",
            vec!["ProtectClock: systemd only has this since release 245"],
            vec![],
        ),
        ("ExecStart=/bin/true\nType=exec", vec!["exec: this is not a valid value"], vec![]),
        (
            "ExecStart=/bin/true\nno",
            vec!["!no: there is no `=` in this line"],
            vec!["no: there is no `=` in this line"],
        ),
        (
            "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nRestart=on-failure",
            vec!["!on-failure: a service of `Type=oneshot` cannot have this `Restart=`"],
            vec![],
        ),
        ("ExecStart=/bin/a \\\n# b\nc", vec!["!c: there is no `=` in this line"], vec![]),
    ] {
        let text = format!("[Service]\n{lines}\n");
        for (release, wanted) in [(Release::COREOS, old), (Release::FLATCAR, new)] {
            assert_eq!(faults(&text, "a.service", Role::Unit, release), wanted, "{lines} for {release:?}");
        }
    }
}

#[test]
fn parts_of_long_values_are_told_to_the_byte() {
    let text = "[Unit]\nAfter=a.service \\\n  b \\\n  c.service\n[Service]\nExecStart=/bin/ä \\\n  x && y\n";
    assert_eq!(
        faults(text, "a.service", Role::Unit, Release::FLATCAR),
        ["b: this is not a unit name", "&&: this is passed on as an argument, because there is no shell"]
    );
}

#[test]
fn shell_syntax_is_told_from_arguments() {
    for (command, wanted) in [
        ("/bin/a && /bin/b", vec!["&&"]),
        ("/bin/a > /b 2>&1", vec![">", "2>&1"]),
        ("/bin/a 2>/dev/null", vec!["2>/dev/null"]),
        ("/bin/a b; /bin/c", vec!["b;"]),
        ("/bin/a $(b)", vec!["$(b)"]),
        ("/bin/sh -c \"a $(b) && c\"", vec![]),
        ("/bin/docker run x sh -c 'a `b`'", vec![]),
        ("/bin/find / -exec rm {} \\;", vec![]),
        ("/bin/curl http://a/?b=c&d", vec![]),
        ("/bin/a '&&' ;", vec![]),
        ("/bin/a $B ${C}", vec![]),
    ] {
        let text = format!("[Service]\nExecStart={command}\n");
        let found = check(&text, "a.service", Role::DropIn, Release::FLATCAR);
        let found: Vec<&str> = found.iter().map(|fault| fault.span.slice(&text)).collect();
        assert_eq!(found, wanted, "{command}");
    }
}

#[test]
fn a_drop_in_may_be_incomplete() {
    let text = "[Service]\nRestart=always\n";
    assert!(faults(text, "a.service", Role::DropIn, Release::FLATCAR).is_empty());
    assert_eq!(
        faults(text, "a.service", Role::Unit, Release::FLATCAR),
        ["!: the service has no `ExecStart=`"]
    );
}

#[test]
fn a_oneshot_that_does_not_stay_is_worth_a_word() {
    let text = "[Service]\nType=oneshot\nExecStart=/bin/true\n";
    let found = faults(text, "a.service", Role::Unit, Release::COREOS);
    assert_eq!(
        found,
        ["oneshot: it is inactive after it has run, and runs again whenever another unit wants it"]
    );
}

/// Texts of pieces that mean something, in any order.
#[test]
fn nothing_panics_and_every_place_is_one() {
    const PIECES: [&str; 32] = [
        "[",
        "]",
        "[Unit]",
        "[Service]",
        "[Timer]",
        "\n",
        "\r\n",
        "\\\n",
        "\\",
        "#",
        ";",
        " ",
        "=",
        "ä",
        "\u{feff}",
        "After",
        "ExecStart=",
        "Environment=",
        "Restart=",
        "a.service",
        "@",
        "%i",
        "%",
        "\"",
        "'",
        "/bin/x",
        "-",
        "&&",
        "Type=oneshot",
        "RestartSec=",
        "5min",
        "\\x2",
    ];
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for _ in 0..TEXTS.count() {
        let text: String = (0..next() % 24).map(|_| PIECES[next() % PIECES.len()]).collect();
        for release in [Release::COREOS, Release::FLATCAR] {
            for fault in check(&text, "a@b.service", Role::Unit, release) {
                assert!(text.get(fault.span.start..fault.span.end).is_some(), "{text:?}: {fault:?}");
            }
            let mut catalog = Catalog::new();
            catalog.file("/etc/systemd/system/a@.service", text.as_str());
            let graph = Graph::new(&catalog, ["a@b.service"], release, &Effort::unlimited());
            for (node, _) in graph.nodes() {
                let _ = plan(&graph, node, Action::Start, &State::default(), &Effort::unlimited());
            }
        }
    }
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    for line in ["After=a\n", "ExecStart=\n", "[Foo]\n", "Restart=x\n", "ConditionHost=\n", "\\\n"] {
        let text = format!("[Service]\n[Unit]\n{}", line.repeat(50_000));
        let found = check(&text, "a.service", Role::Unit, Release::FLATCAR);
        assert!(!found.is_empty(), "{line}");
    }
}
