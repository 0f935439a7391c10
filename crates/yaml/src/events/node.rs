//! A node with its anchor and tag.

use std::borrow::Cow;

use super::{Event, Events, Place, Properties, State, Tag};
use crate::Span;
use crate::scanner::{Fault, Kind, Token};
use crate::tree::Style;

impl<'t> Events<'t> {
    pub(super) fn node(&mut self, place: Place) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        if kind == Kind::Alias {
            let name = self.take().map(|token| token.text).unwrap_or_default();
            self.pop_state();
            return Ok(Event::Alias { name, span });
        }
        let start = span.start;
        let (mut properties, properties_end) = match kind {
            Kind::Anchor | Kind::Tag => self.properties(start)?,
            _ => Default::default(),
        };
        properties.start = Some(start);

        let (kind, span) = self.peek()?;
        let block = place != Place::Flow;
        match kind {
            Kind::BlockEntry if place == Place::BlockOrIndentless => {
                self.state = State::IndentlessSequenceEntry;
                let span = Span::empty(span.start);
                Ok(Event::SequenceStart { flow: false, span, properties })
            }
            Kind::Scalar(style) => {
                let token = self.take();
                self.pop_state();
                let (content, text) = token.map_or((span.start, Cow::Borrowed("")), |t| (t.content, t.text));
                Ok(Event::Scalar { text, style, span: Span::new(content, span.end), properties })
            }
            Kind::FlowSequenceStart => {
                self.open(State::FlowSequenceFirstEntry, span.start);
                Ok(Event::SequenceStart { flow: true, span, properties })
            }
            Kind::FlowMappingStart => {
                self.open(State::FlowMappingFirstKey, span.start);
                Ok(Event::MappingStart { flow: true, span, properties })
            }
            Kind::BlockSequenceStart if block => {
                self.open(State::BlockSequenceEntry, span.start);
                Ok(Event::SequenceStart { flow: false, span, properties })
            }
            Kind::BlockMappingStart if block => {
                self.open(State::BlockMappingKey, span.start);
                Ok(Event::MappingStart { flow: false, span, properties })
            }
            _ => match properties_end {
                Some(end) => {
                    self.pop_state();
                    let span = Span::empty(end);
                    Ok(Event::Scalar { text: Cow::Borrowed(""), style: Style::Plain, span, properties })
                }
                None => {
                    let words =
                        if block { "while parsing a block node" } else { "while parsing a flow node" };
                    Err(Fault::within("did not find expected node content", span.start, words, start)
                        .on(kind))
                }
            },
        }
    }

    /// Begins the collection whose first token was peeked at.
    fn open(&mut self, state: State, start: usize) {
        self.take();
        self.marks.push(start);
        self.state = state;
    }

    /// Reads an anchor and a tag, in either order, with the end of the last of them.
    fn properties(&mut self, start: usize) -> Result<(Properties<'t>, Option<usize>), Fault> {
        let mut anchor = None;
        let mut tag = None;
        let mut end = None;
        while anchor.is_none() || tag.is_none() || self.grammar.reads_behind_properties {
            let (kind, span) = self.peek()?;
            match kind {
                Kind::Anchor if anchor.is_none() => anchor = self.take().map(|token| token.text),
                Kind::Tag if tag.is_none() => tag = self.take(),
                _ => break,
            }
            end = Some(span.end);
        }
        let tag = tag.map(|token| self.resolve_tag(token, start)).transpose()?;
        Ok((Properties { start: None, anchor, tag }, end))
    }

    fn resolve_tag(&self, token: Token<'t>, node: usize) -> Result<Tag<'t>, Fault> {
        let start = token.span.start;
        if token.handle.is_empty() {
            return Ok(Tag { name: token.text, start, is_redefined: false });
        }
        let Some(prefix) = self.handles.get(token.handle) else {
            let message = "found undefined tag handle";
            return Err(Fault::within(message, start, "while parsing a node", node));
        };
        let name = Cow::Owned([prefix, &*token.text].concat());
        Ok(Tag { name, start, is_redefined: token.handle == "!" && prefix != "!" })
    }
}
