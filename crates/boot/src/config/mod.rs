//! A cloud-config that is going to be applied, and why one is not.

mod refusal;

use dryboot_coreos::Document;
use dryboot_coreos::content::{DecodeError, FileContent};
use dryboot_coreos::typed::{Decoded, Field, Value};
use dryboot_machine::Cause;
use dryboot_schema::Key;
use dryboot_yaml::NodeId;
use dryboot_yaml::go_syntax::{float_shortest, quote};
use dryboot_yaml::scalar::decode_base64;

pub(crate) use refusal::Refusal;

use crate::run::Attributed;
use crate::text::SourceMap;
use dryboot_coreos::go_errors::{base64_error, gzip_error};
use refusal::yaml_refusal;

/// The decoded files of a config may be this long together, in bytes: a little gzip can hold a lot.
const LONGEST: usize = 128 << 20;

/// No words of the target's, which has no such limit.
const TOO_LONG: &str = "the files are too large to preview";

/// A config with the way back to the user's text.
pub(crate) struct Config<'d> {
    document: &'d Document<'d>,
    map: &'d SourceMap,
    /// Decoded contents, parallel to `write_files`.
    pub(crate) contents: Vec<Vec<u8>>,
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
        let pairs = section.object.keys.iter().zip(&section.fields);
        let setting = |(key, field): (&Key, &Field)| {
            let value = match &field.value {
                Value::Text(text) if !text.is_empty() => text.clone(),
                Value::Bytes(bytes) if !bytes.is_empty() => String::from_utf8_lossy(bytes).into_owned(),
                Value::Int(int) if *int != 0 => int.to_string(),
                Value::Float(float) if *float != 0.0 => float_shortest(*float),
                Value::Bool(true) => "true".to_owned(),
                _ => return None,
            };
            Some(Setting { env: key.variable?, value, causes: self.field_causes(field) })
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
