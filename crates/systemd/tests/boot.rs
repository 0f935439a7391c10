//! Dependencies and transactions against those of the real systemd: `systemd --test` loads units,
//! shows what they have to do with each other, and the jobs of the transaction at boot.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use common::{MISSING, VENDOR, catalog, installed, with_units};
use dryboot_systemd::Effort;
use dryboot_systemd::graph::{Graph, Kind, NodeId};
use dryboot_systemd::name;
use dryboot_systemd::transaction::{Action, State, plan};
use dryboot_testing::skip;

/// Dependencies by unit, kind and other unit; and the units that have a start job.
#[derive(Debug, Default)]
struct Boot {
    edges: BTreeSet<(String, String, String)>,
    jobs: BTreeSet<String>,
    units: BTreeSet<String>,
}

const KINDS: [&str; 7] = ["Requires", "Requisite", "Wants", "BindsTo", "Conflicts", "After", "Triggers"];

/// What systemd makes of a boot to `target`. In test mode it does not want to be root.
fn theirs(folder: &Path, target: &str) -> Option<Boot> {
    let program = "/lib/systemd/systemd";
    let home = tempfile::tempdir().expect("a folder");
    for folder in [home.path(), folder] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("permissions");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--clear-groups", program]);
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        command = Command::new(program);
    }
    let output = command
        .args(["--test", "--system", "--no-pager", &format!("--unit={target}")])
        .env("SYSTEMD_UNIT_PATH", format!("{}:{VENDOR}", folder.display()))
        .env("XDG_RUNTIME_DIR", home.path())
        .env("HOME", home.path())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (units, jobs) = text.split_once("-> By jobs:")?;
    let mut boot = Boot::default();
    let mut unit = "";
    for line in units.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("-> Unit ") {
            unit = name.trim_end_matches(':');
            boot.units.insert(unit.to_owned());
        } else if let Some((kind, other)) = line.split_once(": ") {
            let other = other.split(' ').next().unwrap_or_default();
            if KINDS.contains(&kind) {
                boot.edges.insert((unit.to_owned(), kind.to_owned(), other.to_owned()));
            }
        }
    }
    let started =
        jobs.lines().filter_map(|line| line.trim().strip_prefix("Action: ")?.strip_suffix(" -> start"));
    boot.jobs.extend(started.map(str::to_owned));
    Some(boot)
}

fn ours(graph: &Graph, target: &str) -> Boot {
    let mut boot = Boot::default();
    let name = |node: NodeId| graph.unit(node).name.clone();
    for (node, unit) in graph.nodes() {
        boot.units.insert(unit.name.clone());
        for (_, edge) in graph.outgoing(node).filter(|(_, edge)| KINDS.contains(&edge.kind.name())) {
            if edge.kind != Kind::After {
                boot.edges.insert((unit.name.clone(), edge.kind.name().to_owned(), name(edge.to)));
            }
        }
        boot.edges.extend(
            graph.earlier(node).map(|(_, other)| (unit.name.clone(), "After".to_owned(), name(other))),
        );
    }
    let root = graph.find(target).expect("the target");
    let transaction =
        plan(graph, root, Action::Start, &State::default(), &Effort::unlimited()).expect("a transaction");
    boot.jobs
        .extend(transaction.jobs.iter().filter(|job| job.action == Action::Start).map(|job| name(job.unit)));
    boot
}

/// Slices that are not written, and what comes from the running kernel, are no business of ours.
/// In a container, systemd gives swaps no default dependencies.
fn is_ours(graph: &Graph, unit: &str) -> bool {
    let loaded = graph.find(unit).is_some_and(|node| graph.unit(node).fragment.is_some());
    loaded && !matches!(name::suffix(unit), "slice" | "swap")
}

/// Mount units that are active on this machine: `systemd --test` does not start them again.
fn mounted() -> BTreeSet<String> {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .map(|path| name::of_path(path, "mount"))
        .collect()
}

