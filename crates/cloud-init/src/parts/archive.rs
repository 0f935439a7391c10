//! The parts of a `#cloud-config-archive`: a YAML list of texts, or of mappings with a text and its type.

use std::borrow::Cow;

use dryboot_lint::Editing;
use dryboot_schema::{Value, View};
use dryboot_text::{Builder, SourceMap, Span};
use dryboot_yaml::python::{self, Loaded};
use dryboot_yaml::{Content, Dialect, NodeId, Style, Tree, parse};

use super::{FaultKind, Kind, Part, Taker};
use crate::header::header;

/// An archive that was read.
struct Archive<'s> {
    source: &'s str,
    tree: &'s Tree,
    view: View<'s>,
}

impl Taker<'_, '_> {
    /// Takes an archive apart; `map` leads from its text to the user-data. What is in its items is not taken apart again.
    pub(super) fn archive(&mut self, source: &str, map: &SourceMap) {
        let parsed = parse(source.as_bytes(), source, Dialect::PyYaml, self.limits);
        let loaded = match parsed.is_whole() {
            true => python::load(&parsed.tree, self.limits),
            false => Loaded::default(),
        };
        if let Some(limit) = parsed.limit.as_ref().or(loaded.limit.as_ref()) {
            return self.fault(FaultKind::Limit(limit.message.clone()), map.span(limit.span));
        }
        if let Some(error) = parsed.error.or(loaded.error.clone()) {
            let span = map.span(Span::empty(error.place));
            return self.fault(FaultKind::Archive(error), span);
        }
        let Some(root) = parsed.tree.root() else { return };
        let view = View::new(&parsed.tree, &loaded, self.limits.nodes);
        let archive = Archive { source, tree: &parsed.tree, view };
        match archive.view.value(root) {
            Value::Null => {}
            Value::List(items) => {
                for item in items {
                    self.item(&archive, *item, map);
                }
            }
            _ => self.fault(FaultKind::NotAList, map.span(archive.first_line(root))),
        }
    }

    fn item(&mut self, archive: &Archive<'_>, item: NodeId, map: &SourceMap) {
        let at = |node| map.span(archive.first_line(node));
        let get = |name| archive.view.entry(item, name).map(|entry| entry.value);
        let content = match archive.view.value(item) {
            Value::Str(_) => Some(item),
            Value::Map(_) => get("content"),
            _ => return self.fault(FaultKind::SkippedItem, at(item)),
        };
        let text = match content.map(|content| archive.view.value(content)) {
            None => "",
            Some(Value::Str(text)) => text,
            Some(Value::Bytes(_)) => return self.binary(archive, item, map),
            Some(_) => {
                return self
                    .fault(FaultKind::BadItem("`content` must be a string"), at(content.unwrap_or(item)));
            }
        };
        let declared = match get("type").map(|node| (node, archive.view.value(node))) {
            None | Some((_, Value::Null | Value::Str(""))) => None,
            Some((_, Value::Str(name))) if name.contains('/') => Some(name.to_owned()),
            Some((node, _)) => {
                let what = "`type` must be a MIME type such as `text/cloud-config`";
                return self.fault(FaultKind::BadItem(what), at(node));
            }
        };
        let found = header(text).map_or("text/cloud-config", crate::header::Header::media_type);
        let media_type = declared.clone().unwrap_or_else(|| found.to_owned());
        let own_name = get("filename").map(|node| archive.view.key_name(node));
        let (map_of_content, editing) = content
            .map_or((SourceMap::made(archive.first_line(item)), Editing::Never), |node| archive.map(node));
        let map = map.then(&map_of_content);
        let part = Part {
            kind: if text.is_empty() { Kind::Empty } else { Kind::of_type(&media_type) },
            media_type,
            declared,
            is_named: own_name.as_ref().is_some_and(|name| !name.is_empty()),
            launch_index: get("launch-index").map(|node| archive.view.key_name(node)),
            name: self.next_name(own_name),
            merge_type: ["Merge-Type", "X-Merge-Type"]
                .into_iter()
                .find_map(|name| archive.view.key_str(get(name)?))
                .map(str::to_owned),
            span: map.span(Span::new(0, text.len())),
            text: Cow::Owned(text.to_owned()),
            map,
            editing,
        };
        // What is in an archive is attached as it is: addresses are not fetched, nor are archives taken apart.
        let is_attached = !matches!(part.kind, Kind::Include | Kind::Archive);
        let kind = if is_attached { part.kind } else { Kind::Unhandled };
        self.found.parts.push(Part { kind, ..part });
    }

    /// Bytes have no header that is looked at.
    fn binary(&mut self, archive: &Archive<'_>, item: NodeId, map: &SourceMap) {
        let span = map.span(archive.first_line(item));
        let name = self.next_name(None);
        self.found.parts.push(Part {
            kind: Kind::Unhandled,
            media_type: "application/octet-stream".to_owned(),
            declared: None,
            name,
            is_named: false,
            launch_index: None,
            merge_type: None,
            text: Cow::Borrowed(""),
            map: SourceMap::made(span),
            span,
            editing: Editing::Never,
        });
    }
}

impl Archive<'_> {
    fn first_line(&self, node: NodeId) -> Span {
        let span = self.tree.node(node).span;
        let line = span.slice(self.source).lines().next().unwrap_or_default();
        Span::new(span.start, span.start + line.trim_end().len())
    }

    /// The way from the text of a scalar to where it is written, and what an edit of it is there.
    fn map(&self, node: NodeId) -> (SourceMap, Editing) {
        let Some(node) = self.tree.resolve(node).map(|node| self.tree.node(node)) else {
            return (SourceMap::made(Span::empty(0)), Editing::Never);
        };
        let Content::Scalar { text, style } = &node.content else {
            return (SourceMap::made(node.span), Editing::Never);
        };
        let span = node.span;
        let is_shared = node.anchor.is_some();
        let map = match style {
            Style::Plain => copied(self.source, span, text),
            Style::SingleQuoted | Style::DoubleQuoted => {
                copied(self.source, Span::new(span.start + 1, span.end.saturating_sub(1)), text)
            }
            Style::Literal => lines(self.source, span, text),
            Style::Folded => None,
        };
        let is_editable = *style == Style::Literal && !is_shared && map.is_some();
        let editing = if is_editable { Editing::OfValue } else { Editing::Never };
        (map.unwrap_or_else(|| SourceMap::made(span)), editing)
    }
}

/// A scalar that is written as it is.
fn copied(source: &str, inner: Span, text: &str) -> Option<SourceMap> {
    (inner.slice(source) == text).then(|| SourceMap::copied(inner))
}

/// A block whose lines are those of the source without their indentation.
fn lines(source: &str, span: Span, text: &str) -> Option<SourceMap> {
    let mut map = Builder::default();
    let mut at = source.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    for line in text.split_inclusive('\n') {
        let written = source.get(at..)?.split_inclusive('\n').next().unwrap_or_default();
        let content = line.trim_end_matches('\n');
        let end = at + written.trim_end_matches(['\n', '\r']).len();
        let start = end.checked_sub(content.len()).filter(|start| *start >= at)?;
        if source.get(start..end)? != content {
            return None;
        }
        let has_break = line.len() > content.len();
        if has_break && source.get(end..)?.starts_with('\n') {
            map.copy(Span::new(start, end + 1));
        } else {
            map.copy(Span::new(start, end));
            map.make(Span::new(end, at + written.len()), usize::from(has_break));
        }
        at += written.len();
    }
    Some(map.finish(span))
}
