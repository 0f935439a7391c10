//! Directives, and where documents begin and end.

use std::borrow::Cow;

use super::{Event, Events, Place, State, empty};
use crate::scanner::{Fault, Kind};

impl<'t> Events<'t> {
    pub(super) fn document_start(&mut self, first: bool) -> Result<Event<'t>, Fault> {
        if !first {
            while self.peek()?.0 == Kind::DocumentEnd {
                self.take();
            }
        }
        let (kind, span) = self.peek()?;
        match kind {
            Kind::StreamEnd => {
                self.state = State::End;
                return Ok(Event::StreamEnd);
            }
            Kind::Version(..) | Kind::TagDirective | Kind::OtherDirective | Kind::DocumentStart => {
                self.directives()?;
                let (kind, span) = self.peek()?;
                if kind != Kind::DocumentStart {
                    return Err(Fault::at("did not find expected <document start>", span.start).on(kind));
                }
                self.take();
                self.state = State::DocumentContent;
            }
            _ if first => {
                self.directives()?;
                self.state = State::BlockNode;
            }
            _ => return Err(Fault::at("did not find expected <document start>", span.start).on(kind)),
        }
        self.states.push(State::DocumentEnd);
        Ok(Event::DocumentStart)
    }

    pub(super) fn document_content(&mut self) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        match kind {
            Kind::Version(..)
            | Kind::TagDirective
            | Kind::OtherDirective
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {
                self.pop_state();
                Ok(empty(span.start))
            }
            _ => self.node(Place::Block),
        }
    }

    pub(super) fn document_end(&mut self) -> Result<Event<'t>, Fault> {
        if self.peek()?.0 == Kind::DocumentEnd {
            self.take();
        }
        self.handles.clear();
        self.state = State::DocumentStart;
        Ok(Event::DocumentEnd)
    }

    fn directives(&mut self) -> Result<(), Fault> {
        let mut has_version = false;
        loop {
            let (kind, span) = self.peek()?;
            match kind {
                Kind::Version(major, minor) => {
                    if has_version {
                        return Err(Fault::at("found duplicate %YAML directive", span.start));
                    }
                    if !self.grammar.versions.allow(major, minor) {
                        return Err(Fault::at("found incompatible YAML document", span.start));
                    }
                    has_version = true;
                    self.take();
                }
                Kind::TagDirective => {
                    let Some(token) = self.take() else { break };
                    if self.handles.insert(token.handle, token.text).is_some() {
                        return Err(Fault::at("found duplicate %TAG directive", span.start));
                    }
                }
                Kind::OtherDirective => {
                    self.take();
                }
                _ => break,
            }
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            self.handles.entry(handle).or_insert(Cow::Borrowed(prefix));
        }
        Ok(())
    }
}
