//! What a request comes to.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::collections::BTreeSet;

use dryboot_systemd::graph::{Graph, Kind, NodeId};
use dryboot_systemd::load::Catalog;
use dryboot_systemd::transaction::{
    Action, Cycle, Ignored, Outcome, Refusal, State, Transaction, Trouble, plan,
};
use dryboot_systemd::{Effort, Release};

const RUN: &str = "[Service]\nExecStart=/bin/true\n";

/// Units by name: what stands in `[Unit]`, with a section that lets them load.
fn graph(units: &[(&str, &str)]) -> Graph {
    let mut catalog = Catalog::new();
    for (name, unit) in units {
        let section = if name.ends_with(".service") { RUN } else { "" };
        catalog.file(format!("/etc/systemd/system/{name}"), format!("[Unit]\n{unit}\n{section}"));
    }
    Graph::new(&catalog, units.iter().map(|(name, _)| *name), Release::FLATCAR, &Effort::unlimited())
}

fn node(graph: &Graph, name: &str) -> NodeId {
    graph.find(name).expect("a unit of this name")
}

fn nodes<const N: usize>(graph: &Graph, names: [&str; N]) -> BTreeSet<NodeId> {
    names.into_iter().map(|name| node(graph, name)).collect()
}

fn start(graph: &Graph, name: &str, state: &State) -> Result<Transaction, Refusal> {
    plan(graph, node(graph, name), Action::Start, state, &Effort::unlimited())
}

fn told(graph: &Graph, transaction: &Transaction) -> Vec<String> {
    let jobs = transaction.jobs.iter();
    jobs.map(|job| format!("{} {} {:?}", job.wave, graph.unit(job.unit).name, job.action)).collect()
}

#[test]
fn what_is_required_and_wanted_is_started_in_order() {
    let graph = graph(&[
        ("a.service", "Requires=b.service\nWants=c.service\nAfter=b.service c.service"),
        ("b.service", "After=c.service"),
        ("c.service", ""),
        ("d.service", "Requires=a.service"),
    ]);
    let all = start(&graph, "a.service", &State::default()).expect("a transaction");
    assert_eq!(told(&graph, &all), ["0 c.service Start", "1 b.service Start", "2 a.service Start"]);
    let active = State { active: nodes(&graph, ["b.service"]), ..State::default() };
    let rest = start(&graph, "a.service", &active).expect("a transaction");
    assert_eq!(told(&graph, &rest), ["0 c.service Start", "1 a.service Start"]);
}

#[test]
fn stopping_takes_what_requires_the_unit_along() {
    let graph = graph(&[
        ("a.service", "Requires=b.service\nAfter=b.service"),
        ("b.service", ""),
        ("c.service", "PartOf=a.service\nAfter=a.service"),
        ("d.service", "Wants=b.service"),
        ("e.service", "Conflicts=b.service"),
    ]);
    let state = State {
        active: nodes(&graph, ["a.service", "b.service", "c.service", "d.service"]),
        ..State::default()
    };
    let stop = plan(&graph, node(&graph, "b.service"), Action::Stop, &state, &Effort::unlimited())
        .expect("a transaction");
    assert_eq!(told(&graph, &stop), ["0 c.service Stop", "1 a.service Stop", "2 b.service Stop"]);
    let restart = plan(&graph, node(&graph, "b.service"), Action::Restart, &state, &Effort::unlimited())
        .expect("a transaction");
    assert_eq!(restart.jobs.len(), 3);
    let conflict = start(&graph, "e.service", &state).expect("a transaction");
    assert_eq!(conflict.jobs.len(), 4);
    assert!(conflict.jobs.iter().any(|job| job.action == Action::Stop));
}

