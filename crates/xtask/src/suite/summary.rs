//! The end of the suite: what passed, what failed and what was skipped.

use super::Done;
use crate::counts::Counts;
use crate::process::Elapsed;
use std::process::ExitCode;

/// Prints the summary; the exit code tells whether all steps succeeded.
pub(super) fn print(done: &[Done]) -> ExitCode {
    println!("\n=== summary ===");
    let mut total = Counts::default();
    for Done { step, time, counts, result } in done {
        let (state, note) = match result {
            Ok(skipped) => ("ok", skipped.join("; ")),
            Err(_) => ("FAILED", String::new()),
        };
        let time = Elapsed(*time).to_string();
        println!("{}", format!("{:<10} {state:<7} {time:<12} {note}", step.name()).trim_end());
        total += *counts;
    }
    for (step, error) in done.iter().filter_map(|d| Some((d.step, d.result.as_ref().err()?))) {
        println!("\n{} failed: {error:#}\n  again: cargo xtask test --only {0}", step.name());
    }
    println!("\nEvery test counts, and every step without tests counts as one:");
    println!("{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    if done.iter().any(|d| d.result.is_err()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
