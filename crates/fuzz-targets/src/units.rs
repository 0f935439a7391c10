use dryboot_systemd::check::{Role, check};
use dryboot_systemd::enable::enable;
use dryboot_systemd::graph::Graph;
use dryboot_systemd::load::Catalog;
use dryboot_systemd::transaction::{Action, State, plan};
use dryboot_systemd::{Effort, Release, name};

/// As many units of one input are loaded, started and stopped.
const UNITS: usize = 16;

/// Reads unit files, each below a comment with its path as `systemctl cat` prints them: spans of faults
/// lie in the text, and loading, enabling, starting and stopping come to an end.
pub fn units(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let files: Vec<(String, &str)> =
        text.split("# /").enumerate().map(|(number, piece)| file(number, piece)).collect();
    let mut catalog = Catalog::new();
    for (path, body) in &files {
        match body.strip_prefix("-> ") {
            Some(target) => catalog.link(path.as_str(), target.trim()),
            None => catalog.file(path.as_str(), *body),
        }
    }
    for release in [Release::COREOS, Release::FLATCAR] {
        for (path, body) in &files {
            let unit = path.rsplit('/').next().unwrap_or_default();
            for role in [Role::Unit, Role::DropIn] {
                for fault in check(body, unit, role, release) {
                    assert!(body.get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
                }
            }
        }
        let names: Vec<&str> =
            files.iter().take(UNITS).filter_map(|(path, _)| path.rsplit('/').next()).collect();
        let effort = Effort::new(1_000_000);
        for unit in &names {
            let _ = enable(&catalog, unit, false, release, &effort);
            let _ = name::unescape_path(name::stem(unit));
        }
        let graph = Graph::new(&catalog, names.iter().copied(), release, &effort);
        for node in names.iter().filter_map(|name| graph.find(name)) {
            for action in [Action::Start, Action::Stop, Action::Restart] {
                let Ok(transaction) = plan(&graph, node, action, &State::default(), &effort) else {
                    continue;
                };
                assert!(transaction.job(node).is_some());
                assert!(transaction.cycles.iter().all(|cycle| cycle.steps.len() > 1));
                let _ = transaction.waits_forever(&graph, &[node].into());
                let _ = transaction.while_running(&graph, node, &State::default());
            }
        }
    }
}

fn file(number: usize, piece: &str) -> (String, &str) {
    match piece.split_once('\n').filter(|(path, _)| number > 0 && !path.is_empty()) {
        Some((path, body)) => (format!("/{}", path.trim_end()), body),
        None => ("/etc/systemd/system/first.service".to_owned(), piece),
    }
}
