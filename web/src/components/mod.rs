//! The parts of the page.

pub(crate) mod announcer;
pub(crate) mod explanation;
pub(crate) mod gallery;
pub(crate) mod icon;
pub(crate) mod problem;
pub(crate) mod problems;
pub(crate) mod prose;
pub(crate) mod taken_for;
pub(crate) mod trouble;
