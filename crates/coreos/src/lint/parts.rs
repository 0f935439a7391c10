//! The parts of a config as rules look at them: units, drop-ins and users of the typed model, and
//! where they stand in the text.

use crate::schema::NAMES;
use crate::typed::{Decoded, Field};
use crate::{Document, go_path};
pub(crate) use dryboot_unit_lint::shown;
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Content, Entry, NodeId, Span, Style};

use crate::lint::places::{Places, Step};
use dryboot_lint::Edit;

/// An element of a list of mappings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'d> {
    pub(crate) field: &'d Field,
    pub(crate) decoded: &'d Decoded,
}

/// The units of a config, in the order in which the target takes them.
pub(crate) fn units<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Part<'d>> + Clone {
    document.model.config.section("coreos").into_iter().flat_map(|coreos| parts(coreos, "units"))
}

/// The users of a config.
pub(crate) fn users<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Part<'d>> + Clone {
    parts(&document.model.config, "users")
}

fn parts<'d>(section: &'d Decoded, key: &'static str) -> impl Iterator<Item = Part<'d>> + Clone {
    let fields = section.list(key).iter();
    fields.filter_map(|field| match &field.value {
        crate::typed::Value::Section(decoded) => Some(Part { field, decoded }),
        _ => None,
    })
}

/// Whether the file of a unit of this name goes to systemd-networkd, judged as the targets do: by
/// the last extension.
pub(crate) fn is_network(name: &str) -> bool {
    [".network", ".netdev", ".link"].iter().any(|extension| name.ends_with(extension))
}

/// Where a unit's file goes.
pub(crate) fn unit_path(unit: Part<'_>) -> String {
    let root = if unit.flag("runtime") { "/run" } else { "/etc" };
    let group = if unit.is_network() { "network" } else { "system" };
    go_path::clean(&format!("{root}/systemd/{group}/{}", unit.name()))
}

impl<'d> Part<'d> {
    /// The drop-ins of a unit.
    pub(crate) fn drop_ins(self) -> impl Iterator<Item = Part<'d>> + Clone {
        parts(self.decoded, "drop_ins")
    }

    pub(crate) fn text(self, key: &str) -> &'d str {
        self.decoded.text(key)
    }

    pub(crate) fn name(self) -> &'d str {
        self.text("name")
    }

    pub(crate) fn flag(self, key: &str) -> bool {
        self.decoded.flag(key)
    }

    pub(crate) fn has_content(self) -> bool {
        !self.decoded.bytes("content").is_empty()
    }

    /// The node after a key's value.
    pub(crate) fn node(self, key: &str) -> Option<NodeId> {
        self.decoded.get(key).and_then(|field| field.node)
    }

    /// Whether this unit's file goes to systemd-networkd.
    pub(crate) fn is_network(self) -> bool {
        is_network(self.name())
    }

    /// Whether a key is written with a value that the target could not take, or would not look for
    /// under this spelling. What follows from its absence is then no news.
    pub(crate) fn has_unusable(self, document: &Document<'_>, name: Option<&str>) -> bool {
        entries(document, self.field.node).iter().any(|entry| {
            let key = key_text(document, entry.key).map(|key| NAMES.of(key));
            let asked = name.is_none_or(|name| key.as_deref() == Some(name));
            asked && !is_null(document, entry.value) && key.is_none_or(|key| self.node(&key).is_none())
        })
    }

    /// Where to point when something about the whole element is wrong: its name, or else its first
    /// line, or else its dash.
    pub(crate) fn head(self, document: &Document<'_>, places: &Places) -> Span {
        let Some(node) = self.field.node else { return Span::default() };
        let name = self.node("name").map(|name| first_line(document, name));
        let spans = [name, self.entry(document, "name"), Some(first_line(document, node))];
        if let Some(span) = spans.into_iter().flatten().find(|span| span.start < span.end) {
            return span;
        }
        let dash = places.of_node(node).and_then(|place| match place.step {
            Step::Item { start, .. } => Some(Span::new(start, start + 1)),
            Step::Key { .. } => None,
        });
        dash.unwrap_or(document.tree().node(node).span)
    }

    /// A key with its value when both stand on one line, else the key alone.
    pub(crate) fn entry(self, document: &Document<'_>, key: &str) -> Option<Span> {
        let field = self.decoded.get(key)?;
        let (node, key) = (field.node?, field.key?);
        let tree = document.tree();
        let (key, value) = (tree.node(key).span, tree.node(node).span);
        let whole = key.to(value);
        let fits = value.start >= key.end && !whole.slice(document.text()).contains('\n');
        Some(if fits { whole } else { key })
    }
}

