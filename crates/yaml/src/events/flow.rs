//! Collections in brackets and braces.

use super::{Event, Events, Place, Properties, State};
use crate::scanner::{Fault, Kind};

impl<'t> Events<'t> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<Event<'t>, Fault> {
        let (mut kind, mut span) = self.peek()?;
        if kind != Kind::FlowSequenceEnd && !first {
            if kind != Kind::FlowEntry {
                let message = "did not find expected ',' or ']'";
                return Err(self.fault_in_collection(message, (kind, span), "while parsing a flow sequence"));
            }
            self.take();
            (kind, span) = self.peek()?;
        }
        match kind {
            Kind::FlowSequenceEnd => Ok(self.end_collection(Some(span.end))),
            Kind::Key => {
                self.take();
                self.state = State::FlowPairKey { indicator_end: span.end };
                Ok(Event::MappingStart { flow: true, span, properties: Properties::default() })
            }
            _ => self.node_then(State::FlowSequenceEntry, Place::Flow),
        }
    }

    /// The key of `[key: value]`.
    pub(super) fn flow_pair_key(&mut self, indicator_end: usize) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        match kind {
            Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd => {
                let mut at = indicator_end;
                if self.grammar.drops_a_token_behind_empty_keys {
                    self.take();
                    at = span.end;
                }
                Ok(self.empty_then(State::FlowPairValue, at))
            }
            _ => self.node_then(State::FlowPairValue, Place::Flow),
        }
    }

    pub(super) fn flow_pair_value(&mut self) -> Result<Event<'t>, Fault> {
        let (mut kind, mut span) = self.peek()?;
        let mut indicator = None;
        if kind == Kind::Value {
            indicator = self.take();
            (kind, span) = self.peek()?;
            if kind != Kind::FlowEntry && kind != Kind::FlowSequenceEnd {
                return self.node_then(State::FlowPairEnd, Place::Flow);
            }
        }
        let at = self.unwritten(indicator, span);
        Ok(self.empty_then(State::FlowPairEnd, at))
    }

    pub(super) fn flow_pair_end(&mut self) -> Result<Event<'t>, Fault> {
        self.peek()?;
        self.state = State::FlowSequenceEntry;
        Ok(Event::CollectionEnd { end: None })
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<Event<'t>, Fault> {
        let (mut kind, mut span) = self.peek()?;
        if kind != Kind::FlowMappingEnd && !first {
            if kind != Kind::FlowEntry {
                let message = "did not find expected ',' or '}'";
                return Err(self.fault_in_collection(message, (kind, span), "while parsing a flow mapping"));
            }
            self.take();
            (kind, span) = self.peek()?;
        }
        match kind {
            Kind::FlowMappingEnd => Ok(self.end_collection(Some(span.end))),
            Kind::Key => {
                let indicator = self.take();
                let (kind, span) = self.peek()?;
                match kind {
                    Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd => {
                        let at = self.unwritten(indicator, span);
                        Ok(self.empty_then(State::FlowMappingValue, at))
                    }
                    _ => self.node_then(State::FlowMappingValue, Place::Flow),
                }
            }
            _ => self.node_then(State::FlowMappingEmptyValue, Place::Flow),
        }
    }

    pub(super) fn flow_mapping_value(&mut self) -> Result<Event<'t>, Fault> {
        let (mut kind, mut span) = self.peek()?;
        let mut indicator = None;
        if kind == Kind::Value {
            indicator = self.take();
            (kind, span) = self.peek()?;
            if kind != Kind::FlowEntry && kind != Kind::FlowMappingEnd {
                return self.node_then(State::FlowMappingKey, Place::Flow);
            }
        }
        let at = self.unwritten(indicator, span);
        Ok(self.empty_then(State::FlowMappingKey, at))
    }

    /// The value of a key without `:`.
    pub(super) fn flow_mapping_empty_value(&mut self) -> Result<Event<'t>, Fault> {
        let (_, span) = self.peek()?;
        Ok(self.empty_then(State::FlowMappingKey, span.start))
    }
}
