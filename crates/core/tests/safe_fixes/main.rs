//! A fix that is called safe keeps every key, value and comment.
//!
//! Each safe fix of every text is applied by itself, for every program, and what it changed is compared with what
//! [`accounts`] allows its rule to change. Then all are applied together, as `lint --fix` does. The texts are those of
//! the conformance suites, `tests/cases`, the examples and the rules' documentation, and damaged copies of them.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod accounts;
mod damage;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use dryboot_core::{Diagnostic, Fix, LintOptions, Report, Safety, Severity, Target, apply_fixes, lint};
use dryboot_testing::{Random, Tries};
use dryboot_yaml::values::build;
use dryboot_yaml::{Dialect, Limits, parse, python};

use accounts::Difference;
use damage::damaged;

/// The programs, by the names of their targets, with the YAML library of each.
const PROGRAMS: [(&str, Dialect); 3] =
    [("coreos", Dialect::GoYamlV1), ("flatcar", Dialect::GoYamlV3), ("cloud-init", Dialect::PyYaml)];

const MUTATIONS: Tries<usize> = Tries { everyday: 2_000, thorough: 200_000 };

/// As many threads try them, on any machine, such that the texts are the same on all.
const SHARES: usize = 2;

/// One fix can uncover another; `lint --fix` ends after as many rounds.
const ROUNDS: usize = 10;

#[test]
fn safe_fixes_keep_every_key_value_and_comment() {
    let texts = texts::all();
    let share = |number: usize| {
        let mut checker = Checker::default();
        for text in texts.iter().skip(number).step_by(SHARES) {
            checker.check(text);
        }
        let mut random = Random::new(1 + number as u64);
        for _ in (number..MUTATIONS.count()).step_by(SHARES) {
            let text = &texts[random.below(texts.len())];
            checker.check(&damaged(text, &mut random));
        }
        checker
    };
    let mut checker = std::thread::scope(|scope| {
        let share = &share;
        let shares: Vec<_> = (0..SHARES).map(|number| scope.spawn(move || share(number))).collect();
        let checkers = shares.into_iter().map(|worker| worker.join().expect("a share ends"));
        checkers.fold(Checker::default(), Checker::and)
    });
    eprintln!("safe fixes, each by itself: {:?}", checker.fixes);
    let met: BTreeSet<(&str, &str)> =
        checker.fixes.keys().map(|(target, rule)| (family(target), *rule)).collect();
    checker.verdict();
    let declared: BTreeSet<(&str, &str)> =
        accounts::ACCOUNTS.iter().map(|(family, rule, _)| (*family, *rule)).collect();
    assert_eq!(met, declared, "each account is met, and each rule with a safe fix has one");
}

#[test]
fn a_fix_is_safe_only_with_what_stands_around_it() {
    let mut checker = Checker::default();
    for text in [
        // With carriage returns alone, the line of the header has the whole config.
        "---\n#cloud-config\rhostname: db1\r",
        // Without the comment, the second empty line would belong to the text above it.
        "#cloud-config\nwrite_files:\n  - path: /etc/a\n    content: |+\n      one\n\n# dryboot: ignore-file[octal-number]\n\n  - path: /etc/b\n",
        // Without the comment, the one below would be the text above it.
        "#cloud-config\nfinal_message: |\n# dryboot: ignore-file[octal-number]\n\n  ## template: jinja\n",
        // Behind quotes, the comment needs no blank.
        "#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      runtime: \"on\"#\n",
        // A blank at the end of a line stays when lines are not folded any more.
        "#cloud-config\nwrite_files:\n  - path: /etc/motd\n    encoding: b64\n    content: >\n      aGVs\n      bG8K \n",
        // Once the drop-in is read, its command is.
        "#cloud-config\ncoreos:\n  units:\n    - name: docker.service\n      drop_ins:\n        - name: a\n          content: |\n            [Service]\n            ExecStart=#/usr/bin/dockerd\n",
        // Its encoding is misspelt, and it breaks off as well.
        "#cloud-config\nwrite_files:\n  - path: /etc/a\n    encoding: gz+b6]4\n    content: H4sIAAAAAAAAA0vOSFXIzwYA\n",
    ] {
        checker.check(text.as_bytes());
    }
    checker.verdict();
}

#[derive(Default)]
struct Checker {
    /// How many fixes of each rule were checked.
    fixes: BTreeMap<(&'static str, &'static str), usize>,
    faults: Vec<String>,
}

impl Checker {
    fn and(mut self, other: Self) -> Self {
        for (rule, count) in other.fixes {
            *self.fixes.entry(rule).or_default() += count;
        }
        self.faults.extend(other.faults);
        self
    }

    fn verdict(&mut self) {
        self.faults.sort_by_key(String::len);
        // The shortest two of each kind say most.
        let mut shown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for fault in &self.faults {
            let kind = fault.split(':').next().unwrap_or_default();
            let known = shown.entry(kind).or_default();
            if known.len() < 2 && !known.contains(&fault.as_str()) {
                known.push(fault);
            }
        }
        let shown: Vec<&str> = shown.into_values().flatten().collect();
        assert_eq!(self.faults.len(), 0, "faults, such as\n{}", shown.join("\n----\n"));
    }

