//! The `dryboot` command.

#[cfg(not(feature = "openpgp"))]
mod absent;
mod args;
mod discover;
mod fix;
#[cfg(feature = "openpgp")]
mod image;
mod lint;
mod metadata;
mod netconf;
mod output;
mod platforms;
mod preview;
mod rules;
#[cfg(feature = "openpgp")]
mod verify;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

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
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let outcome = match cli.command {
        Command::Lint(args) => lint::run(&args, &mut out),
        Command::Preview(args) => preview::run(&args, &mut out),
        Command::Platforms { platform, output_format } => platforms::run(platform, output_format, &mut out),
        Command::Netconf(args) => netconf::run(&args, &mut out),
        #[cfg(feature = "openpgp")]
        Command::Verify(args) => verify::run(&args, &mut out),
        #[cfg(feature = "openpgp")]
        Command::Image(command) => image::run(&command, &mut out),
        #[cfg(not(feature = "openpgp"))]
        Command::Verify(args) => absent::run("verify", &args),
        #[cfg(not(feature = "openpgp"))]
        Command::Image(args) => absent::run("image", &args),
        Command::Explain { rule } => rules::explain(&rule, &mut out),
        Command::Rules { output_format } => rules::list(output_format, &mut out),
    };
    let outcome = outcome.and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => Outcome::Clean.into(),
        Err(error) => {
            complain(&format!("{error:#}"));
            Outcome::Failed.into()
        }
    }
}

/// The reader of our output has seen enough; that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Says on standard error what was done beside the output.
pub(crate) fn remark(message: &str) {
    let _ = writeln!(anstream::stderr(), "dryboot: {message}");
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    // There is nobody left to tell when standard error is gone, too.
    let _ = writeln!(anstream::stderr(), "{style}dryboot:{style:#} {message}");
}
