//! Findings in user-data for cloud-init: its validator's verdict in better words, and what its validator lets pass.

mod context;
mod describe;
mod edits;
mod files;
mod path;
mod placeholder;
mod places;
mod registry;
mod script;
mod unit_files;
mod written;

use std::cell::OnceCell;

use dryboot_lint::Diagnostic;
use dryboot_schema::View;
use dryboot_yaml::Span;

use path::Steps;
use registry::ABOUT_BOTH;
pub use registry::{NAMES, RULES, Rule};

use crate::keys;
use crate::parts::{Shape, UserData};
use crate::verdict::{Judged, Kind, Subject, judge};
pub(crate) use context::{At, Context};
pub(crate) use describe::{is_secret, kind_of, what_it_is};
pub(crate) use dryboot_schema::{alternatives, described, joined};
pub(crate) use edits::{entry_before, line_break};
pub(crate) use files::{File, is_below, normal, octal};
pub(crate) use path::Path;
pub(crate) use placeholder::{expression, has_placeholders, is_plain, placeholder};
pub(crate) use places::{Place, Places};
pub(crate) use script::{Script, Step, shown};
pub(crate) use unit_files::{UnitFile, UnitFiles, Written, said};
pub(crate) use written::within;

/// What is said about one text.
#[derive(Debug)]
pub struct Linted {
    /// The text with the validator's verdict.
    pub judged: Judged,
    /// Findings, in the order of the rules.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks `bytes` for a release, with the rules that `runs` names.
#[must_use]
pub fn lint(bytes: &[u8], subject: &Subject<'_>, runs: &dyn Fn(&Rule) -> bool) -> Linted {
    let judged = judge(bytes, subject);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let read = judged.reading.as_ref().and_then(|reading| reading.filled.as_ref());
    let read = read.map_or(text, |filled| filled.text.as_str());
    let steps = Steps::new();
    let view = judged.view(subject);
    let places = view.as_ref().map(|view| known_places(view, subject, &steps)).unwrap_or_default();
    let mut context = Context::new(text, read, &judged, subject, &places, OnceCell::from(view), &steps);
    for rule in registry::rules(false).filter(|rule| runs(rule)) {
        context.run(rule);
    }
    let diagnostics = context.into_found();
    Linted { judged, diagnostics }
}

/// User-data with its parts.
pub(crate) struct Message<'m> {
    /// The bytes that are given to the platform.
    pub(crate) bytes: &'m [u8],
    /// The text that the user-data is.
    pub(crate) text: &'m str,
    /// What the validator says to it.
    pub(crate) judged: &'m Judged,
    /// Its parts.
    pub(crate) user_data: &'m UserData<'m>,
    /// What was read of each part that is a cloud-config.
    pub(crate) configs: &'m [Option<Judged>],
}

/// Checks the parts of user-data as such, and how they go together. The place of a finding in a part is that in the text
/// of the part.
pub(crate) fn lint_parts(
    message: &Message<'_>,
    subject: &Subject<'_>,
    runs: &dyn Fn(&Rule) -> bool,
) -> Vec<Diagnostic> {
    let steps = Steps::new();
    let (places, view) = (Places::default(), OnceCell::new());
    let mut context =
        Context::new(message.text, message.text, message.judged, subject, &places, view, &steps);
    context.message = Some(message);
    let is_text = message.user_data.shape == Shape::Text;
    for rule in registry::rules(true).filter(|rule| runs(rule)) {
        context.run(rule);
    }
    // The rules about texts have been asked about this one, unless there is nothing but its parts.
    for rule in ABOUT_BOTH.iter().filter(|rule| (!is_text || message.text.is_empty()) && runs(rule)) {
        context.run(rule);
    }
    context.into_found()
}

/// Every value of a cloud-config that could be read, with what the tables know about it.
fn known_places<'c>(view: &View<'c>, subject: &Subject<'_>, steps: &'c Steps) -> Places<'c> {
    match view.tree().root().filter(|_| subject.kind != Kind::NetworkConfig) {
        Some(root) => places::places(view, root, &keys::ROOT, steps, subject.limits.nodes),
        None => Places::default(),
    }
}

/// A line, from 1, without its line break.
pub(crate) fn line_span(text: &str, line: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let written = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    Span::new(start, start + written.len())
}
