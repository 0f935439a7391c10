//! What following units costs, in steps: as much as their dependencies, for each request.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use dryboot_systemd::graph::Graph;
use dryboot_systemd::load::Catalog;
use dryboot_systemd::transaction::{Action, Refusal, State, plan};
use dryboot_systemd::{Effort, Release};

fn name(unit: usize) -> String {
    format!("u{unit}.service")
}

/// Services, each with the lines of its `[Unit]` section.
fn catalog(count: usize, section: impl Fn(usize) -> String) -> Catalog {
    let mut catalog = Catalog::new();
    for unit in 0..count {
        let text = format!("[Unit]\n{}\n[Service]\nExecStart=/bin/true\n", section(unit));
        catalog.file(format!("/etc/systemd/system/{}", name(unit)), text);
    }
    catalog
}

/// The steps that loading units and starting the first of them take, and how many dependencies there are.
fn steps(catalog: &Catalog) -> (usize, usize) {
    let effort = Effort::unlimited();
    let graph = Graph::new(catalog, [name(0).as_str()], Release::FLATCAR, &effort);
    let first = graph.find(&name(0)).expect("the first unit");
    let _ = plan(&graph, first, Action::Start, &State::default(), &effort);
    (effort.spent(), graph.edges().count())
}

fn others(unit: usize, count: usize) -> String {
    (0..count).filter(|other| *other != unit).map(name).collect::<Vec<_>>().join(" ")
}

/// Makes units.
type Make = fn(usize) -> Catalog;

/// The kinds of graphs, each of a number of units and linear in its dependencies.
const GRAPHS: [(&str, Make); 4] = [
    ("a chain", |n| catalog(n, |unit| format!("Wants={0}\nAfter={0}", name(unit + 1)))),
    ("all want each other", |n| catalog(n, |unit| format!("Wants={}", others(unit, n)))),
    ("all require one that is missing", |n| {
        catalog(n, |unit| format!("Wants={}\nRequires=missing.service", others(unit, n)))
    }),
    ("a ring", |n| catalog(n, |unit| format!("Wants={0}\nAfter={0}", name((unit + 1) % n)))),
];

#[test]
fn one_request_costs_as_much_as_the_dependencies() {
    for (kind, catalog) in GRAPHS {
        let per_edge = |count: usize| {
            let (steps, edges) = steps(&catalog(count));
            steps / edges
        };
        let (few, many) = (per_edge(20), per_edge(160));
        assert!(many <= few + few / 4, "{kind}: {few} steps for each of few, {many} for each of many");
    }
}

#[test]
fn an_effort_that_is_exhausted_is_no_refusal_of_systemd() {
    let (_, all_want) = GRAPHS[1];
    let catalog = all_want(50);
    let graph = Graph::new(&catalog, [name(0).as_str()], Release::FLATCAR, &Effort::unlimited());
    let first = graph.find(&name(0)).expect("the first unit");
    let effort = Effort::new(1000);
    assert_eq!(plan(&graph, first, Action::Start, &State::default(), &effort), Err(Refusal::Effort));
    // No more than one unit's dependencies beyond what was allowed.
    assert!(effort.is_exhausted() && effort.spent() < 3000, "{}", effort.spent());
    let loading = Effort::new(5000);
    let part = Graph::new(&catalog, [name(0).as_str()], Release::FLATCAR, &loading);
    assert!(loading.is_exhausted() && part.edges().count() < graph.edges().count());
}

#[test]
fn names_and_paths_of_any_length_are_read() {
    let dashes = format!("{}.service", "a-".repeat(50_000));
    let mounts = format!("RequiresMountsFor={}", "/a".repeat(50_000));
    let catalog = catalog(1, |_| format!("Wants={dashes}\n{mounts}"));
    let (steps, _) = steps(&catalog);
    assert!(steps < 1_000_000, "{steps}");
    let effort = Effort::unlimited();
    let _ = Graph::new(&catalog, [dashes.as_str()], Release::FLATCAR, &effort);
}
