//! What the README says to do first.

use anyhow::{Context, Result};

/// A command with what it prints.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Transcript {
    /// Behind `dryboot`.
    pub(super) arguments: Vec<String>,
    pub(super) output: String,
}

/// The arguments of the first `cargo install`.
pub(super) fn install(readme: &str) -> Result<Vec<String>> {
    let line = readme.lines().find_map(|line| line.strip_prefix("cargo install "));
    let line = line.context("README.md has no line that begins with `cargo install`")?;
    let command = line.split(" #").next().unwrap_or(line);
    Ok(std::iter::once("install").chain(command.split_whitespace()).map(str::to_owned).collect())
}

/// The first command that is shown with its output.
pub(super) fn first_transcript(readme: &str) -> Result<Transcript> {
    let (_, block) =
        readme.split_once("\n```console\n").context("README.md has no console block with a command")?;
    let (block, _) =
        block.split_once("```\n").context("the first console block in README.md is never closed")?;
    let (command, output) =
        block.split_once('\n').context("the first console block in README.md is empty")?;
    let arguments =
        command.strip_prefix("$ dryboot ").context("the first console block does not show `dryboot`")?;
    let output = output.split("\n$ ").next().unwrap_or(output);
    Ok(Transcript {
        arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        output: output.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Transcript, first_transcript, install};

    const README: &str = "# x\n\n```sh\ncargo install --path crates/cli --locked   # one minute\n```\n\n\
        ```console\n$ dryboot lint a.yaml\nerror: x\n\n1 error\n```\n\n```console\n$ dryboot rules\n```\n";

    #[test]
    fn the_first_of_each_is_taken() -> anyhow::Result<()> {
        assert_eq!(install(README)?, ["install", "--path", "crates/cli", "--locked"]);
        let arguments = ["lint", "a.yaml"].map(str::to_owned).to_vec();
        assert_eq!(
            first_transcript(README)?,
            Transcript { arguments, output: "error: x\n\n1 error\n".to_owned() }
        );
        assert!(install("# x").is_err() && first_transcript("# x").is_err());
        Ok(())
    }
}
