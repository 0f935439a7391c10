//! Our verdict for the release of Debian 12 against that release's own validator, as Debian packages it: the same texts
//! are accepted, refused or crash it, with errors and deprecations at the same places and in the same words.
//!
//! `DRYBOOT_CLOUD_INIT` names the folder of its Python packages, and `DRYBOOT_PYTHON` the Python to run it.
//! `cargo xtask test` fetches both and sets them. `DRYBOOT_THOROUGH=1 cargo test --profile thorough -p
//! dryboot-cloud-init --test peer` goes deeper.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod differences;
mod peer;
mod schema;
mod texts;
mod words;

use std::collections::BTreeMap;

use differences::DIFFERENCES;
use dryboot_cloud_init::verdict::{Judged, Kind, Outcome, Subject, judge};
use dryboot_schema::Release;
use dryboot_testing::{CloudInit, Random, Tries, skip};
use peer::{Answer, Decision, Peer};
use texts::{Changes, corpora};
use words::WORDS;

const RELEASE: Release = Release::new(22, 4).patch(2);

const MUTATIONS: Tries<usize> = Tries { everyday: 2_000, thorough: 20_000 };

/// Of the configs with one key and one value, every one of so many is compared.
const STEP: Tries<usize> = Tries { everyday: 11, thorough: 1 };

/// Of a thousand texts, so many must be judged and spoken of alike.
const LEAST_ALIKE: usize = 995;

/// How many differences are shown.
const MOST_SHOWN: usize = 20;

/// How many texts Python gets at once.
const BATCH: usize = 100;

#[test]
fn outcome_places_and_words_are_those_of_cloud_init_itself() {
    let Some(place) = CloudInit::named() else { return skip(CloudInit::MISSING) };
    let mut all = corpora();
    assert!(all.len() > 1500, "{}", all.len());
    let changes = Changes::of(&all);
    let mut random = Random::new(5);
    all.extend(schema::texts(&place.packages).into_iter().step_by(STEP.count()).map(String::into_bytes));
    all.extend((0..MUTATIONS.count()).map(|_| changes.mutation(&mut random)));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let found = std::thread::scope(|scope| {
        let shares: Vec<_> = all
            .chunks(all.len().div_ceil(workers))
            .map(|texts| scope.spawn(|| compare(&place, texts)))
            .collect();
        shares.into_iter().map(|share| share.join().expect("Python answers")).reduce(Found::and)
    });
    let Found { outcomes, known, unknown } = found.expect("texts");
    println!("{} texts: {outcomes:?}; known differences: {known:?}", all.len());
    let reasons = DIFFERENCES.iter().map(|known| (known.name, known.reason));
    for (name, reason) in reasons.chain(WORDS.iter().map(|known| (known.name, known.reason))) {
        println!("{name}: {reason}");
    }
    assert!(
        unknown.is_empty(),
        "{} of {} texts are judged differently, such as\n{}",
        unknown.len(),
        all.len(),
        unknown[..unknown.len().min(MOST_SHOWN)].join("\n")
    );
    let different: usize = known.values().sum();
    assert!(different * 1000 <= all.len() * (1000 - LEAST_ALIKE), "{different} of {}", all.len());
    for (outcome, share) in [("Accepted", 5), ("Refused", 4), ("Crashed", 400)] {
        assert!(outcomes.get(outcome).is_some_and(|count| count * share > all.len()), "{outcomes:?}");
    }
}

/// What a comparison finds.
#[derive(Default)]
struct Found {
    /// How often the peer decided so.
    outcomes: BTreeMap<String, usize>,
    /// How often each of the known differences came up.
    known: BTreeMap<&'static str, usize>,
    unknown: Vec<String>,
}

impl Found {
    /// Notes whether a text that is judged alike is also spoken of alike.
    fn compare_words(&mut self, text: &[u8], judged: &Judged, subject: &Subject<'_>, answer: &Answer) {
        let differences = words::differences(text, judged, subject, answer);
        if differences.is_empty() {
            return;
        }
        match WORDS.iter().find(|known| (known.is_it)(text, &differences)) {
            Some(known) => *self.known.entry(known.name).or_default() += 1,
            None => self.unknown.push(format!(
                "for {:?}\n{}\n",
                String::from_utf8_lossy(text),
                differences.join("\n")
            )),
        }
    }

    fn and(mut self, other: Self) -> Self {
        for (outcome, count) in other.outcomes {
            *self.outcomes.entry(outcome).or_default() += count;
        }
        for (name, count) in other.known {
            *self.known.entry(name).or_default() += count;
        }
        self.unknown.extend(other.unknown);
        self
    }
}

fn compare(place: &CloudInit, texts: &[Vec<u8>]) -> Found {
    let mut peer = Peer::start(place);
    assert_eq!(Release::parse(&peer.version), Some(RELEASE), "{}", peer.version);
    let mut found = Found::default();
    let subject = Subject::new(Kind::UserData, RELEASE);
    for batch in texts.chunks(BATCH) {
        for (text, answer) in batch.iter().zip(peer.ask(batch)) {
            let judged = judge(text, &subject);
            let (theirs, ours) = (answer.decision(), decision(&judged));
            *found.outcomes.entry(format!("{:?}", theirs.outcome)).or_default() += 1;
            if theirs == ours {
                found.compare_words(text, &judged, &subject, &answer);
                continue;
            }
            match DIFFERENCES.iter().find(|difference| difference.explains(text, &answer, &ours)) {
                Some(difference) => *found.known.entry(difference.name).or_default() += 1,
                None => found.unknown.push(format!(
                    "for {:?}\ncloud-init: {theirs:?}\nours:       {ours:?}\nits words:  {:?}\n",
                    String::from_utf8_lossy(text),
                    answer.errors
                )),
            }
        }
    }
    found
}

/// Our own.
fn decision(judged: &Judged) -> Decision {
    let verdict = &judged.verdict;
    let crashed = verdict.outcome == Outcome::Crashed;
    Decision {
        outcome: verdict.outcome,
        errors: verdict.errors.iter().filter(|_| !crashed).map(|error| error.path.clone()).collect(),
        deprecations: verdict.deprecations.iter().map(|deprecation| deprecation.path.clone()).collect(),
    }
}
