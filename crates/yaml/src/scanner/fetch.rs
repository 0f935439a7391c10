//! Which token begins here.

use super::{Fault, Kind, Scanner};
use crate::grammar::Spelling;
use crate::tree::Style;

impl Scanner<'_> {
    /// Reads the next token, and what it tells about the tokens before it.
    pub(super) fn fetch(&mut self) -> Result<(), Fault> {
        self.skip_to_token();
        self.keys.drop_stale(&self.cursor)?;
        self.unroll_indent(Some(self.cursor.column()));
        let first = self.cursor.peek();
        if self.cursor.column() == 0 {
            if first == b'%' {
                self.leave_document()?;
                return match self.grammar.spelling {
                    Spelling::Libyaml => self.scan_directive(),
                    Spelling::PyYaml => self.scan_python_directive(),
                };
            }
            if self.cursor.is_document_marker() {
                self.leave_document()?;
                let kind = if first == b'-' { Kind::DocumentStart } else { Kind::DocumentEnd };
                self.push_indicator(kind, 3);
                return Ok(());
            }
        }
        let in_flow = self.flow_level > 0;
        let alone = self.cursor.is_blank_or_end_at(1);
        match first {
            0 => {
                if self.grammar.end_is_a_line_break {
                    self.cursor.end_last_line();
                }
                self.leave_document()?;
                if !self.grammar.end_is_a_line_break {
                    self.keys.forget();
                }
                self.push(Kind::StreamEnd, self.cursor.at());
                Ok(())
            }
            b'[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            b',' => {
                self.keys.remove(&self.cursor)?;
                self.may_be_key = true;
                self.push_indicator(Kind::FlowEntry, 1);
                Ok(())
            }
            b'-' if alone => self.fetch_block_entry(),
            b'?' if in_flow || alone => self.fetch_key(),
            b':' if in_flow || alone => self.fetch_value(),
            b'*' => self.fetch_named(Kind::Alias),
            b'&' => self.fetch_named(Kind::Anchor),
            b'!' => {
                self.save_key()?;
                self.may_be_key = false;
                match self.grammar.spelling {
                    Spelling::Libyaml => self.scan_tag(),
                    Spelling::PyYaml => self.scan_python_tag(),
                }
            }
            b'|' if !in_flow => self.fetch_block_scalar(Style::Literal),
            b'>' if !in_flow => self.fetch_block_scalar(Style::Folded),
            b'\'' => self.fetch_flow_scalar(Style::SingleQuoted),
            b'"' => self.fetch_flow_scalar(Style::DoubleQuoted),
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => self.cannot_start(),
            _ => {
                self.save_key()?;
                self.may_be_key = false;
                self.scan_plain()
            }
        }
    }

    fn cannot_start(&self) -> Result<(), Fault> {
        let at = self.cursor.at();
        let words = "while scanning for the next token";
        Err(Fault::within("found character that cannot start any token", at, words, at))
    }

    fn push_indicator(&mut self, kind: Kind, width: usize) {
        let start = self.cursor.at();
        self.cursor.skip(width);
        self.push(kind, start);
    }

    /// What stands at the first column and is no content ends all blocks.
    fn leave_document(&mut self) -> Result<(), Fault> {
        self.unroll_indent(None);
        self.keys.remove(&self.cursor)?;
        self.may_be_key = false;
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: Kind) -> Result<(), Fault> {
        self.save_key()?;
        self.keys.open_level();
        self.flow_level += 1;
        self.may_be_key = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: Kind) -> Result<(), Fault> {
        self.keys.remove(&self.cursor)?;
        self.keys.close_level();
        self.flow_level = self.flow_level.saturating_sub(1);
        self.may_be_key = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Fault> {
        // In a flow collection, the dash is for the parser to refuse.
        self.open_block(Kind::BlockSequenceStart, "block sequence entries are not allowed in this context")?;
        self.keys.remove(&self.cursor)?;
        self.may_be_key = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Fault> {
        self.open_block(Kind::BlockMappingStart, "mapping keys are not allowed in this context")?;
        self.keys.remove(&self.cursor)?;
        self.may_be_key = self.flow_level == 0;
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Fault> {
        if let Some(key) = self.keys.take() {
            self.insert(key.token, Kind::Key, key.mark.at);
            self.roll_indent(key.mark, key.token, Kind::BlockMappingStart);
            self.may_be_key = false;
        } else {
            self.open_block(Kind::BlockMappingStart, "mapping values are not allowed in this context")?;
            self.may_be_key = self.flow_level == 0;
        }
        self.push_indicator(Kind::Value, 1);
        Ok(())
    }

    /// Opens a block collection with the indicator at the cursor, where that is allowed.
    fn open_block(&mut self, kind: Kind, refusal: &'static str) -> Result<(), Fault> {
        if self.flow_level > 0 {
            return Ok(());
        }
        if !self.may_be_key {
            return Err(Fault::at(refusal, self.cursor.at()));
        }
        self.roll_indent(self.cursor.mark(), self.next_number(), kind);
        Ok(())
    }

    fn fetch_named(&mut self, kind: Kind) -> Result<(), Fault> {
        self.save_key()?;
        self.may_be_key = false;
        self.scan_named(kind)
    }

    fn fetch_block_scalar(&mut self, style: Style) -> Result<(), Fault> {
        self.keys.remove(&self.cursor)?;
        self.may_be_key = true;
        self.scan_block_scalar(style)
    }

    fn fetch_flow_scalar(&mut self, style: Style) -> Result<(), Fault> {
        self.save_key()?;
        self.may_be_key = false;
        self.scan_flow_scalar(style)
    }
}
