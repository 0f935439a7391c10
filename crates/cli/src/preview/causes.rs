//! Where effects come from, in words.

use dryboot_core::{Cause, LineIndex, Preview, Span};

/// The lines of the texts that causes point into.
pub(super) struct Lines {
    user: LineIndex,
    oem: Option<LineIndex>,
}

impl Lines {
    pub(super) fn of(preview: &Preview) -> Self {
        Self { user: LineIndex::new(&preview.text), oem: preview.oem.as_deref().map(LineIndex::new) }
    }

    /// `lines 3-4, 8; metadata private_ipv4`; empty for what has no cause.
    pub(super) fn why(&self, causes: &[Cause]) -> String {
        let mut user: Vec<Span> = Vec::new();
        let mut oem: Vec<Span> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let mut by_itself: Vec<String> = Vec::new();
        for cause in causes {
            match cause {
                Cause::Text(span) => user.push(*span),
                Cause::Oem(span) => oem.push(*span),
                Cause::Metadata(field) => others.push(format!("metadata {field}")),
                Cause::Environment(variable) => others.push(format!("environment {variable}")),
                Cause::Generated(key) => by_itself.push(format!("by itself for {key}")),
            }
        }
        let mut all: Vec<String> = Vec::new();
        all.extend(lines(&self.user, &user));
        let of_image = self.oem.as_ref().and_then(|index| lines(index, &oem));
        all.extend(of_image.map(|lines| format!("{lines} of the OEM config")));
        // What has lines was asked for; that the program would do it anyway is no news then.
        if all.is_empty() {
            all.append(&mut by_itself);
        }
        all.extend(others);
        all.join("; ")
    }
}

fn lines(index: &LineIndex, spans: &[Span]) -> Option<String> {
    let mut touched: Vec<usize> = spans
        .iter()
        .flat_map(|span| {
            let last = span.end.saturating_sub(1).max(span.start);
            index.line(span.start)..=index.line(last)
        })
        .collect();
    touched.sort_unstable();
    touched.dedup();
    let runs: Vec<String> = touched
        .chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| Some((run.first()?, run.last()?)))
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    match touched.len() {
        0 => None,
        1 => Some(format!("line {}", runs.join(", "))),
        _ => Some(format!("lines {}", runs.join(", "))),
    }
}
