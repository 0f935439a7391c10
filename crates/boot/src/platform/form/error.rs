//! Why metadata cannot be read, and where.

use std::fmt;

use dryboot_text::LineIndex;
use dryboot_yaml::{Content, Dialect, Limits, NodeId, Tree, parse};

/// Why metadata cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The platform, or the datasource that was chosen, has no metadata.
    None(&'static str),
    /// It is not JSON, XML or properties.
    Syntax {
        /// What is wrong.
        message: String,
        /// Line and column, both from 1; the column counts bytes.
        at: Option<(usize, usize)>,
    },
    /// It is JSON, but not an object.
    NoObject,
    /// A member has another type than the platform gives it.
    Type {
        /// Where it is.
        path: String,
        /// What is expected there.
        expected: &'static str,
    },
}

impl FormError {
    /// What is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::None(platform) => format!("`{platform}` has no metadata"),
            Self::Syntax { message, .. } => message.clone(),
            Self::NoObject => "expected an object".to_owned(),
            Self::Type { path, expected } => format!("expected {expected} at `{path}`"),
        }
    }

    /// A mistake without a place.
    pub(super) fn syntax(message: impl ToString) -> Self {
        Self::Syntax { message: message.to_string(), at: None }
    }

    /// The offset of the mistake in the metadata, if it has a place.
    #[must_use]
    pub fn offset(&self, metadata: &str) -> Option<usize> {
        match self {
            Self::None(_) => None,
            Self::Syntax { at, .. } => {
                let (line, column) = (*at)?;
                let start = LineIndex::new(metadata).line_span(line, metadata).start;
                Some((start + column.saturating_sub(1)).min(metadata.len()))
            }
            Self::NoObject => Some(0),
            Self::Type { path, .. } => offset_of(path, metadata),
        }
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        match self {
            Self::Syntax { at: Some((line, column)), .. } => write!(f, " at line {line} column {column}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for FormError {}

impl From<serde_json::Error> for FormError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        placed(&error.to_string(), &format!(" at line {line} column {column}"), (line, column))
    }
}

impl From<roxmltree::Error> for FormError {
    fn from(error: roxmltree::Error) -> Self {
        let at = error.pos();
        let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        placed(&error.to_string(), &format!(" at {at}"), (number(at.row), number(at.col)))
    }
}

/// A mistake whose place stands at the end of the message. If it does not, there is none.
fn placed(message: &str, words: &str, at: (usize, usize)) -> FormError {
    match message.strip_suffix(words) {
        Some(message) => FormError::Syntax { message: message.to_owned(), at: Some(at) },
        None => FormError::syntax(message),
    }
}

/// Where a value is in JSON, by its path: `network.addresses[2].address`. As far as the path leads.
fn offset_of(path: &str, json: &str) -> Option<usize> {
    // JSON is YAML, and the tree of YAML has places.
    let tree = parse(json.as_bytes(), json, Dialect::GoYamlV3, &Limits::default()).tree;
    let mut at = tree.root()?;
    for step in path.split(['.', '[']) {
        match below(&tree, at, step.trim_end_matches(']')) {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(tree.node(at).span.start)
}

fn below(tree: &Tree, at: NodeId, step: &str) -> Option<NodeId> {
    match &tree.node(at).content {
        Content::Mapping(entries) => {
            let named = entries.iter().rev().find(|entry| tree.node(entry.key).text() == Some(step));
            named.map(|entry| entry.value)
        }
        Content::Sequence(items) => items.get(step.parse::<usize>().ok()?).map(|item| item.value),
        Content::Scalar { .. } | Content::Alias { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_has_its_place() {
        let json = "{\n  \"a\": [1, {\"b\": 2}],\n  \"ä\": x\n}";
        let syntax = FormError::from(serde_json::from_str::<serde_json::Value>(json).unwrap_err());
        assert_eq!(syntax.offset(json).map(|at| &json[at..]), Some("x\n}"));
        let typed = |path: &str| FormError::Type { path: path.to_owned(), expected: "a string" };
        let rest = |path: &str| typed(path).offset(json).map(|at| json[at..].chars().next().unwrap());
        assert_eq!(rest("a[1].b"), Some('2'));
        assert_eq!(rest("a[0]"), Some('1'));
        assert_eq!(rest("a[1].c"), Some('{'), "as far as the path leads");
        assert_eq!(FormError::NoObject.offset(json), Some(0));
        assert_eq!(FormError::None("file").offset(json), None);
    }
}
