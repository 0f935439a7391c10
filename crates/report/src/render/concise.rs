//! One line per finding, as compilers print them, and one for each file that was not checked.

use std::io;

use super::{Results, style};
use crate::Named;
use crate::output::Output;

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let reports = results.reports;
    for Named { name, report } in reports {
        for diagnostic in &report.diagnostics {
            let at = report.lines.position(diagnostic.span.start, &report.text);
            let style = style(diagnostic.severity);
            writeln!(
                out,
                "{}:{}:{}: {style}{}{style:#}[{}] {}",
                name,
                at.line,
                at.column,
                diagnostic.severity.name(),
                diagnostic.rule,
                diagnostic.message
            )?;
        }
        if let Some(reason) = report.not_checked {
            writeln!(out, "{}: not checked: {}", name, reason.sentence("it"))?;
        }
    }
    Ok(())
}
