//! Why a program applies nothing of a config, in the words of its YAML library.

use dryboot_coreos::verdict::unknown_key_alias;
use dryboot_coreos::{Document, Target};
use dryboot_yaml::{Content, LineIndex, SyntaxError};

/// Why the target applies nothing of a config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It complains with these words and goes on without the config.
    Words(String),
    /// It dies with these words.
    Panic(String),
}

/// Why the YAML library gives no config.
pub(super) fn yaml_refusal(document: &Document<'_>) -> Option<Refusal> {
    let words = |words: String| Some(Refusal::Words(words));
    let model = &document.model;
    match document.target {
        Target::CoreOs => {
            if document.parsed.redefined_tag.is_some() {
                let panic = "runtime error: index out of range [1] with length 1";
                return Some(Refusal::Panic(panic.to_owned()));
            }
            if let Some(error) = &document.parsed.error {
                return words(format!("YAML error: {}", v1_error(error, &document.lines)));
            }
            if let Some(unknown) = unknown_key_alias(document) {
                return words(unknown);
            }
            model.refusal.as_ref().and_then(|refusal| words(format!("YAML error: {refusal}")))
        }
        Target::Flatcar => {
            if let Some(error) = &document.parsed.error {
                return words(format!("yaml: {}", v3_error(error, &document.lines)));
            }
            if let Some(refusal) = &model.refusal {
                return words(format!("yaml: {refusal}"));
            }
            let unmarshals =
                model.mismatches.is_empty() && !model.malformed_mapping && !has_bad_root(document);
            if unmarshals { None } else { words("yaml: unmarshal errors:".to_owned()) }
        }
    }
}

/// Whether the document is neither a mapping nor null.
fn has_bad_root(document: &Document<'_>) -> bool {
    use dryboot_yaml::scalar::{Scalar, resolve};
    let tree = document.tree();
    let Some(root) = tree.root().and_then(|root| tree.resolve(root)) else { return false };
    let node = tree.node(root);
    match &node.content {
        Content::Mapping(_) => false,
        Content::Scalar { text, style } => {
            resolve(text, *style, node.tag.as_deref(), document.target.dialect()) != Ok(Scalar::Null)
        }
        Content::Sequence(_) | Content::Alias { .. } => true,
    }
}

/// Faults of the first stage have no line: the library has not begun to count.
const FAULTS_OF_BYTES: &[&str] = &[
    "control characters are not allowed",
    "invalid leading UTF-8 octet",
    "invalid trailing UTF-8 octet",
    "incomplete UTF-8 octet sequence",
    "invalid length of a UTF-8 sequence",
    "invalid Unicode character",
    "incomplete UTF-16 character",
    "incomplete UTF-16 surrogate pair",
    "unexpected low surrogate area",
    "expected low surrogate area",
];

/// Where the grammar was when it noticed a fault. The scanner has contexts that sound alike: a
/// quoted scalar, a tag, a directive.
const CONTEXTS_OF_GRAMMAR: &[&str] =
    &["while parsing a block ", "while parsing a flow ", "while parsing a node"];

/// Faults that the grammar notices, not the scanner, and that have no context.
const FAULTS_OF_GRAMMAR: &[&str] = &[
    "did not find expected <document start>",
    "found duplicate %YAML directive",
    "found duplicate %TAG directive",
    "found incompatible YAML document",
];

fn has_line(error: &SyntaxError) -> bool {
    let is_about_values = |words: &str| error.message.to_ascii_lowercase().starts_with(words);
    !FAULTS_OF_BYTES.contains(&error.message.as_str())
        && !is_about_values("unknown anchor")
        && !is_about_values("anchor ")
}

fn with_line(line: usize, error: &SyntaxError) -> String {
    if line == 0 || !has_line(error) {
        error.message.clone()
    } else {
        format!("line {line}: {}", error.message)
    }
}

/// go-yaml v1 counts lines from 0 and prints them as if it counted from 1.
fn v1_error(error: &SyntaxError, lines: &LineIndex) -> String {
    let from_zero = |at: usize| lines.line(at) - 1;
    let line = match (from_zero(error.noticed), &error.context) {
        (0, Some((_, context))) => from_zero(*context),
        (line, _) => line,
    };
    with_line(line, error)
}

/// yaml.v3 shows where the construct begins, and corrects the count for the scanner alone.
fn v3_error(error: &SyntaxError, lines: &LineIndex) -> String {
    let from_zero = |at: usize| lines.line(at) - 1;
    let (context, by_grammar) = match &error.context {
        Some((words, at)) => {
            let by_grammar = CONTEXTS_OF_GRAMMAR.iter().any(|context| words.starts_with(context));
            (from_zero(*at), by_grammar)
        }
        None => (0, FAULTS_OF_GRAMMAR.contains(&error.message.as_str())),
    };
    let line = if context != 0 { context } else { from_zero(error.noticed) };
    with_line(if by_grammar || line == 0 { line } else { line + 1 }, error)
}
