//! The cloud-config inside `autoinstall`, which the installed system reads at its first boot (Ubuntu's autoinstall
//! reference, `user-data`).

use dryboot_text::Span;

use crate::body::{Body, blanks, lines};
use crate::{Embedded, Placeholders, scan};

/// The nested mapping of an autoinstall config, as a cloud-config of its own.
#[must_use]
pub fn nested(text: &str) -> Option<Embedded> {
    // Hardly any text has it, which is the cheaper question.
    if !text.contains("autoinstall:") {
        return None;
    }
    let all: Vec<(Span, &str)> = lines(text).collect();
    let from = all.iter().position(|(_, line)| line.trim_end() == "autoinstall:")? + 1;
    let inside = all[from..].iter().take_while(|(_, line)| is_within(line, 1));
    let key = inside.clone().position(|(_, line)| line.trim_end().trim_start() == "user-data:")?;
    let column = inside.clone().filter(|(_, line)| !is_blank(line)).map(|(_, line)| blanks(line)).min()?;
    let (_, key_line) = all.get(from + key)?;
    if blanks(key_line) != column {
        return None;
    }
    let body: Vec<&(Span, &str)> =
        all[from + key + 1..].iter().take_while(|(_, line)| is_within(line, column + 1)).collect();
    let indentation = body.iter().filter(|(_, line)| !is_blank(line)).map(|(_, line)| blanks(line)).min()?;
    let span = Span::new(body.first()?.0.start, body.last()?.0.end);
    let body = Body::indented(text, span, indentation).headed();
    Some(scan::embedded(body, "autoinstall.user-data", Placeholders::None))
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn is_within(line: &str, least: usize) -> bool {
    is_blank(line) || blanks(line) >= least
}
