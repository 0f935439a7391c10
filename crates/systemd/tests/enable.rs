//! The links of enabling against those that the real `systemctl --root` makes.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{MISSING, files, installed};
use dryboot_systemd::enable::enable;
use dryboot_systemd::load::Catalog;
use dryboot_testing::skip;

const UNITS: [(&str, &str); 18] = [
    ("etc/systemd/system/plain.service", "[Install]\nWantedBy=multi-user.target a.target\n"),
    (
        "etc/systemd/system/all.service",
        "[Install]\nAlias=other.service\nRequiredBy=a.target\nAlso=plain.service no.service\n",
    ),
    ("etc/systemd/system/all.service.d/x.conf", "[Install]\nWantedBy=drop-in.target\n"),
    ("etc/systemd/system/reset.service", "[Install]\nWantedBy=a.target\nWantedBy=\nWantedBy=b.target\n"),
    ("etc/systemd/system/default@.service", "[Install]\nWantedBy=a.target\nDefaultInstance=one\n"),
    (
        "etc/systemd/system/names@.service",
        "[Install]\nWantedBy=%i.target %p.target\nAlias=alias-%i.service\n",
    ),
    ("etc/systemd/system/to@.service", "[Install]\nWantedBy=b@.service\n"),
    ("usr/lib/systemd/system/vendor.service", "[Install]\nWantedBy=a.target\n"),
    ("etc/systemd/system/vendor.service.d/y.conf", "[Service]\nUser=x\n"),
    ("usr/lib/systemd/system/shadowed.service", "[Install]\nWantedBy=a.target\n"),
    ("etc/systemd/system/shadowed.service", "[Install]\nWantedBy=b.target\n"),
    ("etc/systemd/system/none.service", "[Service]\nExecStart=/bin/true\n"),
    ("etc/systemd/system/empty.service", ""),
    ("etc/systemd/system/loop.service", "[Install]\nAlso=loop2.service\nWantedBy=a.target\n"),
    ("etc/systemd/system/loop2.service", "[Install]\nAlso=loop.service\nWantedBy=b.target\n"),
    ("etc/systemd/system/aliases@.service", "[Install]\nAlias=b@.service c@x.service d.service e@.timer\n"),
    ("etc/systemd/system/aliases.target", "[Install]\nAlias=b.target c@.target d.service e\n"),
    ("etc/systemd/system/t.timer", "[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n"),
];

const ENABLED: [&str; 18] = [
    "aliases@.service",
    "aliases@x.service",
    "aliases.target",
    "plain.service",
    "all.service",
    "reset.service",
    "default@.service",
    "default@two.service",
    "names@x.service",
    "to@.service",
    "to@x.service",
    "vendor.service",
    "shadowed.service",
    "none.service",
    "empty.service",
    "loop.service",
    "t.timer",
    "missing.service",
];

fn theirs(unit: &str, runtime: bool) -> Option<BTreeSet<(String, String)>> {
    let machine = common::with_units(&UNITS);
    let mut command = Command::new("systemctl");
    command.arg(format!("--root={}", machine.path().display()));
    if runtime {
        command.arg("--runtime");
    }
    command.args(["enable", unit]).output().ok()?;
    let mut links = BTreeSet::new();
    for top in ["etc", "run"].map(|top| machine.path().join(top)) {
        if fs::exists(&top).expect("a folder") {
            let found = files(&top).into_iter().filter_map(|(path, content)| Some((path, content.err()?)));
            let name = top.file_name().expect("a name").to_string_lossy().into_owned();
            links.extend(found.map(|(path, target)| (format!("/{name}/{path}"), target)));
        }
    }
    Some(links)
}

#[test]
fn links_are_those_that_systemctl_makes() {
    let Some(release) = installed() else { return skip(MISSING) };
    let mut catalog = Catalog::new();
    for (path, text) in UNITS {
        catalog.file(Path::new("/").join(path).to_string_lossy(), text);
    }
    let mut differences = Vec::new();
    for unit in ENABLED {
        for runtime in [false, true] {
            let Some(theirs) = theirs(unit, runtime) else { return skip("systemctl is not installed") };
            let ours = enable(&catalog, unit, runtime, release).unwrap_or_default();
            let ours: BTreeSet<_> = ours.into_iter().map(|link| (link.path, link.target)).collect();
            if theirs != ours {
                differences.push(format!("{unit} {runtime}:\n  systemctl: {theirs:?}\n  dryboot: {ours:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