/// As `systemd --test` of systemd 252 shows it: the job of what requires a missing unit stays.
#[test]
fn what_is_missing_matters_to_what_requires_it_alone() {
    let graph = graph(&[
        ("x.target", "Wants=y.service masked.service"),
        ("y.service", "Requires=missing.service"),
        ("masked.service", ""),
    ]);
    let refused = start(&graph, "y.service", &State::default()).expect_err("a refusal");
    let missing = Trouble::NotFound(node(&graph, "missing.service"));
    assert!(matches!(refused, Refusal::Unit { path, trouble } if trouble == missing && path.len() == 1));
    let wanted = start(&graph, "x.target", &State::default()).expect("a transaction");
    assert_eq!(told(&graph, &wanted).len(), 3);
    assert!(
        matches!(&wanted.ignored[..], [Ignored { path, trouble }] if *trouble == missing && path.len() == 2)
    );
}

#[test]
fn a_cycle_is_broken_at_what_is_only_wanted() {
    let graph = graph(&[
        ("x.target", "Wants=a.service b.service\nAfter=a.service"),
        ("a.service", "After=b.service"),
        ("b.service", "After=x.target"),
    ]);
    let broken = start(&graph, "x.target", &State::default()).expect("a transaction");
    let [Cycle { steps, deleted: Some(deleted) }] = &broken.cycles[..] else { panic!("{broken:?}") };
    let units: BTreeSet<NodeId> = steps.iter().map(|(unit, _)| *unit).collect();
    assert_eq!(units, nodes(&graph, ["x.target", "a.service", "b.service"]));
    assert!(broken.job(*deleted).is_none() && broken.jobs.len() == 2, "{broken:?}");
}

#[test]
fn a_cycle_of_what_is_required_is_refused() {
    let graph = graph(&[
        ("a.service", "Requires=b.service\nAfter=b.service"),
        ("b.service", "Requires=a.service\nAfter=a.service"),
    ]);
    let refused = start(&graph, "a.service", &State::default()).expect_err("a refusal");
    assert!(matches!(refused, Refusal::Cycle(Cycle { steps, deleted: None }) if steps.len() == 2));
}

#[test]
fn a_unit_that_waits_for_who_waits_for_it_never_starts() {
    let graph = graph(&[
        ("user-config.target", "Requires=user-configdrive.service"),
        ("user-configdrive.service", "Before=user-config.target"),
        ("x.service", "After=user-config.target"),
        ("y.service", "Wants=x.service"),
        ("z.service", "Requires=x.service\nAfter=x.service"),
    ]);
    let held = nodes(&graph, ["user-configdrive.service"]);
    let names = ["user-configdrive.service", "user-config.target"];
    let pending = names.map(|name| (node(&graph, name), Action::Start)).to_vec();
    let state = State { pending, ..State::default() };
    for (unit, length) in [("x.service", Some(2)), ("y.service", None), ("z.service", Some(3))] {
        let all = start(&graph, unit, &state).expect("a transaction");
        let chain = all.waits_forever(&graph, &held);
        assert_eq!(chain.as_ref().map(Vec::len), length, "{unit}");
        if let Some(chain) = chain {
            assert_eq!(chain.first().map(|wait| wait.unit), graph.find(unit));
            assert_eq!(chain.last().map(|wait| wait.on), held.first().copied());
        }
    }
    // A job for what is held is the job that is held.
    let all = start(&graph, "user-configdrive.service", &state).expect("a transaction");
    assert_eq!(all.waits_forever(&graph, &held), Some(Vec::new()));
    // Once the target has been reached, nothing is waited for.
    let all = start(&graph, "x.service", &State::default()).expect("a transaction");
    assert_eq!(all.waits_forever(&graph, &held), None);
}

