//! Events to a tree.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::events::{Event, Events, Properties};
use crate::grammar::Grammar;
use crate::python::words;
use crate::scanner::Fault;
use crate::tree::{Content, Entry, Item, Node, NodeId, Tree};
use crate::{Dialect, LimitExceeded, Limits, Span, SyntaxError};

/// More nodes than most configs have.
const MANY: usize = 1 << 10;

/// Why reading stopped before the end of the first document.
pub(crate) enum Stop {
    /// The text cannot be read on.
    Syntax(Fault),
    /// The text goes past a limit.
    Limit(LimitExceeded),
}

/// Builds one tree from one or, around a syntax error, several parts of the text.
pub(crate) struct Composer {
    /// The library whose words unknown anchors get.
    dialect: Dialect,
    limits: Limits,
    pub(crate) tree: Tree,
    /// What is refused first of what the grammar allows: an alias without an anchor, and to
    /// PyYAML an anchor that is there already or a second document.
    pub(crate) refusal: Option<SyntaxError>,
    /// A tag with a handle `!` that `%TAG` gives another meaning.
    pub(crate) redefined_tag: Option<usize>,
    /// Where the second document begins.
    pub(crate) next_document: Option<usize>,
    anchors: HashMap<Box<str>, NodeId>,
}

/// A collection that is being read.
enum Frame {
    Sequence { id: NodeId, items: Vec<Item> },
    Mapping { id: NodeId, entries: Vec<Entry>, key: Option<NodeId> },
}

/// The part of the document that is being read.
#[derive(Default)]
struct Part {
    frames: Vec<Frame>,
    root: Option<NodeId>,
}

impl Composer {
    pub(crate) fn new(dialect: Dialect, limits: Limits) -> Self {
        Self {
            dialect,
            limits,
            tree: Tree::default(),
            refusal: None,
            redefined_tag: None,
            next_document: None,
            anchors: HashMap::new(),
        }
    }

    /// Reads the first document from byte `base` of `text` on; its nodes join the tree.
    /// `looks_past` has what follows the document count as a part of it, as far as one event.
    pub(crate) fn run(
        &mut self,
        text: &str,
        base: usize,
        grammar: Grammar,
        looks_past: bool,
    ) -> (Option<NodeId>, Option<Stop>) {
        // About as many as there are in a config; more make it grow.
        self.tree.nodes.reserve((text.len() / 16).min(MANY));
        let mut events = Events::new(text, base, grammar);
        let mut part = Part::default();
        let stop = self.read(&mut events, &mut part, looks_past);
        while !part.frames.is_empty() {
            self.close(&mut part, None);
        }
        // What was read before from here on, around the fault, was misunderstood.
        let kept = self.tree.comments.partition_point(|comment| comment.span.start < base);
        self.tree.comments.truncate(kept);
        self.tree.comments.append(&mut events.take_comments());
        let stop = stop.or_else(|| {
            // A byte that no YAML text contains.
            let at = events.position();
            (at < text.len() && self.next_document.is_none())
                .then_some(Stop::Syntax(Fault::at("control characters are not allowed", at)))
        });
        (part.root, stop)
    }

    fn read(&mut self, events: &mut Events<'_>, part: &mut Part, looks_past: bool) -> Option<Stop> {
        loop {
            let event = match events.next() {
                Ok(event) => event,
                Err(fault) => return Some(Stop::Syntax(fault)),
            };
            match event {
                Event::DocumentStart => {}
                Event::StreamEnd => return None,
                Event::DocumentEnd => return self.look_past(events, part.root, looks_past),
                Event::CollectionEnd { end } => self.close(part, end),
                event => {
                    if let Err(stop) = self.begin(part, event, events.dash()) {
                        return Some(stop);
                    }
                }
            }
        }
    }

    fn look_past(&mut self, events: &mut Events<'_>, root: Option<NodeId>, looks_past: bool) -> Option<Stop> {
        match events.next_document() {
            Ok(next) => self.next_document = next,
            Err(fault) if looks_past => return Some(Stop::Syntax(fault)),
            Err(_) => self.next_document = Some(events.position()),
        }
        if !looks_past {
            return None;
        }
        if let Err(fault) = events.next() {
            return Some(Stop::Syntax(fault));
        }
        if self.dialect.takes_one_document_only()
            && let Some(next) = self.next_document
        {
            let first = root.map_or(0, |root| self.tree.node(root).start);
            self.refuse(words::second_document(first, next));
        }
        None
    }

    /// Remembers a refusal; only the first counts.
    fn refuse(&mut self, refusal: SyntaxError) {
        self.refusal.get_or_insert(refusal);
    }

