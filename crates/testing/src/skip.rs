//! Tests that cannot run here.
//!
//! libtest knows no test that finds out while it runs that it cannot, and hides what a test prints when it returns. So
//! [`skip`] prints past libtest, and writes a line into the file that [`SKIPPED`] names. `cargo xtask test` reads that
//! file, and takes the tests in it from those that passed.

use crate::is_on;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::panic::Location;
use std::path::PathBuf;
use std::thread;

/// The variable with the path of the file for skipped tests. Each line is `BINARY: TEST`, a tab, and the reason.
pub const SKIPPED: &str = "DRYBOOT_SKIPPED";

/// Whether this runs in continuous integration, which promises every tool that a test needs.
#[must_use]
pub fn is_ci() -> bool {
    is_on("CI")
}

/// Says that the calling test cannot run; the caller returns next. The reason reads well after "because".
///
/// ```no_run
/// # fn program() -> Option<()> { None }
/// let Some(program) = program() else { return dryboot_testing::skip("gpg is not installed") };
/// ```
///
/// # Panics
/// In continuous integration: there, the test fails.
#[expect(clippy::panic, reason = "it makes a test fail")]
#[track_caller]
pub fn skip(reason: impl fmt::Display) {
    let test = test(Location::caller());
    if is_ci() {
        panic!("{test} cannot run, because {reason}; CI must provide what the tests need");
    }
    // Not with a macro, whose output libtest keeps to itself.
    let _ = writeln!(io::stderr(), "skipped, because {reason}: {test}");
    if let Some(path) = std::env::var_os(SKIPPED).map(PathBuf::from) {
        let line = format!("{test}\t{reason}\n");
        // In one write, since other tests write at the same time.
        let written = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .and_then(|mut file| file.write_all(line.as_bytes()));
        if let Err(error) = written {
            panic!("cannot write to {}, the value of {SKIPPED}: {error}", path.display());
        }
    }
}

/// The test that runs in this thread. With one thread for all tests, only the place is known.
fn test(place: &Location<'_>) -> String {
    let program = std::env::current_exe().unwrap_or_default();
    let program = program.file_stem().unwrap_or_default().to_string_lossy();
    // Cargo adds a hash to the name.
    let binary = program.rsplit_once('-').map_or(&*program, |(name, _)| name);
    match thread::current().name() {
        Some(name) if name != "main" => format!("{binary}: {name}"),
        _ => format!("{binary}: {}:{}", place.file(), place.line()),
    }
}
