//! What people and logs get to see. Nothing of others' texts gets through here unescaped.
//!
//! Names, keys, values and answers of servers end up in messages, and they may hold anything: sequences that move the
//! cursor or set the title of a window, characters that turn the direction of text, line feeds with a command for a CI
//! system behind them. So a [`Screen`] takes all that is formatted for text of others: every `writeln!` is one line,
//! and whatever is not seen as itself is escaped. Only a [`Paint`] gets colours through.

mod json;
mod line;
mod paint;
mod shown;

use std::fmt;
use std::io::{self, BufWriter, Read, Write};

use anyhow::Result;
use serde::Serialize;

pub(crate) use paint::{BAD, CODE, FAINT, GOOD, NAME, Paint, STRONG};
pub(crate) use shown::{shown, shown_bytes};

/// Standard output or standard error.
pub(crate) struct Screen(BufWriter<Box<dyn Write>>);

impl Screen {
    pub(crate) fn stdout() -> Self {
        Self(BufWriter::new(Box::new(anstream::stdout())))
    }

    pub(crate) fn stderr() -> Self {
        Self(BufWriter::new(Box::new(anstream::stderr())))
    }

    /// One line, for `writeln!`. It ends in a line feed and has no other.
    pub(crate) fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> io::Result<()> {
        self.put(&line::line(arguments))
    }

    /// All lines of a text of others.
    pub(crate) fn lines(&mut self, text: &str) -> io::Result<()> {
        text.lines().try_for_each(|line| writeln!(self, "{line}"))
    }

    /// What a renderer has made of escaped texts, with colours and line feeds.
    pub(crate) fn rendered(&mut self, text: &str) -> io::Result<()> {
        self.put(&line::rendered(text))
    }

    /// A document for programs.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        Ok(self.put(&json::json(value)?)?)
    }

    /// Ends the output; until then, a failure may not have shown.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(unwritten)
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.0.write_all(text.as_bytes()).map_err(unwritten)
    }
}

/// Adds what could not be written to an error and keeps its kind: a closed pipe is not a failure.
fn unwritten(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write the output: {error}"))
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
    let _ = anstream::stderr().write_all(line::rendered(text).as_bytes());
}

fn tell(message: fmt::Arguments<'_>) {
    // There is nobody left to tell when standard error is gone, too.
    let _ = anstream::stderr().write_all(line::line(message).as_bytes());
}
