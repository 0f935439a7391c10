//! Workflow commands of GitHub Actions, which become annotations of lines
//! (GitHub's documentation, "Workflow commands for GitHub Actions").

use std::io;

use dryboot_lint::Severity;

use super::{Results, uri};
use crate::output::Output;

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    for named in results.reports {
        let report = named.report;
        for found in &report.diagnostics {
            let start = report.lines.position(found.span.start, &report.text);
            let end = report.lines.position(found.span.end, &report.text);
            let level = match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut properties = vec![
                ("title", format!("dryboot ({})", found.rule)),
                ("file", uri::path(named.name)),
                ("line", start.line.to_string()),
                ("col", start.column.to_string()),
            ];
            // Columns count within one line alone.
            if end.line == start.line {
                properties.push(("endColumn", end.column.to_string()));
            } else {
                properties.push(("endLine", end.line.to_string()));
            }
            let help = found.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            out.workflow_command(level, &properties, &format!("{}{help}", found.message))?;
        }
        if let Some(reason) = report.not_checked {
            let properties = [("title", "dryboot".to_owned()), ("file", uri::path(named.name))];
            out.workflow_command(
                "notice",
                &properties,
                &format!("not checked: {}", reason.sentence(named.name)),
            )?;
        }
    }
    Ok(())
}
