//! `cargo xtask test`: every check and test, to the end, with the failures listed last.

use crate::counts::Counts;
use crate::process::{self, Elapsed};
use crate::{browser, deny, generate, page, search, sizes, tools};
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One part of the suite.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting
    Fmt,
    /// Lints of the compiler and clippy
    Clippy,
    /// The pure crates compile for the browser
    Wasm,
    /// Tests of the Rust crates, and of the examples in their documentation
    Rust,
    /// Licences, sources and advisories of the dependencies
    Deny,
    /// Generated files are up to date
    Generated,
    /// The page builds as it ships
    Page,
    /// What the page transfers before its first lint is within the budget
    Size,
    /// Tests of the page in Chromium
    Browser,
}

/// What to run.
pub(crate) struct Options {
    /// These steps; all if empty.
    pub(crate) only: Vec<Step>,
    /// Take the page that is in `dist/`.
    pub(crate) no_build: bool,
    /// These browser tests; all if empty.
    pub(crate) files: Vec<String>,
}

impl Options {
    /// The steps to run, in the suite's order.
    fn steps(&self) -> Vec<Step> {
        let named = |step: Step| self.only.is_empty() || self.only.contains(&step);
        // An old page would be tested without anyone noticing.
        let for_page = |step: Step| step == Step::Page && (named(Step::Size) || named(Step::Browser));
        let steps = Step::value_variants().iter().copied();
        let wanted = |&step: &Step| (named(step) || for_page(step)) && !(self.no_build && step == Step::Page);
        steps.filter(wanted).collect()
    }
}

struct Done {
    step: Step,
    time: Duration,
    counts: Counts,
    /// What the step left out, or why it failed.
    result: Result<Option<&'static str>>,
}

/// Runs the steps; the exit code tells whether all succeeded.
///
/// # Errors
/// Never because of a step: those are listed.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut done: Vec<Done> = Vec::new();
    for step in options.steps() {
        println!("\n=== {} ===", title(step));
        let start = Instant::now();
        let mut counts = Counts::default();
        let page_failed = done.iter().any(|d| d.step == Step::Page && d.result.is_err());
        let result = if page_failed && matches!(step, Step::Size | Step::Browser) {
            Err(anyhow::anyhow!("not run: the page was not built"))
        } else {
            run_step(step, options, &mut counts)
        };
        settle(&mut counts, result.is_err());
        if let Err(error) = &result {
            eprintln!("error: {error:#}");
        }
        done.push(Done { step, time: start.elapsed(), counts, result });
    }
    Ok(report(&done))
}

/// Makes a step count at least once, and never as only passed when it failed.
fn settle(counts: &mut Counts, failed: bool) {
    if failed && counts.failed == 0 {
        counts.failed = 1;
    } else if !failed && counts.passed == 0 {
        counts.passed = 1;
    }
}

fn title(step: Step) -> String {
    let value = step.to_possible_value();
    let help = value.as_ref().and_then(|value| value.get_help()).map(ToString::to_string);
    format!("{}: {}", name(step), help.unwrap_or_default())
}

fn name(step: Step) -> String {
    step.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Runs one step; what it returns is what it had to leave out.
fn run_step(step: Step, options: &Options, counts: &mut Counts) -> Result<Option<&'static str>> {
    let cargo = |arguments: &[&str]| process::run(process::cargo().args(arguments));
    match step {
        Step::Fmt => cargo(&["fmt", "--all", "--check"]),
        Step::Clippy => cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
        Step::Wasm => {
            tools::ensure_wasm_target()?;
            let check = ["check", "--target", "wasm32-unknown-unknown", "--package"];
            cargo(&[&check[..], &["dryboot-core"]].concat())?;
            // In test mode, since the source of random numbers is up to the module that is built in the end.
            cargo(&[&check[..], &["dryboot-openpgp", "--lib", "--profile", "test"]].concat())
        }
        Step::Rust => rust_tests(counts),
        Step::Deny => return deny::run(),
        Step::Generated => generate::run(true),
        Step::Page => page::build(),
        Step::Size => sizes::check(),
        Step::Browser => browser::test(&options.files, counts),
    }?;
    Ok(None)
}

/// Tests, with nextest where it is installed, and examples in the documentation, which nextest cannot run.
fn rust_tests(counts: &mut Counts) -> Result<()> {
    let mut run =
        |arguments: &[&str]| process::tee(process::cargo().args(arguments), |line| counts.read(line));
    let (tests, examples) = if search::on_path("cargo-nextest").is_some() {
        let tests = run(&["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests", "pass"]);
        (tests, run(&["test", "--workspace", "--doc", "--no-fail-fast", "--quiet"]))
    } else {
        (run(&["test", "--workspace", "--no-fail-fast"]), Ok(()))
    };
    match (tests, examples) {
        (Err(tests), Err(examples)) => bail!("{tests:#}; {examples:#}"),
        (tests, examples) => tests.and(examples),
    }
}

/// Prints the summary.
fn report(done: &[Done]) -> ExitCode {
    println!("\n=== summary ===");
    let mut total = Counts::default();
    for Done { step, time, counts, result } in done {
        let (state, note) = match result {
            Ok(note) => ("ok", note.unwrap_or_default()),
            Err(_) => ("FAILED", ""),
        };
        let time = Elapsed(*time).to_string();
        println!("{}", format!("{:<10} {state:<7} {time:<12} {note}", name(*step)).trim_end());
        total += *counts;
    }
    for (step, error) in done.iter().filter_map(|d| Some((d.step, d.result.as_ref().err()?))) {
        println!("\n{} failed: {error:#}\n  again: cargo xtask test --only {0}", name(step));
    }
    println!("\nEvery test counts, and every step without tests counts as one:");
    println!("{} passed, {} failed", total.passed, total.failed);
    if done.iter().any(|d| d.result.is_err()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

#[cfg(test)]
mod tests {
    use super::{Options, Step, settle};
    use crate::counts::Counts;

    fn steps(only: &[Step], no_build: bool) -> Vec<Step> {
        Options { only: only.to_vec(), no_build, files: Vec::new() }.steps()
    }

    #[test]
    fn browser_tests_get_a_fresh_page_unless_told_otherwise() {
        assert_eq!(steps(&[Step::Browser, Step::Fmt], false), [Step::Fmt, Step::Page, Step::Browser]);
        assert_eq!(steps(&[Step::Browser], true), [Step::Browser]);
        assert_eq!(steps(&[Step::Rust], false), [Step::Rust]);
        assert!(steps(&[], false).contains(&Step::Page));
    }

    #[test]
    fn a_failed_step_never_counts_as_passed_only() {
        let settled = |passed, failed, error| {
            let mut counts = Counts { passed, failed };
            settle(&mut counts, error);
            (counts.passed, counts.failed)
        };
        assert_eq!(settled(0, 0, false), (1, 0));
        assert_eq!(settled(0, 0, true), (0, 1));
        assert_eq!(settled(7, 0, true), (7, 1));
        assert_eq!(settled(7, 2, true), (7, 2));
    }
}
