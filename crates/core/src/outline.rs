//! What a file has, for people who look around in it: its keys and items, with what is in them.

use dryboot_yaml::{Content, Dialect, Limits, NodeId, Span, Tree};

use crate::embedded::texts;

/// A key or an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The key; of an item, what it is called or what it begins with.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name.
    pub named: Span,
    /// What is in it.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// It has keys.
    Mapping,
    /// It has items.
    List,
    /// It is a value.
    Value,
}

/// The keys that say what an item is called.
const CALLED: [&str; 4] = ["name", "path", "source", "device"];

/// What is deeper is not looked for.
const DEPTH: usize = 12;

/// The symbols of a file, or of the user-data inside of it.
#[must_use]
pub fn outline(name: &str, text: &str) -> Vec<Symbol> {
    let mut all = Vec::new();
    for inner in texts(name, text) {
        // Every dialect of YAML gives a config the same keys.
        let parsed =
            dryboot_yaml::parse(inner.text.as_bytes(), &inner.text, Dialect::GoYamlV3, &Limits::default());
        let outline = Outline { tree: &parsed.tree, text: &inner.text };
        let mut symbols = parsed.tree.root().map(|root| outline.children(root, 0)).unwrap_or_default();
        move_to(&mut symbols, &|span| inner.map.span(span));
        all.append(&mut symbols);
    }
    all.sort_by_key(|symbol| symbol.span);
    all
}

fn move_to(symbols: &mut [Symbol], outward: &impl Fn(Span) -> Span) {
    for symbol in symbols {
        (symbol.span, symbol.named) = (outward(symbol.span), outward(symbol.named));
        move_to(&mut symbol.children, outward);
    }
}

struct Outline<'t> {
    tree: &'t Tree,
    text: &'t str,
}

impl Outline<'_> {
    fn children(&self, id: NodeId, depth: usize) -> Vec<Symbol> {
        if depth == DEPTH {
            return Vec::new();
        }
        match &self.tree.node(id).content {
            Content::Mapping(entries) => {
                entries.iter().map(|entry| self.entry(entry.key, entry.value, depth)).collect()
            }
            Content::Sequence(items) => {
                let item = |item: &dryboot_yaml::Item| self.item(item.start, item.value, depth);
                items.iter().filter_map(item).collect()
            }
            Content::Scalar { .. } | Content::Alias { .. } => Vec::new(),
        }
    }

    fn entry(&self, key: NodeId, value: NodeId, depth: usize) -> Symbol {
        let named = self.tree.node(key).span;
        Symbol {
            name: self.first_line(named),
            kind: self.kind(value),
            span: named.to(self.written(value)),
            named,
            children: self.children(value, depth + 1),
        }
    }

    /// An item that has something in it: a list of words needs no outline.
    fn item(&self, start: usize, value: NodeId, depth: usize) -> Option<Symbol> {
        let kind = self.kind(value);
        if kind == SymbolKind::Value {
            return None;
        }
        let span = Span::empty(start).to(self.written(value));
        let named = self.called(value).unwrap_or_else(|| self.tree.node(value).span);
        let name = self.first_line(named);
        Some(Symbol { name, kind, span, named, children: self.children(value, depth + 1) })
    }

    /// What an item calls itself.
    fn called(&self, value: NodeId) -> Option<Span> {
        let Content::Mapping(entries) = &self.tree.node(value).content else { return None };
        let named = |name: &&str| {
            let entry = entries.iter().find(|entry| self.tree.node(entry.key).text() == Some(name))?;
            let value = self.tree.node(entry.value);
            (value.text().is_some() && !value.is_unwritten()).then_some(value.span)
        };
        CALLED.iter().find_map(named)
    }

    fn kind(&self, id: NodeId) -> SymbolKind {
        match self.tree.node(id).content {
            Content::Mapping(_) => SymbolKind::Mapping,
            Content::Sequence(_) => SymbolKind::List,
            Content::Scalar { .. } | Content::Alias { .. } => SymbolKind::Value,
        }
    }

    /// A value without the white space at its end.
    fn written(&self, id: NodeId) -> Span {
        let node = self.tree.node(id);
        let span = Span::empty(node.start).to(node.span);
        Span::new(span.start, span.start + span.slice(self.text).trim_end().len())
    }

    fn first_line(&self, span: Span) -> String {
        let line = span.slice(self.text).lines().next().unwrap_or_default().trim_end();
        if line.is_empty() { "…".to_owned() } else { line.chars().take(80).collect() }
    }
}
