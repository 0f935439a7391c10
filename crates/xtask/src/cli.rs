//! The commands and their arguments.

use crate::setup::Purpose;
use crate::suite::Step;
use crate::{bench, fuzz, generate, package, page, serve, setup, suite};
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Developer commands of dryboot.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page with rebuild on change, after installing what is missing
    Serve {
        /// Build optimised, as the page ships
        #[arg(long)]
        release: bool,
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Open a browser once the page is built
        #[arg(long)]
        open: bool,
    },
    /// Build the page as it ships, into dist/, and the npm package
    Build,
    /// Make the npm package again from the modules of the last build, into npm/dist/
    Npm,
    /// Run every test and check, and list the failures at the end
    Test {
        /// Then the steps that take longer: more tries of each property, first use in a clean clone
        #[arg(long)]
        thorough: bool,
        /// Run only these steps, separated by commas
        #[arg(long, value_delimiter = ',', value_enum, value_name = "STEPS")]
        only: Vec<Step>,
        /// Test the page that is in dist/ instead of building it
        #[arg(long)]
        no_build: bool,
        /// Browser test files to run instead of all of tests/browser/*.test.mjs
        #[arg(value_name = "BROWSER_TEST")]
        files: Vec<String>,
    },
    /// Run the benchmarks, check what the page transfers before its first lint, and time keystrokes
    Bench {
        /// Only the transfer table, without the benchmarks
        #[arg(long)]
        transfer_only: bool,
        /// Only the benchmarks with this in their name; `verify` is the one of image signatures,
        /// `process` that of the command beside cloud-init and on many files
        filter: Option<String>,
    },
    /// Fuzz what reads users' input, with cargo-fuzz and a nightly toolchain
    Fuzz(fuzz::Options),
    /// Write the files that are generated from the code
    Generate {
        /// Only compare, and fail when a file is out of date
        #[arg(long)]
        check: bool,
        /// Only take the pictures of the page and of the launch form, from dist/ and npm/dist/
        #[arg(long, conflicts_with = "check")]
        screenshot: bool,
    },
    /// Install what the other commands need, and nothing else
    Setup {
        /// What to prepare for
        #[arg(long = "for", value_enum, default_value_t = Purpose::All, value_name = "PURPOSE")]
        purpose: Purpose,
    },
}

/// Runs one command.
pub(crate) fn run(cli: Cli) -> Result<ExitCode> {
    let done = |()| ExitCode::SUCCESS;
    match cli.command {
        Command::Serve { release, port, open } => serve::run(&serve::Serve { release, port, open }).map(done),
        Command::Build => page::build().map(done),
        Command::Npm => package::build().map(done),
        Command::Test { only, thorough, no_build, files } => {
            suite::run(&suite::Options { only, thorough, no_build, files })
        }
        Command::Bench { transfer_only, filter } => bench::run(transfer_only, filter.as_deref()).map(done),
        Command::Fuzz(options) => fuzz::run(&options).map(done),
        Command::Generate { screenshot: true, .. } => generate::screenshot().map(done),
        Command::Generate { check, .. } => generate::run(check).map(done),
        Command::Setup { purpose } => setup::run(purpose).map(done),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
