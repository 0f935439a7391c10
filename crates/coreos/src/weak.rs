//! The untyped view: what the target's validator sees when it reads the text without knowing
//! what it wants. A [`Cursor`] walks it together with the typed model, whose value takes the
//! untyped one's place where both are of kinds that go together.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use dryboot_yaml::go_syntax::{float_shortest, key_as_string};
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::values::{Budget, effective_entries};
use dryboot_yaml::{Content, Dialect, Item, KeyIndex, NodeId, Span, Tree};

use crate::Kind;
use crate::schema::NAMES;
use crate::typed::{Decoded, Field, Value};

/// The kinds that the validator tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WeakKind {
    Null,
    Bool,
    Int,
    Float,
    Text,
    /// yaml.v3's timestamps, which are structs to Go.
    Time,
    List,
    Map,
}

impl WeakKind {
    /// Whether a value of this kind may stand where `wanted` is wanted.
    pub(crate) fn fits(self, wanted: Kind) -> bool {
        match wanted {
            Kind::Text => matches!(self, Self::Text | Self::Int | Self::Float | Self::Bool),
            Kind::Section(_) => matches!(self, Self::Map | Self::Time),
            Kind::Float => matches!(self, Self::Float | Self::Int),
            Kind::Bool => self == Self::Bool,
            Kind::Int => self == Self::Int,
            Kind::Texts | Kind::Sections(_) => self == Self::List,
        }
    }
}

/// What the cursors of one text share.
pub(crate) struct View<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) dialect: Dialect,
    pub(crate) budget: Budget,
}

impl<'a> View<'a> {
    fn kind(&self, node: NodeId) -> WeakKind {
        let node = self.tree.node(node);
        match &node.content {
            Content::Sequence(_) => WeakKind::List,
            Content::Mapping(_) => WeakKind::Map,
            Content::Alias { .. } => WeakKind::Null,
            Content::Scalar { text, style } => {
                match resolve(text, *style, node.tag.as_deref(), self.dialect) {
                    Ok(Scalar::Null) | Err(_) => WeakKind::Null,
                    Ok(Scalar::Bool(_)) => WeakKind::Bool,
                    Ok(Scalar::Int(_) | Scalar::Uint(_) | Scalar::BigInt(_)) => WeakKind::Int,
                    Ok(Scalar::Float(_)) => WeakKind::Float,
                    Ok(Scalar::Timestamp | Scalar::Date(_) | Scalar::DateTime(_)) => WeakKind::Time,
                    Ok(Scalar::Text | Scalar::Binary(_) | Scalar::Merge) => WeakKind::Text,
                }
            }
        }
    }

    /// A key's name with underscores, and as written.
    fn key_names(&self, key: NodeId) -> Option<(Cow<'a, str>, &'a str)> {
        let node = self.tree.node(self.tree.resolve(key)?);
        let Content::Scalar { text, style } = &node.content else { return None };
        let value = resolve(text, *style, node.tag.as_deref(), self.dialect).ok()?;
        let name = match key_as_string(&value, text) {
            Cow::Borrowed(shown) => NAMES.of(shown),
            Cow::Owned(shown) => Cow::Owned(NAMES.of(&shown).into_owned()),
        };
        Some((name, text))
    }

    fn follow(&mut self, value: NodeId) -> Option<NodeId> {
        let target = self.tree.resolve(value)?;
        (target == value || self.budget.take_copy(self.tree, target)).then_some(target)
    }
}

/// A place in the untyped view.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    /// The name with underscores, as the validator compares and prints it.
    pub(crate) name: Cow<'a, str>,
    /// The name as written, for paths; elements have their index instead.
    pub(crate) written: Segment<'a>,
    /// The key, or the dash of a list element.
    pub(crate) place: Span,
    /// The kind of the value; null when an alias leads nowhere.
    pub(crate) kind: WeakKind,
    node: Option<NodeId>,
    strong: Option<Strong<'a>>,
    /// What is below, which several walks go through.
    children: OnceCell<Vec<Self>>,
}

