//! A cloud-config that is going to be applied, and why one is not.

use dryboot_coreos::content::{DecodeError, FileContent};
use dryboot_coreos::typed::{Decoded, Field, Value};
use dryboot_coreos::verdict::unknown_key_alias;
use dryboot_coreos::{Document, Target};
use dryboot_machine::Cause;
use dryboot_yaml::go_syntax::{float_shortest, quote};
use dryboot_yaml::scalar::decode_base64;
use dryboot_yaml::{Content, LineIndex, NodeId, SyntaxError};

use crate::go_errors::{base64_error, gzip_error};
use crate::run::Attributed;
use crate::source::SourceMap;

/// The decoded files of a config may be this long together, in bytes: a little gzip can hold a lot.
const LONGEST: usize = 128 << 20;

/// No words of the target's, which has no such limit.
const TOO_LONG: &str = "the files are too long to be previewed";

/// A config with the way back to the user's text.
pub(crate) struct Config<'d> {
    document: &'d Document<'d>,
    map: &'d SourceMap,
    /// Decoded contents, parallel to `write_files`.
    pub(crate) contents: Vec<Vec<u8>>,
}

/// Why the target applies nothing of a config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It complains with these words and goes on without the config.
    Words(String),
    /// It dies with these words.
    Panic(String),
}

impl<'d> Config<'d> {
    /// The config of a document that the target accepts.
    pub(crate) fn read(document: &'d Document<'d>, map: &'d SourceMap) -> Result<Self, Refusal> {
        if let Some(refusal) = yaml_refusal(document) {
            return Err(refusal);
        }
        let mut contents = Vec::new();
        let mut left = LONGEST;
        for (_, file) in document.model.config.sections("write_files") {
            let content = decoded_content(document, file).map_err(Refusal::Words)?;
            left = left.checked_sub(content.len()).ok_or_else(|| Refusal::Words(TOO_LONG.to_owned()))?;
            contents.push(content.to_vec());
        }
        Ok(Self { document, map, contents })
    }

    pub(crate) fn root(&self) -> &'d Decoded {
        &self.document.model.config
    }

    /// A section that every config has, written or not.
    pub(crate) fn coreos(&self, key: &str) -> Option<&'d Decoded> {
        self.root().section("coreos")?.section(key)
    }

    /// The units, in the user's order.
    pub(crate) fn units(&self) -> impl Iterator<Item = &'d Decoded> + use<'d> {
        let coreos = self.root().section("coreos");
        coreos.into_iter().flat_map(|coreos| coreos.sections("units").map(|(_, unit)| unit))
    }

    pub(crate) fn field_causes(&self, field: &Field) -> Vec<Cause> {
        field.node.map(|node| self.node_causes(node)).unwrap_or_default()
    }

    fn node_causes(&self, node: NodeId) -> Vec<Cause> {
        self.map.causes(self.document.tree().node(node).span)
    }

    /// The causes of those keys of a section that are written.
    pub(crate) fn causes(&self, section: &Decoded, keys: &[&str]) -> Vec<Cause> {
        let fields = keys.iter().filter_map(|key| section.get(key));
        fields.flat_map(|field| self.field_causes(field)).collect()
    }

    pub(crate) fn text(&self, section: &Decoded, key: &str) -> Attributed {
        Attributed { text: section.text(key).to_owned(), causes: self.causes(section, &[key]) }
    }

    /// A list of strings.
    pub(crate) fn texts(&self, section: &Decoded, key: &str) -> Vec<Attributed> {
        let text = |field: &Field| match &field.value {
            Value::Text(text) => Some(Attributed { text: text.clone(), causes: self.field_causes(field) }),
            Value::Bytes(bytes) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                Some(Attributed { text, causes: self.field_causes(field) })
            }
            _ => None,
        };
        section.list(key).iter().filter_map(text).collect()
    }

    /// The settings of a section that are not zero, by the names of their environment variables
    /// and in the order of the table.
    pub(crate) fn settings(&self, section: &Decoded) -> Vec<Setting> {
        let pairs = section.section.keys.iter().zip(&section.fields);
        let setting = |(key, field): (&dryboot_coreos::schema::Key, &Field)| {
            let value = match &field.value {
                Value::Text(text) if !text.is_empty() => text.clone(),
                Value::Bytes(bytes) if !bytes.is_empty() => String::from_utf8_lossy(bytes).into_owned(),
                Value::Int(int) if *int != 0 => int.to_string(),
                Value::Float(float) if *float != 0.0 => float_shortest(*float),
                Value::Bool(true) => "true".to_owned(),
                _ => return None,
            };
            Some(Setting { env: key.env?, value, causes: self.field_causes(field) })
        };
        pairs.filter_map(setting).collect()
    }
}

/// A setting that goes to an environment variable.
pub(crate) struct Setting {
    pub(crate) env: &'static str,
    pub(crate) value: String,
    pub(crate) causes: Vec<Cause>,
}

fn decoded_content<'d>(document: &Document<'_>, file: &'d Decoded) -> Result<FileContent<'d>, String> {
    let content = file.bytes("content");
    let encoding = file.text("encoding");
    let node = file.get("content").and_then(|field| field.node);
    let unpacked = || std::str::from_utf8(content).ok().and_then(decode_base64).unwrap_or_default();
    match document.contents.decode(node, content, encoding) {
        Ok(content) => Ok(content),
        Err(DecodeError::Limit) => Err(TOO_LONG.to_owned()),
        Err(DecodeError::UnknownEncoding) => Err(format!("Unsupported encoding {}", quote(encoding))),
        Err(DecodeError::Base64) => {
            Err(format!("Unable to decode base64: {}", quote(&base64_error(content))))
        }
        Err(DecodeError::Gzip) => {
            let words = if encoding.contains('+') { gzip_error(&unpacked()) } else { gzip_error(content) };
            Err(format!("Unable to decode gzip: {}", quote(words)))
        }
    }
}

/// Why the YAML library gives no config.
fn yaml_refusal(document: &Document<'_>) -> Option<Refusal> {
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
