//! PyYAML, as `yaml.safe_load` uses it: its resolver, its constructors and its words.
//!
//! Source: `resolver.py`, `constructor.py` and the messages in `scanner.py`, `parser.py` and `composer.py` of PyYAML
//! 6.0.3, and where they lead into Python's own types, Python 3.11. What PyYAML reads is in `grammar`.
//!
//! [`load`] builds all values of a tree in the library's own order, since the first fault is the only one that it
//! reports. Half of a surrogate pair, which Python's strings can hold, becomes U+FFFD.

mod binary;
mod construct;
mod key;
mod loaded;
mod merge;
mod number;
mod octets;
pub(crate) mod reader;
mod report;
mod repr;
mod scalar;
mod tag;
mod timestamp;
pub(crate) mod words;

pub use construct::{Tags, load, load_with};
pub use key::{Key, key};
pub use loaded::{DictEntry, Loaded, Value};
pub use report::{Given, position, report};
pub use repr::repr;
pub use scalar::{Refusal, construct};
pub use timestamp::{Date, DateTime};
#[cfg(feature = "pyyaml")]
pub(crate) use {number::MOST_DIGITS, octets::Octets};
