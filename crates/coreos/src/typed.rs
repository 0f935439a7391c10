//! The typed model: a cloud-config decoded exactly as the target decodes it, with the node behind
//! every value.

use std::borrow::Cow;

use dryboot_yaml::scalar::{Scalar, resolve, yaml11_bool};
use dryboot_yaml::values::{Budget, MERGE_REFUSAL, can_be_merged, effective_entries, is_merge};
use dryboot_yaml::{Content, Dialect, KeyIndex, LineIndex, NodeId, Tree};

use dryboot_schema::{Key, Names, Object};

use crate::Kind;
use crate::schema::CLOUD_CONFIG;

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The value; the zero value of its kind when nothing usable is written.
    pub value: Value,
    /// The node that gave the value; none for a zero value that nobody wrote.
    pub node: Option<NodeId>,
    /// The key before it, or for an element of a list nothing.
    pub key: Option<NodeId>,
}

/// A decoded value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A string that is not UTF-8, from a `!!binary` scalar.
    Bytes(Vec<u8>),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// A list; elements that do not fit are gone.
    List(Vec<Field>),
    /// A mapping.
    Section(Decoded),
}

/// A decoded mapping: one field for each key of its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The table of keys.
    pub object: &'static Object,
    /// The fields, parallel to the table.
    pub fields: Vec<Field>,
}

impl Decoded {
    fn zero(object: &'static Object) -> Self {
        let fields = object.keys.iter().map(|key| Field::zero(Kind::of(&key.node))).collect();
        Self { object, fields }
    }

    /// The field of a key of the table.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.object.position(key, Names::Exact).and_then(|(index, _)| self.fields.get(index))
    }

    /// A string field, empty when it is not set.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        match self.get(key).map(|field| &field.value) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// A string field that need not be UTF-8, empty when it is not set.
    #[must_use]
    pub fn bytes(&self, key: &str) -> &[u8] {
        match self.get(key).map(|field| &field.value) {
            Some(Value::Bytes(bytes)) => bytes,
            _ => self.text(key).as_bytes(),
        }
    }

    /// A boolean field, false when it is not set.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.get(key).map(|field| &field.value), Some(Value::Bool(true)))
    }

    /// The elements of a list field.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Field] {
        match self.get(key).map(|field| &field.value) {
            Some(Value::List(fields)) => fields,
            _ => &[],
        }
    }

    /// The mappings of a list field, with the field around each.
    pub fn sections(&self, key: &str) -> impl Iterator<Item = (&Field, &Self)> {
        self.list(key).iter().filter_map(|field| match &field.value {
            Value::Section(decoded) => Some((field, decoded)),
            _ => None,
        })
    }

    /// A section field.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&Self> {
        match self.get(key).map(|field| &field.value) {
            Some(Value::Section(decoded)) => Some(decoded),
            _ => None,
        }
    }
}

impl Field {
    fn zero(kind: Kind) -> Self {
        let value = match kind {
            Kind::Text => Value::Text(String::new()),
            Kind::Int => Value::Int(0),
            Kind::Float => Value::Float(0.0),
            Kind::Bool => Value::Bool(false),
            Kind::Texts | Kind::Sections(_) => Value::List(Vec::new()),
            Kind::Section(object) => Value::Section(Decoded::zero(object)),
        };
        Self { value, node: None, key: None }
    }
}

/// A value that does not fit the kind of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The value.
    pub node: NodeId,
    /// The target's words, from "cannot unmarshal" on.
    pub words: String,
}

/// What decoding a tree gives.
#[derive(Clone, Debug)]
pub struct Model {
    /// The config; all zero values when the root is no mapping.
    pub config: Decoded,
    /// Values that do not fit. go-yaml v1 drops them; for yaml.v3 any of them discards the config.
    pub mismatches: Vec<Mismatch>,
    /// The library gives up with these words at a value that it decodes; the config is lost. Other
    /// than [`values::build`](dryboot_yaml::values::build), decoding passes by what no key wants.
    pub refusal: Option<String>,
    /// A repeated key, or one that is not a scalar, in a mapping that is decoded: for yaml.v3 one more
    /// reason to discard the config.
    pub malformed_mapping: bool,
    /// Aliases and merge keys went past the limit, and the rest was left out.
    pub exhausted: bool,
}

