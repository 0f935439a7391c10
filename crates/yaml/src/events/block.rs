//! Collections by indentation.

use super::{Event, Events, Place, State};
use crate::scanner::{Fault, Kind};

impl<'t> Events<'t> {
    pub(super) fn block_sequence_entry(&mut self) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        match kind {
            Kind::BlockEntry => {
                self.take();
                self.dash = span.start;
                match self.peek()?.0 {
                    Kind::BlockEntry | Kind::BlockEnd => {
                        Ok(self.empty_then(State::BlockSequenceEntry, span.end))
                    }
                    _ => self.node_then(State::BlockSequenceEntry, Place::Block),
                }
            }
            Kind::BlockEnd => Ok(self.end_collection(None)),
            _ => {
                let message = "did not find expected '-' indicator";
                Err(self.fault_in_collection(message, (kind, span), "while parsing a block collection"))
            }
        }
    }

    /// A sequence in a mapping, with its dashes below the key.
    pub(super) fn indentless_sequence_entry(&mut self) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        if kind != Kind::BlockEntry {
            self.pop_state();
            return Ok(Event::CollectionEnd { end: None });
        }
        self.take();
        self.dash = span.start;
        match self.peek()?.0 {
            Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd => {
                Ok(self.empty_then(State::IndentlessSequenceEntry, span.end))
            }
            _ => self.node_then(State::IndentlessSequenceEntry, Place::Block),
        }
    }

    pub(super) fn block_mapping_key(&mut self) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        match kind {
            Kind::Key => {
                self.take();
                match self.peek()?.0 {
                    Kind::Key | Kind::Value | Kind::BlockEnd => {
                        Ok(self.empty_then(State::BlockMappingValue, span.end))
                    }
                    _ => self.node_then(State::BlockMappingValue, Place::BlockOrIndentless),
                }
            }
            Kind::BlockEnd => Ok(self.end_collection(None)),
            _ => {
                let message = "did not find expected key";
                Err(self.fault_in_collection(message, (kind, span), "while parsing a block mapping"))
            }
        }
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<Event<'t>, Fault> {
        let (kind, span) = self.peek()?;
        if kind != Kind::Value {
            return Ok(self.empty_then(State::BlockMappingKey, span.start));
        }
        self.take();
        match self.peek()?.0 {
            Kind::Key | Kind::Value | Kind::BlockEnd => Ok(self.empty_then(State::BlockMappingKey, span.end)),
            _ => self.node_then(State::BlockMappingKey, Place::BlockOrIndentless),
        }
    }
}
