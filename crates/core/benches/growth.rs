//! How the time grows with the input, for inputs that are made to be expensive: `cargo bench -p
//! dryboot-core --bench growth [-- FILTER]`. Each line has the times for an input that doubles, and by how
//! much the last one is more than twice the one before.

#![expect(clippy::print_stdout, reason = "a benchmark: its output is for the terminal")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use dryboot_core::{
    CoreosTarget, Kind, LintOptions, MachineDescription, Target, complete, hover, lint, preview, units,
};

/// What makes an input of about `n` parts.
type Make = fn(usize) -> String;

/// The inputs, each with the number of parts to begin with.
const INPUTS: [(&str, usize, Make); 19] = [
    ("units that want each other", 12, |n| {
        units_of(n, |unit| {
            format!(
                "Wants={}",
                names(n).filter(|name| *name != unit_name(unit)).collect::<Vec<_>>().join(" ")
            )
        })
    }),
    ("a chain of units", 100, |n| units_of(n, |unit| format!("Wants={0}\nAfter={0}", unit_name(unit + 1)))),
    ("a ring of units", 50, |n| {
        units_of(n, |unit| format!("Wants={0}\nAfter={0}", unit_name((unit + 1) % n)))
    }),
    ("units that all conflict with one", 50, |n| {
        units_of(n, |_| format!("Wants={0}\nConflicts={0}", unit_name(0)))
    }),
    ("units without a name", 500, |n| {
        list("coreos:\n  units:\n", n, |_| "    - command: start\n".to_owned())
    }),
    ("units of one name", 500, |n| {
        list("coreos:\n  units:\n", n, |_| "    - name: a.service\n      content: |\n        x\n".to_owned())
    }),
    ("files at one path", 500, |n| {
        list("write_files:\n", n, |_| "  - path: /a\n    content: x\n".to_owned())
    }),
    ("files far down", 4, |n| {
        list("write_files:\n", n, |file| format!("  - path: /{file}{}\n", "/a".repeat(2000)))
    }),
    ("a long path", 10_000, |n| format!("#cloud-config\nwrite_files:\n  - path: {}\n", "/a".repeat(n))),
    ("unknown keys", 1000, |n| list("", n, |key| format!("hostnam{key}: x\n"))),
    ("a long key", 20_000, |n| format!("#cloud-config\n{}: x\n", "k".repeat(n))),
    ("comments that suppress", 500, |n| {
        list("", n, |key| format!("# dryboot: ignore[unknown-key]\nhostnam{key}: x\n"))
    }),
    ("comments below each other", 1000, |n| list("", n, |_| "# dryboot: ignore[null-value]\n".to_owned())),
    ("findings on one line", 500, |n| {
        format!("#cloud-config\n{{ {} }}\n", list_of(n, |key| format!("ä{key}: x, ")))
    }),
    ("variables in one text", 1000, |n| {
        format!(
            "#cloud-config\nwrite_files:\n  - path: /a\n    content: |\n{}",
            list_of(n, |_| "      $private_ipv4 $privat_ipv4\n".to_owned())
        )
    }),
    ("keys that are private", 1000, |n| {
        format!("#cloud-config\nwrite_files:\n  - path: /a\n    content: \"{}\"\n", "-----BEGIN ".repeat(n))
    }),
    ("a list behind aliases", 200, |n| {
        let keys = list_of(n, |key| format!("k{key}, "));
        let users = list_of(n, |user| format!("  - name: u{user}\n    ssh_authorized_keys: *k\n"));
        format!("#cloud-config\nssh_authorized_keys: &k [{keys}]\nusers:\n{users}")
    }),
    ("faults in a row", 500, |n| list("", n, |key| format!("k{key}: \"\n"))),
    ("parts of a message", 50, |n| {
        let unit = "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      command: start\n      content: x\n";
        let part = format!("--b\nContent-Type: text/cloud-config\n\n{unit}\n");
        format!("Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n", part.repeat(n))
    }),
];

fn list_of(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}

fn list(head: &str, n: usize, part: impl Fn(usize) -> String) -> String {
    format!("#cloud-config\n{head}{}", list_of(n, part))
}

fn unit_name(unit: usize) -> String {
    format!("u{unit}.service")
}

fn names(n: usize) -> impl Iterator<Item = String> {
    (0..n).map(unit_name)
}

fn units_of(n: usize, wants: impl Fn(usize) -> String) -> String {
    list("coreos:\n  units:\n", n, |unit| {
        let mut content = String::new();
        for line in format!("[Unit]\n{}\n[Service]\nExecStart=/bin/true", wants(unit)).lines() {
            let _ = writeln!(content, "        {line}");
        }
        format!("    - name: {}\n      command: start\n      content: |\n{content}", unit_name(unit))
    })
}

/// What is done with an input.
type Work = fn(&str);

const WORK: [(&str, Work); 4] = [
    ("lint", |text| {
        for target in CoreosTarget::ALL {
            black_box(lint(
                text.as_bytes(),
                &LintOptions { target: Some(Target::Coreos(target)), ..LintOptions::default() },
            ));
        }
    }),
    ("preview", |text| {
        for target in CoreosTarget::ALL {
            let target = Target::Coreos(target);
            let _ = black_box(preview(text.as_bytes(), Some(&target), &MachineDescription::default()));
        }
    }),
    ("units", |text| {
        let target = Target::Coreos(CoreosTarget::Flatcar);
        if let Ok(preview) = preview(text.as_bytes(), Some(&target), &MachineDescription::default()) {
            black_box(units::outlook(&preview));
        }
    }),
    ("assist", |text| {
        black_box(hover(text, None, Kind::UserData, text.len()));
        black_box(complete(text, None, Kind::UserData, text.len()));
    }),
];

/// How often an input doubles; none goes on after one that took this long.
const DOUBLINGS: u32 = 6;
const LONG: Duration = Duration::from_secs(2);

fn main() {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (work, run) in WORK {
        for (input, first, make) in INPUTS {
            if !format!("{work}: {input}").contains(&filter) {
                continue;
            }
            let mut times: Vec<f64> = Vec::new();
            let mut length = 0;
            for doubling in 0..DOUBLINGS {
                let text = make(first << doubling);
                length = text.len();
                let start = Instant::now();
                run(&text);
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                if start.elapsed() > LONG {
                    break;
                }
            }
            let ratio = match times.as_slice() {
                [.., before, last] => last / before,
                _ => 0.0,
            };
            let shown: Vec<String> = times.iter().map(|time| format!("{time:8.1}")).collect();
            println!(
                "{:48} {} ms, ×{ratio:.1}, at last {} KB",
                format!("{work}: {input}"),
                shown.join(" "),
                length / 1024
            );
        }
    }
}
