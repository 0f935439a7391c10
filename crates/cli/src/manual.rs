//! `dryboot completions` and `dryboot man`: what is made from the definition of the command line.

mod markdown;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;

use crate::Outcome;
use crate::args::{Cli, ManFormat};
use crate::screen::pass_on;

const NAME: &str = "dryboot";

/// Prints the completions for a shell.
pub(crate) fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    pass_on(script.as_slice()).context("cannot write the output")?;
    Ok(Outcome::Clean)
}

/// Prints the page of the command, or writes the pages of all commands to a directory.
pub(crate) fn pages(directory: Option<&Path>, format: ManFormat) -> Result<Outcome> {
    match directory {
        None => {
            let mut page = Vec::new();
            match format {
                ManFormat::Roff => clap_mangen::Man::new(Cli::command()).render(&mut page)?,
                ManFormat::Markdown => page.extend(markdown::page(Cli::command()).into_bytes()),
            }
            pass_on(page.as_slice()).context("cannot write the output")?;
        }
        Some(directory) => {
            let why = || format!("cannot write the manual pages to {}", directory.display());
            fs::create_dir_all(directory).with_context(why)?;
            clap_mangen::generate_to(Cli::command(), directory).with_context(why)?;
        }
    }
    Ok(Outcome::Clean)
}
