//! `--watch`: checks again whenever a file changes.
//!
//! Files are looked at again and again, which works on every system and file system, and costs little: the pauses are much longer
//! than a look takes.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use dryboot_report::output::Output;
use ignore::WalkBuilder;

use crate::args::LintArgs;
use crate::discover::is_standard_input;
use crate::screen::{complain, remark};
use crate::{Outcome, is_broken_pipe, lint};

/// The shortest pause between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// How much longer than a look a pause is.
const RATIO: u32 = 20;

/// A file, and when it was changed last.
type Seen = (PathBuf, Option<SystemTime>, u64);

/// Checks files until the user ends it.
pub(crate) fn run(args: &LintArgs, out: &mut Output<'_>) -> Result<Outcome> {
    if args.paths.iter().any(|path| is_standard_input(path)) {
        bail!("standard input cannot be watched: name a file or a directory");
    }
    let mut last: Option<Vec<Seen>> = None;
    loop {
        let start = Instant::now();
        let seen = look(&args.paths);
        let looked = start.elapsed();
        if last.as_ref() != Some(&seen) {
            // A mistake in a configuration is going to be corrected.
            match lint::run(args, out) {
                Err(error) if is_broken_pipe(&error) => return Err(error),
                Err(error) => complain(&format!("{error:#}")),
                Ok(_) => {}
            }
            out.flush()?;
            remark("watching for changes");
            last = Some(seen);
        }
        thread::sleep(PAUSE.max(looked * RATIO));
    }
}

/// Every file that may matter, whatever is in it.
fn look(paths: &[PathBuf]) -> Vec<Seen> {
    let files = |path: &PathBuf| {
        let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
        walk.filter_map(|entry| {
            let entry = entry.ok()?;
            let metadata = entry.metadata().ok().filter(|metadata| metadata.is_file())?;
            Some((entry.into_path(), metadata.modified().ok(), metadata.len()))
        })
    };
    paths.iter().flat_map(files).collect()
}
