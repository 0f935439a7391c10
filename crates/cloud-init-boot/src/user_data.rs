//! User-data and vendor-data: taken apart, and each part handed to what it is for.
//!
//! Source: cloud-init 26.2, `user_data.py` and `handlers/`.

mod config;
mod handlers;
mod includes;

pub(crate) use config::CloudConfig;
pub(crate) use handlers::consume;
pub(crate) use includes::process;

use std::rc::Rc;

use dryboot_cloud_init::parts::Kind;
use dryboot_machine::Cause;
use dryboot_text::{SourceMap, Span};

use crate::raised::Raised;
use crate::read::{Read, read_keeping};

/// Whose data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The user's.
    User,
    /// The provider's.
    Vendor,
    /// The provider's second one.
    Vendor2,
}

impl Origin {
    /// Whether it is the provider's.
    #[must_use]
    pub(crate) fn is_vendor(self) -> bool {
        self != Self::User
    }

    fn cause(self, span: Span) -> Cause {
        if self.is_vendor() { Cause::Vendor(span) } else { Cause::Text(span) }
    }
}

/// Data that has been looked into before it is taken apart.
#[derive(Debug)]
pub(crate) struct Looked {
    /// Whose they are.
    pub(crate) origin: Origin,
    /// The data.
    pub(crate) text: String,
    /// What they are read as.
    pub(crate) read: Read,
}

impl Looked {
    /// Whether it is this text.
    fn is_for(&self, origin: Origin, text: &str) -> bool {
        self.origin == origin && self.text == text
    }
}

/// A part, ready to be handled.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Whose it is.
    pub(crate) origin: Origin,
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its type.
    pub(crate) media_type: String,
    /// Its text.
    pub(crate) text: String,
    /// Whether it is UTF-8.
    pub(crate) is_utf8: bool,
    /// For which machine it is.
    pub(crate) launch_index: Option<String>,
    /// How it asks to be merged.
    pub(crate) merge_type: Option<String>,
    /// The way from its text to the data that it was in.
    pub(crate) map: Rc<SourceMap>,
    /// What its text is read as, if that is known.
    pub(crate) read: Option<Result<Read, Raised>>,
}

impl Piece {
    /// Where a span of its text comes from.
    #[must_use]
    pub(crate) fn cause(&self, span: Span) -> Cause {
        self.origin.cause(self.map.span(span))
    }

    /// What its text is read as.
    pub(crate) fn take_read(&mut self) -> Result<Read, Raised> {
        self.read.take().unwrap_or_else(|| read_keeping(&self.text, &|span| self.cause(span)))
    }

    /// Where all of it comes from.
    #[must_use]
    pub(crate) fn whole(&self) -> Cause {
        self.cause(Span::new(0, self.text.trim_end().len()))
    }
}
