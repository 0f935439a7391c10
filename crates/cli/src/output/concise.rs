//! One line for each finding, as compilers print them, and one for each file that was not checked.

use std::io::Write;

use anyhow::Result;

use crate::lint::Checked;
use crate::output::style;

pub(crate) fn write(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    for Checked { input, report } in checked {
        for diagnostic in &report.diagnostics {
            let at = report.lines.position(diagnostic.span.start, &report.text);
            let style = style(diagnostic.severity);
            writeln!(
                out,
                "{}:{}:{}: {style}{}{style:#}[{}] {}",
                input.name,
                at.line,
                at.column,
                diagnostic.severity.name(),
                diagnostic.rule,
                diagnostic.message
            )?;
        }
        if let Some(reason) = report.not_checked {
            writeln!(out, "{}: not checked, since {}", input.name, reason.sentence("it"))?;
        }
    }
    Ok(())
}
