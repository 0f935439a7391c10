//! Text to tokens, by libyaml's grammar.
//!
//! The scanner knows about lines, indentation and which text may be a key; the state machine in
//! `events` knows which token may follow which. Faults are found in libyaml's order, by reading
//! no token before libyaml would.

mod block_scalar;
mod comment;
mod cursor;
mod directive;
mod fetch;
mod flow_scalar;
mod plain;
#[cfg(feature = "pyyaml")]
mod python;
mod simple_key;
mod tag;
mod text;

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::Span;
use crate::grammar::Grammar;
use crate::tree::{Comment, Style};
use cursor::{Cursor, Mark};
use simple_key::SimpleKeys;

/// Text that cannot be read on, in libyaml's words where it is libyaml's rule that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: &'static str,
    /// Where it was noticed.
    pub(crate) at: usize,
    /// What was being read, and where that began.
    pub(crate) context: Option<(&'static str, usize)>,
    /// The token that stands there, for a fault in the order of tokens.
    pub(crate) token: Option<Kind>,
    /// The library does not refuse it, but breaks down on it.
    pub(crate) is_crash: bool,
}

impl Fault {
    pub(crate) fn at(message: &'static str, at: usize) -> Self {
        Self { message, at, context: None, token: None, is_crash: false }
    }

    pub(crate) fn within(message: &'static str, at: usize, words: &'static str, start: usize) -> Self {
        Self { context: Some((words, start)), ..Self::at(message, at) }
    }

    pub(crate) fn crash(message: &'static str, at: usize) -> Self {
        Self { is_crash: true, ..Self::at(message, at) }
    }

    /// The same, with the token that stands there.
    pub(crate) fn on(self, token: Kind) -> Self {
        Self { token: Some(token), ..self }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    StreamEnd,
    /// `%YAML`, with the two numbers.
    Version(u32, u32),
    /// `%TAG`: the handle, and the prefix as text.
    TagDirective,
    /// Another directive, where these are ignored.
    OtherDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    /// `*`, with the name as text.
    Alias,
    /// `&`, with the name as text.
    Anchor,
    /// `!`: the handle (none for `!<…>`), and the suffix as text.
    Tag,
    Scalar(Style),
}

impl Kind {
    /// What the libraries call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::StreamEnd => "<stream end>",
            Self::Version(..) | Self::TagDirective | Self::OtherDirective => "<directive>",
            Self::DocumentStart => "<document start>",
            Self::DocumentEnd => "<document end>",
            Self::BlockSequenceStart => "<block sequence start>",
            Self::BlockMappingStart => "<block mapping start>",
            Self::BlockEnd => "<block end>",
            Self::FlowSequenceStart => "[",
            Self::FlowSequenceEnd => "]",
            Self::FlowMappingStart => "{",
            Self::FlowMappingEnd => "}",
            Self::BlockEntry => "-",
            Self::FlowEntry => ",",
            Self::Key => "?",
            Self::Value => ":",
            Self::Alias => "<alias>",
            Self::Anchor => "<anchor>",
            Self::Tag => "<tag>",
            Self::Scalar(_) => "<scalar>",
        }
    }
}

/// A piece of text with a meaning of its own.
#[derive(Debug)]
pub(crate) struct Token<'t> {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    pub(crate) text: Cow<'t, str>,
    pub(crate) handle: &'t str,
    /// Where a scalar's text begins: after the header of a block scalar.
    pub(crate) content: usize,
}

/// Reads tokens one by one.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    grammar: Grammar,
    cursor: Cursor<'t>,
    tokens: VecDeque<Token<'t>>,
    /// How many tokens have been handed out.
    taken: usize,
    /// Whether the first of `tokens` is known to be no key, and all faults before it are found.
    ready: bool,
    keys: SimpleKeys,
    may_be_key: bool,
    flow_level: usize,
    /// The column of the innermost block collection.
    indent: Option<usize>,
    indents: Vec<Option<usize>>,
    pub(crate) comments: Vec<Comment>,
}

impl<'t> Scanner<'t> {
    /// Reads from byte `base` of `text`, which begins a line.
    pub(crate) fn new(text: &'t str, base: usize, grammar: Grammar) -> Self {
        Self {
            grammar,
            cursor: Cursor::new(text, base, grammar.byte_order_marks_have_width),
            tokens: VecDeque::new(),
            taken: 0,
            ready: false,
            keys: SimpleKeys::new(),
            may_be_key: true,
            flow_level: 0,
            indent: None,
            indents: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// How far the text has been read.
    pub(crate) fn position(&self) -> usize {
        self.cursor.at()
    }

    /// The next token's kind and place.
    pub(crate) fn peek(&mut self) -> Result<(Kind, Span), Fault> {
        if !self.ready {
            self.fill()?;
            self.ready = true;
        }
        // There is a token now; the end repeats itself if more tokens are requested.
        let end = (Kind::StreamEnd, Span::empty(self.cursor.at()));
        Ok(self.tokens.front().map_or(end, |token| (token.kind, token.span)))
    }

    /// Takes the token that was peeked at.
    pub(crate) fn take(&mut self) -> Option<Token<'t>> {
        self.ready = false;
        self.taken += 1;
        self.tokens.pop_front()
    }

    /// Reads until the first token's role is clear.
    fn fill(&mut self) -> Result<(), Fault> {
        loop {
            if !self.tokens.is_empty() {
                self.keys.drop_stale(&self.cursor)?;
                let ends = self.tokens.back().is_some_and(|token| token.kind == Kind::StreamEnd);
                let enough = self.tokens.len() > self.grammar.tokens_ahead;
                if ends || (enough && !self.keys.may_begin_at(self.taken)) {
                    return Ok(());
                }
            }
            self.fetch()?;
        }
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.push_text(kind, start, Cow::Borrowed(""));
    }

    /// Adds a token that reaches from `start` to the cursor.
    fn push_text(&mut self, kind: Kind, start: usize, text: Cow<'t, str>) {
        let span = Span::new(start, self.cursor.at());
        self.tokens.push_back(Token { kind, span, text, handle: "", content: start });
    }

    /// Adds a token without text of its own before the token with this number.
    fn insert(&mut self, number: usize, kind: Kind, at: usize) {
        let index = number.saturating_sub(self.taken).min(self.tokens.len());
        let token = Token { kind, span: Span::empty(at), text: Cow::Borrowed(""), handle: "", content: at };
        self.tokens.insert(index, token);
    }

    /// The number that the next token to be read will have.
    fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }

    fn save_key(&mut self) -> Result<(), Fault> {
        if !self.may_be_key {
            return Ok(());
        }
        let required = self.flow_level == 0 && self.indent == Some(self.cursor.column());
        let number = self.next_number();
        self.keys.save(required, number, &self.cursor)
    }

    /// Opens a block collection at `mark` if it is indented deeper than the one around it.
    fn roll_indent(&mut self, mark: Mark, number: usize, kind: Kind) {
        if self.flow_level == 0 && self.indent < Some(mark.column) {
            self.indents.push(self.indent);
            self.indent = Some(mark.column);
            self.insert(number, kind, mark.at);
        }
    }

    /// Closes the block collections that are indented deeper than `column`; none closes all.
    fn unroll_indent(&mut self, column: Option<usize>) {
        while self.flow_level == 0 && self.indent > column {
            self.push(Kind::BlockEnd, self.cursor.at());
            self.indent = self.indents.pop().flatten();
        }
    }
}
