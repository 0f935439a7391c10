//! The first line of user-data, which says what it is.

use dryboot_yaml::Span;

use super::{Completion, CompletionItem};

/// A first line, and what user-data is that begins with it, in one sentence.
pub type FirstLine = (&'static str, &'static str);

/// The first lines that begin as the text does; none if the offset is on another line.
#[must_use]
pub fn first_lines(text: &str, offset: usize, known: &[FirstLine]) -> Option<Completion> {
    let line = text.lines().next().unwrap_or_default();
    let typed = line.get(..offset)?;
    let fits = |(first, _): &&FirstLine| first.starts_with(typed) && *first != line;
    let item = |(first, doc): &FirstLine| CompletionItem {
        label: (*first).to_owned(),
        detail: String::new(),
        documentation: (*doc).to_owned(),
        insert: (*first).to_owned(),
    };
    let items: Vec<CompletionItem> = known.iter().filter(fits).map(item).collect();
    (!items.is_empty()).then_some(Completion { span: Span::new(0, line.len()), items })
}
