//! How long the page takes from a keystroke to what it shows, beside the budget.

use crate::lint_speed::cloud_config;
use crate::{browser, process, workspace};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::fs;

/// Something that follows a keystroke.
struct Answer {
    /// What `keystroke.mjs` is asked for.
    operation: &'static str,
    what: &'static str,
    /// Whether the text is for cloud-init, and not for CoreOS.
    is_cloud_init: bool,
    /// Milliseconds from the key until it is shown, in a text of 16 KB.
    budget: f64,
}

const ANSWERS: [Answer; 5] = [
    Answer { operation: "lint", what: "diagnostics", is_cloud_init: false, budget: 4.0 },
    Answer { operation: "lint", what: "diagnostics of cloud-init", is_cloud_init: true, budget: 4.0 },
    Answer { operation: "element", what: "diagnostics in the element", is_cloud_init: true, budget: 4.0 },
    Answer { operation: "preview", what: "preview", is_cloud_init: false, budget: 10.0 },
    Answer { operation: "preview", what: "preview of cloud-init", is_cloud_init: true, budget: 10.0 },
];

/// The size of the text for cloud-init, which is that of the other.
const SIZE: usize = 16 << 10;

/// Medians, in milliseconds.
#[derive(Debug, Deserialize)]
struct Medians {
    keystrokes: u32,
    posted: f64,
    answered: f64,
    shown: f64,
    total: f64,
}

/// Measures and prints.
///
/// # Errors
/// When the page cannot be measured, or is over a budget.
pub(crate) fn report() -> Result<()> {
    let script = workspace::browser_tests().join("keystroke.mjs");
    let text = workspace::target().join("keystroke.yaml");
    // The first lines are in view: what is typed goes into the comment.
    let config = cloud_config(SIZE).replacen("#cloud-config\n", "#cloud-config\n# An app\n", 1);
    fs::write(&text, config).with_context(|| format!("cannot write {}", text.display()))?;
    let mut over = Vec::new();
    for answer in ANSWERS {
        let (_server, mut node) = browser::node_on_page()?;
        node.arg(&script).arg(answer.operation);
        if answer.is_cloud_init {
            node.arg(&text);
        }
        let medians: Medians = serde_json::from_str(&process::output(&mut node)?)
            .context("keystroke.mjs printed something unexpected")?;
        println!("{}", table(&answer, &medians));
        if medians.total > answer.budget {
            over.push(answer.what);
        }
    }
    ensure!(over.is_empty(), "over the budget from a keystroke: {}", over.join(", "));
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
        assert!(table(&ANSWERS[3], &medians(12.25)).contains("over the budget of 10 ms"));
    }
}
