//! Parser events to a tree.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle, Tag, options};

use crate::syntax::is_break;
use crate::tree::{Comment, Content, Entry, Item, Node, NodeId, Style, Tree};
use crate::{Dialect, LimitExceeded, Limits, Span, SyntaxError};

/// Why the parser stopped before the end of the first document.
pub(crate) enum Stop {
    /// It could not read on from this byte.
    Syntax(usize),
    /// The text goes past a limit.
    Limit(LimitExceeded),
}

/// Builds one tree from one or, around a syntax error, several runs of the parser.
pub(crate) struct Composer {
    dialect: Dialect,
    limits: Limits,
    pub(crate) tree: Tree,
    /// Faults that the target's library has beyond those that libyaml finds, in order.
    pub(crate) faults: Vec<SyntaxError>,
    /// A tag with a handle `!` that `%TAG` gives another meaning.
    pub(crate) redefined_tag: Option<usize>,
    /// Where the second document begins.
    pub(crate) next_document: Option<usize>,
    anchors: HashMap<Box<str>, NodeId>,
}

/// A collection that is being read.
enum Frame {
    Sequence { id: NodeId, items: Vec<Item>, cursor: usize },
    Mapping { id: NodeId, entries: Vec<Entry>, key: Option<NodeId> },
}

struct Run<'t> {
    text: &'t str,
    frames: Vec<Frame>,
    by_id: HashMap<usize, NodeId>,
    root: Option<NodeId>,
}

impl Composer {
    pub(crate) fn new(dialect: Dialect, limits: Limits) -> Self {
        Self {
            dialect,
            limits,
            tree: Tree::default(),
            faults: Vec::new(),
            redefined_tag: None,
            next_document: None,
            anchors: HashMap::new(),
        }
    }

