//! Tokens to events, by libyaml's state machine.

mod block;
mod document;
mod flow;
mod node;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::Span;
use crate::grammar::Grammar;
use crate::scanner::{Fault, Kind, Scanner, Token};
use crate::tree::{Comment, Style};

/// What is written before a node.
#[derive(Debug, Default)]
pub(crate) struct Properties<'t> {
    /// Where the node begins, with all that is written before it.
    pub(crate) start: Option<usize>,
    pub(crate) anchor: Option<Cow<'t, str>>,
    pub(crate) tag: Option<Tag<'t>>,
}

/// A tag, resolved by its handle.
#[derive(Debug)]
pub(crate) struct Tag<'t> {
    pub(crate) name: Cow<'t, str>,
    /// Where it is written.
    pub(crate) start: usize,
    /// Whether it is written with the handle `!`, which `%TAG` gave another meaning.
    pub(crate) is_redefined: bool,
}

/// One step through a document.
#[derive(Debug)]
pub(crate) enum Event<'t> {
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Alias {
        name: Cow<'t, str>,
        span: Span,
    },
    Scalar {
        text: Cow<'t, str>,
        style: Style,
        span: Span,
        properties: Properties<'t>,
    },
    SequenceStart {
        flow: bool,
        span: Span,
        properties: Properties<'t>,
    },
    MappingStart {
        flow: bool,
        span: Span,
        properties: Properties<'t>,
    },
    /// The end of the innermost collection; its place when a bracket is written for it.
    CollectionEnd {
        end: Option<usize>,
    },
}

/// Where in the grammar the parser stands.
#[derive(Clone, Copy, Debug)]
enum State {
    FirstDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowPairKey { indicator_end: usize },
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    BlockNode,
    End,
}

/// Which nodes may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Flow,
    Block,
    /// In a block mapping, where a sequence need not be indented.
    BlockOrIndentless,
}

/// Reads events one by one.
#[derive(Debug)]
pub(crate) struct Events<'t> {
    grammar: Grammar,
    scanner: Scanner<'t>,
    state: State,
    /// Where to go on behind the node that is being read.
    states: Vec<State>,
    /// Where the collections around begin.
    marks: Vec<usize>,
    /// The dash before the node that was read last in a block sequence.
    dash: usize,
    /// Handles with their prefixes.
    handles: HashMap<&'t str, Cow<'t, str>>,
}

impl<'t> Events<'t> {
    /// Reads from byte `base` of `text`, which begins a line.
    pub(crate) fn new(text: &'t str, base: usize, grammar: Grammar) -> Self {
        Self {
            grammar,
            scanner: Scanner::new(text, base, grammar),
            state: State::FirstDocumentStart,
            states: Vec::new(),
            marks: Vec::new(),
            dash: base,
            handles: HashMap::new(),
        }
    }

    /// How far the text has been read.
    pub(crate) fn position(&self) -> usize {
        self.scanner.position()
    }

    /// Where the dash stands before the node that the last event begins, in a block sequence.
    pub(crate) fn dash(&self) -> usize {
        self.dash
    }

    /// The comments so far.
    pub(crate) fn take_comments(&mut self) -> Vec<Comment> {
        std::mem::take(&mut self.scanner.comments)
    }

    /// The start of what follows the first document, if anything does.
    pub(crate) fn next_document(&mut self) -> Result<Option<usize>, Fault> {
        while self.peek()?.0 == Kind::DocumentEnd {
            self.take();
        }
        let (kind, span) = self.peek()?;
        Ok((kind != Kind::StreamEnd).then_some(span.start))
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<Event<'t>, Fault> {
        match self.state {
            State::FirstDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(Place::Block),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirstEntry => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowPairKey { indicator_end } => self.flow_pair_key(indicator_end),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowMappingFirstKey => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => self.flow_mapping_empty_value(),
            State::End => Ok(Event::StreamEnd),
        }
    }

    fn peek(&mut self) -> Result<(Kind, Span), Fault> {
        self.scanner.peek()
    }

    fn take(&mut self) -> Option<Token<'t>> {
        self.scanner.take()
    }

    /// Goes on where the node that is complete was begun.
    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Reads a node and goes on with `state` after it.
    fn node_then(&mut self, state: State, place: Place) -> Result<Event<'t>, Fault> {
        self.states.push(state);
        self.node(place)
    }

    /// Gives the null that is meant where nothing is written, and goes on with `state`.
    fn empty_then(&mut self, state: State, at: usize) -> Event<'t> {
        self.state = state;
        empty(at)
    }

    /// Ends a collection at the token that was peeked at.
    fn end_collection(&mut self, end: Option<usize>) -> Event<'t> {
        self.pop_state();
        self.marks.pop();
        self.take();
        Event::CollectionEnd { end }
    }

    /// A fault inside the innermost collection.
    fn fault_in_collection(
        &self,
        message: &'static str,
        (kind, span): (Kind, Span),
        words: &'static str,
    ) -> Fault {
        let at = span.start;
        Fault::within(message, at, words, self.marks.last().copied().unwrap_or(at)).on(kind)
    }

    /// Where a value is that is not written in a flow collection, between its indicator and the
    /// next token.
    fn unwritten(&self, indicator: Option<Token<'t>>, next: Span) -> usize {
        match indicator {
            Some(indicator) if self.grammar.empty_values_follow_indicators => indicator.span.end,
            _ => next.start,
        }
    }
}

fn empty<'t>(at: usize) -> Event<'t> {
    Event::Scalar {
        text: Cow::Borrowed(""),
        style: Style::Plain,
        span: Span::empty(at),
        properties: Properties::default(),
    }
}
