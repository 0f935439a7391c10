//! The cloud-config inside `autoinstall`, which the installed system reads at its first boot (Ubuntu's autoinstall
//! reference, `user-data`).

use dryboot_text::{Builder, Span};

use crate::body::{blanks, lines};
use crate::{Edits, Embedded, Placeholders};

/// What the nested mapping has not, and is checked with.
const HEADER: &str = "#cloud-config\n";

/// The nested mapping of an autoinstall config, as a cloud-config of its own.
#[must_use]
pub fn nested(text: &str) -> Option<Embedded> {
    let all: Vec<(Span, &str)> = lines(text).collect();
    let top = all.iter().position(|(_, line)| line.trim_end() == "autoinstall:");
    let (from, least) = match top {
        Some(top) => (top + 1, 1),
        None => return None,
    };
    let inside = all[from..].iter().take_while(|(_, line)| is_within(line, least));
    let key = inside.clone().position(|(_, line)| line.trim_end().trim_start() == "user-data:")?;
    let column = inside.clone().filter(|(_, line)| !is_blank(line)).map(|(_, line)| blanks(line)).min()?;
    let (key_span, key_line) = all.get(from + key)?;
    if blanks(key_line) != column {
        return None;
    }
    let body: Vec<&(Span, &str)> =
        all[from + key + 1..].iter().take_while(|(_, line)| is_within(line, column + 1)).collect();
    let indentation = body.iter().filter(|(_, line)| !is_blank(line)).map(|(_, line)| blanks(line)).min()?;
    let (mut made, mut map) = (HEADER.to_owned(), Builder::default());
    let name = Span::new(key_span.start + column, key_span.start + key_line.trim_end().len());
    map.make(name, HEADER.len());
    for (span, line) in &body {
        let off = blanks(line).min(indentation);
        map.copy(Span::new(span.start + off, span.end));
        made.push_str(&line[off..]);
    }
    let span = Span::new(body.first()?.0.start, body.last()?.0.end);
    Some(Embedded {
        text: made,
        map: map.finish(span),
        span,
        name: "autoinstall.user-data".to_owned(),
        placeholders: Placeholders::None,
        edits: Edits::Lines(" ".repeat(indentation)),
    })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn is_within(line: &str, least: usize) -> bool {
    is_blank(line) || blanks(line) >= least
}