#[test]
fn a_boot_is_what_systemd_makes_of_it() {
    let Some(release) = installed() else { return skip(MISSING) };
    let mut targets: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    targets.insert("multi-user.target", Vec::new());
    targets.insert("graphical.target", Vec::new());
    targets.insert("rescue.target", Vec::new());
    targets.insert("x.target", UNITS.to_vec());
    for (target, units) in targets {
        let machine = with_units(&units);
        let Some(theirs) = theirs(machine.path(), target) else {
            return skip("systemd --test does not run here");
        };
        let catalog = catalog(machine.path());
        let graph = Graph::new(&catalog, [target], release, &Effort::unlimited());
        let ours = ours(&graph, target);
        let relevant = |edges: &BTreeSet<(String, String, String)>| -> BTreeSet<(String, String, String)> {
            let both = edges.iter().filter(|(from, _, to)| is_ours(&graph, from) && is_ours(&graph, to));
            both.cloned().collect()
        };
        let (their_edges, our_edges) = (relevant(&theirs.edges), relevant(&ours.edges));
        let missing: Vec<_> = their_edges.difference(&our_edges).collect();
        let extra: Vec<_> =
            our_edges.difference(&their_edges).filter(|(from, ..)| theirs.units.contains(from)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{target}: missing {missing:#?}\nextra {extra:#?}");
        let mounted = mounted();
        let jobs = |jobs: &BTreeSet<String>| -> BTreeSet<String> {
            jobs.iter().filter(|unit| is_ours(&graph, unit) && !mounted.contains(*unit)).cloned().collect()
        };
        let (their_jobs, our_jobs) = (jobs(&theirs.jobs), jobs(&ours.jobs));
        let differ: Vec<_> = their_jobs.symmetric_difference(&our_jobs).collect();
        assert!(differ.is_empty(), "{target}: {differ:?}");
        println!("{target}: {} dependencies, {} jobs", our_edges.len(), our_jobs.len());
    }
}

const UNITS: [(&str, &str); 22] = [
    (
        "x.target",
        "[Unit]\nWants=a.service b.timer c.path d.socket mnt-e.mount f.automount g@1.service h.service\n",
    ),
    ("a.service", "[Unit]\nRequires=missing.service\n[Service]\nExecStart=/bin/true\n"),
    ("b.timer", "[Timer]\nOnCalendar=daily\n"),
    ("b.service", "[Service]\nType=oneshot\nExecStart=/bin/true\nPrivateTmp=yes\n"),
    ("c.path", "[Path]\nPathExists=/mnt/e/x\nUnit=a.service\n"),
    ("d.socket", "[Socket]\nListenStream=/run/d.sock\n"),
    (
        "d.service",
        "[Unit]\nRequires=d.socket\n[Service]\nType=dbus\nBusName=a.b\nExecStart=/bin/true\nStandardOutput=null\n",
    ),
    ("mnt-e.mount", "[Mount]\nWhat=tmpfs\nWhere=/mnt/e\nType=tmpfs\n"),
    ("f.automount", "[Automount]\nWhere=/f\n"),
    ("f.mount", "[Mount]\nWhat=server:/x\nWhere=/f\nType=nfs\n"),
    (
        "g@.service",
        "[Unit]\nAfter=h@.service\nWants=i@.service\n[Service]\nExecStart=/bin/true %i\nWorkingDirectory=/mnt/e\n",
    ),
    ("h@.service", "[Service]\nExecStart=/bin/true\n"),
    (
        "i@.service",
        "[Unit]\nDefaultDependencies=no\nPartOf=x.target\n[Service]\nExecStart=/bin/true\nStateDirectory=i\n",
    ),
    (
        "h.service",
        "[Unit]\nRequisite=j.service\nBindsTo=k.service\nConflicts=l.service\nBefore=x.target\nRequiresMountsFor=/mnt/e/sub\n[Service]\nExecStart=/bin/true\n",
    ),
    ("j.service", "[Service]\nExecStart=/bin/true\n"),
    (
        "k.service",
        "[Unit]\nWants=n@.service\nOnFailure=j.service\n[Service]\nExecStart=/bin/true\nStandardOutput=tty\nStandardError=journal\n",
    ),
    ("l.service", "[Service]\nExecStart=/bin/true\n"),
    ("m.target", "[Unit]\nWants=j.service\n"),
    ("n@.service", "[Unit]\nWants=m.target\n[Service]\nExecStart=/bin/true\n"),
    ("h.service.d/o.conf", "[Unit]\nAfter=k.service\nWants=p.swap\n"),
    ("p.swap", "[Swap]\nWhat=/p\n"),
    ("h-.service.d/q.conf", "[Unit]\nAfter=l.service\n"),
];
