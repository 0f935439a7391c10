//! The documentation of a rule in the terminal: headings and code stand out.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use anyhow::Result;

pub(crate) fn write(markdown: &str, out: &mut impl Write) -> Result<()> {
    let heading = AnsiColor::Green.on_default().bold();
    let code = AnsiColor::Cyan.on_default();
    let dim = Style::new().dimmed();
    let mut in_block = false;
    for line in markdown.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            in_block = !in_block;
            if in_block {
                writeln!(out, "  {dim}{}{dim:#}", caption(fence))?;
            }
        } else if in_block {
            writeln!(out, "    {code}{line}{code:#}")?;
        } else if line.starts_with('#') {
            writeln!(out, "{heading}{}{heading:#}", line.trim_start_matches('#').trim_start())?;
        } else {
            let mut inside = false;
            for part in line.split('`') {
                if inside {
                    write!(out, "{code}{part}{code:#}")?;
                } else {
                    write!(out, "{part}")?;
                }
                inside = !inside;
            }
            writeln!(out)?;
        }
    }
    Ok(())
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