impl Model {
    /// yaml.v3's error, with the lines of the values.
    #[must_use]
    pub fn unmarshal_error(&self, tree: &Tree, lines: &LineIndex) -> Option<String> {
        if self.mismatches.is_empty() {
            return None;
        }
        let mut text = String::from("yaml: unmarshal errors:");
        for mismatch in &self.mismatches {
            let line = lines.line(tree.node(mismatch.node).span.start);
            text.push_str(&format!("\n  line {line}: {}", mismatch.words));
        }
        Some(text)
    }
}

/// Decodes a tree into the typed model.
#[must_use]
pub fn decode(tree: &Tree, dialect: Dialect, alias_expansion: usize) -> Model {
    let mut decoder = Decoder {
        tree,
        dialect,
        // coreos-cloudinit has go-yaml v1 turn hyphens into underscores.
        names: if dialect == Dialect::GoYamlV1 { Names::Folded } else { Names::Exact },
        budget: Budget::new(alias_expansion),
        mismatches: Vec::new(),
        refusal: None,
        malformed_mapping: false,
        open: Vec::new(),
    };
    let mut config = Decoded::zero(&CLOUD_CONFIG);
    if let Some(root) = tree.root() {
        decoder.section(root, &mut config);
    }
    Model {
        config,
        mismatches: decoder.mismatches,
        refusal: decoder.refusal,
        malformed_mapping: decoder.malformed_mapping,
        exhausted: decoder.budget.is_exhausted(),
    }
}

struct Decoder<'t> {
    tree: &'t Tree,
    dialect: Dialect,
    names: Names,
    budget: Budget,
    mismatches: Vec<Mismatch>,
    refusal: Option<String>,
    malformed_mapping: bool,
    open: Vec<NodeId>,
}

impl<'t> Decoder<'t> {
    fn section(&mut self, id: NodeId, into: &mut Decoded) {
        self.check_mapping(id);
        for entry in effective_entries(self.tree, id, self.dialect, &mut self.budget) {
            let Some(written) = self.key_text(entry.key) else { continue };
            let Some((index, key)) = into.object.position(written, self.names) else { continue };
            let field = &mut into.fields[index];
            self.value(entry.value, key, Kind::of(&key.node), field);
            if field.node.is_some() {
                field.key = Some(entry.key);
            }
        }
    }

    /// Notes what a library refuses about a mapping that it decodes.
    fn check_mapping(&mut self, id: NodeId) {
        let Content::Mapping(entries) = &self.tree.node(id).content else { return };
        let (mut seen, mut distinct) = (KeyIndex::default(), 0);
        for entry in entries {
            if is_merge(self.tree, entry.key, self.dialect) && !can_be_merged(self.tree, entry.value) {
                self.refuse(MERGE_REFUSAL.to_owned());
            }
            let key = self.tree.resolve(entry.key).unwrap_or(entry.key);
            let is_new = self.tree.node(key).text().is_some_and(|text| seen.number(text) == distinct);
            distinct += usize::from(is_new);
            self.malformed_mapping |= !is_new;
        }
    }

    fn refuse(&mut self, words: String) {
        self.refusal.get_or_insert(words);
    }

