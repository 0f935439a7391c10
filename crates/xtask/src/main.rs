//! Developer commands of dryboot, run as `cargo xtask COMMAND`.
//!
//! Everything that building and testing the page needs beyond cargo and Node is installed by these commands into a
//! cache outside the tree ([`cache`]), in exact versions, and only when it is missing.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program: its output is for the terminal"
)]

mod bench;
mod browser;
mod cache;
mod chromium;
mod cli;
mod cloud_init;
mod counts;
mod debian;
mod deny;
mod docs;
mod firefox;
mod first_use;
mod fuzz;
mod generate;
mod group;
mod integration;
mod keystroke;
mod lint_speed;
mod loading;
mod node;
mod package;
mod page;
mod process;
mod python;
mod search;
mod serve;
mod server;
mod setup;
mod sizes;
mod skipped;
mod suite;
mod tools;
mod verify_page;
mod verify_speed;
mod versions;
mod workspace;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
