//! The `dryboot` command.

#[cfg(not(feature = "openpgp"))]
mod absent;
mod args;
mod baseline;
mod discover;
mod explain;
mod fix;
#[cfg(feature = "openpgp")]
mod image;
mod keys;
mod lint;
mod manual;
mod metadata;
mod netconf;
mod parallel;
mod platforms;
mod preview;
mod project;
mod replace;
mod rules;
mod schema;
mod screen;
mod unfinished;
#[cfg(feature = "openpgp")]
mod verify;
mod watch;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use dryboot_config::Invalid;
use dryboot_report::output::{Output, shown};

use crate::args::{Cli, Command};
use crate::screen::{complain, complain_rendered, remark};

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ends; the numbers are a contract with CI jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// The run itself failed; what is wrong is on standard error.
    Failed,
    /// There was nothing to check.
    NoInput,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
            Outcome::NoInput => 3,
        })
    }
}

fn main() -> ExitCode {
    let mut out = screen::stdout();
    let mut is_verdict = false;
    let outcome = match Cli::try_parse() {
        Ok(cli) => {
            is_verdict = gives_verdict(&cli.command);
            run(cli.command, &mut out)
        }
        Err(answer) => without_command(&answer, &mut out),
    };
    let outcome = outcome.and_then(|outcome| match out.flush() {
        // The verdict on an image stands, whether anybody reads it or not.
        Err(error) if is_verdict && error.kind() == io::ErrorKind::BrokenPipe => Ok(outcome),
        flushed => Ok(flushed.map(|()| outcome)?),
    });
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => Outcome::Clean.into(),
        Err(error) => {
            match error.downcast_ref::<Invalid>() {
                Some(invalid) => invalid.lines().for_each(complain),
                None => complain(&format!("{error:#}")),
            }
            Outcome::Failed.into()
        }
    }
}

fn run(command: Command, out: &mut Output<'_>) -> Result<Outcome> {
    match command {
        Command::Lint(args) if args.watch => watch::run(&args, out),
        Command::Lint(args) => lint::run(&args, out),
        Command::Preview(args) => preview::run(&args, out),
        Command::Platforms { platform, output_format } => platforms::run(platform, output_format, out),
        Command::Netconf(args) => netconf::run(&args, out),
        #[cfg(feature = "openpgp")]
        Command::Verify(args) => verify::run(&args, out),
        #[cfg(feature = "openpgp")]
        Command::Image(command) => image::run(&command, out),
        #[cfg(not(feature = "openpgp"))]
        Command::Verify(args) => absent::run("verify", &args),
        #[cfg(not(feature = "openpgp"))]
        Command::Image(args) => absent::run("image", &args),
        Command::Explain { name, target } => explain::run(&name, target.as_ref(), out),
        Command::Keys { target, output_format } => keys::run(&target, output_format, out),
        Command::Schema { of, target } => schema::run(of, &target, out),
        Command::Lsp { stdio: _ } => lsp(),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { out, output_format } => manual::pages(out.as_deref(), output_format),
        Command::Rules { output_format } => rules::list(output_format, out),
    }
}

/// Serves an editor until it leaves.
fn lsp() -> Result<Outcome> {
    match dryboot_lsp::serve_stdio()? {
        dryboot_lsp::Ended::Properly => Ok(Outcome::Clean),
        dryboot_lsp::Ended::Abruptly => Ok(Outcome::Findings),
    }
}

/// Whether somebody may go on with an image because of the exit code.
fn gives_verdict(command: &Command) -> bool {
    match command {
        #[cfg(feature = "openpgp")]
        Command::Verify(_) | Command::Image(_) => true,
        _ => false,
    }
}

/// Prints what takes the place of a command: help and version, or what is wrong with the arguments.
fn without_command(answer: &clap::Error, out: &mut Output<'_>) -> Result<Outcome> {
    if !answer.use_stderr() {
        out.rendered(&answer.render().ansi().to_string())?;
        return Ok(Outcome::Clean);
    }
    // The message quotes the arguments: it is made again with such as may be shown.
    let arguments =
        std::env::args_os().map(|argument| OsString::from(shown(&argument.to_string_lossy()).to_string()));
    match Cli::try_parse_from(arguments) {
        Err(error) if error.use_stderr() => complain_rendered(&error.render().ansi().to_string()),
        _ => complain("an argument is not valid text"),
    }
    Ok(Outcome::Failed)
}

/// The reader of our output has seen enough; that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