/// The first line of a value, without the white space after it.
pub(crate) fn first_line(document: &Document<'_>, node: NodeId) -> Span {
    let span = document.tree().node(node).span;
    let line = span.slice(document.text()).split('\n').next().unwrap_or_default();
    Span::new(span.start, span.start + line.trim_end().len())
}

/// The entries of a mapping as they are written; none for anything else.
pub(crate) fn entries<'d>(document: &'d Document<'_>, mapping: Option<NodeId>) -> &'d [Entry] {
    match mapping.map(|mapping| &document.tree().node(mapping).content) {
        Some(Content::Mapping(entries)) => entries,
        _ => &[],
    }
}

/// The text of a key, which may be an alias.
pub(crate) fn key_text<'d>(document: &'d Document<'_>, key: NodeId) -> Option<&'d str> {
    let tree = document.tree();
    tree.resolve(key).and_then(|key| tree.node(key).text())
}

/// The edit that removes a key and its value, when they have lines of their own and nothing else
/// in the text refers to them.
pub(crate) fn removal(document: &Document<'_>, key: NodeId, value: NodeId) -> Option<Edit> {
    let (tree, text) = (document.tree(), document.text());
    let (key, value) = (tree.node(key), tree.node(value));
    let is_plain = key.anchor.is_none() && value.anchor.is_none() && value.span.start >= key.span.end;
    let line = document.lines.line(key.span.start);
    let same_line = line == document.lines.line(value.span.end);
    let whole = document.lines.line_span(line, text);
    let before = text.get(whole.start..key.span.start)?;
    let after = text.get(value.span.end..whole.end)?.trim_start();
    let alone = before.trim().is_empty() && (after.is_empty() || after.starts_with('#'));
    let end = document.lines.line_span(line + 1, text).start;
    (is_plain && same_line && alone).then(|| Edit { span: Span::new(whole.start, end), text: String::new() })
}

/// Where a scalar's text ends, inside its quotes; none for block scalars, and for a value with an
/// anchor, which may be another thing somewhere else.
pub(crate) fn text_end(document: &Document<'_>, node: NodeId) -> Option<usize> {
    let node = document.tree().node(node);
    match &node.content {
        _ if node.anchor.is_some() => None,
        Content::Scalar { style: Style::Plain, .. } => Some(node.span.end),
        Content::Scalar { style: Style::SingleQuoted | Style::DoubleQuoted, .. } => {
            node.span.end.checked_sub(1)
        }
        _ => None,
    }
}

fn is_null(document: &Document<'_>, value: NodeId) -> bool {
    let node = document.tree().resolve(value).map(|value| document.tree().node(value));
    node.is_some_and(|node| match &node.content {
        Content::Scalar { text, style } => {
            resolve(text, *style, node.tag.as_deref(), document.target.dialect()) == Ok(Scalar::Null)
        }
        _ => false,
    })
}

/// Whether a text holds a variable that the target replaces by an address before it reads on.
pub(crate) fn has_variable(text: &str) -> bool {
    ["$public_ipv4", "$private_ipv4", "$public_ipv6", "$private_ipv6"].iter().any(|name| text.contains(name))
}
