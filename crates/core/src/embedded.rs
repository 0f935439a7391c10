//! Linting a file that has user-data inside.

pub use dryboot_embedded::names_host;
use dryboot_embedded::{self as embedded, Edits, Embedded, Placeholders, SourceMap};
use dryboot_lint::Report;
use dryboot_lint::assist::{Completion, Hover};
use dryboot_lint::template::{self, Syntax};

use crate::{LintOptions, Span, auto, complete, hover, lint};

/// Checks a file: as user-data, or the user-data in it, if it is a file of another language. `name` is its path.
#[must_use]
pub fn lint_file(name: &str, bytes: &[u8], options: &LintOptions) -> Report {
    let text = std::str::from_utf8(bytes).ok().filter(|_| bytes.len() <= options.limits.bytes);
    let Some(text) = text else { return lint(bytes, options) };
    if let Some(found) = embedded::find(name, text) {
        let target = auto::choose(bytes, options).target.reader().named();
        return embedded::of_host(text, &found, target, |inner| report_on(inner, options));
    }
    let whole = lint(bytes, options);
    // Whoever fills the template fills what is inside of it.
    let placeholders = options.template.map_or(Placeholders::None, Placeholders::Tags);
    match embedded::nested(text) {
        Some(inner) => {
            let inner = Embedded { placeholders, ..inner };
            let report = report_on(&inner, options);
            embedded::with_nested(whole, &inner, report)
        }
        None => whole,
    }
}

/// Whether a file that is not user-data itself has some inside.
#[must_use]
pub fn has_embedded(name: &str, bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).ok().filter(|_| embedded::occurs(bytes));
    text.and_then(|text| embedded::find(name, text)).is_some_and(|found| !found.texts.is_empty())
}

/// The texts in a file that programs read, each with its place.
pub(crate) fn texts(name: &str, text: &str) -> Vec<Embedded> {
    match embedded::find(name, text) {
        Some(found) => found.texts,
        None => {
            let whole = Embedded {
                text: text.to_owned(),
                map: SourceMap::copied(Span::new(0, text.len())),
                span: Span::new(0, text.len()),
                name: String::new(),
                placeholders: Placeholders::None,
                edits: Edits::Lines(String::new()),
                folded: None,
            };
            embedded::nested(text).into_iter().chain([whole]).collect()
        }
    }
}

/// The documentation of the key at a byte offset of a file, in user-data inside of it as well.
#[must_use]
pub fn hover_file(name: &str, text: &str, options: &LintOptions, offset: usize) -> Option<Hover> {
    texts(name, text).into_iter().find_map(|inner| {
        let at = inner.inward(offset)?;
        let found = hover(&inner.text, options.target.as_ref(), options.kind, at)?;
        Some(Hover { span: inner.map.span(found.span), ..found })
    })
}

/// What may stand at a byte offset of a file, in user-data inside of it as well.
#[must_use]
pub fn complete_file(name: &str, text: &str, options: &LintOptions, offset: usize) -> Option<Completion> {
    texts(name, text).into_iter().find_map(|inner| {
        let at = inner.inward(offset)?;
        let found = complete(&inner.text, options.target.as_ref(), options.kind, at)?;
        Some(Completion { span: inner.map.span(found.span), ..found })
    })
}

fn report_on(embedded: &Embedded, options: &LintOptions) -> Report {
    let text = &embedded.text;
    let filled = match &embedded.placeholders {
        Placeholders::None => None,
        Placeholders::Tags(syntax) => template::fill(text, *syntax).map(|filled| (filled, *syntax)),
        Placeholders::At(places) => template::fill_at(text, places).map(|filled| (filled, Syntax::Host)),
    };
    let options = LintOptions { template: None, printed_for: None, ..options.clone() };
    match filled {
        None => lint(text.as_bytes(), &options),
        Some((filled, syntax)) => lint(filled.text.as_bytes(), &options).of_template(text, &filled, syntax),
    }
}
