//! Our reading of YAML as PyYAML reads it against PyYAML 6.0.3 itself, on every text of the conformance suites and on
//! damaged pieces of them: the same texts are accepted with the same values, refused with the same words at the same
//! places, or bring Python down with the same exception.
//!
//! `DRYBOOT_PYTHON` names the Python to ask. `cargo xtask test` installs one with PyYAML and sets it.
//! `DRYBOOT_THOROUGH=1 cargo test --profile thorough -p dryboot-yaml --test pyyaml` goes deeper.

#![cfg(feature = "pyyaml")]
#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod answer;
#[path = "../common/mod.rs"]
mod common;
mod peer;
mod texts;

use std::collections::HashMap;
use std::path::Path;

use answer::answer;
use common::PIECES;
use common::texts as suites;
use dryboot_testing::{Random, Tries, skip};
use peer::Peer;
use texts::{VALUES, mutation, special};

const MUTATIONS: Tries<usize> = Tries { everyday: 60_000, thorough: 200_000 };

/// How many differences are shown.
const MOST_SHOWN: usize = 20;

/// How many texts Python gets at once.
const BATCH: usize = 200;

#[test]
fn verdict_words_places_and_values_are_those_of_pyyaml() {
    let Some(python) = peer::python() else { return skip(peer::MISSING) };
    let mut all = suites().expect("the suites");
    assert!(all.len() > 700);
    let pieces = [PIECES, VALUES].concat();
    let mut random = Random::new(7);
    let originals = all.clone();
    all.extend(special());
    all.extend((0..MUTATIONS.count()).map(|_| mutation(&originals, &pieces, &mut random)));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(workers);
    let outcome = std::thread::scope(|scope| {
        let shares: Vec<_> =
            all.chunks(share).map(|texts| scope.spawn(|| compare_all(&python, texts))).collect();
        shares.into_iter().map(|worker| worker.join().expect("Python answers")).reduce(Outcome::and)
    });
    let Outcome { counts, differences } = outcome.expect("texts");
    assert!(
        differences.is_empty(),
        "{} differences, such as\n{}",
        differences.len(),
        differences[..differences.len().min(MOST_SHOWN)].join("\n")
    );
    println!("{counts:?}");
    for (outcome, share) in
        [("value", 5), ("Parser", 5), ("Constructor", 100), ("Reader", 300), ("crash", 600)]
    {
        assert!(counts[outcome] > MUTATIONS.count() / share, "{counts:?}");
    }
}

/// What the comparison found.
#[derive(Default)]
struct Outcome {
    /// How often each verdict was the same.
    counts: HashMap<String, usize>,
    differences: Vec<String>,
}

impl Outcome {
    fn and(mut self, other: Self) -> Self {
        for (verdict, count) in other.counts {
            *self.counts.entry(verdict).or_default() += count;
        }
        self.differences.extend(other.differences);
        self
    }
}

fn compare_all(python: &Path, texts: &[String]) -> Outcome {
    let mut peer = Peer::start(python);
    let mut outcome = Outcome::default();
    for batch in texts.chunks(BATCH) {
        for (text, theirs) in batch.iter().zip(peer.ask(batch)) {
            let ours = answer(text);
            if !peer.agrees(&theirs, &ours) {
                outcome.differences.push(format!("for {text:?}\nPyYAML: {theirs}\nours:   {ours}"));
            }
            let verdict = ours.split_once(' ').map_or(&*ours, |(verdict, _)| verdict);
            *outcome.counts.entry(verdict.to_owned()).or_default() += 1;
        }
    }
    outcome
}
