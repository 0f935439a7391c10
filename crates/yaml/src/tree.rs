//! The located tree.

use crate::Span;

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// Its number, from 0: nodes are numbered in the order of the text.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: the only style whose type depends on its text.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// A block after `|`.
    Literal,
    /// A block after `>`.
    Folded,
}

/// A sequence's element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Offset of the dash in a block sequence, of the value in a flow sequence.
    pub start: usize,
    /// The value.
    pub value: NodeId,
}

/// A mapping's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key: mostly a scalar, but YAML allows any node.
    pub key: NodeId,
    /// The value; an empty null when nothing is written.
    pub value: NodeId,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A scalar: its text after unescaping and folding, before resolution.
    Scalar {
        /// The text.
        text: Box<str>,
        /// How it is written.
        style: Style,
    },
    /// A list.
    Sequence(Vec<Item>),
    /// Entries in the order of the text; keys may repeat.
    Mapping(Vec<Entry>),
    /// `*name`
    Alias {
        /// The name without the asterisk.
        name: Box<str>,
        /// The anchored node; none when nothing above has this anchor.
        target: Option<NodeId>,
    },
}

/// A node with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the content, without anchor, tag, and the white space after it.
    pub span: Span,
    /// Where the node begins, with its anchor and tag, and the header of a block scalar.
    pub start: usize,
    /// What it is.
    pub content: Content,
    /// The tag: `!!str` as `tag:yaml.org,2002:str`, others resolved by their handle.
    pub tag: Option<Box<str>>,
    /// The anchor's name.
    pub anchor: Option<Box<str>>,
    /// Whether a collection is written in brackets or braces.
    pub flow: bool,
    /// How many nodes are written here: itself and all within.
    pub(crate) size: u32,
}

impl Node {
    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing at all is written for the value.
    #[must_use]
    pub fn is_unwritten(&self) -> bool {
        self.span.start == self.span.end
            && self.tag.is_none()
            && matches!(self.content, Content::Scalar { style: Style::Plain, .. })
    }
}

/// A comment with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the end of the line.
    pub span: Span,
}

/// One document.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: Option<NodeId>,
    /// Comments in the order of the text.
    pub comments: Vec<Comment>,
}

impl Tree {
    /// The document's value; none for a text without any.
    #[must_use]
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// The node at `id`.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes are written at a place: itself and all within. Aliases count as one.
    #[must_use]
    pub fn size(&self, id: NodeId) -> usize {
        self.node(id).size as usize
    }

    /// Follows an alias to its anchor; any other node is returned as it is.
    #[must_use]
    pub fn resolve(&self, id: NodeId) -> Option<NodeId> {
        match &self.node(id).content {
            Content::Alias { target, .. } => *target,
            _ => Some(id),
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The last node that begins before a place of the text.
    #[must_use]
    pub fn last_before(&self, offset: usize) -> Option<&Node> {
        let count = self.nodes.partition_point(|node| node.start < offset);
        self.nodes.get(count.checked_sub(1)?)
    }

    /// Every node, in the order in which the text begins them.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(|index| NodeId(u32::try_from(index).unwrap_or(u32::MAX)))
    }
}