    fn check(&mut self, bytes: &[u8]) {
        for (target, _) in PROGRAMS {
            let report = report(bytes, target);
            // Nothing is written back for what is not UTF-8.
            if report.text.as_bytes() != bytes {
                continue;
            }
            for diagnostic in &report.diagnostics {
                for fix in diagnostic.fixes.iter().filter(|fix| fix.safety == Safety::Safe) {
                    *self.fixes.entry((target, diagnostic.rule)).or_default() += 1;
                    if let Err(fault) = by_itself(&report, diagnostic, fix) {
                        self.fault(&report, &format!("{}, {}: {fault}", diagnostic.rule, fix.title));
                    }
                }
            }
            if let Err(fault) = together(&report) {
                self.fault(&report, &fault);
            }
        }
    }

    fn fault(&mut self, report: &Report, fault: &str) {
        self.faults.push(format!("{} ({}) in {:?}", fault, report.target.name, report.text));
    }
}

/// CoreOS and Flatcar have the same rules.
fn family(target: &str) -> &'static str {
    if target == "cloud-init" { "cloud-init" } else { "coreos" }
}

fn report(bytes: &[u8], target: &str) -> Report {
    let target = Some(Target::parse(target).expect("a target"));
    lint(bytes, &LintOptions { target, ..LintOptions::default() })
}

fn by_itself(before: &Report, diagnostic: &Diagnostic, fix: &Fix) -> Result<(), String> {
    let alone = Diagnostic { fixes: vec![fix.clone()], ..diagnostic.clone() };
    let (text, applied) = apply_fixes(&before.text, &[alone], Safety::Safe);
    if applied != 1 || text == before.text {
        return Err("the fix does nothing".to_owned());
    }
    let after = report(text.as_bytes(), &before.target.name);
    let account = accounts::of(family(&before.target.name), diagnostic.rule)
        .ok_or("there is no account of what it may change")?;
    account.holds(&Difference::between(before, &after))?;
    // Another finding of the rule may follow, once this one is out of the way.
    let is_same =
        |found: &&Diagnostic| (found.rule, &found.message) == (diagnostic.rule, &diagnostic.message);
    let count = |report: &Report| report.diagnostics.iter().filter(is_same).count();
    if count(&after) >= count(before) {
        return Err(format!("the finding stays after it: {text:?}"));
    }
    still_good(before, &after)
}

/// Applies all safe fixes as `lint --fix` does.
fn together(first: &Report) -> Result<(), String> {
    let mut before = first.clone();
    for _ in 0..ROUNDS {
        let (text, applied) = apply_fixes(&before.text, &before.diagnostics, Safety::Safe);
        if applied == 0 {
            return Ok(());
        }
        let after = report(text.as_bytes(), &before.target.name);
        still_good(&before, &after).map_err(|fault| format!("all together: {fault}"))?;
        before = after;
    }
    Err(format!("the fixes do not come to an end: {:?}", before.text))
}

/// What was read is still read, and nothing is worse than before.
fn still_good(before: &Report, after: &Report) -> Result<(), String> {
    if is_readable(before) && !is_readable(after) {
        return Err(format!("it cannot be read any more: {:?}", after.text));
    }
    if before.not_checked.is_some() {
        // Nobody had looked before.
        return Ok(());
    }
    if after.not_checked.is_some() {
        return Err(format!("it is not checked any more: {:?}", after.text));
    }
    let errors = |report: &Report| {
        let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| (found.rule, found.path.replace('-', "_"))).collect::<BTreeSet<_>>()
    };
    let (old, new) = (errors(before), errors(after));
    // A drop-in without its suffix was not read, and what is wrong in it did not matter.
    let unread: Vec<String> = before
        .diagnostics
        .iter()
        .filter(|found| found.rule == "drop-in-suffix")
        .filter_map(|found| Some(found.path.rsplit_once('.')?.0.replace('-', "_")))
        .collect();
    let was_read = |path: &str| !unread.iter().any(|drop_in| path.starts_with(drop_in.as_str()));
    match new.difference(&old).find(|(_, path)| was_read(path)) {
        Some(error) => Err(format!("{error:?} is new in {:?}", after.text)),
        None => Ok(()),
    }
}

/// The YAML library of a report's program.
fn dialect(report: &Report) -> Dialect {
    PROGRAMS.iter().find(|(name, _)| *name == report.target.name).expect("a program").1
}

fn is_readable(report: &Report) -> bool {
    let dialect = dialect(report);
    // Behind a byte-order mark, yaml.v3 gives up on the second line silently.
    let text = report.text.trim_start_matches('\u{feff}');
    let parsed = parse(text.as_bytes(), text, dialect, &Limits::default());
    parsed.is_whole()
        && match dialect {
            Dialect::PyYaml => {
                let loaded = python::load(&parsed.tree, &Limits::default());
                loaded.error.is_none() && loaded.crash.is_none()
            }
            Dialect::GoYamlV1 | Dialect::GoYamlV3 => build(&parsed.tree, dialect).error.is_none(),
        }
}
