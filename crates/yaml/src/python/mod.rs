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
mod number;
mod octets;
pub(crate) mod reader;
mod repr;
mod scalar;
mod tag;
mod timestamp;
pub(crate) mod words;

pub use construct::{DictEntry, Loaded, Value, load};
pub use key::{Key, key};
pub(crate) use octets::Octets;
pub use repr::repr;
pub use scalar::{Refusal, construct};
pub use timestamp::{Date, DateTime};