    fn key_text(&self, key: NodeId) -> Option<&'t str> {
        self.tree.node(self.tree.resolve(key)?).text()
    }

    /// Decodes one node over what is there already; false when it leaves that as it was.
    fn value(&mut self, node: NodeId, key: &Key, kind: Kind, field: &mut Field) -> bool {
        let Some(id) = self.tree.resolve(node) else { return false };
        if id != node && !self.budget.take_copy(self.tree, id) {
            return false;
        }
        if self.open.contains(&id) {
            let name = self.tree.node(id).anchor.as_deref().unwrap_or_default();
            self.refuse(self.dialect.loop_words(name));
            return false;
        }
        self.open.push(id);
        let taken = self.resolved(id, key, kind, field);
        self.open.pop();
        taken
    }

    fn resolved(&mut self, id: NodeId, key: &Key, kind: Kind, field: &mut Field) -> bool {
        match &self.tree.node(id).content {
            Content::Scalar { text, style } => {
                let tag = self.tree.node(id).tag.as_deref();
                match resolve(text, *style, tag, self.dialect) {
                    Ok(scalar) => self.scalar(id, &scalar, text, key, kind, field),
                    Err(words) => {
                        self.refuse(words);
                        false
                    }
                }
            }
            Content::Sequence(items) => {
                let (Some(element), Value::List(list)) = (kind.element(), &mut field.value) else {
                    return self.mismatch(id, "!!seq", key, kind);
                };
                if self.dialect == Dialect::GoYamlV3 {
                    list.clear();
                }
                for item in items.clone() {
                    let mut part = Field::zero(element);
                    if self.value(item.value, key, element, &mut part) {
                        list.push(part);
                    }
                }
                field.node = Some(id);
                true
            }
            Content::Mapping(_) => {
                let Value::Section(decoded) = &mut field.value else {
                    return self.mismatch(id, "!!map", key, kind);
                };
                self.section(id, decoded);
                field.node = Some(id);
                true
            }
            Content::Alias { .. } => false,
        }
    }

    fn scalar(
        &mut self,
        id: NodeId,
        scalar: &Scalar,
        text: &str,
        key: &Key,
        kind: Kind,
        field: &mut Field,
    ) -> bool {
        if *scalar == Scalar::Null {
            // go-yaml v1 resets to zero; yaml.v3 does so for lists alone.
            if self.dialect == Dialect::GoYamlV1 || matches!(field.value, Value::List(_)) {
                *field = Field::zero(kind);
                field.node = Some(id);
                return true;
            }
            return false;
        }
        let value = match (kind, scalar) {
            (Kind::Text, Scalar::Binary(bytes)) => Some(match String::from_utf8(bytes.clone()) {
                Ok(text) => Value::Text(text),
                Err(_) => Value::Bytes(bytes.clone()),
            }),
            (Kind::Text, _) => Some(Value::Text(text.to_owned())),
            (Kind::Int, Scalar::Int(int)) => Some(Value::Int(*int)),
            #[expect(clippy::cast_possible_truncation, reason = "Go's conversion drops the fraction, too")]
            #[expect(clippy::cast_precision_loss, reason = "the bound is Go's, as a float")]
            (Kind::Int, Scalar::Float(float)) if *float <= i64::MAX as f64 => Some(Value::Int(*float as i64)),
            #[expect(clippy::cast_precision_loss, reason = "as Go converts an int to a float64")]
            (Kind::Float, Scalar::Int(int)) => Some(Value::Float(*int as f64)),
            #[expect(clippy::cast_precision_loss, reason = "as Go converts a uint64 to a float64")]
            (Kind::Float, Scalar::Uint(int)) => Some(Value::Float(*int as f64)),
            (Kind::Float, Scalar::Float(float)) => Some(Value::Float(*float)),
            (Kind::Bool, Scalar::Bool(truth)) => Some(Value::Bool(*truth)),
            // With any tag: yaml.v3's decode.go only looks at the resolved value.
            (Kind::Bool, Scalar::Text) if self.dialect == Dialect::GoYamlV3 => {
                yaml11_bool(text).map(Value::Bool)
            }
            _ => None,
        };
        match value {
            Some(value) => {
                field.value = value;
                field.node = Some(id);
                true
            }
            None => self.mismatch(id, scalar.tag(), key, kind),
        }
    }

    /// Notes that a value is of the wrong type, in the words of yaml.v3, which prefers the tag that is written.
    fn mismatch(&mut self, id: NodeId, tag: &str, key: &Key, kind: Kind) -> bool {
        let node = self.tree.node(id);
        let written = node.tag.as_deref().filter(|tag| *tag != "!").map(short_tag);
        let tag = written.as_deref().unwrap_or(tag);
        let shown = match (tag, node.text().unwrap_or_default()) {
            ("!!seq" | "!!map", _) => String::new(),
            (_, text) if text.len() > 10 => {
                let cut = (0..=7).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
                format!(" `{}...`", &text[..cut])
            }
            (_, text) => format!(" `{text}`"),
        };
        let words = format!("cannot unmarshal {tag}{shown} into {}", kind.go_type(key));
        self.mismatches.push(Mismatch { node: id, words });
        false
    }
}

/// A tag as yaml.v3 prints it.
fn short_tag(tag: &str) -> Cow<'_, str> {
    match tag.strip_prefix("tag:yaml.org,2002:") {
        Some(name) => format!("!!{name}").into(),
        None => tag.into(),
    }
}
