//! The one way to a terminal: what is printed goes through an [`Output`], which escapes text of others.

use std::fmt;
use std::io::{self, Read, Write};

use dryboot_report::output::{BAD, Output};

/// Standard output.
pub(crate) fn stdout() -> Output<'static> {
    Output::new(anstream::stdout())
}

/// Standard error.
pub(crate) fn stderr() -> Output<'static> {
    Output::new(anstream::stderr())
}

/// Writes bytes to standard output that are the result themselves, just as they are.
pub(crate) fn pass_on(mut bytes: impl Read) -> io::Result<()> {
    let mut out = io::stdout().lock();
    io::copy(&mut bytes, &mut out)?;
    out.flush()
}

/// Says on standard error what was done beside the output.
pub(crate) fn remark(message: &str) {
    tell(format_args!("dryboot: {message}"));
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    tell(format_args!("{BAD}dryboot:{BAD:#} {message}"));
}

/// Prints on standard error what a renderer has made.
pub(crate) fn complain_rendered(text: &str) {
    at_once(|out| out.rendered(text));
}

fn tell(message: fmt::Arguments<'_>) {
    at_once(|out| out.write_fmt(message));
}

fn at_once(write: impl FnOnce(&mut Output<'_>) -> io::Result<()>) {
    let mut out = stderr();
    // There is nobody left to tell when standard error is gone, too.
    let _ = write(&mut out).and_then(|()| out.flush());
}
