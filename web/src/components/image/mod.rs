//! The Image view: files in, a verdict out.

mod add;
mod files;
mod options;
mod outcome;
mod signature;
pub(crate) mod view;
