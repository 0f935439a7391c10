//! Each rule of `RULES.md`, with what breaks it. The names of the tests are in that file.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod binding;
mod forge;
mod key;
mod list;
mod signature;
mod time;
