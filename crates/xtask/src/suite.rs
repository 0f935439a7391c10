//! `cargo xtask test`: every check and test, to the end, with the failures listed last.

mod rust;
mod step;
mod summary;

pub(crate) use step::Step;

use crate::counts::Counts;
use anyhow::{Result, anyhow};
use clap::ValueEnum;
use dryboot_testing::is_ci;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use step::Tier;

/// What to run.
pub(crate) struct Options {
    /// These steps; all of the tier if empty.
    pub(crate) only: Vec<Step>,
    /// The thorough steps, too.
    pub(crate) thorough: bool,
    /// Take the page that is in `dist/`.
    pub(crate) no_build: bool,
    /// These browser tests; all if empty.
    pub(crate) files: Vec<String>,
}

impl Options {
    /// The steps to run, in the suite's order.
    fn steps(&self) -> Vec<Step> {
        let in_tier = |step: Step| self.thorough || step.tier() == Tier::Everyday;
        let named = |step: Step| if self.only.is_empty() { in_tier(step) } else { self.only.contains(&step) };
        let all = Step::value_variants();
        // An old page would be tested without anyone noticing.
        let for_page = all.iter().any(|&step| named(step) && step.needs_page());
        let wanted = |step: Step| match step {
            Step::Page => (named(step) || for_page) && !self.no_build,
            _ => named(step),
        };
        all.iter().copied().filter(|&step| wanted(step)).collect()
    }
}

/// What came of a step.
struct Done {
    step: Step,
    time: Duration,
    counts: Counts,
    /// Why tests of it were skipped, or why it failed.
    result: Result<Vec<String>>,
}

/// Runs the steps; the exit code tells whether all succeeded.
///
/// # Errors
/// Never because of a step: those are listed.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut done: Vec<Done> = Vec::new();
    for step in options.steps() {
        println!("\n=== {} ===", step.title());
        let start = Instant::now();
        let mut counts = Counts::default();
        let page_failed = done.iter().any(|d| d.step == Step::Page && d.result.is_err());
        let result = if page_failed && step.needs_page() {
            Err(anyhow!("not run: the page was not built"))
        } else {
            step.run(&options.files, &mut counts)
        };
        let result = result.and_then(|skipped| {
            let broken_promise = is_ci() && step.is_promised_in_ci() && counts.skipped > 0;
            if broken_promise { Err(refuse(&counts, &skipped)) } else { Ok(skipped) }
        });
        settle(&mut counts, result.is_err());
        if let Err(error) = &result {
            eprintln!("error: {error:#}");
        }
        done.push(Done { step, time: start.elapsed(), counts, result });
    }
    Ok(summary::print(&done))
}

/// The error for tests that are skipped in CI.
fn refuse(counts: &Counts, skipped: &[String]) -> anyhow::Error {
    anyhow!("{} skipped ({}); CI must provide what the tests need", counts.skipped, skipped.join("; "))
}

/// Makes a step count at least once, and never as only passed when it failed.
fn settle(counts: &mut Counts, failed: bool) {
    if failed && counts.failed == 0 {
        counts.failed = 1;
    } else if !failed && counts.passed == 0 {
        counts.passed = 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Step, settle};
    use crate::counts::Counts;

    fn steps(only: &[Step], thorough: bool, no_build: bool) -> Vec<Step> {
        Options { only: only.to_vec(), thorough, no_build, files: Vec::new() }.steps()
    }

    #[test]
    fn browser_tests_get_a_fresh_page_unless_told_otherwise() {
        assert_eq!(steps(&[Step::Browser, Step::Fmt], false, false), [Step::Fmt, Step::Page, Step::Browser]);
        assert_eq!(steps(&[Step::Browser], false, true), [Step::Browser]);
        assert_eq!(steps(&[Step::Rust], false, false), [Step::Rust]);
        assert!(steps(&[], false, false).contains(&Step::Page));
        assert!(!steps(&[], false, true).contains(&Step::Page));
    }

    #[test]
    fn thorough_steps_run_when_asked_for() {
        assert!(!steps(&[], false, false).contains(&Step::Properties));
        assert!(steps(&[], true, false).contains(&Step::Properties));
        assert!(steps(&[], true, false).contains(&Step::Fmt));
        assert_eq!(steps(&[Step::FirstPage], false, false), [Step::FirstPage]);
    }

    #[test]
    fn a_failed_step_never_counts_as_passed_only() {
        let settled = |passed, failed, error| {
            let mut counts = Counts { passed, failed, skipped: 0 };
            settle(&mut counts, error);
            (counts.passed, counts.failed)
        };
        assert_eq!(settled(0, 0, false), (1, 0));
        assert_eq!(settled(0, 0, true), (0, 1));
        assert_eq!(settled(7, 0, true), (7, 1));
        assert_eq!(settled(7, 2, true), (7, 2));
    }
}