    /// Reads the first document from byte `base` of `text` on; its nodes join the tree.
    pub(crate) fn run(&mut self, text: &str, base: usize) -> (Option<NodeId>, Option<Stop>) {
        let options = options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            block_scalar_eof_without_line_feed: true,
            bom_inside_document_as_content: true,
            max_buffered_comment_events: self.limits.nodes,
            flow_nesting_limit: self.limits.depth,
            block_nesting_limit: self.limits.depth,
        };
        let rest = with_plain_line_breaks(&text[base..]);
        let mut run = Run { text, frames: Vec::new(), by_id: HashMap::new(), root: None };
        let mut document_over = false;
        for next in Parser::new_from_str_with_options(&rest, options) {
            let (event, span) = match next {
                Ok(next) => next,
                Err(_) if document_over => break,
                Err(error) => {
                    let at = base + error.marker().byte_offset().unwrap_or_default();
                    let stop = self.stop(error.kind(), at);
                    self.close_all(&mut run);
                    return (run.root, Some(stop));
                }
            };
            let bytes = span.byte_range().unwrap_or_default();
            let at = Span::new(base + bytes.start, base + bytes.end);
            let tag_start = span.tag_start().and_then(|mark| mark.byte_offset());
            match event {
                Event::DocumentStart(..) if document_over => {
                    self.next_document = Some(at.start);
                    break;
                }
                Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 1) => {
                    self.faults.push(incompatible_version(text));
                }
                Event::DocumentEnd => document_over = true,
                event => self.event(&mut run, event, at, tag_start.map(|start| base + start)),
            }
            if self.tree.nodes.len() > self.limits.nodes {
                self.close_all(&mut run);
                return (run.root, Some(Stop::Limit(self.too_many_nodes(at))));
            }
        }
        (run.root, None)
    }

    fn event(&mut self, run: &mut Run<'_>, event: Event<'_>, at: Span, tag_start: Option<usize>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let style = style_of(style);
                let span = self.scalar_span(run, at, style);
                let text =
                    if span.start == span.end && style == Style::Plain { Cow::Borrowed("") } else { text };
                self.check_flow_scalar(run, span, style);
                let content = Content::Scalar { text: text.into(), style };
                let id = self.open(run, content, span, anchor, tag.as_deref(), tag_start);
                self.place(run, id);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let content = Content::Sequence(Vec::new());
                let id = self.open(run, content, at, anchor, tag.as_deref(), tag_start);
                self.tree.nodes[id.0 as usize].flow = style == StructureStyle::Flow;
                run.frames.push(Frame::Sequence { id, items: Vec::new(), cursor: at.start });
            }
            Event::MappingStart(style, anchor, tag) => {
                let content = Content::Mapping(Vec::new());
                let id = self.open(run, content, at, anchor, tag.as_deref(), tag_start);
                self.tree.nodes[id.0 as usize].flow = style == StructureStyle::Flow;
                run.frames.push(Frame::Mapping { id, entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(run, Some(at)),
            Event::Alias(target) => {
                let name = alias_name(run.text, at);
                let target = run.by_id.get(&target).copied();
                self.alias(run, name, target, at);
            }
            Event::UnresolvedAlias(name) => {
                // An anchor of an earlier run of the same document is as good as one of this.
                let target = self.anchors.get(name.as_ref()).copied();
                // Other names are libyaml's to refuse.
                let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
                if target.is_none() && is_name {
                    let (unknown, _) = self.dialect.anchor_words();
                    let message = format!("{unknown} '{name}' referenced");
                    self.faults.push(SyntaxError::at(message, at.start));
                }
                self.alias(run, name.into(), target, at);
            }
            Event::Anchor(id, name) => {
                if let Some(&node) = run.by_id.get(&id) {
                    self.tree.nodes[node.0 as usize].anchor = Some(name.as_ref().into());
                    self.anchors.insert(name.into(), node);
                }
            }
            Event::Comment(..) => self.tree.comments.push(Comment { span: at }),
            _ => {}
        }
    }

    fn alias(&mut self, run: &mut Run<'_>, name: Box<str>, target: Option<NodeId>, at: Span) {
        let id = self.open(run, Content::Alias { name, target }, at, 0, None, None);
        self.place(run, id);
    }

    /// Adds a node to the tree, without a parent yet.
    fn open(
        &mut self,
        run: &mut Run<'_>,
        content: Content,
        span: Span,
        anchor: usize,
        tag: Option<&Tag>,
        tag_start: Option<usize>,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX));
        if anchor != 0 {
            run.by_id.insert(anchor, id);
        }
        if let (Some(tag), Some(start)) = (tag, tag_start) {
            self.check_tag(tag, start);
        }
        self.tree.nodes.push(Node {
            span,
            content,
            tag: tag.map(|tag| format!("{}{}", tag.handle(), tag.suffix()).into()),
            anchor: None,
            flow: false,
        });
        id
    }

    fn check_tag(&mut self, tag: &Tag, start: usize) {
        if tag.original_handle() == "!" && tag.handle() != "!" {
            self.redefined_tag.get_or_insert(start);
        }
        let is_alone = tag.handle().len() + tag.suffix().len() <= 1;
        if is_alone && self.dialect == Dialect::GoYamlV1 {
            let message = "did not find URI escaped octet";
            self.faults.push(SyntaxError::within(message, start, "while parsing a tag", start));
        }
    }

    /// Gives a finished node to the collection that is being read.
    fn place(&mut self, run: &mut Run<'_>, id: NodeId) {
        let span = self.tree.node(id).span;
        match run.frames.last_mut() {
            None => run.root = run.root.or(Some(id)),
            Some(Frame::Sequence { id: parent, items, cursor }) => {
                let start = if self.tree.nodes[parent.0 as usize].flow {
                    span.start
                } else {
                    next_dash(run.text, *cursor).unwrap_or(span.start)
                };
                *cursor = span.end.max(start + 1);
                items.push(Item { start, value: id });
            }
            Some(Frame::Mapping { entries, key, .. }) => match key.take() {
                None => *key = Some(id),
                Some(key) => entries.push(Entry { key, value: id }),
            },
        }
    }

    /// Ends the innermost collection; without an end of its own it reaches to its last child.
    fn close(&mut self, run: &mut Run<'_>, end: Option<Span>) {
        let (id, content, last) = match run.frames.pop() {
            None => return,
            Some(Frame::Sequence { id, items, .. }) => {
                let last = items.last().map(|item| item.value);
                (id, Content::Sequence(items), last)
            }
            Some(Frame::Mapping { id, entries, key }) => {
                let last = key.or(entries.last().map(|entry| entry.value));
                (id, Content::Mapping(entries), last)
            }
        };
        let last_end = last.map_or(0, |last| self.tree.node(last).span.end);
        let node = &mut self.tree.nodes[id.0 as usize];
        node.content = content;
        node.span.end = match end {
            Some(end) if node.flow => end.end,
            _ => node.span.end.max(last_end),
        };
        self.place(run, id);
    }

    fn close_all(&mut self, run: &mut Run<'_>) {
        while !run.frames.is_empty() {
            self.close(run, None);
        }
    }

    /// The parser's span of a block scalar reaches into the indentation of what follows.
    fn scalar_span(&self, run: &Run<'_>, at: Span, style: Style) -> Span {
        if !matches!(style, Style::Literal | Style::Folded) {
            return at;
        }
        let source = at.slice(run.text);
        Span::new(at.start, at.start + source.trim_end_matches([' ', '\t']).len())
    }

    fn check_flow_scalar(&mut self, run: &Run<'_>, span: Span, style: Style) {
        let in_flow = run.frames.last().is_some_and(|frame| {
            let (Frame::Sequence { id, .. } | Frame::Mapping { id, .. }) = frame;
            self.tree.node(*id).flow
        });
        if style != Style::Plain || !in_flow || !self.dialect.forbids_indicators_in_flow_scalars() {
            return;
        }
        let source = span.slice(run.text);
        let fault = source.char_indices().skip(1).find(|&(_, char)| char == ':' || char == '?');
        if let Some((at, char)) = fault {
            let in_sequence = matches!(run.frames.last(), Some(Frame::Sequence { .. }));
            let (message, words) = match (char, in_sequence) {
                (':', _) => ("found unexpected ':'", "while scanning a plain scalar"),
                (_, true) => ("did not find expected ',' or ']'", "while parsing a flow sequence"),
                (_, false) => ("did not find expected ',' or '}'", "while parsing a flow mapping"),
            };
            self.faults.push(SyntaxError::within(message, span.start + at, words, span.start));
        }
    }

    fn stop(&self, kind: &ErrorKind, at: usize) -> Stop {
        match kind {
            ErrorKind::RecursionLimitExceeded => Stop::Limit(LimitExceeded {
                message: format!("collections are nested deeper than {} levels", self.limits.depth),
                span: Span::empty(at),
            }),
            _ => Stop::Syntax(at),
        }
    }

    fn too_many_nodes(&self, at: Span) -> LimitExceeded {
        LimitExceeded { message: format!("there are more than {} values", self.limits.nodes), span: at }
    }
}

