//! What people and logs get to see. Nothing of others' texts gets through here unescaped.
//!
//! Names, keys, values and answers of servers end up in messages, and they may hold anything: sequences that move the
//! cursor or set the title of a window, characters that turn the direction of text, line feeds with a command for a CI
//! system behind them. So an [`Output`] takes all that is formatted for text of others: every `writeln!` is one line,
//! and whatever is not seen as itself is escaped. Only a [`Paint`] gets colours through.

mod json;
mod line;
mod paint;
mod shown;

use std::fmt;
use std::io::{self, BufWriter, Write};

use serde::Serialize;

pub use paint::{BAD, CODE, FAINT, GOOD, NAME, Paint, STRONG};
pub use shown::{shown, shown_bytes};

/// Where lines and documents go, escaped.
pub struct Output<'w>(BufWriter<Box<dyn Write + 'w>>);

impl<'w> Output<'w> {
    /// Output to a writer, which gets colours as ANSI sequences: it takes them off where they are not wanted.
    pub fn new(writer: impl Write + 'w) -> Self {
        Self(BufWriter::new(Box::new(writer)))
    }

    /// One line, for `writeln!`. It ends in a line feed and has no other.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> io::Result<()> {
        self.put(&line::line(arguments))
    }

    /// All lines of a text of others.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn lines(&mut self, text: &str) -> io::Result<()> {
        text.lines().try_for_each(|line| writeln!(self, "{line}"))
    }

    /// What a renderer has made of escaped texts, with colours and line feeds.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rendered(&mut self, text: &str) -> io::Result<()> {
        self.put(&line::rendered(text))
    }

    /// A command to the runner of a GitHub workflow, with its line breaks and signs escaped as the runner reads them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn workflow_command(
        &mut self,
        name: &str,
        properties: &[(&str, String)],
        message: &str,
    ) -> io::Result<()> {
        let lines: Vec<String> = message.lines().map(|line| shown(line).to_string()).collect();
        let message = lines.join("\n").replace('%', "%25").replace('\n', "%0A");
        let value = |value: &str| {
            shown(value).to_string().replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
        };
        let all: Vec<String> =
            properties.iter().map(|(name, written)| format!("{name}={}", value(written))).collect();
        self.put(&format!("::{name} {}::{message}\n", all.join(",")))
    }

    /// A document for programs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.put(&json::json(value)?)
    }

    /// Ends the output; until then, a failure may not have shown.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
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
