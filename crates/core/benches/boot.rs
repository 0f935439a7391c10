//! The boot of cloud-init beside lint of the same config: it may take twice as long.

#![expect(clippy::print_stdout, reason = "a benchmark: its output is for the terminal")]

mod cloud_config;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use dryboot_core::cloud_init_boot::{Machine, preview};
use dryboot_core::{CloudInitTarget, LintOptions, Target, lint};

use cloud_config::cloud_config;

const NAME: &str = "boot of cloud-init";

const SIZE: usize = 16 << 10;

/// As often is each measured, in turns; the best counts, since nothing makes a run faster than it is.
const ROUNDS: usize = 50;

/// How often lint's time a preview may take.
const MOST_TIMES: f64 = 2.0;

fn main() -> ExitCode {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    if !NAME.contains(&filter) {
        return ExitCode::SUCCESS;
    }
    let text = cloud_config(SIZE);
    let bytes = text.as_bytes();
    let target = CloudInitTarget::NEWEST;
    let options = LintOptions { target: Some(Target::CloudInit(target)), ..LintOptions::default() };
    let machine = Machine::default();
    let (mut linted, mut booted) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        linted = linted.min(timed(|| lint(black_box(bytes), &options)));
        booted = booted.min(timed(|| preview(black_box(bytes), &target, &machine)));
    }
    let times = booted.as_secs_f64() / linted.as_secs_f64();
    println!(
        "{NAME}: {} bytes, best of {ROUNDS}\n  lint {:.2} ms  preview {:.2} ms  {times:.1} times, of {MOST_TIMES} at most",
        bytes.len(),
        linted.as_secs_f64() * 1000.0,
        booted.as_secs_f64() * 1000.0
    );
    if times > MOST_TIMES { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// How long something takes; what it gives is dropped afterwards.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = work();
    let time = start.elapsed();
    drop(black_box(result));
    time
}
