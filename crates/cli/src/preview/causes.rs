//! Where effects come from, in words.

use std::fmt;

use dryboot_core::{Cause, LineIndex, Span};
use dryboot_report::output::FAINT;

/// The lines of the texts that causes point into.
pub(super) struct Lines {
    user: LineIndex,
    oem: Option<LineIndex>,
    vendor: Option<LineIndex>,
}

impl Lines {
    /// Of coreos-cloudinit: the user's, and the config of the image.
    pub(super) fn of(user: &str, oem: Option<&str>) -> Self {
        Self { user: LineIndex::new(user), oem: oem.map(LineIndex::new), vendor: None }
    }

    /// Of cloud-init: the user's, and the provider's.
    pub(super) fn with_vendor_data(user: &str, vendor: Option<&str>) -> Self {
        Self { user: LineIndex::new(user), oem: None, vendor: vendor.map(LineIndex::new) }
    }

    /// `lines 3-4, 8; metadata private_ipv4`; empty for what has no cause.
    pub(super) fn why(&self, causes: &[Cause]) -> String {
        let mut user: Vec<Span> = Vec::new();
        let mut oem: Vec<Span> = Vec::new();
        let mut vendor: Vec<Span> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let mut by_itself: Vec<String> = Vec::new();
        for cause in causes {
            match cause {
                Cause::Text(span) => user.push(*span),
                Cause::Oem(span) => oem.push(*span),
                Cause::Vendor(span) => vendor.push(*span),
                Cause::Metadata(field) => others.push(format!("metadata {field}")),
                Cause::Environment(variable) => others.push(format!("environment {variable}")),
                Cause::Generated(key) => by_itself.push(format!("by itself for {key}")),
            }
        }
        let mut all: Vec<String> = Vec::new();
        all.extend(lines(&self.user, &user));
        let of_image = self.oem.as_ref().and_then(|index| lines(index, &oem));
        all.extend(of_image.map(|lines| format!("{lines} of the OEM config")));
        let of_provider = self.vendor.as_ref().and_then(|index| lines(index, &vendor));
        all.extend(of_provider.map(|lines| format!("{lines} of the vendor-data")));
        // What has lines was asked for; that the program would do it anyway is no news then.
        if all.is_empty() {
            all.append(&mut by_itself);
        }
        all.extend(others);
        all.join("; ")
    }
}

fn lines(index: &LineIndex, spans: &[Span]) -> Option<String> {
    let lines = |span: &Span| {
        let last = span.end.saturating_sub(1).max(span.start);
        (index.line(span.start), index.line(last))
    };
    let mut touched: Vec<(usize, usize)> = spans.iter().map(lines).collect();
    touched.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (first, last) in touched {
        match runs.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
            _ => runs.push((first, last)),
        }
    }
    let is_one = matches!(runs.as_slice(), [(first, last)] if first == last);
    let shown: Vec<String> = runs
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    let word = if is_one { "line" } else { "lines" };
    (!shown.is_empty()).then(|| format!("{word} {}", shown.join(", ")))
}

/// What stands behind a line of the story.
pub(super) fn faint(why: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| if why.is_empty() { Ok(()) } else { write!(f, "  {FAINT}{why}{FAINT:#}") })
}
