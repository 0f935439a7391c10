//! How long the page takes from a keystroke to what it shows, beside the budget.

use crate::{browser, process, workspace};
use anyhow::{Context, Result};
use serde::Deserialize;

/// Something that follows a keystroke.
struct Answer {
    /// The worker's operation.
    operation: &'static str,
    what: &'static str,
    /// Milliseconds from the key until it is shown, in a text of 16 KB.
    budget: f64,
}

const ANSWERS: [Answer; 2] = [
    Answer { operation: "lint", what: "diagnostics", budget: 4.0 },
    Answer { operation: "preview", what: "preview", budget: 10.0 },
];

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
    for answer in ANSWERS {
        let (_server, mut node) = browser::node_on_page()?;
        let json = process::output(node.arg(&script).arg(answer.operation))?;
        let medians = serde_json::from_str(&json).context("keystroke.mjs printed something unexpected")?;
        println!("{}", table(&answer, &medians));
    }
    Ok(())
}

fn table(Answer { what, budget, .. }: &Answer, medians: &Medians) -> String {
    let Medians { keystrokes, posted, answered, shown, total } = medians;
    let verdict = if total <= budget { "within" } else { "over" };
    format!(
        "keystroke to {what}: median of {keystrokes} keystrokes, 16 KB\n\
         key to the worker's mail    {posted:>5.1} ms\n\
         until its answer is back    {answered:>5.1} ms\n\
         until everything shows it   {shown:>5.1} ms\n\
         total                       {total:>5.1} ms, {verdict} the budget of {budget} ms\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{ANSWERS, Medians, table};

    #[test]
    fn the_budget_stands_beside_the_total() {
        let medians = |total| Medians { keystrokes: 50, posted: 1.0, answered: 2.0, shown: 0.5, total };
        assert!(
            table(&ANSWERS[0], &medians(3.5))
                .ends_with("total                         3.5 ms, within the budget of 4 ms\n")
        );
        assert!(table(&ANSWERS[1], &medians(12.25)).contains("over the budget of 10 ms"));
    }
}
