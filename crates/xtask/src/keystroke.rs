//! How long the page takes from a keystroke to the diagnostics, beside the budget.

use crate::{browser, process, workspace};
use anyhow::{Context, Result};
use serde::Deserialize;

/// Milliseconds from the key to the diagnostics, in a text of 16 KB.
const BUDGET: f64 = 4.0;

/// Medians, in milliseconds.
#[derive(Debug, Deserialize)]
struct Medians {
    keystrokes: u32,
    posted: f64,
    answered: f64,
    shown: f64,
    total: f64,
}

/// Measures and prints. A slow machine is no failure.
///
/// # Errors
/// When the page cannot be measured.
pub(crate) fn report() -> Result<()> {
    let script = workspace::browser_tests().join("keystroke.mjs");
    let (_server, mut node) = browser::node_on_page()?;
    let json = process::output(node.arg(script))?;
    let medians = serde_json::from_str(&json).context("keystroke.mjs printed something unexpected")?;
    print!("{}", table(&medians));
    Ok(())
}

fn table(medians: &Medians) -> String {
    let Medians { keystrokes, posted, answered, shown, total } = medians;
    let verdict = if *total <= BUDGET { "within" } else { "over" };
    format!(
        "median of {keystrokes} keystrokes, 16 KB\n\
         key to the linter's mail    {posted:>5.1} ms\n\
         until its answer is back    {answered:>5.1} ms\n\
         until everything shows it   {shown:>5.1} ms\n\
         total                       {total:>5.1} ms, {verdict} the budget of {BUDGET} ms\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{Medians, table};

    #[test]
    fn the_budget_stands_beside_the_total() {
        let medians = |total| Medians { keystrokes: 50, posted: 1.0, answered: 2.0, shown: 0.5, total };
        assert!(
            table(&medians(3.5))
                .ends_with("total                         3.5 ms, within the budget of 4 ms\n")
        );
        assert!(table(&medians(12.25)).contains("over the budget"));
    }
}
