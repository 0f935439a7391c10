//! User-data inside other files.
//!
//! [`find`] looks at the name and the text of a file. In a file of another language it finds the texts that a machine gets
//! as user-data, each with the way back to its place in the file, and with what that language fills in. The mark is the
//! same everywhere: a string, a heredoc, a block of YAML or a fence of Markdown begins with `#cloud-config`, also in
//! base64. What a text ends with, and what is taken off its lines, is up to the language.

mod autoinstall;
mod body;
mod hcl;
mod heredoc;
mod host;
mod joined;
mod mark;
mod markdown;
mod placeholders;
mod quoted;
mod report;
mod scan;
mod script;
mod yaml;

use dryboot_lint::template::Syntax;
use dryboot_text::Span;

pub use autoinstall::nested;
pub use dryboot_text::SourceMap;
pub use host::Host;
pub use report::{of_host, with_nested};

/// A user-data text inside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The text that the machine gets, except for what the language fills in.
    pub text: String,
    /// The way back to the file.
    pub map: SourceMap,
    /// Where it is in the file.
    pub span: Span,
    /// What the file calls it: the key or the attribute that has it; empty where there is none.
    pub name: String,
    /// What the language fills in.
    pub placeholders: Placeholders,
    /// What an edit of the text is in the file.
    pub edits: Edits,
    /// The `>` of YAML that has joined the lines of the text: the header's comment has taken in what follows.
    pub folded: Option<Span>,
}

impl Embedded {
    /// Where in the text a place of the file is; none outside of it, and where the text is not written as it is.
    #[must_use]
    pub fn inward(&self, offset: usize) -> Option<usize> {
        if self.map.is_opaque() || !self.span.touches(offset) {
            return None;
        }
        let outward = |at: usize| self.map.span(Span::empty(at)).start;
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if outward(middle) <= offset { low = middle } else { high = middle - 1 }
        }
        (outward(low) == offset && self.text.is_char_boundary(low)).then_some(low)
    }
}

/// What the language of a file fills in before a machine gets the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Placeholders {
    /// Nothing.
    #[default]
    None,
    /// The tags of a language of templates.
    Tags(Syntax),
    /// What is at these places.
    At(Vec<Span>),
}

/// What an edit of an embedded text is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edits {
    /// Another edit: the text is a string with escapes, or encoded.
    Never,
    /// The same edit, with this before each new line.
    Lines(String),
}

/// What there is in a file of another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The language.
    pub host: Host,
    /// The texts, in the order of the file.
    pub texts: Vec<Embedded>,
}

/// The user-data in a file; none for a file that is user-data itself, or may well be.
#[must_use]
pub fn find(name: &str, text: &str) -> Option<Found> {
    let is_prose = Host::by_name(name) == Some(Host::Markdown);
    // A file that begins with user-data in base64 is that user-data, not a file around it.
    let is_user_data = mark::begins(text) || mark::begins_in_base64(text);
    if (is_user_data && !is_prose) || host::is_user_data_by_name(name) {
        return None;
    }
    if host::is_autoinstall_by_name(name) {
        let texts = autoinstall::nested(text).into_iter().collect();
        return Some(Found { host: Host::Yaml, texts });
    }
    let host = Host::of(name, text);
    let mut texts = Vec::new();
    scan::scan(host.or_else(|| Host::by_name(name)).or_else(|| Host::by_content(text))?, text, 0, &mut texts);
    texts.sort_by_key(|found| found.span);
    texts.dedup_by_key(|found| found.span.start);
    match host {
        // A script is user-data itself, unless it makes some.
        Some(Host::Shell) | None if texts.is_empty() => None,
        _ => Some(Found { host: host.unwrap_or(Host::Yaml), texts }),
    }
}

/// Whether a file is of another language by its name.
#[must_use]
pub fn names_host(name: &str) -> bool {
    Host::by_name(name).is_some()
}

/// A quick look: whether what user-data begins with is anywhere in a file.
#[must_use]
pub fn occurs(text: &[u8]) -> bool {
    mark::occurs(text)
}