#[test]
fn a_boot_goes_on_only_when_the_service_in_between_has_run() {
    let graph = graph(&[
        (
            "multi-user.target",
            "Requires=basic.target\nAfter=basic.target\nWants=user-config.target ping.service",
        ),
        ("basic.target", ""),
        ("user-config.target", "Requires=cloudinit.service"),
        ("cloudinit.service", "After=basic.target\nBefore=user-config.target"),
        ("ping.service", "After=basic.target"),
        ("x.service", "After=multi-user.target"),
        ("y.service", "After=basic.target ping.service"),
    ]);
    let boot = start(&graph, "multi-user.target", &State::default()).expect("a transaction");
    let service = node(&graph, "cloudinit.service");
    let now = boot.while_running(&graph, service, &State::default());
    assert_eq!(now.active, nodes(&graph, ["basic.target", "ping.service"]));
    let pending: BTreeSet<NodeId> = now.pending.iter().map(|(unit, _)| *unit).collect();
    assert_eq!(pending, nodes(&graph, ["cloudinit.service", "user-config.target", "multi-user.target"]));
    for (unit, waits) in [("x.service", true), ("y.service", false)] {
        let asked = start(&graph, unit, &now).expect("a transaction");
        assert_eq!(asked.waits_forever(&graph, &BTreeSet::from([service])).is_some(), waits, "{unit}");
    }
}

#[test]
fn a_device_that_nothing_announces_takes_down_what_needs_it() {
    let graph = graph(&[
        ("a.service", "BindsTo=dev-vdb.device\nAfter=dev-vdb.device\nWants=b.service"),
        ("b.service", "Requires=a.service\nAfter=a.service"),
        ("c.service", "Requires=dev-vdb.device"),
    ]);
    let device = node(&graph, "dev-vdb.device");
    let outcome = |graph: &Graph, unit: &str, state: &State| {
        let all = start(graph, unit, state).expect("a transaction");
        all.jobs.iter().map(|job| (graph.unit(job.unit).name.clone(), job.outcome)).collect::<Vec<_>>()
    };
    let failed = outcome(&graph, "a.service", &State::default());
    assert_eq!(failed[0], ("dev-vdb.device".to_owned(), Outcome::NoDevice));
    assert!(matches!(failed[1..], [(_, Outcome::Dependency(_)), (_, Outcome::Dependency(_))]), "{failed:?}");
    // Without an order, the service has begun before.
    let begun = outcome(&graph, "c.service", &State::default());
    assert!(begun.contains(&("c.service".to_owned(), Outcome::Runs)), "{begun:?}");
    let present = State { active: BTreeSet::from([device]), ..State::default() };
    assert!(outcome(&graph, "a.service", &present).iter().all(|(_, outcome)| *outcome == Outcome::Runs));
}

#[test]
fn requisite_units_have_to_be_active() {
    let graph = graph(&[("a.service", "Requisite=b.service\nAfter=b.service"), ("b.service", "")]);
    let all = start(&graph, "a.service", &State::default()).expect("a transaction");
    assert_eq!(all.jobs[0].outcome, Outcome::NotActive);
    assert!(matches!(all.jobs[1].outcome, Outcome::Dependency(_)));
}

#[test]
fn long_chains_do_not_exhaust_the_stack() {
    let units: Vec<(String, String)> = (0..10_000)
        .map(|number| {
            let next = number + 1;
            (format!("u{number}.target"), format!("Requires=u{next}.target\nAfter=u{next}.target"))
        })
        .chain([("u10000.target".to_owned(), "Wants=u0.target\nAfter=u0.target".to_owned())])
        .collect();
    let units: Vec<(&str, &str)> = units.iter().map(|(name, unit)| (name.as_str(), unit.as_str())).collect();
    let graph = graph(&units);
    let all = start(&graph, "u1.target", &State::default()).expect("the cycle is broken");
    assert_eq!((all.cycles.len(), all.jobs.len()), (1, 10_000));
}

#[test]
fn a_target_is_after_what_it_wants() {
    let graph = graph(&[
        ("x.target", "Wants=a.service b.service c.service"),
        ("a.service", ""),
        ("b.service", "After=x.target"),
        ("c.service", "DefaultDependencies=no"),
    ]);
    let after: Vec<&str> = graph
        .outgoing(node(&graph, "x.target"))
        .filter(|(_, edge)| edge.kind == Kind::After)
        .map(|(_, edge)| graph.unit(edge.to).name.as_str())
        .collect();
    assert_eq!(after, ["a.service"]);
}