/// YAML 1.1 ends lines at NEL, LS and PS too, the parser (YAML 1.2) does not: give it breaks
/// that it knows, of the same length in bytes.
fn with_plain_line_breaks(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|char| is_break(char) && !char.is_ascii()) {
        return Cow::Borrowed(text);
    }
    let replaced = text.replace('\u{85}', "\r\n");
    Cow::Owned(replaced.replace(['\u{2028}', '\u{2029}'], " \r\n"))
}

fn incompatible_version(text: &str) -> SyntaxError {
    let at = text
        .split_inclusive('\n')
        .scan(0, |offset, line| {
            let start = *offset;
            *offset += line.len();
            Some((start, line))
        })
        .find(|(_, line)| line.starts_with("%YAML"))
        .map_or(0, |(start, _)| start);
    SyntaxError::at("found incompatible YAML document", at)
}

/// The next dash of a block sequence from `from` on; blank lines and comments lie between.
fn next_dash(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let skipped = rest.len() - rest.trim_start().len();
        at += skipped;
        match text.as_bytes().get(at)? {
            b'-' => return Some(at),
            b'#' => at += text[at..].find('\n')?,
            _ => return None,
        }
    }
}

fn alias_name(text: &str, at: Span) -> Box<str> {
    at.slice(text).trim_start_matches('*').into()
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