/// The typed model at the same place.
#[derive(Clone, Copy, Debug)]
enum Strong<'a> {
    Section(&'a Decoded),
    Field(&'a Field),
}

impl<'a> Strong<'a> {
    fn section(self) -> Option<&'a Decoded> {
        match self {
            Self::Section(decoded) | Self::Field(Field { value: Value::Section(decoded), .. }) => {
                Some(decoded)
            }
            Self::Field(_) => None,
        }
    }

    fn list(self) -> &'a [Field] {
        match self {
            Self::Field(Field { value: Value::List(list), .. }) => list,
            _ => &[],
        }
    }
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Cursor<'a> {
    /// The top of the document.
    pub(crate) fn root(view: &View<'a>, config: &'a Decoded) -> Self {
        let is_mapping = |&root: &NodeId| matches!(view.tree.node(root).content, Content::Mapping(_));
        let node = view.tree.root().filter(is_mapping);
        let strong = Some(Strong::Section(config));
        Self::new(view, Cow::Borrowed(""), Segment::Key(""), Span::default(), node, strong)
    }

    fn new(
        view: &View<'a>,
        name: Cow<'a, str>,
        written: Segment<'a>,
        place: Span,
        node: Option<NodeId>,
        strong: Option<Strong<'a>>,
    ) -> Self {
        let kind = node.map_or(WeakKind::Null, |node| view.kind(node));
        Self { name, written, place, kind, node, strong, children: OnceCell::new() }
    }

    /// The entries of a mapping or the elements of a list.
    pub(crate) fn children(&self, view: &mut View<'a>) -> &[Self] {
        self.children.get_or_init(|| match self.node.map(|node| (node, &view.tree.node(node).content)) {
            Some((_, Content::Sequence(items))) => self.elements(items, view),
            Some((node, Content::Mapping(_))) => self.entries(node, view),
            _ => Vec::new(),
        })
    }

    fn elements(&self, items: &[Item], view: &mut View<'a>) -> Vec<Self> {
        let strong = self.strong.map_or(&[][..], Strong::list);
        let items = items.iter().enumerate();
        let element = |(index, item): (usize, &Item)| {
            let name = Cow::Owned(format!("{}[{index}]", self.name));
            let place = Span::new(item.start, item.start + 1);
            let node = view.follow(item.value);
            Self::new(view, name, Segment::Index(index), place, node, strong.get(index).map(Strong::Field))
        };
        items.map(element).collect()
    }

    fn entries(&self, mapping: NodeId, view: &mut View<'a>) -> Vec<Self> {
        let entries = effective_entries(view.tree, mapping, view.dialect, &mut view.budget);
        let section = self.strong.and_then(Strong::section);
        let mut children: Vec<Self> = Vec::with_capacity(entries.len());
        let mut index = KeyIndex::default();
        for entry in entries {
            let Some((name, written)) = view.key_names(entry.key) else { continue };
            let strong = section.and_then(|section| section.get(&name)).map(Strong::Field);
            let place = view.tree.node(entry.key).span;
            let node = view.follow(entry.value);
            let child = Self::new(view, name, Segment::Key(written), place, node, strong);
            // In a Go map the last of equal keys is the only one.
            match children.get_mut(index.number(written)) {
                Some(equal) => *equal = child,
                None => children.push(child),
            }
        }
        share_last_place(&mut children);
        children
    }

    /// The child of this name; of `a-b` and `a_b`, the later one.
    pub(crate) fn child(&self, name: &str, view: &mut View<'a>) -> Option<&Self> {
        self.children(view).iter().rfind(|child| child.name == name)
    }

    /// What stands here to Go's `reflect.Value.String`: text as it is, everything else by its
    /// type. An absent value is called invalid.
    pub(crate) fn string(&self, view: &View<'_>) -> Cow<'a, str> {
        match self.coerced() {
            Some(Value::Text(text)) => return Cow::Borrowed(text),
            Some(Value::Bytes(bytes)) => return String::from_utf8_lossy(bytes),
            _ => {}
        }
        let kind = match self.kind {
            WeakKind::Text => return Cow::Owned(self.source_text(view)),
            WeakKind::Null => "invalid",
            WeakKind::Bool => "bool",
            WeakKind::Int => "int",
            WeakKind::Float => "float64",
            WeakKind::Time => "time.Time",
            WeakKind::List => "[]interface {}",
            WeakKind::Map if view.dialect == Dialect::GoYamlV3 => "map[string]interface {}",
            WeakKind::Map => "map[interface {}]interface {}",
        };
        Cow::Owned(format!("<{kind} Value>"))
    }

    /// As [`Cursor::string`], with bytes that need not be UTF-8.
    pub(crate) fn bytes(&self, view: &View<'_>) -> Cow<'a, [u8]> {
        if let Some(Value::Bytes(bytes)) = self.coerced() {
            return Cow::Borrowed(bytes);
        }
        match (self.coerced(), self.scalar(view)) {
            (None, Some(Scalar::Binary(bytes))) => Cow::Owned(bytes),
            _ => match self.string(view) {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
        }
    }

    /// What stands here to Go's `%v`, or none for a zero value.
    pub(crate) fn display(&self, view: &View<'_>) -> Option<String> {
        let shown = match self.coerced() {
            Some(Value::Text(text)) => text.clone(),
            Some(_) => return None,
            None => match self.scalar(view)? {
                Scalar::Bool(truth) => truth.then(|| "true".to_owned())?,
                Scalar::Int(int) => int.to_string(),
                Scalar::Float(float) => float_shortest(float),
                Scalar::Text | Scalar::Binary(_) => self.source_text(view),
                _ => return None,
            },
        };
        let is_zero = shown.is_empty() || (shown == "0" && self.coerced().is_none());
        (!is_zero).then_some(shown)
    }

    fn coerced(&self) -> Option<&'a Value> {
        let Some(Strong::Field(strong)) = self.strong else { return None };
        let kind = match &strong.value {
            Value::Text(_) | Value::Bytes(_) => Kind::Text,
            Value::Int(_) => Kind::Int,
            Value::Float(_) => Kind::Float,
            Value::Bool(_) => Kind::Bool,
            Value::List(_) | Value::Section(_) => return None,
        };
        self.kind.fits(kind).then_some(&strong.value)
    }

    fn scalar(&self, view: &View<'_>) -> Option<Scalar> {
        let node = view.tree.node(self.node?);
        match &node.content {
            Content::Scalar { text, style } => resolve(text, *style, node.tag.as_deref(), view.dialect).ok(),
            _ => None,
        }
    }

    fn source_text(&self, view: &View<'_>) -> String {
        match self.scalar(view) {
            Some(Scalar::Binary(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            _ => self.node.and_then(|node| view.tree.node(node).text()).unwrap_or_default().to_owned(),
        }
    }
}

/// Of `a-b` and `a_b` the later one is what the typed model holds, so complaints about either
/// are about that.
fn share_last_place(children: &mut [Cursor<'_>]) {
    if children.iter().any(|child| matches!(&child.written, Segment::Key(key) if key.contains('-'))) {
        let last: HashMap<Cow<'_, str>, Span> =
            children.iter().map(|child| (child.name.clone(), child.place)).collect();
        for child in children {
            child.place = last.get(&child.name).copied().unwrap_or(child.place);
        }
    }
}
