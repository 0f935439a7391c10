//! How often each rule has found something.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use dryboot_lint::Severity;

use super::{Results, style};
use crate::output::Output;

/// Prints a line for each rule that has found something, the most frequent first.
///
/// # Errors
/// When it cannot be written.
pub fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for found in results.reports.iter().flat_map(|named| &named.report.diagnostics) {
        *counts.entry((found.rule, found.severity)).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|&((name, severity), count)| (Reverse(count), Reverse(severity), name));
    let width = rows.first().map_or(0, |(_, count)| count.to_string().len());
    for ((name, severity), count) in rows {
        let style = style(severity);
        writeln!(out, "{count:width$}  {style}{:7}{style:#}  {name}", severity.name())?;
    }
    Ok(())
}