    /// Adds the node that `event` begins.
    fn begin(&mut self, part: &mut Part, event: Event<'_>, dash: usize) -> Result<(), Stop> {
        let id = match event {
            Event::Alias { name, span } => {
                let target = self.anchors.get(&*name).copied();
                if target.is_none() {
                    self.refuse(SyntaxError::at(self.dialect.unknown_anchor(&name), span.start));
                }
                let content = Content::Alias { name: name.into(), target };
                self.add(part, content, span, Properties::default(), dash)
            }
            Event::Scalar { text, style, span, properties } => {
                let content = Content::Scalar { text: into_box(text), style };
                self.add(part, content, span, properties, dash)
            }
            Event::SequenceStart { flow, span, properties } => {
                let id = self.add(part, Content::Sequence(Vec::new()), span, properties, dash);
                self.open(part, id, flow, Frame::Sequence { id, items: Vec::new() })?;
                id
            }
            Event::MappingStart { flow, span, properties } => {
                let id = self.add(part, Content::Mapping(Vec::new()), span, properties, dash);
                self.open(part, id, flow, Frame::Mapping { id, entries: Vec::new(), key: None })?;
                id
            }
            _ => return Ok(()),
        };
        if self.tree.nodes.len() > self.limits.nodes {
            let message = format!("there are more than {} values", self.limits.nodes);
            return Err(Stop::Limit(LimitExceeded { message, span: self.tree.node(id).span }));
        }
        Ok(())
    }

    fn open(&mut self, part: &mut Part, id: NodeId, flow: bool, frame: Frame) -> Result<(), Stop> {
        let node = &mut self.tree.nodes[id.0 as usize];
        node.flow = flow;
        if part.frames.len() >= self.limits.depth {
            let message = format!("collections are nested deeper than {} levels", self.limits.depth);
            return Err(Stop::Limit(LimitExceeded { message, span: Span::empty(node.span.start) }));
        }
        if self.dialect.deepest().is_some_and(|deepest| part.frames.len() >= deepest) {
            return Err(Stop::Syntax(Fault::crash(words::TOO_DEEP, node.start)));
        }
        part.frames.push(frame);
        Ok(())
    }

    /// Adds a node to the tree and to the collection that is being read.
    fn add(
        &mut self,
        part: &mut Part,
        content: Content,
        span: Span,
        properties: Properties<'_>,
        dash: usize,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX));
        let anchor: Option<Box<str>> = properties.anchor.map(into_box);
        let start = properties.start.unwrap_or(span.start);
        if let Some(name) = &anchor {
            let before = self.anchors.insert(name.clone(), id);
            if let Some(before) = before
                && !self.dialect.allows_repeated_anchors()
            {
                self.refuse(words::repeated_anchor(name, self.tree.node(before).start, start));
            }
        }
        if let Some(tag) = &properties.tag
            && tag.is_redefined
        {
            self.redefined_tag.get_or_insert(tag.start);
        }
        let tag = properties.tag.map(|tag| into_box(tag.name));
        self.tree.nodes.push(Node { span, start, content, tag, anchor, flow: false, size: 1 });
        match part.frames.last_mut() {
            None => part.root = part.root.or(Some(id)),
            Some(Frame::Sequence { id: parent, items }) => {
                let start = if self.tree.nodes[parent.0 as usize].flow { span.start } else { dash };
                items.push(Item { start, value: id });
            }
            Some(Frame::Mapping { entries, key, .. }) => match key.take() {
                None => *key = Some(id),
                Some(key) => entries.push(Entry { key, value: id }),
            },
        }
        id
    }

    /// Ends the innermost collection; without an end of its own it reaches to its last child.
    fn close(&mut self, part: &mut Part, end: Option<usize>) {
        let (id, content, last) = match part.frames.pop() {
            None => return,
            Some(Frame::Sequence { id, items }) => {
                let last = items.last().map(|item| item.value);
                (id, Content::Sequence(items), last)
            }
            Some(Frame::Mapping { id, entries, key }) => {
                let last = key.or(entries.last().map(|entry| entry.value));
                (id, Content::Mapping(entries), last)
            }
        };
        let last_end = last.map_or(0, |last| self.tree.node(last).span.end);
        let next = self.tree.nodes.len();
        let node = &mut self.tree.nodes[id.0 as usize];
        node.content = content;
        // What lies within has been added since.
        node.size = u32::try_from(next).unwrap_or(u32::MAX) - id.0;
        node.span.end = end.unwrap_or(last_end).max(node.span.end);
    }
}

fn into_box(text: Cow<'_, str>) -> Box<str> {
    text.into_owned().into_boxed_str()
}
