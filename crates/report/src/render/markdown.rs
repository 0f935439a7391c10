//! The documentation of a rule for people: headings and code stand out.

use std::{fmt, io};

use crate::output::{CODE, FAINT, GOOD, Output};

/// Prints a document in Markdown.
///
/// # Errors
/// When it cannot be written.
pub fn write(markdown: &str, out: &mut Output<'_>) -> io::Result<()> {
    let mut in_block = false;
    for line in markdown.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            in_block = !in_block;
            if in_block {
                writeln!(out, "  {FAINT}{}{FAINT:#}", caption(fence))?;
            }
        } else if in_block {
            writeln!(out, "    {CODE}{line}{CODE:#}")?;
        } else if line.starts_with('#') {
            writeln!(out, "{GOOD}{}{GOOD:#}", line.trim_start_matches('#').trim_start())?;
        } else {
            writeln!(out, "{}", paragraph(line))?;
        }
    }
    Ok(())
}

/// A line with its code in colour.
fn paragraph(line: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        line.split('`').enumerate().try_for_each(|(index, part)| match index % 2 {
            0 => f.write_str(part),
            _ => write!(f, "{CODE}{part}{CODE:#}"),
        })
    })
}

/// What an example is there for.
fn caption(fence: &str) -> &'static str {
    match fence.split(',').nth(1) {
        Some("fail") => "Wrong:",
        Some("fixed") => "After the fix:",
        Some("pass") => "Right:",
        _ => "",
    }
}
